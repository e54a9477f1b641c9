import { type ErrorCode, type Problem, problemSchema } from '@vitrine/schema';
import { z } from 'zod';

// What a tRPC error carries: our problem, beside the transport's own fields.
const carrierSchema = z.object({ data: z.object({ problem: problemSchema }) });

/** The problem inside an error of the API, or null for one that never reached it (no network, a bug). */
export function problemOf(error: unknown): Problem | null {
  const parsed = carrierSchema.safeParse(error);
  return parsed.success ? parsed.data.data.problem : null;
}

export function hasCode(error: unknown, code: ErrorCode): boolean {
  return problemOf(error)?.code === code;
}

/** What to tell the person in front of the screen. */
export function sentenceOf(error: unknown): string {
  return problemOf(error)?.detail ?? 'The server did not answer. Check the connection and try again.';
}
