import {
  type AssetFormat,
  type AssetType,
  assetTypes,
  fold,
  mimeTypeOf,
  roleTable,
  tagKey,
} from '@vitrine/schema';
import Sqlite, { type Database } from 'better-sqlite3';

export interface SeedOptions {
  /** A migrated SQLite file of Vitrine's without clients. */
  readonly file: string;
  /** The user who owns the clients and uploaded the assets. */
  readonly ownerId: string;
  readonly assets: number;
}

/** What was written, largest client first. */
export interface SeededLibrary {
  readonly clientIds: readonly string[];
}

/** Of a hundred assets so many belong to each client. */
const shares = [40, 20, 15, 10, 10, 5];
const campaignsOfClient = 3;
const tagsOfClient = 40;
const begin = Date.UTC(2024, 0, 1);

const formats: { readonly [T in AssetType]: readonly AssetFormat[] } = {
  image: ['jpg', 'png', 'webp'],
  video: ['mp4', 'mov'],
  audio: ['mp3', 'wav'],
  document: ['pdf', 'txt'],
};
/** Of a hundred assets so many are of each kind. */
const kinds: { readonly [T in AssetType]: number } = { image: 62, video: 20, audio: 8, document: 10 };
const words =
  'amber harbour winter roast product shot closing frame studio lake morning bottle detail wide close crowd street garden'.split(
    ' ',
  );

/** The same numbers in every run: a small generator of 32 bits (xorshift). */
function createRandom(seed: number) {
  let state = seed;
  const next = () => {
    state ^= state << 13;
    state ^= state >>> 17;
    state ^= state << 5;
    return state >>> 0;
  };
  const below = (limit: number) => next() % limit;
  return {
    below,
    pick<T>(from: readonly [T, ...T[]] | readonly T[]): T {
      const picked = from[below(from.length)];
      if (picked === undefined) throw new Error('There is nothing to pick from.');
      return picked;
    },
    /** So many hexadecimal digits. */
    hex: (digits: number) =>
      Array.from({ length: Math.ceil(digits / 8) }, () => next().toString(16).padStart(8, '0'))
        .join('')
        .slice(0, digits),
    /** An index, each as often as its weight says. */
    weighted(weights: readonly number[]): number {
      let left = below(weights.reduce((sum, weight) => sum + weight, 0));
      return weights.findIndex((weight) => {
        left -= weight;
        return left < 0;
      });
    },
  };
}
type Random = ReturnType<typeof createRandom>;

/** Version 7, as the application makes them: they sort by time. */
function uuidAt(random: Random, milliseconds: number): string {
  const time = milliseconds.toString(16).padStart(12, '0');
  return `${time.slice(0, 8)}-${time.slice(8)}-7${random.hex(3)}-8${random.hex(3)}-${random.hex(12)}`;
}

/** One prepared insertion of a table; the columns are those of the first row. */
function inserter(db: Database, table: string) {
  let insert: ((row: Readonly<Record<string, unknown>>) => unknown) | undefined;
  return (row: Readonly<Record<string, unknown>>) => {
    if (!insert) {
      const columns = Object.keys(row);
      const statement = db.prepare(
        `insert into ${table} (${columns.join(', ')}) values (${columns.map((name) => `@${name}`).join(', ')})`,
      );
      insert = (values) => statement.run(values);
    }
    insert(row);
  };
}

interface SeededClient {
  readonly id: string;
  readonly campaignIds: readonly string[];
  readonly tagIds: readonly string[];
}

function insertClients(db: Database, random: Random, ownerId: string): SeededClient[] {
  const insertClient = inserter(db, 'clients');
  const insertCampaign = inserter(db, 'campaigns');
  const insertTag = inserter(db, 'tags');
  const common = { created_at: begin, updated_at: begin, row_version: 1 };
  return shares.map((_, index) => {
    const name = `Client ${index + 1}`;
    const id = uuidAt(random, begin + index);
    const texts = { name, description: '', search_text: fold(name) };
    insertClient({ id, user_id: ownerId, ...texts, brand_guidelines: null, archived_at: null, ...common });
    const campaignIds = Array.from({ length: campaignsOfClient }, (_, turn) => {
      const campaignId = uuidAt(random, begin + turn);
      const rest = { name: `Campaign ${turn + 1}`, goal: '', status: 'active', brief: null };
      insertCampaign({ id: campaignId, client_id: id, ...rest, ...common });
      return campaignId;
    });
    const tagIds = Array.from({ length: tagsOfClient }, (_, turn) => {
      const tag = `${words[turn % words.length]} ${turn}`;
      const tagId = uuidAt(random, begin + turn);
      insertTag({ id: tagId, client_id: id, name: tag, name_key: tagKey(tag) });
      return tagId;
    });
    return { id, campaignIds, tagIds };
  });
}

function factsOf(random: Random, type: AssetType) {
  const none = { width: null, height: null, duration_ms: null, page_count: null };
  const size = { width: 320 + random.below(4000), height: 240 + random.below(3000) };
  const duration_ms = 1000 + random.below(120_000);
  switch (type) {
    case 'image':
      return { ...none, ...size };
    case 'video':
      return { ...none, ...size, duration_ms };
    case 'audio':
      return { ...none, duration_ms };
    case 'document':
      return { ...none, page_count: 1 + random.below(80) };
    default:
      return type satisfies never;
  }
}

function insertAssets(
  db: Database,
  random: Random,
  { ownerId, assets }: SeedOptions,
  clients: SeededClient[],
) {
  const insertBlob = inserter(db, 'blobs');
  const insertVersion = inserter(db, 'asset_versions');
  const insertAsset = inserter(db, 'assets');
  const insertRole = inserter(db, 'asset_roles');
  const insertTag = inserter(db, 'asset_tags');
  const insertRendition = inserter(db, 'renditions');
  const insertText = inserter(db, 'asset_texts');
  const weights = assetTypes.map((type) => kinds[type]);
  let at = begin;
  for (let turn = 0; turn < assets; turn += 1) {
    // Folders arrive in bursts, so some assets share their millisecond and only the id tells them apart.
    if (random.below(8) > 0) at += 1 + random.below(120_000);
    const client = clients[random.weighted(shares)];
    const type = assetTypes[random.weighted(weights)];
    if (!client || !type) throw new Error('The weights and what they weigh differ in length.');
    const id = uuidAt(random, at);
    const format = random.pick(formats[type]);
    const mime_type = mimeTypeOf(format);
    const sha256 = random.hex(64);
    const size = 10_000 + random.below(20_000_000);
    const name = `${random.pick(words)}-${random.pick(words)}-${turn}.${format}`;
    const campaign_id = random.below(10) < 7 ? random.pick(client.campaignIds) : null;
    insertBlob({ sha256, size, store: 'disk', created_at: at, unreferenced_at: null });
    insertVersion({
      asset_id: id,
      number: 1,
      type,
      format,
      mime_type,
      size,
      sha256,
      ...factsOf(random, type),
      created_by: ownerId,
      created_at: at,
      ai_use: 'unknown',
    });
    insertAsset({
      id,
      campaign_id,
      client_id: client.id,
      user_id: ownerId,
      current_version: 1,
      type,
      name,
      search_text: fold(name),
      row_version: 1,
      uploaded_at: at,
      updated_at: at,
      trashed_at: null,
    });
    // Without bytes there is nothing to read, and a start finds nothing to do.
    if (type === 'document') insertText({ asset_id: id, version: 1, text: '' });
    // One in a hundred cannot be shown; the others have their thumb, so a start finds nothing to make.
    const shown = random.below(100) > 0;
    insertRendition({
      asset_id: id,
      version: 1,
      type,
      preset: 'thumb',
      state: shown ? 'ready' : 'failed',
      sha256: shown ? sha256 : null,
      mime_type: shown ? 'image/webp' : null,
      width: shown ? 320 : null,
      height: shown ? 180 + random.below(140) : null,
      thumbhash: shown ? random.hex(28) : null,
      reason: shown ? null : 'The file is damaged.',
      made_at: at,
    });
    const roles = roleTable[type];
    if (roles.length > 0 && random.below(2) > 0) insertRole({ asset_id: id, type, role: random.pick(roles) });
    const first = random.below(tagsOfClient);
    for (let tag = random.below(4); tag > 0; tag -= 1) {
      const tag_id = client.tagIds[(first + tag) % tagsOfClient];
      insertTag({ asset_id: id, tag_id, client_id: client.id });
    }
  }
}

/** One row for each place and kind, those without an asset included, as the application keeps them. */
function countAssets(db: Database): void {
  const typeValues = assetTypes.map((type) => `('${type}')`).join(', ');
  for (const [place, table] of [
    ['client', 'clients'],
    ['campaign', 'campaigns'],
  ] as const) {
    db.exec(`
      insert into ${place}_counters (${place}_id, type, count, bytes)
      with types (type) as (values ${typeValues}), sums as (
        select a.${place}_id as place, a.type, count(*) as count, sum(v.size) as bytes
        from assets a join asset_versions v on v.asset_id = a.id and v.number = a.current_version
        group by 1, 2
      )
      select p.id, t.type, coalesce(s.count, 0), coalesce(s.bytes, 0)
      from ${table} p cross join types t left join sums s on s.place = p.id and s.type = t.type`);
  }
}

/**
 * Fills an empty library straight by SQL, with every constraint on: six clients of very different sizes with campaigns, tags,
 * roles, thumbs and counters. The rows are the same in every run. The blobs' bytes, the audit log and the search index are left out.
 */
export function seedLibrary(options: SeedOptions): SeededLibrary {
  const db = new Sqlite(options.file, { fileMustExist: true });
  try {
    // The file can be made again, so nothing of it has to survive a power cut before it is whole.
    db.pragma('synchronous = OFF');
    db.pragma('foreign_keys = ON');
    db.pragma('cache_size = -524288');
    const random = createRandom(20_260_131);
    return db.transaction(() => {
      const clients = insertClients(db, random, options.ownerId);
      insertAssets(db, random, options, clients);
      countAssets(db);
      return { clientIds: clients.map(({ id }) => id) };
    })();
  } finally {
    db.pragma('wal_checkpoint(TRUNCATE)');
    db.close();
  }
}
