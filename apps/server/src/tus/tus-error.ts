import { AppError } from '@vitrine/core';
import type { ErrorCode } from '@vitrine/schema';
import { z } from 'zod';

/** How @tus/server throws its own refusals: plain objects. */
const refusalSchema = z.object({ status_code: z.int(), body: z.string() });

const codes: Readonly<Record<number, ErrorCode>> = {
  400: 'invalid_input',
  403: 'invalid_input',
  404: 'not_found',
  409: 'conflict',
  410: 'not_found',
  413: 'too_large',
};

/** The library's refusals in our words; every other error as it is. */
export function tusError(error: unknown): unknown {
  if (error instanceof AppError) return error;
  const refusal = refusalSchema.safeParse(error);
  if (!refusal.success) return error;
  const { status_code, body } = refusal.data;
  const code = codes[status_code];
  const detail =
    code === 'conflict'
      ? 'Upload-Offset is not where this upload is. Ask with HEAD and go on from there.'
      : body.trim();
  return new AppError(code ?? 'invalid_input', detail, { cause: error });
}
