import { execFile } from 'node:child_process';
import { promisify } from 'node:util';

const run = promisify(execFile);

export interface WrkOptions {
  readonly url: string;
  readonly headers?: Readonly<Record<string, string>>;
  readonly connections: number;
  readonly seconds: number;
}

export interface WrkResult {
  readonly requests: number;
  readonly seconds: number;
}

/** Asks for one address over and over, as fast as it is answered. Fails when an answer is not a 2xx or 304. */
export async function wrk({ url, headers = {}, connections, seconds }: WrkOptions): Promise<WrkResult> {
  const options = Object.entries(headers).flatMap(([name, value]) => ['-H', `${name}: ${value}`]);
  const { stdout } = await run('wrk', ['-t1', `-c${connections}`, `-d${seconds}s`, ...options, url]);
  const [, requests, duration] = /(\d+) requests in ([\d.]+)s/.exec(stdout) ?? [];
  if (requests === undefined || duration === undefined || /Non-2xx/.test(stdout))
    throw new Error(`wrk on ${url}:\n${stdout}`);
  return { requests: Number(requests), seconds: Number(duration) };
}
