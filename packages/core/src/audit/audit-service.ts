import type {
  AssetId,
  AuditEntry,
  AuditEvent,
  AuditPage,
  auditListInputSchema,
  ClientId,
} from '@vitrine/schema';
import type { z } from 'zod';
import type { Actor, Caller } from '../access/actor.ts';
import { authorizedClient } from '../access/authorized.ts';
import { assertCredential, can, type Resource, type Visibility } from '../access/policy.ts';
import { assetResource, standingOf } from '../access/resource-of.ts';
import { visibilityIn } from '../access/visibility-in.ts';
import { notFound } from '../app-error.ts';
import type { Readers } from '../ports/database.ts';
import type { ServiceDependencies } from '../service-dependencies.ts';
import { type AuditMark, type AuditVerdict, verifyAudit } from './verify-audit.ts';
import { withoutHiddenSources } from './without-hidden-sources.ts';

type List = z.output<typeof auditListInputSchema>;

/** Who did what, for those who may know. */
export interface AuditService {
  /**
   * The newest first. Of an asset, in the trash too: for whoever sees it, in as much detail as their role there allows. Of a client:
   * for its managers. Of the installation: for owners and admins. Fails with `not_found` for what the caller may not see.
   */
  list(caller: Caller, input: List): Promise<AuditPage>;
  /** The events as they are chained, the oldest first, read a page at a time; of one client, if it is named. */
  export(caller: Caller, query: { readonly clientId?: ClientId | undefined }): AsyncIterable<AuditEvent>;
  /** Walks the whole chain. For the command line, which nobody reaches who could not read the database as well. */
  verify(mark?: AuditMark): Promise<AuditVerdict>;
}

/** How many events an export holds at once. */
const exportPage = 500;

const everything: Visibility = { kind: 'all' };

/** What may be read of the events: those of an asset as far as the role there goes, all of any other. */
interface Readable {
  readonly values: boolean;
  readonly addresses: boolean;
  readonly visibility: Visibility;
}

/** The asset as the policy sees it, also from the trash. */
async function resourceOf(readers: Readers, actor: Actor, id: AssetId): Promise<Resource | null> {
  const asset = (await readers.assets.find(id)) ?? (await readers.trash.find(id));
  if (asset) return assetResource(readers, actor, asset);
  // As long a look as at what is somebody else's.
  await standingOf(readers, actor, { clientId: null, campaignId: null, assetId: null });
  return null;
}

async function readable(readers: Readers, actor: Actor, { assetId, clientId }: List): Promise<Readable> {
  assertCredential(actor, 'audit.read');
  if (assetId) {
    const resource = await resourceOf(readers, actor, assetId);
    if (!resource || !can(actor, 'audit.read', resource)) throw notFound('asset');
    return {
      values: can(actor, 'audit.readValues', resource),
      addresses: can(actor, 'audit.readAddresses', resource),
      visibility: everything,
    };
  }
  if (clientId) {
    await authorizedClient(readers, { actor, action: 'audit.readClient', id: clientId });
    return { values: true, addresses: true, visibility: await visibilityIn(readers, actor, clientId) };
  }
  assertCredential(actor, 'audit.readAll');
  return { values: true, addresses: true, visibility: everything };
}

function shown(entry: AuditEntry, { values, addresses }: Readable): AuditEntry {
  return {
    ...entry,
    ...(values ? {} : { before: null, after: null }),
    ...(addresses ? {} : { address: null, requestId: null }),
  };
}

export function createAuditService({ database }: Pick<ServiceDependencies, 'database'>): AuditService {
  return {
    list: ({ actor }, input) =>
      database.read(async (readers) => {
        const may = await readable(readers, actor, input);
        const { from, to, cursor, limit, ...filters } = input;
        const found = await readers.audit.recent({
          ...filters,
          from: from === undefined ? undefined : Date.parse(from),
          to: to === undefined ? undefined : Date.parse(to),
          beforeSeq: cursor,
          visibility: may.visibility,
          limit: limit + 1,
        });
        const items: AuditEntry[] = [];
        for (const entry of found.slice(0, limit)) {
          items.push(await withoutHiddenSources(readers, actor, shown(entry, may)));
        }
        const last = items.at(-1);
        return { items, nextCursor: found.length > limit && last ? String(last.seq) : null };
      }),

    async *export({ actor }, { clientId }) {
      assertCredential(actor, 'audit.readAll');
      let afterSeq = 0;
      for (;;) {
        const page = { afterSeq, limit: exportPage, clientId };
        const events = await database.read((readers) => readers.audit.list(page));
        yield* events;
        const last = events.at(-1);
        if (!last || events.length < exportPage) return;
        afterSeq = last.seq;
      }
    },

    verify: (mark) => verifyAudit({ database, mark }),
  };
}
