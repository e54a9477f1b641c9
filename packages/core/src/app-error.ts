import type { ErrorCode, InputIssue } from '@vitrine/schema';

export interface AppErrorOptions {
  /** The fields that are wrong, for `invalid_input`. */
  readonly issues?: readonly InputIssue[];
  /** What led here; logged, never sent. */
  readonly cause?: unknown;
  /** After how many seconds another try makes sense, for `rate_limited` and `unavailable`. */
  readonly retryAfterSeconds?: number;
}

/**
 * The only error that use cases throw on purpose. It knows a code and a sentence that says what is wrong and what
 * to do; of HTTP it knows nothing.
 */
export class AppError extends Error {
  readonly code: ErrorCode;
  readonly issues: readonly InputIssue[];
  readonly retryAfterSeconds: number | null;

  constructor(code: ErrorCode, detail: string, options: AppErrorOptions = {}) {
    super(detail, options.cause === undefined ? undefined : { cause: options.cause });
    this.name = 'AppError';
    this.code = code;
    this.issues = options.issues ?? [];
    this.retryAfterSeconds = options.retryAfterSeconds ?? null;
  }
}

/** Foreign and missing things are refused in the same words, so an answer never tells that something exists. */
export function notFound(
  what:
    | 'client'
    | 'campaign'
    | 'asset'
    | 'tag'
    | 'collection'
    | 'file'
    | 'page'
    | 'job'
    | 'import'
    | 'upload'
    | 'version'
    | 'invitation'
    | 'account'
    | 'key'
    | 'session'
    | 'grant'
    | 'share link'
    | 'upload link',
): AppError {
  return new AppError('not_found', `There is no such ${what}.`);
}

/** One field is wrong. */
export function invalidField(path: readonly (string | number)[], message: string): AppError {
  return new AppError('invalid_input', `${path.join('.')}: ${message}`, {
    issues: [{ path: [...path], message }],
  });
}

/** Somebody else's edit came first. */
export function editedMeanwhile(what: string, expected: number): AppError {
  return new AppError(
    'conflict',
    `The ${what} was edited meanwhile: it is no longer at row version ${expected}. Read it again and repeat your change.`,
  );
}
