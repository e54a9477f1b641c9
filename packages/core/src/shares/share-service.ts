import { createHash, randomBytes } from 'node:crypto';
import {
  assetIdSchema,
  type ClientId,
  encodeCursor,
  maxShareDays,
  type Page,
  type Share,
  type ShareId,
  type ShareVisit,
  sha256Schema,
  type shareCreateInputSchema,
  type shareListInputSchema,
  type shareUpdateInputSchema,
  type shareVisitsInputSchema,
  usualShareDays,
} from '@vitrine/schema';
import type { z } from 'zod';
import type { Actor, Caller } from '../access/actor.ts';
import { authorizedAsset, authorizedCampaign, authorizedClient, lookInVain } from '../access/authorized.ts';
import { assertCredential, can } from '../access/policy.ts';
import { clientResource } from '../access/resource-of.ts';
import { visibilityIn } from '../access/visibility-in.ts';
import { invalidField, notFound } from '../app-error.ts';
import { recordChange } from '../audit/record-change.ts';
import { seenCollection } from '../collections/seen-collection.ts';
import type { Readers, Writers } from '../ports/database.ts';
import type { ServiceDependencies } from '../service-dependencies.ts';
import { presentShare } from './present-share.ts';
import type { ListedShare, NewShare } from './share-repository.ts';

type Create = z.output<typeof shareCreateInputSchema>;
type List = z.output<typeof shareListInputSchema>;
type Update = z.output<typeof shareUpdateInputSchema>;
type Visits = z.output<typeof shareVisitsInputSchema>;

/** A link that was just made, with what opens it: told this one time, only its hash is kept. */
interface IssuedLink {
  readonly share: Share;
  readonly token: string;
}

/**
 * Links that show something to people without an account. Every method fails with `not_found` for what the caller may not see. One's own
 * links one looks at and ends as long as one sees their client, and changes as long as one could make them; those of others, who may
 * share things of all of the client.
 */
export interface ShareService {
  /** One link for each recipient, or one. Fails with `invalid_input` for assets of several clients. */
  create(caller: Caller, input: Create): Promise<IssuedLink[]>;
  /** The newest first. `total` is not counted. */
  list(caller: Caller, input: List): Promise<Omit<Page<Share>, 'total'>>;
  get(caller: Caller, id: ShareId): Promise<Share>;
  /** Fails with `invalid_input` for an end that has passed, fewer uses than there were, and a link that was revoked. */
  update(caller: Caller, input: Update): Promise<Share>;
  /** It shows nothing any more from now on. Revoked twice is revoked. */
  revoke(caller: Caller, id: ShareId): Promise<Share>;
  /** Forgets who came more than 400 days ago, not how many, and answers of how many visits. */
  prune(): Promise<number>;
  /** Who came, the last first. */
  visits(caller: Caller, input: Visits): Promise<ShareVisit[]>;
}

const dayMs = 86_400_000;
/** A campaign and the one of the year after it. */
const visitDays = 400;

/** What is kept of a token. */
export const hashOfToken = (token: string) =>
  sha256Schema.parse(createHash('sha256').update(token).digest('hex'));

/** Milliseconds. */
function endOf(text: string | undefined, now: number): number {
  if (text === undefined) return now + usualShareDays * dayMs;
  const expiresAt = Date.parse(text);
  if (expiresAt <= now) throw invalidField(['expiresAt'], 'has passed; choose a later moment');
  if (expiresAt > now + maxShareDays * dayMs)
    throw invalidField(['expiresAt'], `must be within ${maxShareDays} days`);
  return expiresAt;
}

type Shown = Pick<NewShare, 'clientId' | 'target' | 'assetIds'>;

/** What is to be shown, if the actor may share all of it. */
async function shownBy(readers: Readers, actor: Actor, target: Create['target']): Promise<Shown> {
  const action = 'share.write';
  switch (target.kind) {
    case 'asset':
    case 'assets': {
      const ids = target.kind === 'asset' ? [target.assetId] : target.assetIds;
      const clients = new Set<ClientId>();
      for (const id of ids) clients.add((await authorizedAsset(readers, { actor, action, id })).clientId);
      const [clientId, ...others] = clients;
      if (!clientId || others.length > 0) {
        throw invalidField(['target', 'assetIds'], 'are of several clients; make a link for each');
      }
      return { clientId, target: { kind: target.kind }, assetIds: ids };
    }
    case 'collection': {
      const seen = await seenCollection(readers, {
        actor,
        action: 'collection.read',
        id: target.collectionId,
      });
      const { clientId } = seen.collection;
      await authorizedClient(readers, { actor, action, id: clientId });
      return { clientId, target, assetIds: [] };
    }
    case 'campaign': {
      const { clientId } = await authorizedCampaign(readers, { actor, action, id: target.campaignId });
      return { clientId, target, assetIds: [] };
    }
    default:
      return target satisfies never;
  }
}

/** The link, if it is one's own at a client that one still sees, or one may share all of the client's things. */
async function authorizedShare(
  readers: Readers,
  { actor }: Caller,
  { id, action }: { readonly id: ShareId; readonly action: 'share.read' | 'share.write' },
): Promise<ListedShare> {
  assertCredential(actor, action);
  const share = await readers.shares.find(id);
  const resource = share
    ? await clientResource(readers, actor, share.clientId)
    : await lookInVain(readers, actor);
  if (!share || !resource) throw notFound('share link');
  const own = share.createdBy.id === actor.userId && can(actor, 'client.read', resource);
  if (!own && !can(actor, action, resource)) throw notFound('share link');
  return share;
}

/** Only who could make the link now may let it give more or last longer: what the maker may do can be less by now. */
async function assertMayShare(
  readers: Readers,
  { actor, share, now }: { readonly actor: Actor; readonly share: ListedShare; readonly now: number },
): Promise<void> {
  if (can(actor, 'share.write', await clientResource(readers, actor, share.clientId))) return;
  await shownBy(readers, actor, presentShare(share, now).target);
}

/** Links as those who manage them see them: what is hidden from them is not named either. */
async function presented(
  readers: Readers,
  { actor }: Pick<Caller, 'actor'>,
  { shares, clientId, now }: { shares: readonly ListedShare[]; clientId: ClientId; now: number },
): Promise<Share[]> {
  const visibility = await visibilityIn(readers, actor, clientId);
  if (visibility.kind === 'all') return shares.map((share) => presentShare(share, now));
  const ids = shares.map(({ id }) => id);
  const seen = await readers.shares.assetsOf(ids, visibility);
  return shares.map((share) => presentShare({ ...share, assetIds: seen.get(share.id) ?? [] }, now));
}

async function presentedOne(
  readers: Readers,
  caller: Caller,
  { share, now }: { readonly share: ListedShare; readonly now: number },
): Promise<Share> {
  const [one] = await presented(readers, caller, { shares: [share], clientId: share.clientId, now });
  return one ?? presentShare(share, now);
}

async function stored(readers: Readers, id: ShareId): Promise<ListedShare> {
  const share = await readers.shares.find(id);
  if (!share) throw new Error('The share link is not there after it was written.');
  return share;
}

/** What the log keeps: nothing with which the link could be opened. */
function audited(share: ListedShare, now: number) {
  const {
    createdBy,
    uses: _uses,
    downloadCount: _downloads,
    lastVisitAt: _last,
    ...kept
  } = presentShare(share, now);
  return { ...kept, createdBy: createdBy.id };
}

export function createShareService(
  dependencies: Pick<ServiceDependencies, 'database' | 'clock' | 'ids' | 'passwords'>,
): ShareService {
  const { database, clock, ids, passwords } = dependencies;

  function note(
    writers: Writers,
    caller: Caller,
    action: string,
    { before, after }: Partial<Record<'before' | 'after', ListedShare>>,
  ) {
    const share = after ?? before;
    if (!share) throw new Error('There is nothing to note.');
    const now = clock.now();
    return recordChange(writers, caller, now, {
      action,
      target: { type: 'share', id: share.id },
      clientId: share.clientId,
      before: before ? audited(before, now) : null,
      after: after ? audited(after, now) : null,
    });
  }

  return {
    async create(caller, { target, recipients, password, expiresAt, ...settings }) {
      const { actor } = caller;
      assertCredential(actor, 'share.write');
      const at = clock.now();
      const ends = endOf(expiresAt, at);
      // Outside the transaction: it takes a tenth of a second.
      const passwordHash = password === undefined ? null : await passwords.hash(password);
      return database.transaction(async (writers) => {
        const shown = await shownBy(writers, actor, target);
        const issued: IssuedLink[] = [];
        const links: ListedShare[] = [];
        for (const recipient of recipients.length > 0 ? recipients : [null]) {
          const id = ids.share();
          const token = randomBytes(32).toString('base64url');
          const tokenHash = hashOfToken(token);
          await writers.shares.insert({
            ...{ ...settings, ...shown, id, recipient, passwordHash, tokenHash, at },
            ...{ userId: actor.userId, expiresAt: ends },
          });
          const share = await stored(writers, id);
          links.push(share);
          issued.push({ share: presentShare(share, at), token });
        }
        for (const after of links) await note(writers, caller, 'share.create', { after });
        return issued;
      });
    },

    list({ actor }, { clientId, assetId, cursor, limit }) {
      return database.read(async (readers) => {
        assertCredential(actor, 'share.read');
        await authorizedClient(readers, { actor, action: 'asset.list', id: clientId });
        // Whoever may share only a part of the client sees the links that they made.
        const mayAll = can(actor, 'share.read', await clientResource(readers, actor, clientId));
        if (assetId) await authorizedAsset(readers, { actor, action: 'share.read', id: assetId });
        const madeBy = mayAll ? undefined : actor.userId;
        const rows = await readers.shares.list({
          clientId,
          assetId,
          madeBy,
          after: cursor,
          limit: limit + 1,
        });
        const page = rows.slice(0, limit);
        const last = rows.length > limit ? page.at(-1) : undefined;
        const nextCursor = last
          ? encodeCursor({ at: last.createdAt, id: assetIdSchema.parse(last.id) })
          : null;
        const items = await presented(readers, { actor }, { shares: page, clientId, now: clock.now() });
        return { items, nextCursor };
      });
    },

    get: (caller, id) =>
      database.read(async (readers) => {
        const share = await authorizedShare(readers, caller, { id, action: 'share.read' });
        return presentedOne(readers, caller, { share, now: clock.now() });
      }),

    async update(caller, { id, password, expiresAt, ...changes }) {
      assertCredential(caller.actor, 'share.write');
      const at = clock.now();
      const passwordHash = typeof password === 'string' ? await passwords.hash(password) : password;
      return database.transaction(async (writers) => {
        // Read behind the lock: what others change meanwhile must not be written back as it was.
        await writers.shares.lock(id);
        const before = await authorizedShare(writers, caller, { id, action: 'share.write' });
        await assertMayShare(writers, { actor: caller.actor, share: before, now: at });
        if (before.revokedAt !== null) {
          throw invalidField(['id'], 'is of a link that was revoked; make a new one');
        }
        const { maxUses = before.maxUses } = changes;
        if (maxUses !== null && maxUses < before.uses) {
          throw invalidField(['maxUses'], `must be at least ${before.uses}, as many visits have begun`);
        }
        await writers.shares.update(id, {
          name: changes.name ?? before.name,
          quality: changes.quality ?? before.quality,
          downloads: changes.downloads ?? before.downloads,
          maxUses,
          passwordHash: passwordHash === undefined ? before.passwordHash : passwordHash,
          expiresAt: expiresAt === undefined ? before.expiresAt : endOf(expiresAt, at),
        });
        const after = await stored(writers, id);
        await note(writers, caller, 'share.update', { before, after });
        return presentedOne(writers, caller, { share: after, now: at });
      });
    },

    revoke(caller, id) {
      const at = clock.now();
      return database.transaction(async (writers) => {
        const before = await authorizedShare(writers, caller, { id, action: 'share.write' });
        const isNew = await writers.shares.revoke(id, at);
        const after = await stored(writers, id);
        if (isNew) await note(writers, caller, 'share.revoke', { before, after });
        return presentedOne(writers, caller, { share: after, now: at });
      });
    },

    prune: () => database.transaction(({ shares }) => shares.pruneVisits(clock.now() - visitDays * dayMs)),

    visits: (caller, { id, limit }) =>
      database.read(async (readers) => {
        await authorizedShare(readers, caller, { id, action: 'share.read' });
        return readers.shares.visits({ id, limit });
      }),
  };
}
