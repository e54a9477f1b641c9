import { TRPCClientError } from '@trpc/client';
import { type ErrorCode, type InputIssue, type Problem, problemSchema } from '@vitrine/schema';
import type { AppRouter } from './app-router.ts';

/**
 * A refusal by the server, whichever call it answers. It is also a `TRPCClientError`, so libraries that know tRPC's
 * errors know this one. Calls that never got an answer (no network, aborted) fail with other errors.
 */
export class VitrineError extends TRPCClientError<AppRouter> {
  /** What went wrong, for programs. */
  readonly code: ErrorCode;
  /** The HTTP status. */
  readonly status: number;
  /** What went wrong and what to do, for people. */
  readonly detail: string;
  /** Under which the server's log has it; empty when something in front of the server answered. */
  readonly requestId: string;
  /** Each field that is wrong; empty unless the code is `invalid_input`. */
  readonly issues: readonly InputIssue[];

  constructor(problem: Problem, options?: { cause?: Error }) {
    const { cause } = options ?? {};
    const told = cause instanceof TRPCClientError && cause.shape ? { result: { error: cause.shape } } : {};
    super(problem.detail, { ...options, ...told });
    // The base class sets its own prototype, which would make this a plain TRPCClientError.
    Object.setPrototypeOf(this, VitrineError.prototype);
    this.name = 'VitrineError';
    this.code = problem.code;
    this.status = problem.status;
    this.detail = problem.detail;
    this.requestId = problem.requestId;
    this.issues = problem.issues ?? [];
  }
}

/**
 * Whether an error is the server's refusal, and with a code, that refusal:
 * `if (isVitrineError(error, 'campaign_client_mismatch')) …`.
 */
export function isVitrineError<C extends ErrorCode>(
  error: unknown,
  code?: C,
): error is VitrineError & { readonly code: C } {
  return error instanceof VitrineError && (code === undefined || error.code === code);
}

/**
 * The refusal in an error of any tRPC client of this API, one with links of your own included; null when the error holds
 * none. The clients that this package makes throw `VitrineError` already.
 */
export function toVitrineError(error: unknown): VitrineError | null {
  if (error instanceof VitrineError) return error;
  if (!(error instanceof TRPCClientError)) return null;
  const problem = problemSchema.safeParse(Object(error.data).problem);
  return problem.success ? new VitrineError(problem.data, { cause: error }) : null;
}
