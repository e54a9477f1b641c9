import { type ImportPlace, type ImportReader, type ImportWriter, toTimestamp } from '@vitrine/core';
import { type ImportItem, importItemSchema, uploadInputSchema } from '@vitrine/schema';
import { and, asc, eq, inArray, lt, notInArray } from 'drizzle-orm';
import type { Tables } from '../portable-database.ts';
import type { RepositoryContext } from './repository-context.ts';

const ended = ['done', 'failed'] as const;
const prunedAtOnce = 1000;

function toItem(row: Tables['importItems']['$inferSelect']): ImportItem {
  const { position, url, state } = row;
  const base = { position, url };
  switch (state) {
    case 'waiting':
      return { ...base, state };
    case 'running':
      return { ...base, state, receivedBytes: row.receivedBytes, totalBytes: row.totalBytes };
    case 'done':
      return importItemSchema.parse({ ...base, state, outcome: row.outcome, assetId: row.assetId });
    case 'failed':
      return importItemSchema.parse({ ...base, state, error: row.error });
    default:
      return state satisfies never;
  }
}

export function createImportRepository({ db, tables }: RepositoryContext): ImportReader & ImportWriter {
  const { imports, importItems } = tables;
  const at = ({ importId, position }: ImportPlace) =>
    and(eq(importItems.importId, importId), eq(importItems.position, position));
  const goingOn = (place: ImportPlace) => and(at(place), notInArray(importItems.state, [...ended]));

  return {
    async find(id) {
      const [row] = await db.select().from(imports).where(eq(imports.id, id));
      if (!row) return null;
      const items = await db
        .select()
        .from(importItems)
        .where(eq(importItems.importId, id))
        .orderBy(asc(importItems.position));
      return {
        id,
        clientId: row.clientId,
        createdAt: toTimestamp(row.createdAt),
        finishedAt: row.finishedAt === null ? null : toTimestamp(row.finishedAt),
        items: items.map(toItem),
      };
    },

    async task(place) {
      const [row] = await db
        .select({
          userId: imports.userId,
          scopes: imports.scopes,
          url: importItems.url,
          fields: importItems.fields,
          state: importItems.state,
        })
        .from(importItems)
        .innerJoin(imports, eq(imports.id, importItems.importId))
        .where(at(place));
      if (!row) return null;
      const { state, fields, ...task } = row;
      return {
        ...task,
        fields: uploadInputSchema.parse(fields),
        finished: ended.some((end) => end === state),
      };
    },

    async insert({ id, userId, clientId, scopes, items, at: createdAt }) {
      await db
        .insert(imports)
        .values({ id, userId, clientId, scopes: scopes && [...scopes], createdAt, finishedAt: null });
      await db.insert(importItems).values(
        items.map(({ url, fields }, position) => ({
          importId: id,
          position,
          url,
          fields: { ...fields },
          state: 'waiting' as const,
          receivedBytes: 0,
        })),
      );
    },

    async progress({ receivedBytes, totalBytes, ...place }) {
      await db.update(importItems).set({ state: 'running', receivedBytes, totalBytes }).where(goingOn(place));
    },

    async finish({ end, at: finishedAt, ...place }) {
      const rows = await db
        .update(importItems)
        .set('error' in end ? { state: 'failed', error: { ...end.error } } : { state: 'done', ...end })
        .where(goingOn(place))
        .returning({ position: importItems.position });
      if (rows.length === 0) return false;
      const [other] = await db
        .select({ position: importItems.position })
        .from(importItems)
        .where(and(eq(importItems.importId, place.importId), notInArray(importItems.state, [...ended])))
        .limit(1);
      if (!other) await db.update(imports).set({ finishedAt }).where(eq(imports.id, place.importId));
      return true;
    },

    async prune(before) {
      const old = await db
        .select({ id: imports.id })
        .from(imports)
        .where(lt(imports.finishedAt, before))
        .limit(prunedAtOnce);
      if (old.length === 0) return 0;
      const ids = old.map(({ id }) => id);
      // Their items go with them.
      const gone = await db.delete(imports).where(inArray(imports.id, ids)).returning({ id: imports.id });
      return gone.length;
    },
  };
}
