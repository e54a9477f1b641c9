/** Whether the words follow one another somewhere in the text; `open`: the last one may be the beginning of a word. */
export function phraseIn(
  text: readonly string[],
  { words, open }: { readonly words: readonly string[]; readonly open: boolean },
): boolean {
  const last = words.length - 1;
  return text.some((_, start) =>
    words.every((word, at) => {
      const there = text[start + at];
      return there === word || (open && at === last && there?.startsWith(word) === true);
    }),
  );
}
