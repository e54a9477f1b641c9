/**
 * One line of progress. On stderr, so that what a command prints to stdout can be piped.
 * @param {string} text
 */
export function progress(text) {
  process.stderr.write(`${text}\n`);
}
