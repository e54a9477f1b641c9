import { AppError } from '@vitrine/core';
import type { z } from 'zod';
import { inputIssues, sentenceOf } from './input-issues.ts';

/** What somebody sent, as the schema says it is. Fails with `invalid_input` that names each field. */
export function parsedInput<S extends z.ZodType>(schema: S, value: unknown): z.output<S> {
  const parsed = schema.safeParse(value);
  if (parsed.success) return parsed.data;
  const issues = inputIssues(parsed.error);
  throw new AppError('invalid_input', sentenceOf(issues), { issues });
}
