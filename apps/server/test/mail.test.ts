import { onceLinkSchema, problemSchema } from '@vitrine/schema';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { configFrom } from '../src/config/config.ts';
import { envSchema, SettingsError } from '../src/config/env.ts';
import { startMailServer, type TestMailServer } from './mail-server.ts';
import { open, password, send, signIn } from './people-requests.ts';
import { jsonRequest, startServer, type TestServer } from './start-server.ts';

const linkIn = (mail: string) => /https?:\/\/\S+\/join#[\w-]{43}/.exec(mail)?.[0] ?? '';
const tokenIn = (mail: string) => linkIn(mail).split('#')[1] ?? '';

describe('mail', () => {
  let mails: TestMailServer;
  let server: TestServer;
  const invite = async (email: string) =>
    onceLinkSchema.parse(
      await (await send(server, '/api/accounts/invite', { email, role: 'member' })).json(),
    );

  beforeAll(async () => {
    mails = await startMailServer();
    server = await startServer(
      { VITRINE_SMTP_URL: mails.url, VITRINE_MAIL_FROM: 'Vitrine <vitrine@agency.example>' },
      { background: true },
    );
  });
  afterAll(async () => {
    await server?.[Symbol.asyncDispose]();
    await mails?.[Symbol.asyncDispose]();
  });

  it('brings an invitation to whom it is for, and to nobody else', async () => {
    expect(await invite('ada@vitrine.example')).toMatchObject({ url: null, failure: null });
    const mail = await mails.next();
    expect(mail).toMatch(/^To: ada@vitrine\.example/m);
    expect(mail).toMatch(/^From: Vitrine <vitrine@agency\.example>/m);
    expect(mail).toContain('invites you to Vitrine');
    expect(linkIn(mail)).toContain(server.url);
    const joined = await open(server, 'account.join', { token: tokenIn(mail), name: 'Ada', password });
    expect(joined.ok).toBe(true);
  });

  it('holds nothing of a name that would be markup', async () => {
    server.sql(`update users set name = '<b>Eve</b> & co' where id = '${server.owner.id}'`);
    await invite('bea@vitrine.example');
    const mail = await mails.next();
    expect(mail).toContain('&lt;b&gt;Eve&lt;/b&gt; &amp; co invites you');
    expect(mail.slice(mail.indexOf('<!doctype'))).not.toContain('<b>');
  });

  it('brings another password to whoever forgot theirs, whatever the case of their address', async () => {
    const member = await server.addUser('member');
    expect(await open(server, 'account.forgot', { email: ` ${member.email.toUpperCase()}` })).toMatchObject({
      ok: true,
    });
    const mail = await mails.next();
    expect(mail).toMatch(new RegExp(`^To: ${member.email}`, 'm'));
    expect((await open(server, 'account.reset', { token: tokenIn(mail), password })).ok).toBe(true);
    expect((await signIn(server, member.email, password)).status).toBe(200);
  });

  it('answers the same to those who have no account, are disabled or have one, and writes to the last alone', async () => {
    const [member, disabled] = [await server.addUser('member'), await server.addUser('member')];
    await send(server, `/api/accounts/${disabled.id}/disabled`, { disabled: true });
    const before = mails.mails.length;
    const ask = async (email: string) => {
      const answer = await fetch(`${server.url}/trpc/account.forgot`, jsonRequest('POST', { email }));
      return [answer.status, await answer.text()];
    };
    const answers = [
      await ask('nobody@vitrine.example'),
      await ask(disabled.email),
      // Asked for last: when its mail is there, the others' turn has been.
      await ask(member.email),
    ];
    expect(new Set(answers.map((answer) => JSON.stringify(answer))).size).toBe(1);
    expect(answers[0]?.[0]).toBe(200);
    expect(await mails.next()).toMatch(new RegExp(`^To: ${member.email}`, 'm'));
    expect(mails.mails).toHaveLength(before + 1);
  });

  it('is not sent to anybody again and again', async () => {
    const ask = () => open(server, 'account.forgot', { email: 'flooded@vitrine.example' });
    for (let round = 0; round < 3; round += 1) expect((await ask()).ok).toBe(true);
    expect((await ask()).problem).toMatchObject({ status: 429, code: 'rate_limited' });
  });

  it('that is refused leaves the link with the admin, and says why', async () => {
    mails.refuse();
    const link = await invite('cyd@vitrine.example');
    expect(link.failure).toContain('Mailbox full');
    expect(link.url).toContain('/join#');
    expect(JSON.stringify(link)).not.toContain('p@ss');
  });

  it('that there is none of makes nobody believe in one', async () => {
    await using plain = await startServer();
    const answer = await fetch(
      `${plain.url}/trpc/account.forgot`,
      jsonRequest('POST', { email: plain.owner.email }),
    );
    expect(answer.status).toBe(404);
    const refused = await open(plain, 'account.forgot', { email: plain.owner.email });
    expect(problemSchema.parse(refused.problem).detail).toContain('Ask an admin');
  });

  it('is set up whole or not at all, and a wrong setting is told without the password in it', () => {
    const configure = (settings: object) => () =>
      configFrom(envSchema.parse({ ...settings, VITRINE_DATA_DIR: server.dataDir }));
    expect(configure({ VITRINE_SMTP_URL: mails.url })).toThrow(/VITRINE_MAIL_FROM/);
    expect(
      configure({
        VITRINE_SMTP_URL: 'https://vitrine:secret@mail.example',
        VITRINE_MAIL_FROM: 'a@b.example',
      }),
    ).toThrow(
      new SettingsError('VITRINE_SMTP_URL: must be an address that begins with smtp:// or smtps://.'),
    );
  });
});
