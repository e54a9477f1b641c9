import { z } from 'zod';

/** An input that is one of several objects, and so can only be a body as a whole. */
export function unionBody(input: z.ZodType | null): z.ZodDiscriminatedUnion | null {
  return input instanceof z.ZodDiscriminatedUnion ? input : null;
}

/** The fields of an operation's input; REST spreads them over path, query and body. Of a union: none. */
export function objectShape(input: z.ZodType | null): Record<string, z.ZodType> {
  if (input === null || unionBody(input)) return {};
  const inner = input instanceof z.ZodPrefault || input instanceof z.ZodDefault ? input.unwrap() : input;
  if (!(inner instanceof z.ZodObject)) throw new Error('An operation with a REST path takes an object.');
  return z.record(z.string(), z.instanceof(z.ZodType)).parse(inner.shape);
}
