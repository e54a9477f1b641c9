import type { InputIssue } from '@vitrine/schema';
import type { z } from 'zod';

/** Zod's issues as the API shows them. */
export function inputIssues(error: z.ZodError): InputIssue[] {
  return error.issues.map((issue) => ({
    path: issue.path.map((key) => (typeof key === 'symbol' ? String(key) : key)),
    message:
      issue.code === 'invalid_type' && issue.message.endsWith('received undefined')
        ? 'is required'
        : issue.message,
    code: issue.code,
  }));
}

/** The input's issues as one sentence that names each field. */
export function sentenceOf(issues: readonly InputIssue[]): string {
  return issues
    .map(({ path, message }) => (path.length > 0 ? `${path.join('.')}: ${message}` : message))
    .join('; ');
}
