import { z } from 'zod';

/** The fields of an operation's input; REST spreads them over path, query and body. */
export function objectShape(input: z.ZodType | null): Record<string, z.ZodType> {
  if (input === null) return {};
  const inner = input instanceof z.ZodPrefault || input instanceof z.ZodDefault ? input.unwrap() : input;
  if (!(inner instanceof z.ZodObject)) throw new Error('An operation with a REST path takes an object.');
  return z.record(z.string(), z.instanceof(z.ZodType)).parse(inner.shape);
}
