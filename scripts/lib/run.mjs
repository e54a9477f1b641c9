import { spawn } from 'node:child_process';
import { constants } from 'node:os';
import { environment } from './environment.mjs';
import { root } from './root.mjs';

const windows = process.platform === 'win32';
const forwarded = /** @type {const} */ (['SIGINT', 'SIGTERM', 'SIGHUP']);

/**
 * @typedef {object} Finished
 * @property {number} code 128 plus the signal's number when a signal ended it.
 * @property {string} output What it printed, when it was run quietly.
 */

/**
 * Runs a program of the project and answers how it ended. Signals are passed on, so Ctrl-C and a supervisor's SIGTERM reach
 * the program itself, and this process ends only after it.
 * @param {string} command
 * @param {readonly string[]} args
 * @param {object} [options]
 * @param {boolean} [options.quiet] Keep the output back instead of showing it.
 * @param {boolean} [options.shell] Needed on Windows for npx, pnpm and other .cmd files.
 * @param {boolean} [options.toStderr] Show its stdout on stderr.
 * @param {NodeJS.ProcessEnv} [options.env]
 * @returns {Promise<Finished>}
 */
export function run(command, args, { quiet = false, shell = false, toStderr = false, env = {} } = {}) {
  return new Promise((resolve, reject) => {
    const child = spawn(command, args, {
      cwd: root,
      env: { ...environment(), ...env },
      shell: shell && windows,
      stdio: quiet ? ['ignore', 'pipe', 'pipe'] : ['inherit', toStderr ? 2 : 'inherit', 'inherit'],
    });
    let output = '';
    const keep = (/** @type {Buffer} */ chunk) => {
      output += chunk;
    };
    child.stdout?.on('data', keep);
    child.stderr?.on('data', keep);

    const pass = (/** @type {NodeJS.Signals} */ signal) => {
      // A terminal's Ctrl-C already went to the whole group; a second one would cut the child's own shutdown short.
      if (signal !== 'SIGINT' || !process.stdin.isTTY) child.kill(signal);
    };
    for (const signal of forwarded) process.on(signal, pass);
    // npm runs a script through a shell, and a shell that is ended by SIGTERM passes nothing on: it only leaves us behind.
    const parent = process.ppid;
    const watch = setInterval(() => {
      if (process.ppid !== parent) child.kill('SIGTERM');
    }, 300);
    const settle = () => {
      clearInterval(watch);
      for (const signal of forwarded) process.off(signal, pass);
    };
    child.once('error', (error) => {
      settle();
      reject(error);
    });
    child.once('close', (code, signal) => {
      settle();
      resolve({ code: code ?? 128 + (signal ? constants.signals[signal] : 0), output });
    });
  });
}
