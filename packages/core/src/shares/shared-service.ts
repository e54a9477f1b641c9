import {
  type AssetId,
  type Client,
  cursorSchema,
  type Page,
  type PagePosition,
  type Rights,
  type Sha256,
  type ShareId,
  type ShareVisitKind,
} from '@vitrine/schema';
import { v7 } from 'uuid';
import type { Actor, Caller } from '../access/actor.ts';
import { can } from '../access/policy.ts';
import { clientResource } from '../access/resource-of.ts';
import { visibilityIn } from '../access/visibility-in.ts';
import { AppError, notFound } from '../app-error.ts';
import type { TileRecord } from '../assets/asset-record.ts';
import { addressBlock } from '../identity/address-block.ts';
import { type Allowance, countAttempt } from '../identity/attempt-limit.ts';
import type { BlobStoreName } from '../ports/blob-store.ts';
import type { Readers } from '../ports/database.ts';
import type { ServiceDependencies } from '../service-dependencies.ts';
import { stateOf } from './present-share.ts';
import type { ShareRecord } from './share-repository.ts';
import { hashOfToken } from './share-service.ts';
import { isShared, sharedTiles } from './shared-assets.ts';

/** Who comes with a link. */
export interface Visitor {
  readonly token: string;
  /** What an earlier answer gave; null: they come for the first time. */
  readonly pass: string | null;
  readonly requestId: string;
  readonly address: string | null;
  readonly userAgent: string | null;
}

type Terms = Pick<ShareRecord, 'name' | 'quality' | 'downloads' | 'expiresAt'>;

/** A page of what a link shows. */
interface OpenedShare {
  readonly terms: Terms;
  readonly client: Client;
  readonly logo: AssetId | null;
  readonly page: Omit<Page<TileRecord>, 'total'>;
  /** To be shown from now on; null: the visitor's own goes on. */
  readonly pass: string | null;
}

/** An asset that a link shows, on which terms, and as whom its bytes are read. */
interface SharedBytes {
  readonly terms: Terms;
  readonly caller: Caller;
}

/** Something of the whole. */
export interface SharedFile {
  readonly tile: TileRecord;
  readonly sha256: Sha256;
  readonly store: BlobStoreName;
  readonly rights: Rights | null;
}

/**
 * What people see who have a link and no account: its target, on its terms, and of that what the one who made it may see at this moment.
 * Every method fails with `not_found`, in the same words, for a link that is unknown, revoked, expired or spent, or whose maker may not be
 * asked any more, and with `unauthenticated` where a visit has to be begun first.
 */
export interface SharedService {
  /** Begins a visit, unless the visitor is on one; null where a password is needed first. */
  open(
    visitor: Visitor,
    page: { cursor?: PagePosition | undefined; limit: number },
  ): Promise<OpenedShare | null>;
  /** Begins a visit with a password, and answers the pass. Fails with `forbidden` for a wrong one, and `rate_limited`. */
  unlock(visitor: Visitor, password: string): Promise<string>;
  /** Fails with `not_found` for an asset that is not part of it. */
  asset(visitor: Visitor, id: AssetId): Promise<SharedBytes>;
  /** The client's logo is no part of what is shared, and shown all the same. */
  logo(visitor: Visitor): Promise<SharedBytes & { readonly id: AssetId }>;
  /** Everything, for one file. Fails with `forbidden` where nothing may be saved, and `too_large` for more than `maxZipped`. */
  all(visitor: Visitor): Promise<SharedBytes & { readonly files: readonly SharedFile[] }>;
  /** Writes down that something was saved; null: all of it. */
  noteDownload(visitor: Visitor, assetId: AssetId | null): Promise<void>;
}

const maxZipped = 2000;
const pageSize = 100;
const triesMs = 15 * 60_000;

/** How many wrong passwords a link takes: from one sender, and from all together, for whoever holds many addresses. */
function allowancesOf(id: ShareId, { address }: Visitor): readonly Allowance[] {
  const all = `share:${id}`;
  return [
    { key: `${all}:${addressBlock(address ?? '')}`, max: 10, windowMs: triesMs },
    { key: all, max: 100, windowMs: triesMs },
  ];
}

const gone = () =>
  new AppError(
    'not_found',
    'This link does not work any more, or never did. Ask whoever sent it for a new one.',
  );

/** A link that works, and who made it. */
interface Found {
  readonly share: ShareRecord;
  readonly actor: Actor;
  readonly client: Client;
}

export function createSharedService({
  database,
  clock,
  passes,
  passwords,
}: Pick<ServiceDependencies, 'database' | 'clock' | 'passes' | 'passwords'>): SharedService {
  const isOnVisit = (share: ShareRecord, { pass }: Visitor) => pass !== null && passes.isGood(share, pass);

  async function found(readers: Readers, visitor: Visitor): Promise<Found> {
    const share = await readers.shares.findByToken(hashOfToken(visitor.token));
    if (!share) throw gone();
    const state = stateOf(share, clock.now());
    // Who is on the last visit goes on with it; to anybody else the link is as if it never was.
    if (state !== 'active' && !(state === 'spent' && isOnVisit(share, visitor))) throw gone();
    const maker = await readers.users.find(share.createdBy.id);
    if (!maker) throw gone();
    const actor: Actor = { kind: 'user', userId: maker.id, role: maker.role };
    const client = await readers.clients.find(share.clientId);
    if (!client || !can(actor, 'client.read', await clientResource(readers, actor, client.id))) throw gone();
    return { share, actor, client };
  }

  /** What is behind a password or counted is for those on a visit. */
  async function visited(readers: Readers, visitor: Visitor): Promise<Found> {
    const link = await found(readers, visitor);
    const { passwordHash, maxUses } = link.share;
    if ((passwordHash === null && maxUses === null) || isOnVisit(link.share, visitor)) return link;
    throw new AppError('unauthenticated', 'Open the link itself first; it may ask for a password.');
  }

  const readAs = ({ actor }: Found, { requestId, address }: Visitor): Caller => ({
    actor,
    requestId,
    address,
  });

  function note(visitor: Visitor, kind: ShareVisitKind, assetId: AssetId | null) {
    const { address, userAgent } = visitor;
    return { id: v7(), at: clock.now(), kind, assetId, address, userAgent: userAgent?.slice(0, 300) ?? null };
  }

  /** Counted and written down in one transaction, before anything is shown. */
  function begin(visitor: Visitor): Promise<string> {
    return database.transaction(async (writers) => {
      const { share } = await found(writers, visitor);
      if (stateOf(share, clock.now()) !== 'active' || !(await writers.shares.begin(share.id))) throw gone();
      await writers.shares.addVisit({ ...note(visitor, 'open', null), shareId: share.id });
      return passes.issue(share);
    });
  }

  async function logoOf(readers: Readers, { actor, share: { clientId } }: Found): Promise<AssetId | null> {
    const visibility = await visibilityIn(readers, actor, clientId);
    const query = {
      visibility,
      clientId,
      type: 'image',
      roles: ['brand_logo'],
      offset: 0,
      limit: 1,
    } as const;
    const [logo] = await readers.assets.listTiles(query);
    return logo?.id ?? null;
  }

  async function everything(readers: Readers, link: Found): Promise<SharedFile[]> {
    const files: SharedFile[] = [];
    for (let cursor: string | null = ''; cursor !== null; ) {
      const after = cursor === '' ? undefined : cursorSchema.parse(cursor);
      const page = await sharedTiles(readers, link.actor, link.share, { cursor: after, limit: pageSize });
      for (const tile of page.items) {
        if (files.length === maxZipped) {
          throw new AppError(
            'too_large',
            `A ZIP has at most ${maxZipped} files. Save them one by one, or ask for a link to fewer.`,
          );
        }
        const file = await readers.assets.findFile(tile.id, tile.version);
        const found = await readers.rights.find({ assetId: tile.id, version: tile.version });
        if (file) files.push({ tile, sha256: file.sha256, store: file.store, rights: found?.rights ?? null });
      }
      cursor = page.nextCursor;
    }
    return files;
  }

  return {
    async open(visitor, page) {
      const link = await database.read((readers) => found(readers, visitor));
      const goesOn = isOnVisit(link.share, visitor);
      if (!goesOn && link.share.passwordHash !== null) return null;
      const pass = goesOn ? null : await begin(visitor);
      return database.read(async (readers) => {
        const now = await found(readers, { ...visitor, pass: pass ?? visitor.pass });
        const { name, quality, downloads, expiresAt } = now.share;
        return {
          pass,
          terms: { name, quality, downloads, expiresAt },
          client: now.client,
          logo: await logoOf(readers, now),
          page: await sharedTiles(readers, now.actor, now.share, page),
        };
      });
    },

    async unlock(visitor, password) {
      const { share } = await database.read((readers) => found(readers, visitor));
      if (share.passwordHash === null) return begin(visitor);
      const allowances = allowancesOf(share.id, visitor);
      await countAttempt({ database, clock }, allowances);
      if (!(await passwords.verify(password, share.passwordHash))) {
        throw new AppError('forbidden', 'This is not the password of the link. Check it, and try again.');
      }
      await database.transaction(async ({ attempts }) => {
        for (const { key } of allowances) await attempts.takeBack(key);
      });
      return begin(visitor);
    },

    asset: (visitor, id) =>
      database.read(async (readers) => {
        const link = await visited(readers, visitor);
        if (!(await isShared(readers, link.actor, link.share, id))) throw notFound('asset');
        return { terms: link.share, caller: readAs(link, visitor) };
      }),

    logo: (visitor) =>
      database.read(async (readers) => {
        const link = await visited(readers, visitor);
        const id = await logoOf(readers, link);
        if (!id) throw notFound('asset');
        return { id, terms: link.share, caller: readAs(link, visitor) };
      }),

    all: (visitor) =>
      database.read(async (readers) => {
        const link = await visited(readers, visitor);
        if (!link.share.downloads) throw new AppError('forbidden', 'Nothing may be saved from this link.');
        const files = await everything(readers, link);
        if (files.length === 0) throw notFound('asset');
        return { terms: link.share, caller: readAs(link, visitor), files };
      }),

    async noteDownload(visitor, assetId) {
      await database.transaction(async (writers) => {
        const { share } = await visited(writers, visitor);
        await writers.shares.addVisit({ ...note(visitor, 'download', assetId), shareId: share.id });
      });
    },
  };
}
