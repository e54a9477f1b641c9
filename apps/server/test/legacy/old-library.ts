import { createHash, randomUUID } from 'node:crypto';
import { mkdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import Sqlite from 'better-sqlite3';
import { createOldBytes, type OldBytes } from './old-bytes.ts';

/**
 * The generations of the old system, by what they kept: its first 17 columns with files beside them; bytes in the row; the same with a client that
 * is required; bytes in a table of their own; a side branch with paths; and the three tables that came before all of them.
 */
export const oldGenerations = ['files', 'inline', 'required', 'blobs', 'paths', 'before'] as const;
type OldGeneration = (typeof oldGenerations)[number];

/** What has to become of a row. */
export interface OldRow {
  readonly table: string;
  readonly key: string;
  readonly outcome: 'imported' | 'quarantined' | 'missing_bytes' | 'merged';
  /** Of its bytes; null where there are none to compare. */
  readonly sha256: string | null;
  /** `unassigned`: at nobody's; null: not asked. */
  readonly clientId: string | null;
  readonly campaignId: string | null;
}

export interface OldLibrary {
  readonly file: string;
  readonly files: string;
  readonly rows: readonly OldRow[];
}

export interface OldLibraryOptions {
  readonly folder: string;
  readonly generation: OldGeneration;
  readonly assets: number;
  readonly orphans: number;
}

export const unassigned = 'unassigned';

const first17 =
  'id text, user_id integer, client_id text, campaign_id text, name text, asset_type text, url text, size integer, uploaded_at text, format text, tags text, width integer, height integer, duration integer, thumbnail_url text, waveform_url text, page_count integer';
const columnsOf: Readonly<Record<Exclude<OldGeneration, 'before'>, string>> = {
  files: first17,
  // The order of columns was never the same.
  inline: `blob_data blob, ${first17}`,
  required: `${first17.replace('client_id text', 'client_id text not null')}, blob_data blob`,
  blobs: `${first17}, blob_data blob, blob_id text, source_url text, thumbnail_blob_id text`,
  paths:
    'id text primary key, name text, asset_type text, client_id text, campaign_id text, user_id integer, file_size integer, mime_type text, local_path text, uploaded_at text, tags text',
};

const names = [
  'hero.png',
  `O'Brien "final" (2).png`,
  '東京の夜景.jpg',
  'Ünïcödé – Grüße.txt',
  'hero.png',
  'المنتج.png',
  '  spaces \n and lines .png',
  'x; drop table assets;--.png',
];
const tags = [
  '["hero", "Hero", "brand_logo"]',
  null,
  'lonely',
  '{"a": 1}',
  '["unterminated',
  '[]',
  '"one"',
  '42',
  '["voice_sample", 7, null]',
];

const hashOf = (bytes: Buffer) => createHash('sha256').update(bytes).digest('hex');

/** Bcrypt of `letmein please`, as Python's passlib wrote it. */
export const oldPassword = {
  password: 'letmein please',
  hash: '$2b$04$wrxPCJOwHdtADJfXXVdM2uBqjrHxKGWFYo85mNDdsR0MS2x91pnEq',
};

function insertInto(db: Sqlite.Database, table: string, row: Readonly<Record<string, unknown>>): void {
  const columns = Object.keys(row);
  db.prepare(
    `insert into ${table} (${columns.join(', ')}) values (${columns.map(() => '?').join(', ')})`,
  ).run(Object.values(row));
}

interface Frame {
  readonly clients: readonly string[];
  /** Of each client two. */
  readonly campaigns: readonly { readonly id: string; readonly clientId: string }[];
}

function frame(db: Sqlite.Database, rows: OldRow[]): Frame {
  db.exec(`
    create table users (id integer primary key, username text, email text, hashed_password text, is_active boolean, is_admin boolean, created_at text);
    create table clients (id text primary key, user_id integer, name text, description text, brand_guidelines text, created_at text, updated_at text, homepage text, metadata text);
    create table campaigns (id text, client_id text, user_id integer, name text, goal text, status text, brief text, created_at text, updated_at text, product_url text, metadata text);
    create table alembic_version (version_num text);
    insert into alembic_version values ('a1b2c3');`);
  const known = { sha256: null, clientId: null, campaignId: null, outcome: 'imported' } as const;
  const user = (id: number, more: object) => {
    const row = {
      id,
      username: `user${id}`,
      email: `user${id}@old.example`,
      hashed_password: oldPassword.hash,
      is_active: 1,
      is_admin: 0,
    };
    insertInto(db, 'users', { ...row, ...more });
    rows.push({ ...known, table: 'users', key: String(id) });
  };
  user(1, { username: 'ada', email: 'Ada@Old.example', is_admin: 1 });
  user(2, {});
  user(3, { is_active: 0 });
  user(4, { email: null, hashed_password: 'plain text' });
  const brands = [
    {
      colors: ['#0F4C81', 'navy', 'fff'],
      fonts: ['Inter'],
      styleKeywords: ['calm'],
      documentUrls: ['https://old.example/a.pdf', '/b.pdf'],
    },
    {
      colors: { primary: '#000000' },
      fonts: [],
      tone: 'warm',
      restrictions: ['no red'],
      examples: [{ url: 'x' }],
    },
    'Use blue. Never red.',
    null,
  ];
  const clients = brands.map((brand, index) => {
    const id = randomUUID();
    insertInto(db, 'clients', {
      id,
      user_id: index === 3 ? 99 : (index % 3) + 1,
      name: index === 2 ? '' : `Client ${index} “东京”`,
      description: 'A brand.',
      brand_guidelines: typeof brand === 'string' ? brand : brand && JSON.stringify(brand),
      created_at: '2023-04-05 06:07:08',
      updated_at: '2023-05-06 07:08:09',
      homepage: index === 0 ? 'https://client.example' : null,
    });
    rows.push({ ...known, table: 'clients', key: id });
    return id;
  });
  const briefs = [
    JSON.stringify({ objective: 'Sell', targetAudience: 'Everybody', keyMessages: ['Now'] }),
    'Just sell it.',
    '{"broken": ',
    null,
  ];
  const campaigns = clients.flatMap((clientId, index) =>
    [0, 1].map((number) => {
      const id = randomUUID();
      insertInto(db, 'campaigns', {
        id,
        client_id: clientId,
        user_id: 1,
        name: `Campaign ${index}.${number}`,
        goal: 'More',
        status: ['active', 'completed', 'draft', 'odd'][index],
        brief: briefs[index],
        created_at: '2023-06-07 08:09:10',
        product_url: 'https://product.example',
      });
      rows.push({ ...known, table: 'campaigns', key: id });
      return { id, clientId };
    }),
  );
  const lost = randomUUID();
  insertInto(db, 'campaigns', {
    id: lost,
    client_id: randomUUID(),
    user_id: 1,
    name: 'Of a client that is gone',
    created_at: 'yesterday',
  });
  rows.push({ ...known, table: 'campaigns', key: lost, clientId: unassigned });
  return { clients, campaigns };
}

/** Where a row says that it belongs, and where it does. */
function place(index: number, orphans: number, generation: OldGeneration, { clients, campaigns }: Frame) {
  const campaign = campaigns[index % campaigns.length];
  if (!campaign) throw new Error('There are no campaigns.');
  const { id, clientId } = campaign;
  if (index >= orphans) {
    const campaignId = index % 3 === 0 ? id : null;
    return { says: { client_id: clientId, campaign_id: campaignId }, is: { clientId, campaignId } };
  }
  const nobody = { clientId: unassigned, campaignId: null };
  switch (index % 5) {
    case 0:
      return {
        says: { client_id: generation === 'required' ? '' : null, campaign_id: id },
        is: { clientId, campaignId: id },
      };
    case 1:
      return { says: { client_id: '', campaign_id: null }, is: nobody };
    case 2:
      return { says: { client_id: randomUUID(), campaign_id: randomUUID() }, is: nobody };
    case 3: {
      const other = clients.find((one) => one !== clientId) ?? '';
      return { says: { client_id: other, campaign_id: id }, is: { clientId: other, campaignId: null } };
    }
    default:
      return { says: { client_id: clientId, campaign_id: 'unknown' }, is: { clientId, campaignId: null } };
  }
}

interface Says {
  readonly client_id: string | null;
  readonly campaign_id: string | null;
}

/** A row of one of the three tables that came before `assets`, none of which knew more than one owner. */
function oldestRow(
  index: number,
  { id, name, content, says }: { id: string; name: string | undefined; content: OldBytes; says: Says },
  { clients, campaigns }: Frame,
) {
  const { extension, bytes } = content;
  const nobody = { clientId: unassigned, campaignId: null };
  const named = `${id}.${extension}`;
  switch (index % 3) {
    case 0: {
      const file_path = `/srv/app/uploads/2020/${named}`;
      const row = { asset_id: id, user_id: 1, filename: name, file_path, size_bytes: bytes.length };
      return { table: 'uploaded_assets', row, at: nobody, fileName: named };
    }
    case 1: {
      const clientId = clients.find((one) => one === says.client_id);
      const fileName = `stored-${index}.${extension}`;
      const row = { id, client_id: says.client_id, type: 'logo', url: `/uploads/${fileName}`, name };
      return {
        table: 'client_assets',
        row,
        at: clientId ? { clientId, campaignId: null } : nobody,
        fileName,
      };
    }
    default: {
      const campaign = campaigns.find((one) => one.id === says.campaign_id);
      const url = `https://old.example/files/${named}?x=1`;
      const row = { id, campaign_id: says.campaign_id, type: 'image', url, name };
      const at = campaign ? { clientId: campaign.clientId, campaignId: campaign.id } : nobody;
      return { table: 'campaign_assets', row, at, fileName: named };
    }
  }
}

/** What the row says of its bytes: often what is not so. */
function claims(index: number, { type, extension, bytes }: OldBytes) {
  const truth = {
    asset_type: type ?? 'document',
    format: extension,
    size: bytes.length,
    width: 40,
    height: 30,
    duration: 1,
  };
  switch (index % 6) {
    case 0:
      return { ...truth, width: 0, height: 0 };
    case 1:
      return { ...truth, width: null, height: null, duration: null };
    case 2:
      return { ...truth, asset_type: 'document' };
    case 3:
      return { ...truth, format: extension === 'jpg' ? 'mpo' : extension === 'svg' ? 'svg+xml' : 'exe' };
    case 4:
      return { ...truth, size: 1 };
    default:
      return truth;
  }
}

/** An old library with everything that is wrong with old libraries, and what has to become of each of its rows. */
export async function makeOldLibrary(options: OldLibraryOptions): Promise<OldLibrary> {
  const { folder, generation, assets, orphans } = options;
  const bytesOf = await createOldBytes();
  const files = path.join(folder, 'files');
  mkdirSync(files, { recursive: true });
  const file = path.join(folder, 'old.db');
  const db = new Sqlite(file);
  const rows: OldRow[] = [];
  db.exec('begin');
  const made = frame(db, rows);
  const keep = (name: string, bytes: Buffer) => writeFileSync(path.join(files, name), bytes);
  if (generation === 'before') {
    db.exec(`
      create table uploaded_assets (asset_id text, user_id integer, filename text, file_path text, file_type text, size_bytes integer, uploaded_at text);
      create table client_assets (id text, client_id text, type text, url text, name text, uploaded_at text);
      create table campaign_assets (id text, campaign_id text, type text, url text, name text, uploaded_at text);`);
  } else db.exec(`create table assets (${columnsOf[generation]})`);
  if (generation === 'blobs') {
    db.exec(
      'create table asset_blobs (id text primary key, data blob, content_type text, size_bytes integer, created_at text)',
    );
  }

  for (let index = 0; index < assets; index += 1) {
    const id = randomUUID();
    const content = bytesOf(index);
    const { bytes, extension } = content;
    const { says, is } = place(index, orphans, generation, made);
    const missing = index % 50 === 49;
    const outcome = missing ? 'missing_bytes' : content.type === null ? 'quarantined' : 'imported';
    const expected = { key: id, outcome, sha256: missing ? null : hashOf(bytes) } as const;
    const name = names[index % names.length];
    const uploaded_at = `2024-01-${String((index % 28) + 1).padStart(2, '0')} 10:20:30`;
    if (generation === 'before') {
      const { table, row, at, fileName } = oldestRow(index, { id, name, content, says }, made);
      insertInto(db, table, { ...row, uploaded_at });
      if (!missing) keep(fileName, bytes);
      rows.push({ ...expected, ...at, table });
      continue;
    }
    rows.push({ ...expected, ...is, table: 'assets' });
    const said = claims(index, content);
    const common = {
      id,
      user_id: index % 7 === 6 ? 77 : (index % 3) + 1,
      ...says,
      name,
      tags: tags[index % tags.length],
      uploaded_at,
    };
    if (generation === 'paths') {
      insertInto(db, 'assets', {
        ...common,
        asset_type: said.asset_type,
        file_size: said.size,
        mime_type: `image/${extension}`,
        local_path: `/home/app/media/kept-${index}.${extension}`,
      });
      if (!missing) keep(`kept-${index}.${extension}`, bytes);
      continue;
    }
    const elsewhere = randomUUID();
    const row: Record<string, unknown> = {
      ...common,
      ...said,
      url: `/uploads/${index % 4 === 3 ? elsewhere : id}.${extension}`,
      page_count: null,
    };
    const where = generation === 'files' ? 3 : index % 4;
    if (generation === 'blobs' && where === 0) {
      const blobId = randomUUID();
      row['blob_id'] = blobId;
      row['source_url'] = 'https://origin.example/picture';
      insertInto(db, 'asset_blobs', {
        id: blobId,
        data: missing ? Buffer.alloc(0) : bytes,
        content_type: `image/${extension}`,
        size_bytes: bytes.length,
      });
      rows.push({
        table: 'asset_blobs',
        key: blobId,
        outcome: missing ? 'missing_bytes' : 'imported',
        sha256: null,
        clientId: null,
        campaignId: null,
      });
      if (index % 8 === 0) {
        const thumbnail = randomUUID();
        row['thumbnail_blob_id'] = thumbnail;
        insertInto(db, 'asset_blobs', {
          id: thumbnail,
          data: Buffer.from(`thumbnail ${index}`),
          content_type: 'image/jpeg',
          size_bytes: 9,
        });
        rows.push({
          table: 'asset_blobs',
          key: thumbnail,
          outcome: missing ? 'quarantined' : 'merged',
          sha256: null,
          clientId: null,
          campaignId: null,
        });
      }
    } else if (missing) {
      // Nothing anywhere.
    } else if (generation !== 'files' && where < 3) row['blob_data'] = bytes;
    else keep(`${index % 4 === 3 ? elsewhere : id}.${index % 8 === 3 ? 'bin' : extension}`, bytes);
    insertInto(db, 'assets', row);
  }
  if (generation === 'blobs') {
    for (let index = 0; index < 20; index += 1) {
      const blobId = randomUUID();
      const bytes = bytesOf(1_000_000 + index).bytes;
      insertInto(db, 'asset_blobs', {
        id: blobId,
        data: bytes,
        content_type: 'image/png',
        size_bytes: bytes.length,
      });
      rows.push({
        table: 'asset_blobs',
        key: blobId,
        outcome: 'quarantined',
        sha256: hashOf(bytes),
        clientId: unassigned,
        campaignId: null,
      });
    }
  }
  db.exec('commit');
  db.close();
  return { file, files, rows };
}
