import { type Account, accountSchema, onceLinkSchema, problemSchema } from '@vitrine/schema';
import { z } from 'zod';
import { jsonRequest, type TestServer, type TestUser } from './start-server.ts';

export const password = 'a long enough password';

function post(
  { url }: Pick<TestServer, 'url'>,
  address: string,
  body: object,
  headers: Record<string, string> = {},
) {
  const request = jsonRequest('POST', body);
  return fetch(new URL(address, url), { ...request, headers: { ...request.headers, ...headers } });
}
/** Signed in as somebody: no key may do what is about accounts. */
export async function send(server: TestServer, address: string, body: object, who: TestUser = server.owner) {
  return post(server, address, body, { cookie: await cookieOf(server, who), origin: server.url });
}

/** The same without a body. */
async function ask(server: TestServer, method: string, address: string, who: TestUser) {
  const headers = { cookie: await cookieOf(server, who), origin: server.url };
  return fetch(new URL(address, server.url), { method, headers });
}
export const read = (server: TestServer, address: string, who: TestUser = server.owner) =>
  ask(server, 'GET', address, who);
export const withdraw = (server: TestServer, email: string, who: TestUser = server.owner) =>
  ask(server, 'DELETE', `/api/accounts/invitations/${encodeURIComponent(email)}`, who);

const cookies = new Map<string, string>();
/** Signs in once for each: the throttle of sign-ins counts them all. */
async function cookieOf(server: TestServer, { email, password: secret }: TestUser): Promise<string> {
  const key = `${server.url} ${email}`;
  const cookie = cookies.get(key) ?? (await signIn(server, email, secret)).cookie;
  cookies.set(key, cookie);
  return cookie;
}
export const open = async (server: TestServer, procedure: string, input: object) => {
  const answer = await post(server, `/trpc/${procedure}`, input);
  const body = z.object({ error: z.object({ data: z.object({ problem: problemSchema }) }).optional() });
  return { ok: answer.ok, problem: body.parse(await answer.json()).error?.data.problem };
};
export const tokenOf = ({ url }: { url: string | null }) => new URL(url ?? '').hash.slice(1);
export async function signIn(server: TestServer, email: string, secret: string) {
  const answer = await post(
    server,
    '/api/auth/sign-in/email',
    { email, password: secret },
    { origin: server.url },
  );
  const cookie = answer.headers
    .getSetCookie()
    .map((one) => one.split(';')[0])
    .join('; ');
  return { status: answer.status, cookie };
}
export async function invite(server: TestServer, email: string, role: string) {
  return onceLinkSchema.parse(await (await send(server, '/api/accounts/invite', { email, role })).json());
}
export async function accountOf(server: TestServer, email: string): Promise<Account> {
  const answer = await read(server, '/api/accounts');
  const all = z.array(accountSchema).parse(await answer.json());
  const found = all.find((one) => one.email === email);
  if (!found) throw new Error(`There is no ${email}.`);
  return found;
}
