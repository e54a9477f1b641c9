const number = new Intl.NumberFormat('en');

/** A number with its noun: `1 asset`, `2,048 assets`. */
export function countOf(count: number, one: string, many = `${one}s`): string {
  return `${number.format(count)} ${count === 1 ? one : many}`;
}
