import type { ContextCandidate } from './context-repository.ts';

/**
 * Compares two candidates of one question: the campaign's before the client's own, then by rank (those without one last), then
 * newest first, then by id (descending). `ContextReader.candidates` orders in the same way.
 */
export function inOrderOfChoice(a: ContextCandidate, b: ContextCandidate): number {
  const ofClient = (candidate: ContextCandidate) => Number(candidate.campaignId === null);
  return (
    ofClient(a) - ofClient(b) ||
    Number(a.rank === null) - Number(b.rank === null) ||
    (a.rank ?? 0) - (b.rank ?? 0) ||
    b.uploadedAt - a.uploadedAt ||
    (a.id < b.id ? 1 : -1)
  );
}
