import type { ExaminationReader, ExaminationWriter, Examined } from '@vitrine/core';
import {
  and,
  count,
  eq,
  inArray,
  isNotNull,
  isNull,
  lte,
  ne,
  not,
  notExists,
  or,
  type SQL,
  type SQLWrapper,
  sql,
} from 'drizzle-orm';
import { isUnused } from './blob-uses.ts';
import type { RepositoryContext } from './repository-context.ts';
import { wrongCountersIn } from './wrong-counters.ts';

const mostExamples = 10;
const none: Examined = { count: 0, examples: [] };

const together = (parts: readonly Examined[]): Examined =>
  parts.reduce(
    (all, part) => ({
      count: all.count + part.count,
      examples: [...all.examples, ...part.examples].slice(0, mostExamples),
    }),
    none,
  );

/** Rules that must hold among the rows; each query finds what breaks one. */
export function createExaminationRepository(
  context: RepositoryContext,
): ExaminationReader & ExaminationWriter {
  const { db, tables, dialect } = context;
  const { assets, assetVersions, auditEvents, blobs, campaigns, clients, guestFiles, renditions } = tables;
  const counters = wrongCountersIn(context);

  /** The rows of a source that has one text in each. */
  async function examined(name: string, texts: SQLWrapper): Promise<Examined> {
    const source = sql`${texts} as ${sql.identifier(name)}`;
    const [all] = await db.select({ found: count() }).from(source);
    if (!all || all.found === 0) return none;
    const text = sql<string>`${sql.identifier(name)}.${sql.identifier('example')}`;
    const rows = await db.select({ text }).from(source).limit(mostExamples);
    return { count: all.found, examples: rows.map((row) => row.text) };
  }

  const example = (text: SQL) => sql<string>`${text}`.as('example');
  const hashOfBlob = example(sql`${blobs.sha256}`);
  const isUsed = () => not(isUnused(context) ?? sql`false`);

  /** Rows of a table without an event of their making. */
  const unrecorded = (table: typeof clients | typeof campaigns, type: 'client' | 'campaign') =>
    db
      .select({ example: example(sql`${sql.raw(`'${type} '`)} || ${table.id}`) })
      .from(table)
      .where(
        notExists(
          db
            .select({ seq: auditEvents.seq })
            .from(auditEvents)
            .where(
              and(
                eq(auditEvents.targetType, type),
                eq(auditEvents.targetId, table.id),
                inArray(auditEvents.action, [`${type}.create`, `${type}.import`]),
              ),
            ),
        ),
      );

  function unrecordedVersions() {
    const made = db
      .select({ assetId: assetVersions.assetId, versions: count().as('versions') })
      .from(assetVersions)
      .groupBy(assetVersions.assetId)
      .as('made');
    const told = db
      .select({ targetId: auditEvents.targetId, events: count().as('events') })
      .from(auditEvents)
      .where(
        and(
          eq(auditEvents.targetType, 'asset'),
          inArray(auditEvents.action, ['asset.create', 'asset.import', 'asset.addVersion']),
        ),
      )
      .groupBy(auditEvents.targetId)
      .as('told');
    const text = sql`'asset ' || ${made.assetId} || ': ' || ${made.versions} || ' versions, ' || coalesce(${told.events}, 0) || ' events'`;
    return db
      .select({ example: example(text) })
      .from(made)
      .leftJoin(told, eq(told.targetId, made.assetId))
      .where(sql`coalesce(${told.events}, 0) <> ${made.versions}`);
  }

  return {
    integrity: () => examined('integrity', dialect.integrity),

    async withoutBlob() {
      const pointing = [assetVersions, renditions, guestFiles].map((table, index) =>
        examined(
          `pointing_${index}`,
          db
            .select({ example: example(sql`${table.sha256}`) })
            .from(table)
            .leftJoin(blobs, eq(blobs.sha256, table.sha256))
            .where(and(isNotNull(table.sha256), isNull(blobs.sha256))),
        ),
      );
      const ofOtherSize = examined(
        'other_size',
        db
          .select({ example: example(sql`'asset ' || ${assetVersions.assetId}`) })
          .from(assetVersions)
          .innerJoin(blobs, eq(blobs.sha256, assetVersions.sha256))
          .where(ne(blobs.size, assetVersions.size)),
      );
      return together(await Promise.all([...pointing, ofOtherSize]));
    },

    async damaged() {
      const [all] = await db
        .select({ found: count() })
        .from(blobs)
        .where(and(isNotNull(blobs.damagedAt), isUsed()));
      if (!all || all.found === 0) return none;
      const rows = await db
        .select({ id: assets.id, name: assets.name, number: assetVersions.number, damage: blobs.damage })
        .from(blobs)
        .innerJoin(assetVersions, eq(assetVersions.sha256, blobs.sha256))
        .innerJoin(assets, eq(assets.id, assetVersions.assetId))
        .where(isNotNull(blobs.damagedAt))
        .limit(mostExamples);
      return {
        count: all.found,
        examples: rows.map(
          ({ id, name, number, damage }) => `asset ${id} “${name}”, version ${number}: ${damage}`,
        ),
      };
    },

    wronglyMarked: () =>
      examined(
        'wrongly_marked',
        db
          .select({ example: hashOfBlob })
          .from(blobs)
          .where(and(or(isNotNull(blobs.unreferencedAt), isNotNull(blobs.deletingAt)), isUsed())),
      ),

    overdue: (by) =>
      examined(
        'overdue',
        db
          .select({ example: hashOfBlob })
          .from(blobs)
          .where(and(lte(blobs.unreferencedAt, by), isUnused(context))),
      ),

    async wrongCounters() {
      const wrong = await counters.find();
      return { count: wrong.length, examples: wrong.slice(0, mostExamples).map(({ text }) => text) };
    },

    async unrecorded() {
      return together(
        await Promise.all([
          examined('unrecorded_clients', unrecorded(clients, 'client')),
          examined('unrecorded_campaigns', unrecorded(campaigns, 'campaign')),
          examined('unrecorded_versions', unrecordedVersions()),
        ]),
      );
    },

    async places(hashes) {
      if (hashes.length === 0) return [];
      return db
        .select({ sha256: blobs.sha256, store: blobs.store, movedFrom: blobs.movedFrom })
        .from(blobs)
        .where(inArray(blobs.sha256, [...hashes]));
    },

    recount: () => counters.correct(),

    async unmark() {
      const unmarked = await db
        .update(blobs)
        .set({ unreferencedAt: null })
        .where(and(isNotNull(blobs.unreferencedAt), isNull(blobs.deletingAt), isUsed()))
        .returning({ sha256: blobs.sha256 });
      return unmarked.length;
    },

    async noteCopies({ sha256s, store, at }) {
      if (sha256s.length === 0) return 0;
      const noted = await db
        .update(blobs)
        .set({ movedFrom: store, movedAt: at })
        .where(and(inArray(blobs.sha256, [...sha256s]), ne(blobs.store, store), isNull(blobs.movedFrom)))
        .returning({ sha256: blobs.sha256 });
      return noted.length;
    },
  };
}
