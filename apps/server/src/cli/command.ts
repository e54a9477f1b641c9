import type { Command } from 'commander';

/** What every command takes. */
export interface CommonOptions {
  readonly json: boolean;
}

/** A command with the options that all of them have. */
export function command(parent: Command, nameAndArguments: string): Command {
  return parent.command(nameAndArguments).option('--json', 'one JSON value on standard output', false);
}

/** For options that may be given several times. */
export function collect(value: string, before: readonly string[]): string[] {
  return [...before, value];
}
