import {
  type AssetId,
  type contextListInputSchema,
  type contextResolveInputSchema,
  type MissingSlot,
  type Role,
  roles,
  type Sha256,
} from '@vitrine/schema';
import type { z } from 'zod';
import type { Caller } from '../access/actor.ts';
import { authorizedClient } from '../access/authorized.ts';
import { visibilityIn } from '../access/visibility-in.ts';
import { notFound } from '../app-error.ts';
import { campaignOfClient } from '../assets/campaign-of-client.ts';
import { toTimestamp } from '../ports/clock.ts';
import type { Readers } from '../ports/database.ts';
import type { ServiceDependencies } from '../service-dependencies.ts';
import { contextHash } from './context-hash.ts';
import type { ContextCandidate } from './context-repository.ts';
import { fillSlot, fitting, type SlotQuestion, sourceOf } from './fill-slot.ts';
import { inOrderOfChoice } from './order-of-choice.ts';
import { unfit } from './unfit.ts';

type Resolve = z.output<typeof contextResolveInputSchema>;
type List = z.output<typeof contextListInputSchema>;

/** A version that was chosen, without what only an answer has (addresses, rounded seconds). */
export interface ChosenAsset extends ContextCandidate {
  readonly source: 'campaign' | 'client' | 'uploaded';
  /** 1-based: its place in the slot or list. */
  readonly priority: number;
  readonly tags: readonly string[];
  /** Null while there is none. */
  readonly thumb: Sha256 | null;
}

export type ContextResolution =
  | {
      readonly ok: true;
      readonly slots: ReadonlyMap<Role, readonly ChosenAsset[]>;
      readonly hash: string;
    }
  | { readonly ok: false; readonly missing: readonly MissingSlot[] };

/** What may be generated with. Every method fails with `not_found` for what the caller may not see. */
export interface ContextService {
  /** Chooses for each role, or says of each that cannot be filled why. Fails with `campaign_client_mismatch`. */
  resolve(caller: Caller, input: Resolve): Promise<ContextResolution>;
  /** The same as one flat list: what was just uploaded, then the choice, each asset once. */
  list(caller: Caller, input: List): Promise<readonly ChosenAsset[]>;
}

/** Needs are answered in one order, however they were written down. */
function sizesOf(need: Resolve['need']) {
  return roles.flatMap((role) => {
    const size = need[role];
    return size === undefined ? [] : [{ role, size }];
  });
}

type Sourced = ContextCandidate & Pick<ChosenAsset, 'source'>;
const withSource = (candidate: ContextCandidate): Sourced => ({ ...candidate, source: sourceOf(candidate) });

/** Numbers a choice and adds what an answer shows. */
async function labelled(
  readers: Readers,
  choices: readonly (readonly Sourced[])[],
): Promise<(readonly ChosenAsset[])[]> {
  const ids = [...new Set(choices.flat().map(({ id }) => id))];
  const labels = new Map((await readers.context.labels(ids)).map((label) => [label.id, label]));
  return choices.map((choice) =>
    choice.map((candidate, index) => {
      const label = labels.get(candidate.id);
      // Somebody may have replaced the bytes since they were chosen: then the thumb is of others.
      const thumb = label?.version === candidate.version ? label.thumb : null;
      return { ...candidate, priority: index + 1, tags: label?.tags ?? [], thumb };
    }),
  );
}

/** The uploaded assets that may be used, in the order of the question. */
async function uploadedOf(
  readers: Readers,
  input: List,
  { today, visibility }: Pick<SlotQuestion, 'today' | 'visibility'>,
): Promise<ContextCandidate[]> {
  const ids = [...new Set(input.uploaded)];
  const found = await readers.context.named({ clientId: input.clientId, ids, visibility });
  const byId = new Map<AssetId, ContextCandidate>(found.map((candidate) => [candidate.id, candidate]));
  return ids
    .map((id) => {
      const candidate = byId.get(id);
      if (!candidate) throw notFound('asset');
      return candidate;
    })
    .filter((candidate) => unfit(candidate, input.constraints, today).length === 0);
}

export function createContextService({ database, clock }: ServiceDependencies): ContextService {
  /** Checks that the place may be seen, and answers the question that is the same for every slot. */
  async function questionFor(
    readers: Readers,
    { actor }: Caller,
    { clientId, campaignId, constraints }: Pick<Resolve, 'clientId' | 'campaignId' | 'constraints'>,
  ): Promise<SlotQuestion> {
    await authorizedClient(readers, { actor, action: 'context.resolve', id: clientId });
    if (campaignId) await campaignOfClient(readers, { actor, clientId, campaignId });
    const today = toTimestamp(clock.now()).slice(0, 10);
    const visibility = await visibilityIn(readers, actor, clientId);
    return { clientId, campaignId: campaignId ?? null, visibility, constraints, today };
  }

  return {
    resolve: (caller, input) =>
      database.read(async (readers) => {
        const question = await questionFor(readers, caller, input);
        const chosen = new Map<Role, readonly ContextCandidate[]>();
        const missing: MissingSlot[] = [];
        for (const slot of sizesOf(input.need)) {
          const answer = await fillSlot(readers, { ...question, ...slot });
          if (answer.filled) chosen.set(slot.role, answer.chosen);
          else missing.push(answer.missing);
        }
        if (missing.length > 0) return { ok: false, missing };
        const filled = [...chosen.values()].map((slot) => slot.map(withSource));
        const shown = await labelled(readers, filled);
        const slots = new Map([...chosen.keys()].map((role, index) => [role, shown[index] ?? []]));
        return { ok: true, slots, hash: contextHash({ input, chosen }) };
      }),

    list: (caller, input) =>
      database.read(async (readers) => {
        const question = await questionFor(readers, caller, input);
        const list = new Map<AssetId, Sourced>();
        const add = (candidate: Sourced) => list.has(candidate.id) || list.set(candidate.id, candidate);
        for (const candidate of await uploadedOf(readers, input, question)) {
          add({ ...candidate, source: 'uploaded' });
        }
        if (input.need) {
          const choice: ContextCandidate[] = [];
          for (const slot of sizesOf(input.need)) {
            choice.push(...(await fillSlot(readers, { ...question, ...slot })).chosen);
          }
          for (const candidate of choice.sort(inOrderOfChoice)) add(withSource(candidate));
        } else {
          const max = input.limit + list.size;
          const all = await fitting(readers, { ...question, role: null, max });
          for (const candidate of all) add(withSource(candidate));
        }
        const [shown = []] = await labelled(readers, [[...list.values()].slice(0, input.limit)]);
        return shown;
      }),
  };
}
