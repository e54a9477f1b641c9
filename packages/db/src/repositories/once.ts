/** Makes something on its first use and gives the same from then on: one prepared statement for each shape. */
export function once<T>(make: () => T): () => T {
  let made: { readonly value: T } | undefined;
  return () => {
    made ??= { value: make() };
    return made.value;
  };
}
