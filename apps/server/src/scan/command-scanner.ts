import { execFile } from 'node:child_process';
import path from 'node:path';
import { AppError, type FileScanner } from '@vitrine/core';

const longestMs = 120_000;
const longestReason = 500;

function cannotTell(what: string, cause?: unknown): AppError {
  return new AppError(
    'unavailable',
    `The file could not be scanned (${what}), so it was not taken in. Try again later.`,
    {
      cause,
      retryAfterSeconds: 60,
    },
  );
}

/** What the scanner said, without the file's own place. */
function reasonIn(output: string, file: string): string {
  const [line = ''] = output.split('\n').filter((text) => text.trim() !== '');
  const words = line
    .replaceAll(file, '')
    .replaceAll(path.basename(file), '')
    .replace(/^[\s:]+/, '');
  return words.slice(0, longestReason) || 'no reason was given';
}

/**
 * A scanner that is a command, run with the file's path behind its own arguments, as `clamdscan --no-summary --fdpass` wants it:
 * it ends with 0 for a clean file and with 1 for one that it refuses. Everything else means that it could not tell.
 */
export function createCommandScanner(command: string): FileScanner {
  const [program = '', ...args] = command.trim().split(/\s+/);
  return {
    scan: (file) =>
      new Promise((resolve, reject) => {
        const options = { timeout: longestMs, killSignal: 'SIGKILL', maxBuffer: 1024 * 1024 } as const;
        execFile(program, [...args, file], options, (error, stdout) => {
          if (!error) return resolve({ clean: true });
          if (error.killed) return reject(cannotTell(`${program} took longer than two minutes`, error));
          if (error.code === 1) return resolve({ clean: false, reason: reasonIn(stdout, file) });
          const ended = error.code === undefined ? String(error.signal) : String(error.code);
          return reject(cannotTell(`${program} ended with ${ended}`, error));
        });
      }),
  };
}
