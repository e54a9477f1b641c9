import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { z } from 'zod';
import { jsonRequest } from '../start-server.ts';
import { createShareWorld, type ShareWorld, type Visitor } from './share-world.ts';

/** What came of a question. */
interface Answer {
  /** `ok`, with how many things it shows where it is a page; else the problem's code. */
  readonly code: string;
  /** All that a refusal says, but for the id of the request. */
  readonly refusal: string | null;
}

interface Row {
  readonly question: string;
  readonly about: string;
  readonly answers: ReadonlyMap<string, Answer>;
}

const problemSchema = z.object({ code: z.string(), detail: z.string(), status: z.number() });
const pageSchema = z.discriminatedUnion('state', [
  z.object({ state: z.literal('locked') }),
  z.object({ state: z.literal('open'), items: z.array(z.object({ id: z.string() })) }),
]);

/** Links that must not tell that they ever were. */
const dead = ['no link', 'spent', 'spent, locked', 'expired', 'revoked', 'maker left', 'maker disabled'];
/** Links that work, and want a password that these visitors do not have. */
const withoutPassword = ['locked', 'wrong password', "other's pass", 'old password'];

describe('what a share link opens', () => {
  let world: ShareWorld;
  const rows: Row[] = [];

  async function ask({ token, cookie }: Visitor, end: string, init: RequestInit = {}): Promise<Response> {
    const headers = new Headers(init.headers);
    if (cookie) headers.set('cookie', cookie);
    headers.set('origin', world.server.url);
    return fetch(`${world.server.url}/api/s/${token}${end}`, { ...init, headers });
  }

  async function answerTo(visitor: Visitor, end: string, init?: RequestInit): Promise<Answer> {
    const answer = await ask(visitor, end, init);
    const text = await answer.text();
    if (!answer.ok) {
      const { code, detail, status } = problemSchema.parse(JSON.parse(text));
      return { code, refusal: `${status} ${detail}` };
    }
    if (end !== '') return { code: 'ok', refusal: null };
    const page = pageSchema.parse(JSON.parse(text));
    return { code: page.state === 'locked' ? 'locked' : `ok ${page.items.length}`, refusal: null };
  }

  async function askAll(question: string, about: string, end: string, init?: RequestInit): Promise<void> {
    const answers = new Map<string, Answer>();
    for (const visitor of world.visitors) answers.set(visitor.name, await answerTo(visitor, end, init));
    rows.push({ question, about, answers });
  }

  beforeAll(async () => {
    world = await createShareWorld();
    await askAll('GET', '-', '');
    await askAll('GET /logo', '-', '/logo');
    await askAll('GET /zip', '-', '/zip');
    for (const [about, id] of Object.entries(world.assets)) {
      for (const end of [
        'data',
        'data?download',
        'thumbnail',
        'thumbnail?size=preview&download',
        'waveform',
      ]) {
        await askAll(`GET /assets/{id}/${end}`, about, `/assets/${id}/${end}`);
      }
    }
    const { password } = world;
    await askAll('POST /unlock', 'right', '/unlock', jsonRequest('POST', { password }));
    await askAll('POST /unlock', 'wrong', '/unlock', jsonRequest('POST', { password: 'a wrong one' }));
  }, 60_000);
  afterAll(() => world?.[Symbol.asyncDispose]());

  const answerOf = ({ answers }: Row, visitor: string): Answer => {
    const answer = answers.get(visitor);
    if (!answer) throw new Error(`${visitor} did not ask.`);
    return answer;
  };

  it('is what the committed table says', async () => {
    const names = world.visitors.map(({ name }) => name);
    const table = [
      ['/api/s/{token}', '', ...names],
      ...rows.map((row) => [row.question, row.about, ...names.map((name) => answerOf(row, name).code)]),
    ];
    const widths = (table[0] ?? []).map((_, column) =>
      Math.max(...table.map((row) => row[column]?.length ?? 0)),
    );
    const lines = table.map((row) =>
      row
        .map((cell, column) => cell.padEnd(widths[column] ?? 0))
        .join('  ')
        .trimEnd(),
    );
    await expect(`${lines.join('\n')}\n`).toMatchFileSnapshot('./share-matrix.txt');
  });

  it('is nothing, in the same words, where a link is over or its maker may not be asked any more', () => {
    for (const row of rows) {
      const never = answerOf(row, 'no link');
      expect(never.code).toBe('not_found');
      for (const visitor of dead) {
        expect(answerOf(row, visitor), `${row.question} ${row.about} ${visitor}`).toEqual(never);
      }
    }
  });

  it('is no asset without the password that the link has now', () => {
    for (const row of rows.filter(({ question }) => question.startsWith('GET /'))) {
      for (const visitor of withoutPassword) {
        expect(answerOf(row, visitor).code, `${row.question} ${row.about} ${visitor}`).toBe(
          'unauthenticated',
        );
      }
    }
  });

  it('says the same of what is in no link as of what is not there', () => {
    const missing = rows.filter(({ about }) => about === 'missing');
    for (const about of ['outside', 'trashed', 'hidden', 'foreign']) {
      const such = rows.filter((row) => row.about === about);
      expect(such.map(({ answers }) => answers)).toEqual(missing.map(({ answers }) => answers));
    }
  });

  it('is all the same to a visitor on the last visit that the link allows', () => {
    for (const row of rows.filter(({ question }) => question.startsWith('GET'))) {
      expect(answerOf(row, 'last visit'), `${row.question} ${row.about}`).toEqual(answerOf(row, 'link'));
    }
  });

  it('gives no original and nothing to save where its terms say so', () => {
    const shared = rows.filter(({ about }) => about === 'shared');
    for (const { question, answers } of shared) {
      const code = (visitor: string) => answers.get(visitor)?.code;
      if (question.includes('/data')) expect(code('previews'), question).toBe('forbidden');
      if (question.includes('download')) expect(code('no saving'), question).toBe('forbidden');
    }
  });
});
