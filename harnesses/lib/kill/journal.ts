import { closeSync, openSync, writeSync } from 'node:fs';

/** What was promised, line by line, in the driver's own process: written before the next request is sent. */
export interface Journal extends Disposable {
  /** Under the library's folder: what was acknowledged, with the hash of the bytes where there are some. */
  write(entry: {
    readonly library: string;
    readonly what: string;
    readonly id: string;
    readonly sha256?: string;
    readonly offset?: number;
  }): void;
  /** How many entries there are. */
  count(): number;
}

export function openJournal(file: string): Journal {
  const journal = openSync(file, 'a');
  let entries = 0;
  return {
    write(entry) {
      writeSync(journal, `${JSON.stringify(entry)}\n`);
      entries += 1;
    },
    count: () => entries,
    [Symbol.dispose]: () => closeSync(journal),
  };
}
