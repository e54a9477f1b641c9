import { readFile } from 'node:fs/promises';
import {
  type GuestFile,
  guestAcceptedSchema,
  guestFilePageSchema,
  guestPageSchema,
  guestReceiptSchema,
  type IssuedUploadLink,
  issuedUploadLinkSchema,
  problemSchema,
} from '@vitrine/schema';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { formOf, smallPng } from './small-files.ts';
import { jsonRequest, startServer, type TestServer } from './start-server.ts';

interface Sent {
  readonly bytes?: Buffer;
  readonly fileName?: string;
  readonly sender?: string;
  readonly cookie?: string;
}

describe('guests', () => {
  let server: TestServer;
  let clientId: string;
  let campaignId: string;
  let seed = 500;

  beforeAll(async () => {
    const scanner = {
      async scan(path: string) {
        const isBad = (await readFile(path)).includes('EICAR');
        return isBad ? { clean: false as const, reason: 'EICAR' } : { clean: true as const };
      },
    };
    server = await startServer({}, { dependencies: (real) => ({ ...real, scanner }) });
    clientId = await server.create('/api/clients', { name: 'Northwind' });
    campaignId = await server.create('/api/campaigns', { clientId, name: 'Winter' });
  });
  afterAll(() => server?.[Symbol.asyncDispose]());

  const tokenOf = ({ url }: IssuedUploadLink) => new URL(url).pathname.replace('/u/', '');
  async function createLink(settings: object = {}): Promise<IssuedUploadLink> {
    const input = { campaignId, name: 'For the crew', ...settings };
    const answer = await server.request('/api/upload-links', jsonRequest('POST', input));
    return issuedUploadLinkSchema.parse(await answer.json());
  }
  /** As a browser sends it from the guest's page. */
  const withPass = (cookie: string): Record<string, string> =>
    cookie ? { cookie, 'sec-fetch-site': 'same-origin' } : {};
  const visit = (link: IssuedUploadLink, cookie = '') =>
    server.request(`/api/u/${tokenOf(link)}`, { key: null, headers: withPass(cookie) });
  async function send(
    link: IssuedUploadLink,
    { bytes, fileName = 'sent.png', sender = 'Kim', cookie = '' }: Sent = {},
  ): Promise<Response> {
    seed += 1;
    const parts = [{ name: 'file', value: bytes ?? (await smallPng(seed)), fileName }];
    const body = formOf(sender ? [{ name: 'sender', value: sender }, ...parts] : parts);
    return server.request(`/api/u/${tokenOf(link)}`, {
      method: 'POST',
      body,
      key: null,
      headers: withPass(cookie),
    });
  }
  async function refusal(answer: Response) {
    const { requestId: _requestId, ...problem } = problemSchema.parse(await answer.json());
    return problem;
  }
  async function inbox(link: IssuedUploadLink): Promise<GuestFile[]> {
    const answer = await server.request(`/api/clients/${clientId}/guest-files?limit=100`);
    return guestFilePageSchema.parse(await answer.json()).items.filter(({ linkId }) => linkId === link.id);
  }
  async function sent(link: IssuedUploadLink, options: Parameters<typeof send>[1] = {}): Promise<GuestFile> {
    const answer = await send(link, options);
    expect(answer.status).toBe(201);
    const [file] = await inbox(link);
    if (!file) throw new Error('Nothing came.');
    return file;
  }
  const decide = (file: GuestFile, what: 'accept' | 'refuse') =>
    server.request(`/api/guest-files/${file.id}/${what}`, { method: 'POST' });

  it('see where their files go and what the link still takes', async () => {
    const link = await createLink({ message: 'Raw files, please.', maxFiles: 2, maxBytes: 5000 });
    const page = guestPageSchema.parse(await (await visit(link)).json());
    expect(page).toMatchObject({
      ...{ state: 'open', client: 'Northwind', campaign: 'Winter', message: 'Raw files, please.' },
      left: { bytes: 5000, files: 2 },
    });
    const receipt = guestReceiptSchema.parse(await (await send(link)).json());
    expect(receipt.left).toEqual({ bytes: 5000 - receipt.size, files: 1 });
  });

  it('send files that wait and are no assets', async () => {
    const before = await server.leftovers();
    const link = await createLink();
    const file = await sent(link, { sender: '  Kim  ' });
    expect(file).toMatchObject({ sender: 'Kim', fileName: 'sent.png', state: 'waiting', assetId: null });
    const after = await server.leftovers();
    expect(after).toEqual({ staging: 0, blobs: before.blobs + 1, assets: before.assets });
  });

  it.each([
    ['without a sender', { sender: '' }, 400, 'invalid_input'],
    [
      'of no accepted format',
      { bytes: Buffer.from('<html><script>1</script>'), fileName: 'a.html' },
      415,
      'unsupported_format',
    ],
    ['that is empty', { bytes: Buffer.alloc(0) }, 422, 'unreadable_media'],
    ['that the scan refuses', { bytes: Buffer.from('EICAR'), fileName: 'a.txt' }, 422, 'infected'],
  ])('are told at once of a file %s, and nothing of it stays', async (_what, options, status, code) => {
    const link = await createLink();
    const before = await server.leftovers();
    expect(await refusal(await send(link, options))).toMatchObject({ status, code });
    expect(await server.leftovers()).toEqual(before);
    expect(await inbox(link)).toEqual([]);
  });

  it('hear the same of a link that is unknown, revoked or expired, for reading and for sending', async () => {
    const [revoked, expired] = [await createLink(), await createLink()];
    await server.request(`/api/upload-links/${revoked.id}`, { method: 'DELETE' });
    server.sql(`update upload_links set expires_at = 1 where id = '${expired.id}'`);
    const unknown = { ...revoked, url: `${server.url}/u/${'A'.repeat(43)}` };
    const expected = await refusal(await visit(unknown));
    expect(expected).toMatchObject({ status: 404, code: 'not_found' });
    for (const link of [revoked, expired, unknown]) {
      expect(await refusal(await visit(link))).toEqual(expected);
      expect(await refusal(await send(link))).toEqual(expected);
    }
  });

  it('cannot pass the quota together, however many come at once', async () => {
    const link = await createLink({ maxFiles: 3 });
    const answers = await Promise.all(Array.from({ length: 8 }, () => send(link)));
    const statuses = answers.map(({ status }) => status).toSorted();
    expect(statuses).toEqual([201, 201, 201, 413, 413, 413, 413, 413]);
    expect(await inbox(link)).toHaveLength(3);
  });

  it('are refused before the body is read when it announces too much', async () => {
    const link = await createLink({ maxBytes: 1000 });
    const answer = await send(link, { bytes: Buffer.alloc(200_000, 'a'), fileName: 'a.txt' });
    expect(await refusal(answer)).toMatchObject({ status: 413, code: 'quota_exceeded' });
    const close = await send(link, { bytes: Buffer.alloc(1001, 'a'), fileName: 'a.txt' });
    expect(await refusal(close)).toMatchObject({ status: 413, code: 'quota_exceeded' });
  });

  it('open a link with a password before anything else', async () => {
    const link = await createLink({ password: 'snowfall' });
    expect(await (await visit(link)).json()).toEqual({ state: 'locked' });
    expect((await send(link)).status).toBe(401);
    const unlock = (password: string) =>
      server.request(`/api/u/${tokenOf(link)}/unlock`, { ...jsonRequest('POST', { password }), key: null });
    expect((await unlock('rainfall')).status).toBe(403);
    const cookie = (await unlock('snowfall')).headers.get('set-cookie') ?? '';
    expect(cookie).toMatch(/HttpOnly.*SameSite=Strict/);
    const pass = cookie.split(';')[0] ?? '';
    expect(guestPageSchema.parse(await (await visit(link, pass)).json()).state).toBe('open');
    expect((await send(link, { cookie: pass })).status).toBe(201);
    // It opens no other link.
    const other = await createLink({ password: 'snowfall' });
    expect(await (await visit(other, pass)).json()).toEqual({ state: 'locked' });
  });

  it('have their files looked at as a download that nothing opens', async () => {
    const bytes = await smallPng(77_777);
    const file = await sent(await createLink(), { bytes });
    const answer = await server.request(`/api/guest-files/${file.id}/data`);
    expect(Buffer.from(await answer.arrayBuffer()).equals(bytes)).toBe(true);
    expect(answer.headers.get('content-disposition')).toBe('attachment; filename=sent.png');
    expect(answer.headers.get('content-type')).toBe('application/octet-stream');
    expect(answer.headers.get('content-security-policy')).toContain('sandbox');
  });

  it('have their files listed page by page', async () => {
    const link = await createLink();
    for (let count = 0; count < 3; count += 1) await sent(link);
    const page = async (cursor: string | null) => {
      const query = new URLSearchParams({ limit: '2', ...(cursor && { cursor }) });
      const answer = await server.request(`/api/clients/${clientId}/guest-files?${query}`);
      return { status: answer.status, body: await answer.json() };
    };
    const first = guestFilePageSchema.parse((await page(null)).body);
    const second = guestFilePageSchema.parse((await page(first.nextCursor)).body);
    const all = await inbox(link);
    expect([...first.items, ...second.items].slice(0, 3)).toEqual(all);
    expect((await page('w.1.nothing')).status).toBe(400);
  });

  it('have a file accepted: an asset of the one who accepts it, which says who sent it', async () => {
    const file = await sent(await createLink());
    const { outcome, assetId } = guestAcceptedSchema.parse(await (await decide(file, 'accept')).json());
    expect(outcome).toBe('created');
    const asset = await (await server.request(`/api/v2/assets/${assetId}/metadata`)).json();
    expect(asset).toMatchObject({ clientId, campaignId, userId: server.owner.id, name: 'sent.png' });
    const history = await (await server.request(`/api/v2/assets/${assetId}/versions`)).text();
    expect(history).toContain('From Kim');
    for (const again of ['accept', 'refuse'] as const) {
      expect(await refusal(await decide(file, again))).toMatchObject({ status: 409, code: 'conflict' });
    }
  });

  it('have a file accepted once only, however many accept it at once', async () => {
    const file = await sent(await createLink());
    const { assets } = await server.leftovers();
    const answers = await Promise.all([1, 2, 3].map(() => decide(file, 'accept')));
    expect(answers.map(({ status }) => status).toSorted()).toEqual([200, 409, 409]);
    expect((await server.leftovers()).assets).toBe(assets + 1);
  });

  it('have nothing accepted beyond the quota of the client; it goes on waiting', async () => {
    const link = await createLink();
    const file = await sent(link);
    const quota = (maxAssets: number | null) =>
      server.request(`/api/clients/${clientId}/quota`, jsonRequest('POST', { maxBytes: null, maxAssets }));
    expect((await quota(1)).ok).toBe(true);
    expect(await refusal(await decide(file, 'accept'))).toMatchObject({ code: 'quota_exceeded' });
    expect((await quota(null)).ok).toBe(true);
    expect(await inbox(link)).toMatchObject([{ state: 'waiting' }]);
  });

  it('keep their bytes while they wait; what is refused is collected', async () => {
    const link = await createLink();
    const [waiting, refused] = [await sent(link), await sent(link)];
    expect(await (await decide(refused, 'refuse')).json()).toMatchObject({ state: 'refused', assetId: null });
    const { blobs } = await server.leftovers();
    server.sql('update blobs set unreferenced_at = 1 where unreferenced_at is not null');
    await server.composition.services.collector.collect();
    expect((await server.leftovers()).blobs).toBe(blobs - 1);
    expect((await server.request(`/api/guest-files/${refused.id}/data`)).status).toBe(404);
    expect((await server.request(`/api/guest-files/${waiting.id}/data`)).status).toBe(200);
  });

  it('let go of the bytes of an asset that is deleted for good', async () => {
    const file = await sent(await createLink());
    const { assetId } = guestAcceptedSchema.parse(await (await decide(file, 'accept')).json());
    await server.request(`/api/v2/assets/${assetId}`, { method: 'DELETE' });
    const emptied = jsonRequest('POST', {});
    expect((await server.request(`/api/v2/clients/${clientId}/trash/empty`, emptied)).ok).toBe(true);
    const { blobs } = await server.leftovers();
    server.sql('update blobs set unreferenced_at = 1 where unreferenced_at is not null');
    await server.composition.services.collector.collect();
    expect((await server.leftovers()).blobs).toBeLessThan(blobs);
  });

  it('are in the log with what they sent and who decided', async () => {
    const link = await createLink();
    await decide(await sent(link), 'accept');
    await decide(await sent(link), 'refuse');
    const log = await (await server.request(`/api/clients/${clientId}/activity?limit=10`)).text();
    for (const action of ['receive', 'accept', 'refuse']) expect(log).toContain(`guestFile.${action}`);
    expect(log).not.toContain(tokenOf(link));
  });
});
