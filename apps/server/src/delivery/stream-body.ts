import type { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import type { Body } from './body.ts';
import { type Proof, provenStream } from './proof.ts';

/** Bytes that come one after the other; with a proof the last of them only once all are proven. */
export function streamBody(stream: Readable, proof?: Proof): Body {
  return {
    sendTo: (response) =>
      proof ? pipeline(stream, provenStream(proof), response) : pipeline(stream, response),
    async discard() {
      stream.destroy();
    },
  };
}
