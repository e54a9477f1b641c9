// What no file system of a visitor takes, and what would leave the folder.
const unusable = /[\\/:*?"<>|\p{Cc}]/gu;

/** A name that a file can have anywhere. */
export function usableName(name: string): string {
  const usable = name.replaceAll(unusable, '_').replace(/[. ]+$/, '');
  return usable === '' || usable.startsWith('.') ? `_${usable}` : usable;
}

/** Gives each name once: the second `a.jpg` is `a (2).jpg`, also where only its case differs. */
export function createUniqueNames(taken: readonly string[] = []): (name: string) => string {
  const used = new Set(taken.map((name) => name.toLowerCase()));
  return (name) => {
    const wanted = usableName(name);
    const dot = wanted.lastIndexOf('.');
    const [stem, end] = dot > 0 ? [wanted.slice(0, dot), wanted.slice(dot)] : [wanted, ''];
    let unique = wanted;
    for (let count = 2; used.has(unique.toLowerCase()); count += 1) unique = `${stem} (${count})${end}`;
    used.add(unique.toLowerCase());
    return unique;
  };
}
