import { Agent as HttpAgent, get as httpGet, type IncomingMessage } from 'node:http';
import { Agent as HttpsAgent, get as httpsGet } from 'node:https';
import { Readable } from 'node:stream';
import { AppError, type RemoteFiles } from '@vitrine/core';
import { createAddressPolicy, type Network } from './address-policy.ts';
import { checkedUrl, notAllowed } from './checked-url.ts';
import { fileNameOf } from './file-name-of.ts';
import { assertLiteralAllowed, guardedLookup, type Resolve, resolveBySystem } from './guarded-lookup.ts';

export interface RemoteFilesOptions {
  /** Networks beside the public internet that may be reached; none unless said. */
  readonly allowed?: readonly Network[];
  /** How long until the headers are there, and how long the bytes may pause, in milliseconds; default 15,000. */
  readonly idleMs?: number;
  /** How long a whole file may take, in milliseconds; default half an hour. */
  readonly wholeMs?: number;
  readonly resolve?: Resolve;
}

const mostRedirects = 5;
const redirects = new Set([301, 302, 303, 307, 308]);

function fetchFailed(what: string, cause?: unknown): AppError {
  return new AppError('fetch_failed', `The file could not be fetched: ${what}`, { cause });
}

function explained(error: unknown, url: URL): AppError {
  if (error instanceof AppError) return error;
  const code = error instanceof Error && 'code' in error ? String(error.code) : '';
  const reasons: Record<string, string> = {
    ENOTFOUND: `there is no server named ${url.hostname}.`,
    EAI_AGAIN: `the name ${url.hostname} could not be looked up just now.`,
    ECONNREFUSED: `${url.host} takes no connections.`,
    ECONNRESET: `${url.host} broke the connection.`,
    ETIMEDOUT: `${url.host} did not answer in time.`,
    HPE_INVALID_CONSTANT: `${url.host} does not speak HTTP.`,
  };
  return fetchFailed(reasons[code] ?? `the connection to ${url.host} failed${code && ` (${code})`}.`, error);
}

/** The bytes; what ends them early is said in our words. */
async function* bytesOf(answer: IncomingMessage, url: URL): AsyncGenerator<Buffer, void, undefined> {
  try {
    for await (const chunk of answer) yield chunk;
  } catch (error) {
    throw explained(error, url);
  }
}

/** Fetches files from the public internet, see the port. No proxy, no cookies, no kept connections, nothing compressed. */
export function createRemoteFiles(options: RemoteFilesOptions = {}): RemoteFiles {
  const { allowed = [], idleMs = 15_000, wholeMs = 30 * 60_000, resolve = resolveBySystem } = options;
  const isAllowed = createAddressPolicy(allowed);
  const lookup = guardedLookup({ resolve, isAllowed });
  const agents = {
    'http:': new HttpAgent({ keepAlive: false, lookup }),
    'https:': new HttpsAgent({ keepAlive: false, lookup }),
  };

  function request(url: URL, signal: AbortSignal): Promise<IncomingMessage> {
    assertLiteralAllowed(url, isAllowed);
    const isSecure = url.protocol === 'https:';
    return new Promise((resolved, reject) => {
      const get = isSecure ? httpsGet : httpGet;
      const outgoing = get(url, {
        agent: isSecure ? agents['https:'] : agents['http:'],
        headers: { 'user-agent': 'Vitrine', accept: '*/*', 'accept-encoding': 'identity' },
        signal,
        timeout: idleMs,
      });
      outgoing.once('response', resolved);
      outgoing.once('error', (error) => reject(signal.aborted ? signal.reason : explained(error, url)));
      outgoing.once('timeout', () =>
        outgoing.destroy(fetchFailed(`${url.host} sent nothing for ${idleMs / 1000} seconds.`)),
      );
    });
  }

  /** Follows redirects, each judged like the first address. */
  async function follow(text: string, signal: AbortSignal): Promise<{ url: URL; answer: IncomingMessage }> {
    let url = checkedUrl(text);
    for (let turn = 0; turn <= mostRedirects; turn += 1) {
      const answer = await request(url, signal);
      if (!redirects.has(answer.statusCode ?? 0)) return { url, answer };
      answer.destroy();
      if (!answer.headers.location) throw fetchFailed(`${url.host} redirects without saying where to.`);
      const next = checkedUrl(answer.headers.location, url);
      if (url.protocol === 'https:' && next.protocol === 'http:')
        throw notAllowed('it redirects from https to http.');
      url = next;
    }
    throw fetchFailed(`it redirects more than ${mostRedirects} times.`);
  }

  return {
    async open(text, { signal: given }) {
      const deadline = AbortSignal.timeout(wholeMs);
      const signal = AbortSignal.any([given, deadline]);
      const late = () => fetchFailed(`it took longer than ${Math.round(wholeMs / 60_000)} minutes.`);
      const { url, answer } = await follow(text, signal).catch((error: unknown) => {
        throw deadline.aborted && !given.aborted ? late() : error;
      });
      if (answer.statusCode !== 200) {
        answer.destroy();
        throw fetchFailed(`${url.host} answered with status ${answer.statusCode}.`);
      }
      const encoding = answer.headers['content-encoding'];
      if (encoding !== undefined && encoding !== 'identity') {
        answer.destroy();
        throw fetchFailed(`${url.host} sends it compressed (${encoding}) although it was asked not to.`);
      }
      const length = answer.headers['content-length'];
      signal.addEventListener('abort', () => answer.destroy(given.aborted ? undefined : late()));
      return {
        stream: Readable.from(bytesOf(answer, url), { objectMode: false }),
        size: length !== undefined && /^\d{1,15}$/.test(length) ? Number(length) : null,
        fileName: fileNameOf(url, answer.headers),
      };
    },
  };
}
