import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { z } from 'zod';
import { formOf } from '../small-files.ts';
import { jsonRequest } from '../start-server.ts';
import { createGuestWorld, type GuestWorld } from './guest-world.ts';

/** What came of a question: `ok`, or the problem's code and all that it says but for the id of the request. */
interface Answer {
  readonly code: string;
  readonly refusal: string | null;
}

interface Row {
  readonly question: string;
  readonly about: string;
  readonly answers: ReadonlyMap<string, Answer>;
}

const problemSchema = z.object({ code: z.string(), detail: z.string(), status: z.number() });
const pageSchema = z.object({ state: z.enum(['open', 'locked']) });

/** Links that must not tell that they ever were. */
const dead = ['expired', 'revoked', 'maker views', 'maker left', 'maker disabled', 'share link'];
/** Links that work, and want a password that these guests do not have. */
const withoutPassword = ['locked', 'wrong password', "other's pass", 'old password'];

describe('what an upload link opens', () => {
  let world: GuestWorld;
  const rows: Row[] = [];

  async function askAll(
    question: string,
    { about = '-', init = async () => ({}) }: { about?: string; init?: () => Promise<RequestInit> } = {},
  ): Promise<void> {
    const answers = new Map<string, Answer>();
    for (const { name, token, cookie } of world.guests) {
      const { headers, ...rest } = await init();
      const all = new Headers(headers);
      all.set('origin', world.server.url);
      if (cookie) all.set('cookie', cookie);
      const address = question.replace(/^\w+ /, '').replace('{token}', token).replace('{id}', world.waiting);
      const answer = await fetch(`${world.server.url}${address}`, { ...rest, headers: all });
      const text = await answer.text();
      if (answer.ok) {
        const page = question === 'GET /api/u/{token}' ? pageSchema.parse(JSON.parse(text)).state : 'ok';
        answers.set(name, { code: page, refusal: null });
      } else {
        const { code, detail, status } = problemSchema.parse(JSON.parse(text));
        answers.set(name, { code, refusal: `${status} ${detail}` });
      }
    }
    rows.push({ question, about, answers });
  }

  beforeAll(async () => {
    world = await createGuestWorld();
    await askAll('GET /api/u/{token}');
    const sent = 'POST /api/u/{token}';
    await askAll(sent, {
      about: 'picture',
      init: async () => ({ method: 'POST', body: await world.picture() }),
    });
    const page = { name: 'file', value: Buffer.from('<html><script>1</script>'), fileName: 'a.html' };
    const html = () => formOf([{ name: 'sender', value: 'Kim' }, page]);
    await askAll(sent, { about: 'page', init: async () => ({ method: 'POST', body: html() }) });
    const unlock = 'POST /api/u/{token}/unlock';
    const { password } = world;
    await askAll(unlock, { about: 'right', init: async () => jsonRequest('POST', { password }) });
    const wrong = { password: 'a wrong one' };
    await askAll(unlock, { about: 'wrong', init: async () => jsonRequest('POST', wrong) });
    // Nothing of the library, not even what was sent.
    await askAll('GET /api/guest-files/{id}/data');
    await askAll('POST /api/guest-files/{id}/accept', { init: async () => ({ method: 'POST' }) });
    await askAll('GET /api/v2/assets');
  }, 60_000);
  afterAll(() => world?.[Symbol.asyncDispose]());

  const answerOf = ({ answers }: Row, guest: string): Answer => {
    const answer = answers.get(guest);
    if (!answer) throw new Error(`${guest} did not ask.`);
    return answer;
  };
  const ofLinks = () => rows.filter(({ question }) => question.includes('{token}'));

  it('is what the committed table says', async () => {
    const names = world.guests.map(({ name }) => name);
    const table = [
      ['', '', ...names],
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
    await expect(`${lines.join('\n')}\n`).toMatchFileSnapshot('./guest-matrix.txt');
  });

  it('is nothing, in the same words, where a link is over or its maker may not take files there', () => {
    for (const row of ofLinks()) {
      const never = answerOf(row, 'no link');
      expect(never.code).toBe('not_found');
      for (const guest of dead)
        expect(answerOf(row, guest), `${row.question} ${row.about} ${guest}`).toEqual(never);
    }
  });

  it('is no place for files without the password that the link has now', () => {
    for (const row of rows.filter(({ question }) => question === 'POST /api/u/{token}')) {
      for (const guest of withoutPassword) {
        expect(answerOf(row, guest).code, `${row.about} ${guest}`).toBe('unauthenticated');
      }
    }
  });

  it('is never the library, nor what was sent', () => {
    for (const row of rows.filter(({ question }) => !question.includes('{token}'))) {
      for (const [guest, { code }] of row.answers)
        expect(code, `${row.question} ${guest}`).toBe('unauthenticated');
    }
  });
});
