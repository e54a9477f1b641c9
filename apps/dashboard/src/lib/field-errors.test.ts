import { clientCreateInputSchema } from '@vitrine/schema';
import { expect, test } from 'vitest';
import { errorsOfProblem, errorsOfSchema } from './field-errors.ts';

test('each wrong field has one sentence, under its path', () => {
  const parsed = clientCreateInputSchema.safeParse({
    name: '',
    brandGuidelines: { colors: ['#12345'], fonts: [], styleKeywords: [] },
  });
  expect(parsed.error && errorsOfSchema(parsed.error)).toEqual({
    name: "A client's name must not be empty",
    'brandGuidelines.colors.0': 'Must be #RRGGBB',
  });
});

test("the server's issues are told by field, too", () => {
  const problem = {
    type: 'urn:vitrine:problem:invalid_input',
    title: 'The request has a missing or malformed field.',
    status: 400,
    detail: 'name: is required',
    code: 'invalid_input',
    requestId: 'r1',
    issues: [{ path: ['name'], message: 'is required' }],
  };
  expect(errorsOfProblem({ data: { problem } })).toEqual({ name: 'Is required' });
  expect(errorsOfProblem(new Error('offline'))).toEqual({});
});
