import type { InputIssue } from '@vitrine/schema';
import type { z } from 'zod';
import { problemOf } from './problem.ts';

/** One sentence for each wrong field, by its path: `name`, `brief.objective`. */
export type FieldErrors = Record<string, string>;

function toErrors(issues: readonly Pick<InputIssue, 'path' | 'message'>[]): FieldErrors {
  const errors: FieldErrors = {};
  for (const { path, message } of issues) {
    errors[path.join('.')] ??= message.charAt(0).toUpperCase() + message.slice(1);
  }
  return errors;
}

/** What our own schemas say about a form, before anything is sent. */
export function errorsOfSchema(error: z.ZodError): FieldErrors {
  return toErrors(error.issues.map(({ path, message }) => ({ path: path.map(String), message })));
}

/** What the server says about the fields that it was sent. */
export function errorsOfProblem(error: unknown): FieldErrors {
  return toErrors(problemOf(error)?.issues ?? []);
}
