/** Something the person at the keyboard can put right; the message says how. No stack trace is shown for it. */
export class StopError extends Error {
  /** @override */
  name = 'StopError';

  /**
   * @param {string} message
   * @param {number} [exitCode]
   */
  constructor(message, exitCode = 1) {
    super(message);
    this.exitCode = exitCode;
  }
}
