import type { TRPC_ERROR_CODE_KEY } from '@trpc/server/rpc';
import { AppError } from '@vitrine/core';
import { type ErrorCode, errorTable, type InputIssue, type Problem } from '@vitrine/schema';
import { z } from 'zod';
import { inputIssues, sentenceOf } from './input-issues.ts';

/** The transport's word for each of ours. A code that is missing here does not compile. */
export const trpcCodes = {
  invalid_input: 'BAD_REQUEST',
  unauthenticated: 'UNAUTHORIZED',
  forbidden: 'FORBIDDEN',
  not_found: 'NOT_FOUND',
  conflict: 'CONFLICT',
  still_running: 'CONFLICT',
  locked: 'CONFLICT',
  in_use: 'CONFLICT',
  not_empty: 'CONFLICT',
  too_large: 'PAYLOAD_TOO_LARGE',
  unsupported_format: 'UNSUPPORTED_MEDIA_TYPE',
  campaign_client_mismatch: 'UNPROCESSABLE_CONTENT',
  type_mismatch: 'UNPROCESSABLE_CONTENT',
  unreadable_media: 'UNPROCESSABLE_CONTENT',
  rendition_failed: 'UNPROCESSABLE_CONTENT',
  idempotency_key_reused: 'UNPROCESSABLE_CONTENT',
  lineage_cycle: 'UNPROCESSABLE_CONTENT',
  url_not_allowed: 'UNPROCESSABLE_CONTENT',
  fetch_failed: 'BAD_GATEWAY',
  quota_exceeded: 'PAYLOAD_TOO_LARGE',
  checksum_mismatch: 'UNPROCESSABLE_CONTENT',
  infected: 'UNPROCESSABLE_CONTENT',
  rate_limited: 'TOO_MANY_REQUESTS',
  damaged: 'INTERNAL_SERVER_ERROR',
  internal: 'INTERNAL_SERVER_ERROR',
  unavailable: 'SERVICE_UNAVAILABLE',
  storage_full: 'SERVICE_UNAVAILABLE',
} as const satisfies Record<ErrorCode, TRPC_ERROR_CODE_KEY>;

// The transport's own refusals (an unparsable body, an unknown procedure), in our words.
const codesByTrpc: Partial<Record<TRPC_ERROR_CODE_KEY, ErrorCode>> = {
  PARSE_ERROR: 'invalid_input',
  BAD_REQUEST: 'invalid_input',
  NOT_FOUND: 'not_found',
  METHOD_NOT_SUPPORTED: 'not_found',
  PAYLOAD_TOO_LARGE: 'too_large',
  UNSUPPORTED_MEDIA_TYPE: 'invalid_input',
};

interface Refusal {
  readonly code: ErrorCode;
  readonly detail: string;
  readonly issues: readonly InputIssue[];
  readonly retryAfterSeconds: number | null;
}

const unexpected: Refusal = {
  code: 'internal',
  detail: 'The server met an error that it did not expect. The log has it under this request id.',
  issues: [],
  retryAfterSeconds: null,
};

interface TransportError extends Error {
  readonly code: TRPC_ERROR_CODE_KEY;
}
function isTransportError(error: unknown): error is TransportError {
  return error instanceof Error && error.name === 'TRPCError';
}

/** What an error says to the outside, whatever it is. Anything that is not ours says nothing but `internal`. */
export function refusalOf(error: unknown): Refusal {
  if (error instanceof AppError) {
    const { code, message, issues, retryAfterSeconds } = error;
    return { code, detail: message, issues, retryAfterSeconds };
  }
  if (isTransportError(error)) {
    if (error.cause instanceof AppError) return refusalOf(error.cause);
    if (error.cause instanceof z.ZodError) {
      // Anywhere but in the input, what fails its own schema is our mistake and not the sender's.
      if (error.code !== 'BAD_REQUEST') return unexpected;
      const issues = inputIssues(error.cause);
      return { code: 'invalid_input', detail: sentenceOf(issues), issues, retryAfterSeconds: null };
    }
    const code = codesByTrpc[error.code];
    if (code) return { code, detail: error.message, issues: [], retryAfterSeconds: null };
  }
  return unexpected;
}

/** The RFC 9457 answer to an error. */
export function toProblem(error: unknown, requestId: string): Problem {
  const { code, detail, issues } = refusalOf(error);
  const { status, title } = errorTable[code];
  return {
    type: `urn:vitrine:problem:${code}`,
    title,
    status,
    detail,
    code,
    requestId,
    ...(issues.length > 0 && { issues: [...issues] }),
  };
}
