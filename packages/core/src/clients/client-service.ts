import type {
  Client,
  ClientId,
  clientCreateInputSchema,
  clientListInputSchema,
  clientSetQuotaInputSchema,
  clientUpdateInputSchema,
  Quota,
  Stats,
} from '@vitrine/schema';
import { fold } from '@vitrine/schema';
import type { z } from 'zod';
import type { Caller } from '../access/actor.ts';
import { authorizedClient } from '../access/authorized.ts';
import { assertCredential, visibleTo } from '../access/policy.ts';
import { visibilityIn } from '../access/visibility-in.ts';
import { AppError, editedMeanwhile } from '../app-error.ts';
import { recordChange } from '../audit/record-change.ts';
import { completeOnce } from '../idempotency/complete-once.ts';
import type { ServiceDependencies } from '../service-dependencies.ts';
import type { ClientPatch } from './client-repository.ts';

type Create = z.output<typeof clientCreateInputSchema>;
type Update = z.output<typeof clientUpdateInputSchema>;
type SetQuota = z.output<typeof clientSetQuotaInputSchema>;
type List = z.output<typeof clientListInputSchema>;

/** Clients: the brands that own everything else. */
export interface ClientService {
  list(caller: Caller, input: List): Promise<Client[]>;
  /** Fails with `not_found`. */
  get(caller: Caller, id: ClientId): Promise<Client>;
  create(caller: Caller, input: Create): Promise<Client>;
  /** Fails with `not_found`, or `conflict` when `rowVersion` is given and no longer the current one. */
  update(caller: Caller, input: Update): Promise<Client>;
  /** Fails with `not_found`, with `conflict`, or with `not_empty` while it has campaigns or assets. */
  delete(caller: Caller, input: { id: ClientId; rowVersion?: number | undefined }): Promise<void>;
  stats(caller: Caller, id: ClientId): Promise<Stats>;
  quota(caller: Caller, id: ClientId): Promise<Quota>;
  /** For owners and admins. What is there already stays, also when it is more. */
  setQuota(caller: Caller, input: SetQuota): Promise<Quota>;
}

function patchOf(input: Update, now: number): ClientPatch {
  return {
    ...(input.name !== undefined && { name: input.name }),
    ...(input.description !== undefined && { description: input.description }),
    ...(input.brandGuidelines !== undefined && { brandGuidelines: input.brandGuidelines }),
    ...(input.archived !== undefined && { archivedAt: input.archived ? now : null }),
  };
}

export function createClientService({ database, clock, ids }: ServiceDependencies): ClientService {
  return {
    list({ actor }, input) {
      assertCredential(actor, 'client.list');
      return database.read((readers) =>
        readers.clients.list({
          visibility: visibleTo(actor),
          includeArchived: input.archived,
          ...(input.q && { text: fold(input.q) }),
        }),
      );
    },

    get({ actor }, id) {
      return database.read((readers) => authorizedClient(readers, { actor, action: 'client.read', id }));
    },

    async create(caller, input) {
      assertCredential(caller.actor, 'client.create');
      const at = clock.now();
      return database.transaction(async (writers) => {
        const client = await writers.clients.insert({
          id: ids.client(),
          userId: caller.actor.userId,
          name: input.name,
          description: input.description,
          brandGuidelines: input.brandGuidelines ?? null,
          at,
        });
        await recordChange(writers, caller, at, {
          action: 'client.create',
          target: { type: 'client', id: client.id },
          clientId: client.id,
          after: client,
        });
        await completeOnce(writers, caller, { type: 'client', id: client.id });
        return client;
      });
    },

    async update(caller, input) {
      const at = clock.now();
      return database.transaction(async (writers) => {
        const before = await authorizedClient(writers, {
          actor: caller.actor,
          action: 'client.update',
          id: input.id,
        });
        const expectedRowVersion = input.rowVersion ?? before.rowVersion;
        const after = await writers.clients.update({
          id: before.id,
          expectedRowVersion,
          patch: patchOf(input, at),
          at,
        });
        if (!after) throw editedMeanwhile('client', expectedRowVersion);
        await recordChange(writers, caller, at, {
          action: 'client.update',
          target: { type: 'client', id: after.id },
          clientId: after.id,
          before,
          after,
        });
        return after;
      });
    },

    async delete(caller, { id, rowVersion }) {
      const at = clock.now();
      await database.transaction(async (writers) => {
        const before = await authorizedClient(writers, { actor: caller.actor, action: 'client.delete', id });
        const expectedRowVersion = rowVersion ?? before.rowVersion;
        const deletion = await writers.clients.delete(id, expectedRowVersion);
        if (deletion === 'edited') throw editedMeanwhile('client', expectedRowVersion);
        if (deletion === 'not_empty') {
          throw new AppError(
            'not_empty',
            'This client still has campaigns or assets (those in the trash count). Archive it instead, or remove them first.',
          );
        }
        await recordChange(writers, caller, at, {
          action: 'client.delete',
          target: { type: 'client', id },
          clientId: id,
          before,
        });
      });
    },

    quota({ actor }, id) {
      return database.read(async (readers) => {
        await authorizedClient(readers, { actor, action: 'client.read', id });
        return readers.clients.quota(id);
      });
    },

    setQuota(caller, { id, ...quota }) {
      const at = clock.now();
      return database.transaction(async (writers) => {
        await authorizedClient(writers, { actor: caller.actor, action: 'client.setQuota', id });
        const before = await writers.clients.quota(id);
        await writers.clients.setQuota(id, quota);
        await recordChange(writers, caller, at, {
          action: 'client.setQuota',
          target: { type: 'client', id },
          clientId: id,
          before,
          after: quota,
        });
        return quota;
      });
    },

    stats({ actor }, id) {
      return database.read(async (readers) => {
        await authorizedClient(readers, { actor, action: 'client.read', id });
        const visibility = await visibilityIn(readers, actor, id);
        return visibility.kind === 'all'
          ? readers.clients.stats(id)
          : readers.assets.stats({ visibility, clientId: id });
      });
    },
  };
}
