import { expect, it } from 'vitest';
import { jsonRequest, startServer } from './start-server.ts';

const samples = Number(process.env['VITRINE_SIGN_IN_SAMPLES'] ?? 24);

function mean(values: readonly number[]): number {
  return values.reduce((sum, value) => sum + value, 0) / values.length;
}

function variance(values: readonly number[]): number {
  const middle = mean(values);
  return values.reduce((sum, value) => sum + (value - middle) ** 2, 0) / (values.length - 1);
}

function median(values: readonly number[]): number {
  return values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)] ?? Number.NaN;
}

/** Welch's t: how far the means are apart, in units of what chance does to them. */
function welch(left: readonly number[], right: readonly number[]): number {
  const spread = Math.sqrt(variance(left) / left.length + variance(right) / right.length);
  return (mean(left) - mean(right)) / spread;
}

it('a known and an unknown address are refused after the same time', { timeout: 600_000 }, async () => {
  let offset = 0;
  await using server = await startServer({}, { clock: { now: () => Date.now() + offset } });
  const { email } = await server.addUser('member');
  const timed = async (name: string): Promise<number> => {
    // Past the throttle, which is the same for both.
    offset += 61 * 60_000;
    const { headers, ...init } = jsonRequest('POST', { email: name, password: 'wrong password' });
    const sent = { ...headers, origin: server.url };
    const began = performance.now();
    const answer = await server.request('/api/auth/sign-in/email', { ...init, key: null, headers: sent });
    await answer.text();
    const took = performance.now() - began;
    expect(answer.status).toBe(401);
    return took;
  };
  const nobody = 'nobody@vitrine.example';
  // What is met for the first time takes longer, whoever it is.
  await timed(email);
  await timed(nobody);
  const known: number[] = [];
  const unknown: number[] = [];
  for (let round = 0; round < samples; round += 1) {
    // In turns, so that a slow moment of the machine meets both.
    if (round % 2 === 0) known.push(await timed(email));
    unknown.push(await timed(nobody));
    if (round % 2 === 1) known.push(await timed(email));
  }
  // A few samples on a busy machine only show what is gross: one that is not hashed takes a tenth of the time.
  expect(median(known) / median(unknown)).toBeGreaterThan(0.5);
  expect(median(known) / median(unknown)).toBeLessThan(2);
  if (samples < 400) return;
  const figures = { known: mean(known), unknown: mean(unknown), t: welch(known, unknown) };
  process.stdout.write(`${JSON.stringify(figures)}\n`);
  // Chance alone comes beyond 3.3 once in a thousand runs.
  expect(Math.abs(figures.t)).toBeLessThan(3.3);
});
