import { appRouter, operationsOf } from '@vitrine/api';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Answer, askProcedure, askRoute, askWatch, pictureForm, tusHead } from './ask.ts';
import { questionsAbout } from './questions.ts';
import { type Asker, createWorld, type World } from './world.ts';

/** What one question was answered, by who asked it. */
interface Row {
  readonly name: string;
  readonly about: string;
  readonly answers: ReadonlyMap<string, Answer>;
}

/** Who sees every client; to everybody else a foreign one is not there. */
const seeAll = ['owner', 'admin'];

describe('who may do what', () => {
  let world: World;
  const rows: Row[] = [];
  /** Refusals during which something came to its end. */
  const changedBy: string[] = [];

  async function ask(name: string, about: string, by: (asker: Asker) => Promise<Answer>): Promise<void> {
    const answers = new Map<string, Answer>();
    for (const asker of world.askers) {
      const before = world.steady.ended();
      const answer = await by(asker);
      answers.set(asker.name, answer);
      if (answer.refusal !== null && world.steady.ended() !== before) {
        changedBy.push(`${name} ${about} ${asker.name}`);
      }
    }
    rows.push({ name, about, answers });
  }

  async function askProcedures(): Promise<void> {
    const questions: Readonly<Record<string, readonly { about: string; input: unknown }[]>> =
      questionsAbout(world);
    for (const { name, type } of operationsOf(appRouter)) {
      for (const { about, input } of questions[name] ?? []) {
        await ask(name, about, (asker) =>
          type === 'subscription'
            ? askWatch(world, asker, input)
            : askProcedure(world, asker, { name, type, input }),
        );
      }
    }
  }

  async function askRoutes(): Promise<void> {
    for (const [about, id] of Object.entries(world.assets)) {
      for (const end of ['', '/data', '/thumbnail']) {
        const address = `/api/v2/assets/${id}${end}`;
        await ask(`GET /api/v2/assets/{id}${end}`, about, (asker) => askRoute(world, asker, { address }));
      }
      const { clients } = world;
      const fields = { clientId: clients.own, assetId: id };
      await ask('POST /api/v2/upload-asset {assetId}', about, (asker) =>
        askRoute(world, asker, {
          address: '/api/v2/upload-asset',
          init: { method: 'POST', body: pictureForm(world, fields) },
        }),
      );
      await ask('POST /api/tus {assetId}', about, (asker) =>
        askRoute(world, asker, { address: '/api/tus', init: tusHead(fields) }),
      );
    }
    for (const [about, id] of Object.entries(world.guestFiles)) {
      const address = `/api/guest-files/${id}/data`;
      await ask('GET /api/guest-files/{id}/data', about, (asker) => askRoute(world, asker, { address }));
    }
    await ask('GET /api/quarantine/{id}/data', '-', (asker) =>
      askRoute(world, asker, { address: `/api/quarantine/${world.quarantined}/data` }),
    );
    const places = [
      ...Object.entries(world.clients).map(([about, clientId]) => ({ about, fields: { clientId } })),
      ...Object.entries(world.campaigns).map(([about, campaignId]) => ({
        about: `${about} campaign`,
        fields: { clientId: about === 'foreign' ? world.clients.foreign : world.clients.own, campaignId },
      })),
    ];
    for (const { about, fields } of places) {
      await ask('POST /api/v2/upload-asset', about, (asker) =>
        askRoute(world, asker, {
          address: '/api/v2/upload-asset',
          init: { method: 'POST', body: pictureForm(world, fields) },
        }),
      );
      await ask('POST /api/tus', about, (asker) =>
        askRoute(world, asker, { address: '/api/tus', init: tusHead(fields) }),
      );
    }
    for (const address of [
      '/api/audit.jsonl',
      '/openapi.json',
      '/docs',
      '/livez',
      '/readyz',
      '/version',
      '/api/nowhere',
      '/',
    ]) {
      await ask(`GET ${address}`, '-', (asker) => askRoute(world, asker, { address }));
    }
  }

  beforeAll(async () => {
    world = await createWorld();
    world.steady.hold();
    await askProcedures();
    await askRoutes();
  }, 240_000);
  afterAll(() => world?.[Symbol.asyncDispose]());

  const answerOf = (row: Row, asker: string): Answer => {
    const answer = row.answers.get(asker);
    if (!answer) throw new Error(`${asker} was not asked.`);
    return answer;
  };

  it('is what the committed table says', async () => {
    const names = world.askers.map(({ name }) => name);
    const table = [
      ['', '', ...names],
      ...rows.map((row) => [row.name, row.about, ...names.map((name) => answerOf(row, name).code)]),
    ];
    const widths = (table[0] ?? []).map((_, column) =>
      Math.max(...table.map((row) => row[column]?.length ?? 0)),
    );
    const text = table
      .map((row) =>
        row
          .map((cell, column) => cell.padEnd(widths[column] ?? 0))
          .join('  ')
          .trimEnd(),
      )
      .join('\n');
    await expect(`${text}\n`).toMatchFileSnapshot('./permission-matrix.txt');
  });

  it('asks every procedure that there is', () => {
    const asked = new Set(rows.map(({ name }) => name));
    expect(
      operationsOf(appRouter)
        .map(({ name }) => name)
        .filter((name) => !asked.has(name)),
    ).toEqual([]);
  });

  it('lets nobody in without a credential, or with one that is over, but to what is public', () => {
    const isPublic = new Set([
      'system.version',
      'system.signInWays',
      'account.purpose',
      'account.forgot',
      'account.join',
      'account.reset',
      'GET /openapi.json',
      'GET /docs',
      'GET /livez',
      'GET /readyz',
      'GET /version',
      'GET /',
      'GET /api/nowhere',
    ]);
    for (const row of rows.filter(({ name }) => !isPublic.has(name))) {
      for (const asker of ['anonymous', 'key expired', 'key revoked']) {
        expect(['unauthenticated', '401'], `${row.name} ${row.about} ${asker}`).toContain(
          answerOf(row, asker).code,
        );
      }
    }
  });

  it('answers about what is somebody else’s exactly as about what is not there', () => {
    for (const foreign of rows.filter(({ about }) => about.startsWith('foreign'))) {
      const about = foreign.about.replace('foreign', 'missing');
      const missing = rows.find((row) => row.name === foreign.name && row.about === about);
      if (!missing) continue;
      for (const { name } of world.askers) {
        const answer = answerOf(foreign, name);
        if (seeAll.includes(name) || name.startsWith('key')) continue;
        expect(answer, `${foreign.name} ${foreign.about} ${name}`).toEqual(answerOf(missing, name));
      }
    }
  });

  it('shows a stranger nothing at all', () => {
    for (const row of rows.filter(({ about }) => about !== '-')) {
      const { code } = answerOf(row, 'stranger');
      expect(['not_found', 'forbidden', 'ok 0'], `${row.name} ${row.about}`).toContain(code);
    }
  });

  it('never lets a member do what an admin may not, nor a viewer what an editor may not, nor a guest what a viewer may not', () => {
    const order = ['admin', 'manager', 'editor', 'viewer', 'guest', 'stranger'];
    for (const row of rows) {
      for (const [index, weaker] of order.entries()) {
        const stronger = order[index - 1];
        if (stronger === undefined || answerOf(row, weaker).refusal !== null) continue;
        expect(answerOf(row, stronger).refusal, `${row.name} ${row.about} ${weaker}`).toBeNull();
      }
    }
  });

  it('keeps a key that is bound to one client from every other', () => {
    for (const row of rows.filter(({ about }) => ['own', 'shown', 'hidden', 'contributed'].includes(about))) {
      expect(['not_found', 'ok 0'], `${row.name} ${row.about}`).toContain(answerOf(row, 'key bound').code);
    }
  });

  it('changes nothing when it refuses', () => {
    expect(changedBy).toEqual([]);
  });
});
