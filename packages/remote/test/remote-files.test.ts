import { createServer, type RequestListener } from 'node:http';
import { createServer as createTcpServer } from 'node:net';
import { buffer } from 'node:stream/consumers';
import { AppError } from '@vitrine/core';
import { describe, expect, it } from 'vitest';
import { createRemoteFiles, type RemoteFilesOptions } from '../src/index.ts';

const never = new AbortController().signal;

/** An address of this machine that the tests allow, beside those that they do not. */
const site = '127.0.0.77';
const allowed = [site];

/** A server of the test's own. */
async function startSite(listener: RequestListener) {
  const calls: string[] = [];
  const server = createServer((request, response) => {
    calls.push(String(request.url));
    listener(request, response);
  });
  await new Promise<void>((resolve) => server.listen(0, site, resolve));
  const address = server.address();
  const port = typeof address === 'object' && address ? address.port : 0;
  return {
    calls,
    port,
    url: `http://${site}:${port}`,
    async [Symbol.asyncDispose]() {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}

const publicName = [{ address: '93.184.215.14', family: 4 }];
/** Names as an attacker's own name server would answer them. */
const names: Record<string, string[]> = {
  'metadata.google.internal': ['169.254.169.254'],
  'localtest.example': ['127.0.0.1'],
  'six.example': ['::1'],
  'intranet.example': ['10.1.2.3'],
  'mixed.example': ['93.184.215.14', '192.168.0.1'],
  'mapped.example': ['::ffff:127.0.0.1'],
  'nat64.example': ['64:ff9b::7f00:1'],
  'ula.example': ['fd00::1'],
  'none.example': [],
};
const resolve: NonNullable<RemoteFilesOptions['resolve']> = async (hostname) =>
  names[hostname]?.map((address) => ({ address, family: address.includes(':') ? 6 : 4 })) ??
  (hostname.startsWith('localhost') ? [{ address: '127.0.0.1', family: 4 }] : publicName);

async function refusalOf(url: string, options: RemoteFilesOptions = { resolve }) {
  try {
    const { stream } = await createRemoteFiles(options).open(url, { signal: AbortSignal.timeout(3000) });
    stream.destroy();
    return 'open';
  } catch (error) {
    return error instanceof AppError ? error.code : String(error);
  }
}

/** Where an address must not lead. */
const hostile = [
  'http://127.0.0.1/',
  'http://127.0.0.1:22/',
  'http://127.1/',
  'http://127.255.255.254/',
  'http://2130706433/',
  'http://0x7f000001/',
  'http://0x7f.0.0.1/',
  'http://017700000001/',
  'http://0177.0.0.1/',
  'http://①②⑦.⓪.⓪.①/',
  'http://[::1]/',
  'http://[0:0:0:0:0:0:0:1]/',
  'http://[::]/',
  'http://[::ffff:127.0.0.1]/',
  'http://[::ffff:7f00:1]/',
  'http://[::ffff:a9fe:a9fe]/',
  'http://[::127.0.0.1]/',
  'http://[64:ff9b::7f00:1]/',
  'http://[64:ff9b::a9fe:a9fe]/',
  'http://[2002:7f00:1::]/',
  'http://[2001:0:7f00:1::]/',
  'http://[2001:db8::1]/',
  'http://[fd00::1]/',
  'http://[fe80::1]/',
  'http://[ff02::1]/',
  'http://0.0.0.0/',
  'http://0/',
  'http://10.0.0.1/',
  'http://172.16.0.1/',
  'http://172.31.255.255/',
  'http://192.168.1.1/',
  'http://169.254.169.254/latest/meta-data/',
  'http://100.64.0.1/',
  'http://100.100.100.200/latest/meta-data/',
  'http://192.0.0.192/',
  'http://192.0.2.1/',
  'http://198.18.0.1/',
  'http://198.51.100.1/',
  'http://203.0.113.1/',
  'http://224.0.0.1/',
  'http://240.0.0.1/',
  'http://255.255.255.255/',
  'http://localhost/',
  'http://localhost./',
  'http://LOCALHOST/',
  'http://localhost%00.example/',
  'http://metadata.google.internal/computeMetadata/v1/',
  'http://localtest.example/',
  'http://six.example/',
  'http://intranet.example/',
  'http://mixed.example/',
  'http://mapped.example/',
  'http://nat64.example/',
  'http://ula.example/',
  'http://user@93.184.215.14/',
  'http://user:password@example.com/',
  'http://example.com@127.0.0.1/',
  'file:///etc/passwd',
  'ftp://example.com/a.jpg',
  'gopher://127.0.0.1:70/_',
  'data:image/png;base64,AAAA',
  'javascript:alert(1)',
  'blob:https://example.com/1',
  'unix:/var/run/docker.sock',
  '//127.0.0.1/',
  '/etc/passwd',
  'example.com/a.jpg',
  '',
  'http://',
  'http://[::1',
  `http://example.com/${'a'.repeat(4100)}`,
];

describe('an import from an address', () => {
  it.each(hostile)('never goes to %s', async (url) => {
    expect(await refusalOf(url)).toBe('url_not_allowed');
  });

  it.each(hostile)('does not follow a redirect to %s', async (url) => {
    await using server = await startSite((_request, response) => {
      // A header holds no more than Latin-1, and a redirect may be written as it likes.
      response.writeHead(302, { location: Buffer.from(url).toString('latin1') }).end();
    });
    const answer = await refusalOf(`${server.url}/start`, { resolve, allowed });
    // What is relative leads back to the same server, which redirects again until it is enough.
    const relative = url === '' || url.startsWith('/etc') || url === 'example.com/a.jpg';
    expect(answer).toBe(relative ? 'fetch_failed' : 'url_not_allowed');
    expect(server.calls.length).toBe(relative && url !== '' ? 6 : 1);
  });

  it('connects to the address that was judged, whatever the name stands for a moment later', async () => {
    await using server = await startSite((_request, response) => response.end('bytes'));
    let asked = 0;
    const rebinding = async () => {
      asked += 1;
      return [{ address: asked === 1 ? site : '127.0.0.1', family: 4 }];
    };
    const files = createRemoteFiles({ resolve: rebinding, allowed });
    const { stream } = await files.open(`http://rebound.example:${server.port}/a.txt`, { signal: never });
    expect((await buffer(stream)).toString()).toBe('bytes');
    expect(asked).toBe(1);
    expect(
      await refusalOf(`http://rebound.example:${server.port}/a.txt`, { resolve: rebinding, allowed }),
    ).toBe('url_not_allowed');
  });

  it('gives the bytes, their number and the name that the server or the address has for them', async () => {
    await using server = await startSite((request, response) => {
      if (request.url === '/go') response.writeHead(307, { location: 'there/a%20b.png?size=1' }).end();
      else if (request.url === '/named')
        response.setHeader('content-disposition', "attachment; filename*=UTF-8''K%C3%A4se.png").end('named');
      else response.end('picture');
    });
    const files = createRemoteFiles({ allowed });
    const open = (path: string) => files.open(`${server.url}${path}`, { signal: never });
    const redirected = await open('/go');
    expect([redirected.fileName, redirected.size]).toEqual(['a b.png', 7]);
    expect((await buffer(redirected.stream)).toString()).toBe('picture');
    const named = await open('/named');
    expect(named.fileName).toBe('Käse.png');
    named.stream.destroy();
  });

  it('says what came instead of a file', async () => {
    await using server = await startSite((request, response) => {
      switch (request.url) {
        case '/loop':
          response.writeHead(302, { location: '/loop' }).end();
          break;
        case '/compressed':
          response.setHeader('content-encoding', 'gzip').end('x');
          break;
        case '/short':
          response.writeHead(200, { 'content-length': '100' });
          response.write('x');
          setTimeout(() => response.destroy(), 20);
          break;
        case '/silent':
          break;
        case '/pause':
          response.writeHead(200, { 'content-length': '100' });
          response.write('x');
          break;
        default:
          response.writeHead(404).end('no');
      }
    });
    const files = createRemoteFiles({ allowed, idleMs: 200 });
    const failure = async (path: string, base = server.url) => {
      try {
        const { stream } = await files.open(`${base}${path}`, { signal: never });
        await buffer(stream);
        return 'whole';
      } catch (error) {
        return error instanceof AppError ? `${error.code}: ${error.message}` : String(error);
      }
    };
    expect(await failure('/none')).toMatch(/^fetch_failed: .*status 404/);
    expect(await failure('/loop')).toMatch(/^fetch_failed: .*redirects more than 5 times/);
    expect(await failure('/compressed')).toMatch(/^fetch_failed: .*compressed \(gzip\)/);
    expect(await failure('/short')).toMatch(/^fetch_failed: .*broke the connection/);
    expect(await failure('/silent')).toMatch(/^fetch_failed: .*sent nothing for 0.2 seconds/);
    expect(await failure('/pause')).toMatch(/^fetch_failed: /);
    const unused = createTcpServer();
    await new Promise<void>((resolve) => unused.listen(0, site, resolve));
    const address = unused.address();
    await new Promise((resolve) => unused.close(resolve));
    const port = typeof address === 'object' && address ? address.port : 0;
    expect(await failure('/', `http://${site}:${port}`)).toMatch(/^fetch_failed: .*takes no connections/);
  });

  it('ends when it takes too long in all, and when nobody waits any more', async () => {
    await using server = await startSite((_request, response) => {
      response.writeHead(200);
      const drip = setInterval(() => response.write('x'), 20);
      response.once('close', () => clearInterval(drip));
    });
    const slow = createRemoteFiles({ allowed, wholeMs: 200 });
    const { stream } = await slow.open(server.url, { signal: never });
    await expect(buffer(stream)).rejects.toMatchObject({ code: 'fetch_failed' });
    const abort = new AbortController();
    const patient = await createRemoteFiles({ allowed }).open(server.url, { signal: abort.signal });
    setTimeout(() => abort.abort(), 50);
    await expect(buffer(patient.stream)).rejects.toThrow();
  });

  it('sends nothing along that says who asks, and takes no cookies from one address to the next', async () => {
    const seen: Record<string, unknown>[] = [];
    await using server = await startSite((request, response) => {
      seen.push(request.headers);
      if (request.url === '/go') response.writeHead(302, { location: '/end', 'set-cookie': 'a=1' }).end();
      else response.end('x');
    });
    const { stream } = await createRemoteFiles({ allowed }).open(`${server.url}/go`, { signal: never });
    await buffer(stream);
    for (const headers of seen) {
      expect(Object.keys(headers).sort()).toEqual([
        'accept',
        'accept-encoding',
        'connection',
        'host',
        'user-agent',
      ]);
    }
  });
});
