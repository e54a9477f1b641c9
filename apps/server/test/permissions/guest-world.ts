import { z } from 'zod';
import { send } from '../people-requests.ts';
import { formOf, smallPng } from '../small-files.ts';
import { jsonRequest, startServer, type TestServer, type TestUser } from '../start-server.ts';

/** Somebody without an account: the token they have, and what the server gave them to show. */
interface Guest {
  readonly name: string;
  readonly token: string;
  readonly cookie: string | null;
}

/** A client that upload links of every kind take files for. */
export interface GuestWorld extends AsyncDisposable {
  readonly server: TestServer;
  readonly guests: readonly Guest[];
  readonly password: string;
  /** A file that somebody sent, and that waits. */
  readonly waiting: string;
  picture(): Promise<FormData>;
}

const password = 'between us';
const issuedSchema = z.object({ id: z.string(), url: z.string() });

export async function createGuestWorld(): Promise<GuestWorld> {
  const server = await startServer();
  async function post(address: string, body: object, { key }: Pick<TestUser, 'key'> = server.owner) {
    const answer = await server.request(address, { ...jsonRequest('POST', body), key });
    if (!answer.ok) throw new Error(`${address}: ${await answer.text()}`);
    return answer.json();
  }
  const clientId = await server.create('/api/clients', { name: 'Northwind' });
  const campaignId = await server.create('/api/campaigns', { clientId, name: 'Winter' });

  async function editor(): Promise<TestUser> {
    const user = await server.addUser('member');
    await post('/api/grants', { kind: 'client', clientId, userId: user.id, role: 'editor' });
    return user;
  }
  const [maker, lowered, leaver, disabled] = [await editor(), await editor(), await editor(), await editor()];

  const issued = (answer: unknown) => {
    const { id, url } = issuedSchema.parse(answer);
    return { id, token: new URL(url).pathname.replace(/^\/.\//, '') };
  };
  const link = async (settings: object = {}, by: TestUser = maker) =>
    issued(await post('/api/upload-links', { campaignId, name: 'Send', ...settings }, by));

  async function unlock({ token }: { readonly token: string }, secret: string): Promise<string | null> {
    const init = { ...jsonRequest('POST', { password: secret }), key: null };
    const answer = await server.request(`/api/u/${token}/unlock`, init);
    return answer.headers.getSetCookie()[0]?.split(';')[0] ?? null;
  }
  let seed = 40_000;
  async function picture(): Promise<FormData> {
    seed += 1;
    const file = { name: 'file', value: await smallPng(seed), fileName: 'a.png' };
    return formOf([{ name: 'sender', value: 'Kim' }, file]);
  }
  async function sendThrough({ token }: { readonly token: string }): Promise<void> {
    const init = { method: 'POST', body: await picture(), key: null };
    const answer = await server.request(`/api/u/${token}`, init);
    if (!answer.ok) throw new Error(await answer.text());
  }

  const links = {
    open: await link(),
    full: await link({ maxFiles: 1 }),
    small: await link({ maxBytes: 10 }),
    locked: await link({ password }),
    changed: await link({ password: 'an older one' }),
    expired: await link({ password }),
    revoked: await link({ password }),
    lowered: await link({}, lowered),
    left: await link({}, leaver),
    disabled: await link({}, disabled),
  };
  const target = { kind: 'campaign', campaignId };
  const [shared] = z.array(z.unknown()).parse(await post('/api/shares', { name: 'For you', target }));
  const share = issued(shared);
  const passes = {
    locked: await unlock(links.locked, password),
    changed: await unlock(links.changed, 'an older one'),
    expired: await unlock(links.expired, password),
    revoked: await unlock(links.revoked, password),
  };
  await sendThrough(links.full);
  const inbox = await server.request(`/api/clients/${clientId}/guest-files`);
  const { items } = z
    .object({ items: z.array(z.object({ id: z.string() })).length(1) })
    .parse(await inbox.json());

  // All that becomes of links after somebody has them.
  await server.request(`/api/upload-links/${links.changed.id}`, jsonRequest('PATCH', { password }));
  server.sql(`update upload_links set expires_at = created_at + 1 where id = '${links.expired.id}'`);
  await server.request(`/api/upload-links/${links.revoked.id}`, { method: 'DELETE' });
  await post('/api/grants', { kind: 'client', clientId, userId: lowered.id, role: 'viewer' });
  await post('/api/grants/remove', { kind: 'client', clientId, userId: leaver.id });
  await send(server, `/api/accounts/${disabled.id}/disabled`, { disabled: true });

  const guest = (
    name: string,
    { token }: { readonly token: string },
    cookie: string | null = null,
  ): Guest => ({
    ...{ name, token, cookie },
  });
  return {
    server,
    password,
    picture,
    waiting: items[0]?.id ?? '',
    guests: [
      guest('no link', { token: 'A'.repeat(43) }),
      guest('link', links.open),
      guest('full', links.full),
      guest('too small', links.small),
      guest('locked', links.locked),
      guest('wrong password', links.locked, await unlock(links.locked, 'not the password')),
      guest("other's pass", links.locked, passes.changed),
      guest('password', links.locked, passes.locked),
      guest('old password', links.changed, passes.changed),
      guest('expired', links.expired, passes.expired),
      guest('revoked', links.revoked, passes.revoked),
      guest('maker views', links.lowered),
      guest('maker left', links.left),
      guest('maker disabled', links.disabled),
      guest('share link', share),
    ],
    [Symbol.asyncDispose]: () => server[Symbol.asyncDispose](),
  };
}
