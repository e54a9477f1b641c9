import { text } from 'node:stream/consumers';

/** All of standard input, without the line break at its end. */
export async function readStdin(): Promise<string> {
  return (await text(process.stdin)).replace(/\r?\n$/, '');
}
