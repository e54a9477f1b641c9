import { createHash } from 'node:crypto';
import {
  type ContextConstraints,
  type ContextNeed,
  type ContextResolveInput,
  type Role,
  slotBounds,
  slotConstraints,
} from '@vitrine/schema';
import { canonicalJson } from '../canonical-json.ts';
import type { ContextCandidate } from './context-repository.ts';

interface Hashed {
  readonly input: Pick<ContextResolveInput, 'clientId' | 'campaignId'> & {
    readonly need: ContextNeed;
    readonly constraints: ContextConstraints;
  };
  readonly chosen: ReadonlyMap<Role, readonly ContextCandidate[]>;
}

/**
 * SHA-256 of the question and of the versions that were chosen, in their order. Names, tags and addresses are not in it: they may
 * change while the bytes stay. Nor is the day, unless the question names it.
 */
export function contextHash({ input, chosen }: Hashed): string {
  const { clientId, campaignId = null, need, constraints } = input;
  const text = canonicalJson({
    clientId,
    campaignId,
    need: Object.entries(need)
      .map(([role, size]) => {
        const { formats, ...rest } = slotConstraints(size, constraints);
        return { role, ...slotBounds(size), ...rest, formats: formats && [...new Set(formats)].sort() };
      })
      .sort((a, b) => (a.role < b.role ? -1 : 1)),
    slots: Object.fromEntries(
      [...chosen].map(([role, refs]) => [
        role,
        refs.map(({ id, version, sha256 }) => ({ id, version, sha256 })),
      ]),
    ),
  });
  return createHash('sha256').update(text).digest('hex');
}
