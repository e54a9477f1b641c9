import { TRPCError } from '@trpc/server';
import { AppError } from '@vitrine/core';
import { errorCodes, errorTable, problemSchema } from '@vitrine/schema';
import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import { refusalOf, toProblem, trpcCodes } from './error-map.ts';

describe('an error, told to the outside', () => {
  it('of each code is a problem with that code’s status and title, and the same through tRPC', () => {
    for (const code of errorCodes) {
      const error = new AppError(code, 'What is wrong, and what to do.');
      const problem = problemSchema.parse(toProblem(error, 'r1'));
      expect(problem).toEqual({
        type: `urn:vitrine:problem:${code}`,
        ...errorTable[code],
        detail: 'What is wrong, and what to do.',
        code,
        requestId: 'r1',
      });
      expect(toProblem(new TRPCError({ code: trpcCodes[code], cause: error }), 'r1')).toEqual(problem);
    }
  });

  it('names every field that is wrong, and says of a missing one that it is required', () => {
    const parsed = z.object({ a: z.string(), b: z.object({ c: z.int() }) }).safeParse({ b: { c: 'x' } });
    const problem = toProblem(new TRPCError({ code: 'BAD_REQUEST', cause: parsed.error }), 'r1');
    expect(problem.code).toBe('invalid_input');
    expect(problem.issues?.map(({ path }) => path)).toEqual([['a'], ['b', 'c']]);
    expect(problem.detail).toMatch(/^a: is required; b\.c: /);
  });

  it('that nobody foresaw says nothing of itself', () => {
    for (const error of [
      new Error('SELECT secret'),
      'text',
      null,
      new TRPCError({ code: 'INTERNAL_SERVER_ERROR', cause: new Error('SELECT secret') }),
    ]) {
      const problem = toProblem(error, 'r1');
      expect(problem).toMatchObject({ status: 500, code: 'internal' });
      expect(JSON.stringify(problem)).not.toContain('SELECT');
    }
  });

  it('that is something of ours failing its own schema is internal, not the sender’s fault', () => {
    const { error } = z.string().safeParse(1);
    expect(refusalOf(new TRPCError({ code: 'INTERNAL_SERVER_ERROR', cause: error })).code).toBe('internal');
    expect(refusalOf(error).code).toBe('internal');
    expect(refusalOf(new TRPCError({ code: 'BAD_REQUEST', cause: error })).code).toBe('invalid_input');
  });

  it('of the transport itself has one of our codes', () => {
    expect(refusalOf(new TRPCError({ code: 'PARSE_ERROR', message: 'bad' })).code).toBe('invalid_input');
    expect(refusalOf(new TRPCError({ code: 'NOT_FOUND', message: 'No procedure' })).code).toBe('not_found');
    expect(refusalOf(new TRPCError({ code: 'PAYLOAD_TOO_LARGE', message: 'long' })).code).toBe('too_large');
  });
});
