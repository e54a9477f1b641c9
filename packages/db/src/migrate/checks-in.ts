/** Where the parenthesis that opens at `start` closes; what stands in quotes does not count. */
function closing(sql: string, start: number): number {
  let depth = 0;
  let quote = '';
  for (let at = start; at < sql.length; at += 1) {
    const character = sql.charAt(at);
    if (quote) {
      if (character === quote) quote = '';
    } else if (/['"`]/.test(character)) quote = character;
    else if (character === '(') depth += 1;
    else if (character === ')') {
      depth -= 1;
      if (depth === 0) return at;
    }
  }
  return sql.length;
}

/** The CHECK constraints of a SQLite table, which no pragma lists, from the SQL that made it; in a fixed order. */
export function checksIn(sql: string): string[] {
  return [...sql.matchAll(/\bcheck\s*\(/gi)]
    .map(({ index, 0: word }) => {
      const start = index + word.length - 1;
      return sql.slice(start, closing(sql, start) + 1);
    })
    .sort();
}
