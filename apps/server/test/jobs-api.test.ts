import { enqueueJob } from '@vitrine/core';
import { assetIdSchema, jobCountsSchema, jobSchema, problemSchema } from '@vitrine/schema';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { z } from 'zod';
import { startServer, type TestServer } from './start-server.ts';

const jobsSchema = z.array(jobSchema);

describe('background work, as owners and admins see it', () => {
  let server: TestServer;
  beforeAll(async () => {
    server = await startServer();
    const { database } = server.composition;
    const at = Date.now();
    await database.transaction(async (writers) => {
      for (const version of [1, 2, 3]) {
        const assetId = assetIdSchema.parse('00000000-0000-7000-8000-000000000001');
        const payload = { assetId, version, stage: 'first', remake: false } as const;
        await enqueueJob(writers, 'rendition.make', payload, { at, priority: version });
      }
    });
  });
  afterAll(() => server?.[Symbol.asyncDispose]());
  const list = async (query = '') =>
    jobsSchema.parse(await (await server.request(`/api/jobs${query}`)).json());

  it('is listed with what it works on, and counted', async () => {
    const jobs = await list();
    expect(jobs).toHaveLength(3);
    expect(jobs[0]).toMatchObject({ name: 'rendition.make', state: 'waiting', attempts: 0, stuck: false });
    expect(await list('?states=dead')).toEqual([]);
    expect(await list('?limit=1')).toHaveLength(1);
    const counts = await (await server.request('/api/jobs/counts')).json();
    expect(jobCountsSchema.parse(counts)).toEqual({ waiting: 3, running: 0, stuck: 0, dead: 0 });
  });

  it('is run again by hand only when it is dead, and says so otherwise', async () => {
    const [job] = await list();
    const answer = await server.request(`/api/jobs/${job?.id}/retry`, { method: 'POST' });
    expect(answer.status).toBe(409);
    expect(problemSchema.parse(await answer.json())).toMatchObject({ code: 'conflict' });
    const unknown = '00000000-0000-7000-8000-00000000ffff';
    const missing = await server.request(`/api/jobs/${unknown}/retry`, { method: 'POST' });
    expect([missing.status, problemSchema.parse(await missing.json()).code]).toEqual([404, 'not_found']);
  });

  it('is nothing for members, nor for keys without the scope', async () => {
    const member = await server.addUser('member');
    const reader = await server.addUser('admin', ['assets:read', 'assets:write']);
    for (const { key } of [member, reader]) {
      for (const address of ['/api/jobs', '/api/jobs/counts']) {
        const answer = await server.request(address, { key });
        expect([answer.status, problemSchema.parse(await answer.json()).code]).toEqual([403, 'forbidden']);
      }
    }
    expect((await server.request('/api/jobs', { key: null })).status).toBe(401);
    expect((await server.request('/api/jobs', { key: (await server.addUser('admin')).key })).status).toBe(
      200,
    );
  });
});
