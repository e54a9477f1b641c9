import { sha256Schema } from '@vitrine/schema';
import { pino } from 'pino';
import { expect, it } from 'vitest';
import { createProofs } from '../src/delivery/proofs.ts';

const hashes = ['a', 'b', 'c'].map((digit) => sha256Schema.parse(digit.repeat(64)));
const logger = pino({ level: 'silent' });

it('looks at what is doubted one after the other, each once, and remembers what was right', async () => {
  const looked: string[] = [];
  let under = 0;
  const look = async (sha256: string) => {
    under += 1;
    expect(under).toBe(1);
    await new Promise(setImmediate);
    under -= 1;
    looked.push(sha256);
    return sha256 !== hashes[1];
  };
  const proofs = createProofs({ look, logger });
  for (const sha256 of [...hashes, ...hashes]) proofs.doubt(sha256);
  await expect.poll(() => looked).toEqual(hashes);
  expect(hashes.map(proofs.has)).toEqual([true, false, true]);
});

it('goes on to the next when one cannot be read, and looks again when it is doubted again', async () => {
  let calls = 0;
  const look = async () => {
    calls += 1;
    if (calls === 1) throw new Error('The disk is busy.');
    return true;
  };
  const proofs = createProofs({ look, logger });
  for (const sha256 of hashes) proofs.doubt(sha256);
  await expect.poll(() => hashes.map(proofs.has)).toEqual([false, true, true]);
  for (const sha256 of hashes) proofs.doubt(sha256);
  await expect.poll(() => hashes.map(proofs.has)).toEqual([true, true, true]);
});

it('ends what is being looked at when it is closed, and begins nothing more', async () => {
  let calls = 0;
  const look = (_sha256: string, signal: AbortSignal) => {
    calls += 1;
    return new Promise<boolean>((_resolve, reject) => {
      signal.addEventListener('abort', () => reject(signal.reason));
    });
  };
  const proofs = createProofs({ look, logger });
  for (const sha256 of hashes) proofs.doubt(sha256);
  await proofs[Symbol.asyncDispose]();
  for (const sha256 of hashes) proofs.doubt(sha256);
  expect(calls).toBe(1);
});
