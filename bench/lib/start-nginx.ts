import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { mkdir, writeFile } from 'node:fs/promises';
import { createServer } from 'node:net';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { processorTimeOf } from './processor-time.ts';

export interface Nginx extends AsyncDisposable {
  readonly url: string;
  /** The folder it serves. */
  readonly root: string;
  /** Of master and worker so far, in milliseconds. */
  processorTime(): number;
}

async function freePort(): Promise<number> {
  const server = createServer();
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const address = server.address();
  await new Promise((resolve) => server.close(resolve));
  if (typeof address !== 'object' || address === null) throw new Error('There is no free port.');
  return address.port;
}

function childrenOf(pid: number): number[] {
  const text = readFileSync(`/proc/${pid}/task/${pid}/children`, 'latin1').trim();
  return text === '' ? [] : text.split(' ').map(Number);
}

/** nginx as Debian brings it, with one worker beside our one process, its log of requests included. */
export async function startNginx(folder: string): Promise<Nginx> {
  const home = path.join(folder, 'nginx');
  const root = path.join(home, 'root');
  await mkdir(root, { recursive: true });
  const port = await freePort();
  const config = path.join(home, 'nginx.conf');
  await writeFile(
    config,
    `daemon off; worker_processes 1; pid ${home}/pid; error_log ${home}/error.log;
${process.getuid?.() === 0 ? 'user root;' : ''}
events { worker_connections 512; }
http {
  access_log ${home}/access.log; sendfile on; tcp_nopush on; keepalive_requests 100000000;
  client_body_temp_path ${home}/body; proxy_temp_path ${home}/proxy; fastcgi_temp_path ${home}/fastcgi;
  uwsgi_temp_path ${home}/uwsgi; scgi_temp_path ${home}/scgi;
  server { listen 127.0.0.1:${port}; root ${root}; }
}
`,
  );
  const child = spawn('/usr/sbin/nginx', ['-c', config, '-e', `${home}/error.log`], { stdio: 'inherit' });
  const { pid } = child;
  if (pid === undefined)
    throw new Error('nginx could not be started. Install it: apt-get install nginx-light');
  const ended = once(child, 'exit');
  const url = `http://127.0.0.1:${port}`;
  for (let tries = 0; ; tries += 1) {
    const answer = await fetch(url).catch(() => null);
    if (answer) break;
    if (tries > 100) throw new Error(`nginx does not answer; see ${home}/error.log.`);
    await sleep(50);
  }
  return {
    url,
    root,
    processorTime: () => [pid, ...childrenOf(pid)].reduce((sum, one) => sum + processorTimeOf(one), 0),
    async [Symbol.asyncDispose]() {
      child.kill('SIGQUIT');
      await ended;
    },
  };
}
