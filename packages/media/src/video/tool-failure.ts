import type { ToolOutcome } from '../sandbox/run-program.ts';

/** Why a program made nothing of a file, for the file's owner. */
export function toolFailure(outcome: ToolOutcome, what: string): string {
  switch (outcome.kind) {
    case 'missing':
      return `${what} needs ${outcome.command}, which this server does not have. Install it and try again.`;
    case 'timeout':
      return `${what} took too long to make. The file may be damaged; export it again or make it simpler.`;
    case 'killed':
      return `${what} cannot be made: the file needs too much memory or is damaged. Export it again.`;
    case 'exited':
      return `${what} cannot be made: the file is damaged or of a kind that cannot be decoded. Export it again.`;
    default:
      return outcome satisfies never;
  }
}
