import {
  type AssetId,
  type Client,
  cursorSchema,
  type Page,
  type PagePosition,
  type Rights,
  type Sha256,
  type ShareVisitKind,
} from '@vitrine/schema';
import { v7 } from 'uuid';
import type { Actor, Caller } from '../access/actor.ts';
import { can } from '../access/policy.ts';
import { clientResource } from '../access/resource-of.ts';
import { visibilityIn } from '../access/visibility-in.ts';
import { AppError, notFound } from '../app-error.ts';
import type { TileRecord } from '../assets/asset-record.ts';
import { assertWhole } from '../health/assert-whole.ts';
import { assertLinkPassword } from '../identity/link-password.ts';
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
    page: {
      cursor?: PagePosition | undefined;
      limit: number;
      /** Nothing is shown, as to a program that only asks whether the link works: no visit begins. */
      looksOnly?: boolean;
    },
  ): Promise<OpenedShare | null>;
  /** Begins a visit with a password, and answers the pass. Fails with `forbidden` for a wrong one, and `rate_limited`. */
  unlock(visitor: Visitor, password: string): Promise<string>;
  /** Fails with `not_found` for an asset that is not part of it. */
  asset(visitor: Visitor, id: AssetId): Promise<SharedBytes>;
  /** The client's logo is no part of what is shared, and shown all the same. */
  logo(visitor: Visitor): Promise<SharedBytes & { readonly id: AssetId }>;
  /** Everything, for one file. Fails with `forbidden` where nothing may be saved, and `too_large` for more than `maxZipped`. */
  all(visitor: Visitor): Promise<SharedBytes & { readonly files: readonly SharedFile[] }>;
  /** Resolves while the visit goes on. */
  goesOn(visitor: Visitor): Promise<void>;
  /** Writes down that something was saved; null: all of it. */
  noteDownload(visitor: Visitor, assetId: AssetId | null): Promise<void>;
}

const maxZipped = 2000;
const pageSize = 100;

const gone = () =>
  new AppError(
    'not_found',
    'This link does not work any more, or never did. Ask whoever sent it for a new one.',
  );

/** What a link is about that its maker may not see any more is as gone as a link that never was. */
function orGone<T>(work: Promise<T>): Promise<T> {
  return work.catch((error: unknown) => {
    throw error instanceof AppError && error.code === 'not_found' ? gone() : error;
  });
}

const tilesOf = (
  readers: Readers,
  { actor, share }: Found,
  page: { cursor?: PagePosition | undefined; limit: number },
) => orGone(sharedTiles(readers, actor, share, page));

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

  /**
   * Counted and written down in one transaction, before anything is shown. `judged` is the hash that the password was right for: by now there
   * may be another, and with it no visit begins.
   */
  function begin(visitor: Visitor, judged: string | null): Promise<string> {
    return database.transaction(async (writers) => {
      const { share: known } = await found(writers, visitor);
      await writers.shares.lock(known.id);
      const { share } = await found(writers, visitor);
      if (share.passwordHash !== judged) {
        throw new AppError(
          'forbidden',
          'The password of this link was changed just now. Ask for the new one.',
        );
      }
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
      const page = await tilesOf(readers, link, { cursor: after, limit: pageSize });
      for (const tile of page.items) {
        if (files.length === maxZipped) {
          throw new AppError(
            'too_large',
            `A ZIP has at most ${maxZipped} files. Save them one by one, or ask for a link to fewer.`,
          );
        }
        const file = await readers.assets.findFile(tile.id, tile.version);
        const found = await readers.rights.find({ assetId: tile.id, version: tile.version });
        if (file && link.share.quality === 'originals') assertWhole(file.damage, tile.name);
        if (file) files.push({ tile, sha256: file.sha256, store: file.store, rights: found?.rights ?? null });
      }
      cursor = page.nextCursor;
    }
    return files;
  }

  return {
    async open(visitor, { looksOnly = false, ...page }) {
      const look = async (readers: Readers, link: Found) => {
        const { name, quality, downloads, expiresAt } = link.share;
        return {
          terms: { name, quality, downloads, expiresAt },
          client: link.client,
          logo: await logoOf(readers, link),
          page: await tilesOf(readers, link, page),
        };
      };
      // Looked at first: a visit that shows nothing is none.
      const first = await database.read(async (readers) => {
        const link = await found(readers, visitor);
        const goesOn = isOnVisit(link.share, visitor);
        if (!goesOn && link.share.passwordHash !== null) return null;
        return { goesOn, ...(await look(readers, link)) };
      });
      if (!first) return null;
      const { goesOn, ...shown } = first;
      if (goesOn || looksOnly) return { ...shown, pass: null };
      return { ...shown, pass: await begin(visitor, null) };
    },

    async unlock(visitor, password) {
      const { share } = await database.read((readers) => found(readers, visitor));
      const { passwordHash } = share;
      if (passwordHash !== null) {
        const attempt = { link: `share:${share.id}`, address: visitor.address, password, passwordHash };
        await assertLinkPassword({ database, clock, passwords }, attempt);
      }
      return begin(visitor, passwordHash);
    },

    asset: (visitor, id) =>
      database.read(async (readers) => {
        const link = await visited(readers, visitor);
        const { actor, share } = link;
        if (!(await orGone(isShared(readers, actor, share, id)))) throw notFound('asset');
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

    goesOn: (visitor) =>
      database.read(async (readers) => {
        await visited(readers, visitor);
      }),

    async noteDownload(visitor, assetId) {
      await database.transaction(async (writers) => {
        const { share } = await visited(writers, visitor);
        await writers.shares.addVisit({ ...note(visitor, 'download', assetId), shareId: share.id });
      });
    },
  };
}
