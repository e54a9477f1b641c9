import type { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import type { Body } from './body.ts';

/** Bytes that come one after the other. */
export function streamBody(stream: Readable): Body {
  return {
    sendTo: (response) => pipeline(stream, response),
    async discard() {
      stream.destroy();
    },
  };
}
