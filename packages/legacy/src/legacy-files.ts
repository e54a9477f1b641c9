import { createReadStream, lstatSync, readdirSync, realpathSync } from 'node:fs';
import path from 'node:path';
import type { FileNames, FoundFile } from '@vitrine/core';

/** A regular file of the folder, and nothing that a link or `..` reaches outside of it. */
function regularFile(folder: string, file: string): { file: string; size: number } | null {
  try {
    const status = lstatSync(file);
    if (!status.isFile()) return null;
    const real = realpathSync(file);
    return real === file || real.startsWith(`${folder}${path.sep}`) ? { file, size: status.size } : null;
  } catch {
    return null;
  }
}

/** The most parts of a remembered path that are looked for in the folder. */
const depth = 8;

/** Finds files of the old system's folder, by their name without extension or by the end of a path. */
export function createFileFinder(directory: string): (names: FileNames) => FoundFile | null {
  const folder = realpathSync(directory);
  const byStem = new Map<string, string[]>();
  for (const entry of readdirSync(folder, { withFileTypes: true })) {
    if (!entry.isFile()) continue;
    const stem = path.parse(entry.name).name.toLowerCase();
    byStem.set(stem, [...(byStem.get(stem) ?? []), entry.name]);
  }
  for (const names of byStem.values()) names.sort();

  const found = (file: string, others: readonly string[]): FoundFile | null => {
    const known = regularFile(folder, file);
    if (!known) return null;
    const { size } = known;
    return {
      bytes: { place: path.relative(folder, file), size, open: () => createReadStream(file) },
      others,
    };
  };

  function named(stem: string, extension: string | null): FoundFile | null {
    const names = byStem.get(stem.toLowerCase()) ?? [];
    const wanted =
      extension && names.find((name) => name.toLowerCase().endsWith(`.${extension.toLowerCase()}`));
    const name = wanted || names[0];
    return name
      ? found(
          path.join(folder, name),
          names.filter((other) => other !== name),
        )
      : null;
  }

  /** `/srv/app/uploads/a/b.png` is `a/b.png` or `b.png` here: the longest end that is there. */
  function atPath(remembered: string): FoundFile | null {
    const parts = remembered.split(/[\\/]+/).filter((part) => part !== '' && part !== '.');
    if (parts.includes('..') || parts.some((part) => part.includes('\0'))) return null;
    for (let count = Math.min(depth, parts.length); count > 0; count -= 1) {
      const file = found(path.join(folder, ...parts.slice(-count)), []);
      if (file) return file;
    }
    return null;
  }

  return ({ stems, paths, extension }) => {
    for (const stem of stems) {
      const file = named(stem, extension);
      if (file) return file;
    }
    for (const remembered of paths) {
      const file = atPath(remembered);
      if (file) return file;
    }
    return null;
  };
}
