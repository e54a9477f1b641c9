import { mkdir, readFile, rename, writeFile } from 'node:fs/promises';
import { dirname } from 'node:path';
import { z } from 'zod';
import type { ResumeStore } from './resume-store.ts';

const contentSchema = z.record(z.string(), z.string());

/** A file that is missing or broken holds nothing: then uploads begin anew, and nothing else is lost. */
async function read(file: string): Promise<Map<string, string>> {
  try {
    return new Map(Object.entries(contentSchema.parse(JSON.parse(await readFile(file, 'utf8')))));
  } catch {
    return new Map();
  }
}

export function openResumeStore(file: string): ResumeStore {
  let last: Promise<unknown> = Promise.resolve();

  /** One after the other: two uploads must not write the file at once. */
  function change(edit: (entries: Map<string, string>) => void): Promise<void> {
    const done = last.then(async () => {
      const entries = await read(file);
      edit(entries);
      await mkdir(dirname(file), { recursive: true });
      const fresh = `${file}.${process.pid}.new`;
      await writeFile(fresh, JSON.stringify(Object.fromEntries(entries), null, 2), { mode: 0o600 });
      await rename(fresh, file);
    });
    last = done.catch(() => {});
    return done;
  }

  return {
    async get(fingerprint) {
      await last;
      return (await read(file)).get(fingerprint) ?? null;
    },
    set: (fingerprint, address) => change((entries) => entries.set(fingerprint, address)),
    delete: (fingerprint) => change((entries) => entries.delete(fingerprint)),
  };
}
