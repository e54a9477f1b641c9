import { createHash, randomBytes } from 'node:crypto';
import {
  type ApiKey,
  type ClientId,
  type IssuedKey,
  type keyCreateInputSchema,
  type keyUpdateInputSchema,
  maxKeyDays,
  usualKeyDays,
} from '@vitrine/schema';
import { v7 } from 'uuid';
import type { z } from 'zod';
import type { Actor, Caller } from '../access/actor.ts';
import { authorizedClient } from '../access/authorized.ts';
import type { Action } from '../access/permission.ts';
import { assertCredential } from '../access/policy.ts';
import { AppError, invalidField, notFound } from '../app-error.ts';
import { recordChange } from '../audit/record-change.ts';
import type { Readers, Writers } from '../ports/database.ts';
import type { ServiceDependencies } from '../service-dependencies.ts';
import type { KeySettings } from './key-repository.ts';

/** `expiresAt` null, which only the command line says: never. */
type Create = Omit<z.output<typeof keyCreateInputSchema>, 'expiresAt'> & {
  expiresAt?: string | null | undefined;
};
type Update = z.output<typeof keyUpdateInputSchema>;

/**
 * Keys that act for their users. People manage them, keys do not: a stolen key would make itself another. Every method fails with
 * `forbidden` for a key, and with `not_found` for a key that is somebody else's.
 */
export interface KeyService {
  /** One's own; owners and admins see everybody's. */
  list(caller: Caller): Promise<ApiKey[]>;
  /** Fails with `not_found` for a client that the caller does not see. The answer is the only time the key is known. */
  create(caller: Caller, input: Create): Promise<IssuedKey>;
  /** Of one's own keys, whatever is named. */
  update(caller: Caller, input: Update): Promise<ApiKey>;
  /** One's own, or for owners and admins anybody's; an owner's only by an owner. It works for a second more at most. */
  revoke(caller: Caller, id: string): Promise<void>;
}

/** What every key begins with, so that a leaked one is recognised. */
const keyPrefix = 'vtr_';
const startLength = keyPrefix.length + 6;
const dayMs = 86_400_000;

/** As the identity library keeps it, which checks the key at each use. */
const hashOf = (key: string) => createHash('sha256').update(key).digest('base64url');

const seesAll = ({ role }: Actor) => role !== 'member';

/** Milliseconds. */
function expiryOf(text: string, at: number): number {
  const expiresAt = Date.parse(text);
  if (expiresAt <= at) throw invalidField(['expiresAt'], 'has passed; choose a later moment');
  if (expiresAt > at + maxKeyDays * dayMs) {
    throw invalidField(['expiresAt'], `must be within ${maxKeyDays} days`);
  }
  return expiresAt;
}

/** A key says that a client exists, so whoever makes it has to see the client. */
async function assertSeen(readers: Readers, actor: Actor, ids: readonly ClientId[] | null): Promise<void> {
  for (const id of ids ?? []) await authorizedClient(readers, { actor, action: 'client.read', id });
}

/** The key, if it is the caller's or they may see everybody's. */
async function keyFor(
  readers: Readers,
  { actor, action, id }: { readonly actor: Actor; readonly action: Action; readonly id: string },
): Promise<ApiKey> {
  assertCredential(actor, action);
  const key = await readers.keys.find(id);
  if (!key || (key.person.id !== actor.userId && !seesAll(actor))) throw notFound('key');
  return key;
}

/** What the log keeps, under the names that the identity library's own events have. */
function audited({ person, name, start, scopes, clientIds, expiresAt }: ApiKey) {
  return { referenceId: person.id, name, start, scopes, clientIds, expiresAt };
}

async function stored(readers: Readers, id: string): Promise<ApiKey> {
  const key = await readers.keys.find(id);
  if (!key) throw new Error('The key is not there after it was written.');
  return key;
}

async function assertOwnerAsks(writers: Writers, { actor }: Caller, { person }: ApiKey): Promise<void> {
  if (actor.role === 'owner' || person.id === actor.userId) return;
  if ((await writers.people.find(person.id))?.role !== 'owner') return;
  throw new AppError('forbidden', 'Only an owner revokes the keys of an owner. Ask one.');
}

export function createKeyService({
  database,
  clock,
}: Pick<ServiceDependencies, 'database' | 'clock'>): KeyService {
  return {
    list({ actor }) {
      assertCredential(actor, 'key.list');
      return database.read((readers) =>
        readers.keys.list({ userId: seesAll(actor) ? undefined : actor.userId }),
      );
    },

    create(caller, { expiresAt: until, ...settings }) {
      const { actor } = caller;
      assertCredential(actor, 'key.write');
      const at = clock.now();
      const usual = at + usualKeyDays * dayMs;
      const expiresAt = until === undefined ? usual : until === null ? null : expiryOf(until, at);
      const key = `${keyPrefix}${randomBytes(32).toString('hex')}`;
      const id = v7();
      return database.transaction(async (writers) => {
        await assertSeen(writers, actor, settings.clientIds);
        await writers.keys.insert({
          ...settings,
          id,
          userId: actor.userId,
          hash: hashOf(key),
          start: key.slice(0, startLength),
          expiresAt,
          at,
        });
        const made = await stored(writers, id);
        await recordChange(writers, caller, at, {
          action: 'apikey.create',
          target: { type: 'apikey', id },
          clientId: null,
          after: audited(made),
        });
        return { ...made, key };
      });
    },

    update(caller, { id, ...changes }) {
      const { actor } = caller;
      const at = clock.now();
      return database.transaction(async (writers) => {
        const before = await keyFor(writers, { actor, action: 'key.write', id });
        // Somebody else's could be given what they never meant it to have.
        if (before.person.id !== actor.userId) throw notFound('key');
        const { name = before.name, scopes = before.scopes, clientIds = before.clientIds } = changes;
        if (changes.clientIds !== undefined) await assertSeen(writers, actor, changes.clientIds);
        const kept = before.expiresAt === null ? null : Date.parse(before.expiresAt);
        const expiresAt = changes.expiresAt === undefined ? kept : expiryOf(changes.expiresAt, at);
        const settings: KeySettings = { name, scopes, clientIds, expiresAt };
        await writers.keys.update(id, { ...settings, at });
        const after = await stored(writers, id);
        await recordChange(writers, caller, at, {
          action: 'apikey.update',
          target: { type: 'apikey', id },
          clientId: null,
          before: audited(before),
          after: audited(after),
        });
        return after;
      });
    },

    async revoke(caller, id) {
      const at = clock.now();
      await database.transaction(async (writers) => {
        const before = await keyFor(writers, { actor: caller.actor, action: 'key.write', id });
        await assertOwnerAsks(writers, caller, before);
        await writers.keys.remove(id);
        await recordChange(writers, caller, at, {
          action: 'apikey.delete',
          target: { type: 'apikey', id },
          clientId: null,
          before: audited(before),
        });
      });
    },
  };
}
