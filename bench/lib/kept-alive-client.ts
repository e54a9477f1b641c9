import { Agent, request as httpRequest, type IncomingHttpHeaders, type OutgoingHttpHeaders } from 'node:http';
import { Readable } from 'node:stream';
import { text } from 'node:stream/consumers';
import { pipeline } from 'node:stream/promises';

interface Sending {
  readonly headers?: OutgoingHttpHeaders;
  readonly body?: Iterable<Buffer>;
}

/** One connection to one server, kept open between requests. */
export interface KeptAliveClient extends Disposable {
  /** Answers the parsed body. Fails on a status from 400 on. */
  get(address: string): Promise<unknown>;
  post(address: string, sending: Sending): Promise<unknown>;
  /** Answers the headers, of whatever body. Fails on a status from 400 on. */
  exchange(method: string, address: string, sending: Sending): Promise<IncomingHttpHeaders>;
}

export function createKeptAliveClient(url: string, headers: OutgoingHttpHeaders = {}): KeptAliveClient {
  // By address: "localhost" may be looked up for every connection, and may mean another family of addresses.
  const base = url.replace('//localhost', '//127.0.0.1');
  const agent = new Agent({ keepAlive: true, maxSockets: 1 });

  interface Answer {
    readonly headers: IncomingHttpHeaders;
    readonly body: string;
  }

  async function send(method: string, address: string, sending: Sending): Promise<Answer> {
    const outgoing = httpRequest(base + address, {
      method,
      agent,
      headers: { ...headers, ...sending.headers },
    });
    const answered = new Promise<Answer>((resolve, reject) => {
      outgoing.once('error', reject);
      outgoing.once('response', (incoming) => {
        text(incoming).then((body) => {
          const status = incoming.statusCode ?? 0;
          if (status >= 400) reject(new Error(`${method} ${address} answered ${status}: ${body}`));
          else resolve({ headers: incoming.headers, body });
        }, reject);
      });
    });
    if (!sending.body) {
      outgoing.end();
      return answered;
    }
    const source = Readable.from(sending.body, { objectMode: false, highWaterMark: 1024 * 1024 });
    const [answer] = await Promise.all([answered, pipeline(source, outgoing)]);
    return answer;
  }

  return {
    get: async (address) => JSON.parse((await send('GET', address, {})).body),
    post: async (address, sending) => JSON.parse((await send('POST', address, sending)).body),
    exchange: async (method, address, sending) => (await send(method, address, sending)).headers,
    [Symbol.dispose]: () => agent.destroy(),
  };
}
