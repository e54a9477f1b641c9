import { type NewAsset, uuidIds } from '@vitrine/core';
import {
  type AssetFacts,
  type AssetType,
  type CampaignId,
  type ClientId,
  mimeTypeOf,
  type Role,
  roleTable,
  type UserId,
} from '@vitrine/schema';
import { exampleSha256 } from './seed.ts';
import type { TestDatabase } from './test-database.ts';

export interface CorpusClient {
  readonly id: ClientId;
  readonly userId: UserId;
  readonly name: string;
  readonly campaigns: readonly { readonly id: CampaignId; readonly name: string }[];
}

/** An asset as it was written, with the words of its document. */
export interface CorpusAsset extends NewAsset {
  readonly text: string | null;
}

export interface Corpus {
  /** Each owns some of the clients. */
  readonly userIds: readonly [UserId, UserId];
  readonly clients: readonly CorpusClient[];
  readonly assets: readonly CorpusAsset[];
}

const names = [
  'Café Crème.jpg',
  'cafe-creme-02.JPG',
  'Straße im Regen.png',
  'strasse_2026-01-31.png',
  'Ärger & Öl über Ähren.webp',
  'Œuvre d’art — ﬁnale.jpg',
  'naïve façade 3.jpg',
  'İstanbul ıssız.jpg',
  'ΟΔΟΣ Αθήνα.jpg',
  'οδός.jpg',
  'Привет, Мир!.jpg',
  'Ёлка ёжик.jpg',
  'مَرْحَبًا بالعالم.jpg',
  'שָׁלוֹם עולם.jpg',
  '東京タワーの夜景.jpg',
  '京都の秋.jpg',
  'がんばって カタカナ.jpg',
  '한국어 제목.jpg',
  '한옥.jpg',
  'ภาษาไทย.jpg',
  'हिन्दी शीर्षक.jpg',
  'party🎉time 🇩🇪.jpg',
  '👩‍💻 at work.jpg',
  'IMG_0001.JPG',
  'IMG_00012.jpg',
  'DSC-00012 (copy).jpg',
  '2026-01-31 10.30.45.png',
  'v1.2.3-final_FINAL(2).png',
  'first_frame draft.png',
  'brand logo on white.svg',
  'harbour at dawn.jpg',
  'Harbour, evening — closing frame.jpg',
  'harbourside walk.jpg',
  'the end of the harbour at the end.jpg',
  'AND OR NOT NEAR.jpg',
  '100% wool_blend\\new.jpg',
  'rock\'n\'roll "live".jpg',
  '½ price ① ² Ⅷ.jpg',
  'x'.repeat(120),
  `${'long '.repeat(40)}tail`,
  '٣٤٥ arabic digits.jpg',
  '~~~ !!! ~~~',
  'naïvete\u0301 combining.jpg',
  'zero\u200bwidth\u200djoiner.jpg',
  'a b c d e.jpg',
] as const;

const texts = [
  'Our brand book: the golden hour is the hour of the harbour.\nNever stretch the logo.',
  'Привет из документа. Длинный текст.',
  '東京の夜景について書かれた文書',
  `${'filler words of a long document '.repeat(4000)} needle in the haystack`,
  '',
] as const;

const tagSets: readonly (readonly string[])[] = [
  [],
  ['Golden Hour'],
  ['golden hour', 'Café'],
  ['grün', '東京'],
  ['winter', 'Überblick', 'x'],
  ['c++'],
  ['c'],
];

const facts: readonly AssetFacts[] = [
  { type: 'image', format: 'jpg', width: 30, height: 20 },
  { type: 'image', format: 'png', width: 30, height: 20 },
  { type: 'video', format: 'mp4', width: 30, height: 20, durationMs: 29_999 },
  { type: 'video', format: 'mov', width: 30, height: 20, durationMs: 30_000 },
  { type: 'audio', format: 'mp3', durationMs: 30_001 },
  { type: 'audio', format: 'wav', durationMs: 400 },
  { type: 'document', format: 'pdf', pageCount: 3 },
  { type: 'document', format: 'txt', pageCount: null },
];
const sizes = [1, 1023, 1024, 9_999_999, 10_000_000, 10_000_001, 5_000_000_000];

const rolesFor = (type: AssetType, turn: number): Role[] => {
  const all: readonly Role[] = roleTable[type];
  const role = all[turn % 9];
  return role ? [role] : [];
};

const begin = Date.UTC(2026, 0, 1);
const day = 24 * 3600 * 1000;

function at<T>(list: readonly T[], turn: number): T {
  const value = list[turn % list.length];
  if (value === undefined) throw new Error('An empty list has no turn.');
  return value;
}

async function writeClients(
  target: TestDatabase,
  userIds: readonly [UserId, UserId],
): Promise<CorpusClient[]> {
  const clients: CorpusClient[] = ['Northwind Coffee', 'Café Müller', 'Golden Harbour', '東京 Studio'].map(
    (name, index) => ({
      id: uuidIds.client(),
      userId: index % 2 === 0 ? userIds[0] : userIds[1],
      name,
      campaigns: ['Winter roast', `Launch ${name}`].map((title) => ({ id: uuidIds.campaign(), name: title })),
    }),
  );
  await target.database.transaction(async (writers) => {
    for (const { id, userId, name, campaigns } of clients) {
      await writers.clients.insert({ id, userId, name, description: '', brandGuidelines: null, at: 1 });
      for (const campaign of campaigns) {
        await writers.campaigns.insert({
          ...campaign,
          clientId: id,
          goal: '',
          status: 'draft',
          brief: null,
          at: 1,
        });
      }
    }
    await writers.blobs.ensure({ sha256: exampleSha256, size: 10, store: 'disk', known: false, at: 1 });
  });
  return clients;
}

/** 360 assets of four clients of two people: names and documents in many scripts, several assets in one millisecond. */
export async function writeCorpus(target: TestDatabase): Promise<Corpus> {
  const userIds = [await target.addUser(), await target.addUser()] as const;
  const clients = await writeClients(target, userIds);
  const assets = Array.from({ length: 360 }, (_, turn): CorpusAsset => {
    const client = at(clients, turn * 7 + Math.floor(turn / 11));
    const fact = at(facts, turn + Math.floor(turn / 8));
    const campaign = turn % 3 === 0 ? null : at(client.campaigns, turn);
    return {
      id: uuidIds.asset(),
      userId: client.userId,
      clientId: client.id,
      campaignId: campaign?.id ?? null,
      name: turn < names.length ? at(names, turn) : `${turn} ${at(names, turn)}`,
      facts: fact,
      mimeType: mimeTypeOf(fact.format),
      size: at(sizes, turn),
      sha256: exampleSha256,
      roles: rolesFor(fact.type, turn),
      tags: at(tagSets, turn + Math.floor(turn / 7)),
      path: turn % 5 === 0 ? 'Shooting/Day 2' : null,
      // Four share each moment.
      at: begin + Math.floor(turn / 4) * day,
      text: fact.type === 'document' ? at(texts, turn) : null,
    };
  });
  // Not in the order of their times.
  const shuffled = assets.map((asset, turn) => ({ asset, key: (turn * 7919) % 360 }));
  for (const { asset } of shuffled.sort((a, b) => a.key - b.key)) {
    await target.database.transaction(async (writers) => {
      const { text, ...rest } = asset;
      await writers.assets.insert(rest);
      if (text !== null) await writers.search.putText({ assetId: asset.id, version: 1, text });
    });
  }
  return { userIds, clients, assets };
}
