// What no file system of a visitor takes, what would leave the folder, and what shows an ending where there is another.
const unusable = /[\\/:*?"<>|\p{Cc}\p{Bidi_Control}]/gu;
// Windows takes these for devices, whatever their ending is.
const device = /^(?:con|prn|aux|nul|com\d|lpt\d)(?:\.|$)/i;
/** Of a name on most file systems, in UTF-8; some is left for numbers. */
const longestBytes = 240;
const longestEnding = 16;

function split(name: string): readonly [stem: string, ending: string] {
  const dot = name.lastIndexOf('.');
  return dot > 0 && name.length - dot <= longestEnding ? [name.slice(0, dot), name.slice(dot)] : [name, ''];
}

function shortened(name: string): string {
  const [stem, ending] = split(name);
  let kept = '';
  let left = longestBytes - Buffer.byteLength(ending);
  for (const character of stem) {
    left -= Buffer.byteLength(character);
    if (left < 0) break;
    kept += character;
  }
  return `${kept}${ending}`;
}

/** A name that a file can have anywhere. */
export function usableName(name: string): string {
  const usable = shortened(name.toWellFormed().normalize('NFC').replaceAll(unusable, '_')).replace(
    /[. ]+$/,
    '',
  );
  return usable === '' || usable.startsWith('.') || device.test(usable) ? `_${usable}` : usable;
}

/** Gives each name once: the second `a.jpg` is `a (2).jpg`, also where only its case differs. */
export function createUniqueNames(taken: readonly string[] = []): (name: string) => string {
  const used = new Set(taken.map((name) => name.toLowerCase()));
  return (name) => {
    const wanted = usableName(name);
    const [stem, ending] = split(wanted);
    let unique = wanted;
    for (let count = 2; used.has(unique.toLowerCase()); count += 1) unique = `${stem} (${count})${ending}`;
    used.add(unique.toLowerCase());
    return unique;
  };
}
