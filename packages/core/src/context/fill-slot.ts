import {
  type ContextConstraints,
  type MissingSlot,
  maxMissingCandidates,
  type Role,
  type SlotSize,
  slotBounds,
  slotConstraints,
} from '@vitrine/schema';
import type { Readers } from '../ports/database.ts';
import type { ContextCandidate, ContextQuery } from './context-repository.ts';
import { unfit } from './unfit.ts';

/** How many candidates are read first: enough for nearly every slot. */
const firstPage = 200;
/** The rest is read in pages like these, only where a slot is not full yet. */
const nextPage = 5000;

export interface SlotQuestion extends Pick<ContextQuery, 'clientId' | 'campaignId' | 'visibility'> {
  readonly constraints: ContextConstraints;
  /** In UTC; the day of use, unless the constraints name another. */
  readonly today: string;
}

export type SlotAnswer =
  | { readonly filled: true; readonly chosen: readonly ContextCandidate[] }
  | { readonly filled: false; readonly chosen: readonly ContextCandidate[]; readonly missing: MissingSlot };

export function sourceOf({ campaignId }: Pick<ContextCandidate, 'campaignId'>): 'campaign' | 'client' {
  return campaignId === null ? 'client' : 'campaign';
}

/** The candidates in the order of choice, read as far as somebody looks. */
async function* candidatesOf(
  readers: Readers,
  query: Omit<ContextQuery, 'offset' | 'limit'>,
): AsyncGenerator<ContextCandidate, void, undefined> {
  for (let offset = 0, limit = firstPage; ; offset += limit, limit = nextPage) {
    const page = await readers.context.candidates({ ...query, offset, limit });
    yield* page;
    if (page.length < limit) return;
  }
}

/** Those that fit, in the order of choice, up to `max`; `refuse` hears of those before the last one that do not. */
export async function fitting(
  readers: Readers,
  question: SlotQuestion & { readonly role: Role | null; readonly max: number },
  refuse: (candidate: ContextCandidate, reasons: ReturnType<typeof unfit>) => void = () => {},
): Promise<ContextCandidate[]> {
  const { clientId, campaignId, visibility, role, constraints, today, max } = question;
  const chosen: ContextCandidate[] = [];
  if (max === 0) return chosen;
  for await (const candidate of candidatesOf(readers, { clientId, campaignId, visibility, role })) {
    const reasons = unfit(candidate, constraints, today);
    if (reasons.length > 0) refuse(candidate, reasons);
    else if (chosen.push(candidate) === max) break;
  }
  return chosen;
}

/** Fills one slot, or says why it cannot be filled. */
export async function fillSlot(
  readers: Readers,
  question: SlotQuestion & { readonly role: Role; readonly size: SlotSize },
): Promise<SlotAnswer> {
  const { role, size } = question;
  const { min, max } = slotBounds(size);
  const candidates: MissingSlot['candidates'] = [];
  let refused = 0;
  const constraints = slotConstraints(size, question.constraints);
  const chosen = await fitting(readers, { ...question, constraints, max }, (candidate, reasons) => {
    refused += 1;
    if (candidates.length === maxMissingCandidates) return;
    candidates.push({
      id: candidate.id,
      version: candidate.version,
      name: candidate.name,
      type: candidate.facts.type,
      source: sourceOf(candidate),
      reasons: reasons.map(({ reason }) => reason),
      detail: reasons.map(({ detail }) => detail).join(' '),
    });
  });
  if (chosen.length >= min) return { filled: true, chosen };
  const tagged = chosen.length + refused;
  const alone = tagged === 0 ? 'none_tagged' : 'too_few';
  const missing: MissingSlot = {
    slot: role,
    reason: candidates[0]?.reasons[0] ?? alone,
    needed: min,
    fitting: chosen.length,
    tagged,
    candidates,
  };
  return { filled: false, chosen, missing };
}
