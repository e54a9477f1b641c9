import { refusalOf } from '@vitrine/api';
import { SettingsError } from '../config/env.ts';

/** Where a command's answer goes: text for people, one JSON value for programs. */
export interface Output {
  /** The answer. `text` is what a person reads. */
  result(value: unknown, text: string): void;
  /** On the way there; never on standard output. */
  progress(text: string): void;
}

export function createOutput(json: boolean): Output {
  return {
    result: (value, text) => console.log(json ? JSON.stringify(value) : text),
    progress: (text) => {
      if (!json) console.error(text);
    },
  };
}

/** Says what went wrong on standard error; an error that nobody foresaw keeps its stack. */
export function reportError(error: unknown, json: boolean): void {
  const { code, detail, issues } = refusalOf(error);
  const known = code !== 'internal' || error instanceof SettingsError;
  const message = error instanceof SettingsError ? error.message : detail;
  if (json) console.error(JSON.stringify({ code, detail: known ? message : String(error), issues }));
  else if (known) console.error(message);
  else console.error(error);
}
