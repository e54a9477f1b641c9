/** `?` as PostgreSQL writes it: `$1`, `$2`, … */
export function numberParameters(text: string): string {
  let count = 0;
  return text.replace(/\?/g, () => {
    count += 1;
    return `$${count}`;
  });
}
