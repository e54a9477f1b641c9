import { type LegacyTable, unassignedClientId } from '@vitrine/schema';
import type { ServiceDependencies } from '../service-dependencies.ts';
import { learnLegacyRow } from './learn-legacy-row.ts';
import { legacyOwner } from './legacy-owner.ts';
import { type LegacyReport, type LegacyReportRow, legacyReport } from './legacy-report.ts';
import type { LegacyEntry } from './legacy-repository.ts';
import type { LegacyRun } from './legacy-run.ts';
import type { LegacyRow, LegacySource } from './legacy-source.ts';
import { note } from './note.ts';
import { rowHashOf, settleLegacyRow } from './settle-legacy-row.ts';

interface LegacyImportOptions {
  readonly source: LegacySource;
  /** Nothing is written; the report says what would be. */
  readonly dryRun: boolean;
  readonly onProgress?: (done: number, total: number) => void;
}

/** Takes over what the system before Vitrine held. */
export interface LegacyService {
  /**
   * Every row of every known table becomes something, or its bytes are reported as missing; see `LegacyReport`. Each row is settled in one
   * transaction together with the note of what became of it, so that an import that was cut off goes on where it was, and a second
   * one changes nothing. Rows whose bytes were missing are tried again. Fails with `not_found` when there is no owner and nobody to be it, and
   * with `storage_full`.
   */
  run(options: LegacyImportOptions): Promise<LegacyReport>;
}

const page = 1000;

/** What a row refers to is settled before it, and older tables of assets come behind the newer ones that repeat them. */
const order: readonly LegacyTable[] = [
  'users',
  'clients',
  'campaigns',
  'assets',
  'uploaded_assets',
  'client_assets',
  'campaign_assets',
  'asset_blobs',
];

export function createLegacyService(dependencies: ServiceDependencies): LegacyService {
  const { database } = dependencies;

  async function entriesOf(table: LegacyTable): Promise<Map<string, LegacyEntry>> {
    const entries = new Map<string, LegacyEntry>();
    for (let after: string | null = null; ; ) {
      const query: { table: LegacyTable; after: string | null; limit: number } = {
        table,
        after,
        limit: page,
      };
      const found = await database.read((readers) => readers.legacy.list(query));
      for (const entry of found) entries.set(entry.key, entry);
      const last = found.at(-1);
      if (!last || found.length < page) return entries;
      after = last.key;
    }
  }

  async function rowOf(
    run: LegacyRun,
    row: LegacyRow,
    before: LegacyEntry | undefined,
  ): Promise<LegacyReportRow> {
    const { table, key } = row;
    if (!before || before.outcome === 'missing_bytes') {
      return { table, key, ...(await settleLegacyRow(run, row, before)) };
    }
    const { outcome, targetId, notes } = before;
    const words = 'the row is not what was imported any more; what is here stayed as it is';
    const changed = before.rowHash === rowHashOf(row) ? [] : [note('changed_since', words)];
    return { table, key, outcome, targetId, notes: [...notes, ...changed], now: false };
  }

  /** How many assets and campaigns nobody has given to a client yet. */
  async function unassigned(rows: readonly LegacyReportRow[], dryRun: boolean): Promise<number> {
    if (dryRun) {
      const waits = ({ notes, outcome }: LegacyReportRow) =>
        outcome === 'imported' && notes.some((one) => one.new === unassignedClientId);
      return rows.filter(waits).length;
    }
    return database.read(async (readers) => {
      const { count } = await readers.clients.stats(unassignedClientId);
      const visibility = { kind: 'all' } as const;
      const campaigns = await readers.campaigns.list({ visibility, clientId: unassignedClientId });
      return count + campaigns.length;
    });
  }

  return {
    async run({ source, dryRun, onProgress }) {
      const known = {
        users: new Map(),
        clients: new Map(),
        campaigns: new Map(),
        assets: new Map(),
        blobs: new Map(),
      };
      const run: LegacyRun = {
        dependencies,
        source,
        dryRun,
        known,
        ...(await legacyOwner(database, source)),
      };
      const total = [...source.tables.values()].reduce((sum, { rows }) => sum + rows, 0);
      const rows: LegacyReportRow[] = [];
      for (const table of order) {
        if (!source.tables.has(table)) continue;
        const entries = await entriesOf(table);
        for (const row of source.rows(table)) {
          const settled = await rowOf(run, row, entries.get(row.key));
          rows.push(settled);
          await learnLegacyRow(run, row, settled);
          onProgress?.(rows.length, total);
        }
      }
      return legacyReport({ dryRun, source, rows, unassigned: await unassigned(rows, dryRun) });
    },
  };
}
