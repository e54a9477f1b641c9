import { problemSchema } from '@vitrine/schema';

/** A refusal, in the server's own words. */
export class VisitError extends Error {
  /** The link works no more; asking again is no use. */
  readonly isGone: boolean;
  constructor(detail: string, status: number) {
    super(detail);
    this.isGone = status === 404;
  }
}

/** What a link's address answers. Rejects with VisitError. */
export async function ask(address: string, init?: RequestInit): Promise<unknown> {
  const answer = await fetch(address, init);
  const body: unknown = await answer.json().catch(() => null);
  if (answer.ok) return body;
  const problem = problemSchema.safeParse(body);
  throw new VisitError(problem.data?.detail ?? 'The server could not be reached.', answer.status);
}

/** Shows the password of a link. */
export const unlock = (address: string, password: string) =>
  ask(`${address}/unlock`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ password }),
  });

/** Only a connection that broke is worth another try. */
export const retryVisit = (failures: number, error: Error) => !(error instanceof VisitError) && failures < 2;
