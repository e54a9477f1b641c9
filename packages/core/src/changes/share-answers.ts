/** Gives those who ask the same at the same moment one answer: it is made once, and forgotten as soon as it was given. */
export function shareAnswers<T>(): (question: string, answer: () => Promise<T>) => Promise<T> {
  const asked = new Map<string, Promise<T>>();
  return (question, answer) => {
    const known = asked.get(question);
    if (known) return known;
    const made = answer().finally(() => setImmediate(() => asked.delete(question)));
    asked.set(question, made);
    return made;
  };
}
