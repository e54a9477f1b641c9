import { assetSchema, assetSorts, problemSchema } from '@vitrine/schema';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { z } from 'zod';
import { formOf, smallPng } from './small-files.ts';
import { jsonRequest, startServer, type TestServer } from './start-server.ts';

const bodySchema = z.array(assetSchema);

describe('the sort of a list over HTTP', () => {
  let server: TestServer;

  beforeAll(async () => {
    server = await startServer();
    const clientId = await server.create('/api/clients', { name: 'Northwind' });
    for (const [index, name] of ['b', 'Ä & ü', 'c', 'a%20'].entries()) {
      const parts = [
        { name: 'clientId', value: clientId },
        { name: 'name', value: name },
        { name: 'file', value: await smallPng(index), fileName: 'picture.png' },
      ];
      const answer = await server.request('/api/v2/upload-asset', { method: 'POST', body: formOf(parts) });
      const { id } = assetSchema.parse(await answer.json());
      const priority = { c: 1, b: 2 }[name] ?? null;
      await server.request(`/api/v2/assets/${id}`, jsonRequest('PATCH', { priority }));
    }
  });
  afterAll(() => server[Symbol.asyncDispose]());

  /** All names, one on a page, by the links that lead on. */
  async function walk(address: string): Promise<string[]> {
    const answer = await server.request(address);
    const names = bodySchema.parse(await answer.json()).map(({ name }) => name);
    const [, next] = /<[^>]*?(\/api[^>]*)>; rel="next"/.exec(answer.headers.get('link') ?? '') ?? [];
    return next ? [...names, ...(await walk(next))] : names;
  }

  it('is kept from page to page by the links', async () => {
    const sorted = (sort: string) => walk(`/api/v2/assets?limit=1&sort=${sort}`);
    expect(await sorted('name')).toEqual(['Ä & ü', 'a%20', 'b', 'c'].sort(byFolded));
    expect(await sorted('oldest')).toEqual(['b', 'Ä & ü', 'c', 'a%20']);
    expect(await sorted('newest')).toEqual(['a%20', 'c', 'Ä & ü', 'b']);
    expect(await sorted('priority')).toEqual(['c', 'b', 'a%20', 'Ä & ü']);
    expect((await sorted('size')).sort()).toEqual(['a%20', 'b', 'c', 'Ä & ü']);
  });
  const byFolded = (a: string, b: string) => (a.replace('Ä', 'a') < b.replace('Ä', 'a') ? -1 : 1);

  it('does not take the cursor of another one, nor words', async () => {
    for (const sort of assetSorts) {
      const page = await server.request(`/api/v2/assets?limit=1&sort=${sort}`);
      const [, cursor = ''] = /[?&]cursor=([^&>]*)/.exec(page.headers.get('link') ?? '') ?? [];
      const other = sort === 'size' ? 'name' : 'size';
      const answer = await server.request(`/api/v2/assets?sort=${other}&cursor=${cursor}`);
      expect(problemSchema.parse(await answer.json())).toMatchObject({
        code: 'invalid_input',
        detail: expect.stringContaining('sorted otherwise'),
      });
    }
    const answer = await server.request('/api/v2/assets?sort=name&q=b');
    expect(problemSchema.parse(await answer.json()).detail).toContain('does not go with words');
  });
});
