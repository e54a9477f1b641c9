import { type ChildProcess, spawn } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync } from 'node:fs';
import { mkdir, mkdtemp, readdir, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { AppError } from '@vitrine/core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createGate } from '../src/sandbox/gate.ts';
import type { ToolOutcome } from '../src/sandbox/run-program.ts';
import {
  createToolRunner,
  type ToolRun,
  type ToolRunner,
  type ToolSession,
} from '../src/sandbox/tool-runner.ts';

let directory: string;
let kept: string;
let scratch: string;
let original: string;
let tools: ToolRunner;

beforeAll(async () => {
  directory = await mkdtemp(join(tmpdir(), 'vitrine-tools-test-'));
  kept = join(directory, 'what the server keeps');
  scratch = join(directory, 'scratch');
  await mkdir(kept);
  original = join(kept, 'original');
  await writeFile(original, 'the original', { mode: 0o600 });
  await writeFile(join(kept, 'secret'), 'nobody may see this');
  tools = createToolRunner({ gate: createGate(2), scratch, hidden: [kept] });
});
afterAll(async () => {
  await tools.close();
  expect(await readdir(scratch)).toEqual([]);
  await rm(directory, { recursive: true, force: true });
});

/** Where the kernel forbids namespaces, which `vitrine doctor` says, the promises below that need them cannot be kept. */
const probing = createToolRunner({ gate: createGate(1) });
const namespaces = (await probing.confinement()) === 'namespace';
await probing.close();

interface Ran {
  readonly outcome: ToolOutcome;
  readonly output: string;
}

/** Runs a shell script as a program that was taken over would run. */
async function taken(
  script: string,
  { session, ...run }: Partial<ToolRun> & { session?: ToolSession } = {},
): Promise<Ran> {
  const within = async (opened: ToolSession): Promise<Ran> => {
    let output = '';
    const onOutput = (chunk: Buffer) => {
      output += chunk;
      return true;
    };
    const outcome = await opened.run({ command: 'sh', args: ['-c', script], onOutput, ...run });
    return { outcome, output };
  };
  return session ? within(session) : withOriginal(within);
}

const withOriginal = <T>(work: (session: ToolSession) => Promise<T>) =>
  tools.withInput({ path: original, extension: 'mp4', urgent: false }, work);

const sha256 = async (path: string) =>
  createHash('sha256')
    .update(await readFile(path))
    .digest('hex');

/** Processes of this machine whose command line has the mark. */
async function running(mark: string): Promise<number> {
  let found = 0;
  for (const id of await readdir('/proc')) {
    if (!/^\d+$/.test(id)) continue;
    const line = await readFile(`/proc/${id}/cmdline`, 'latin1').catch(() => '');
    if (line.includes(mark)) found += 1;
  }
  return found;
}

async function waitUntilNone(mark: string): Promise<void> {
  const deadline = performance.now() + 5000;
  while ((await running(mark)) > 0 && performance.now() < deadline)
    await new Promise((resolve) => setTimeout(resolve, 20));
  expect(await running(mark)).toBe(0);
}

describe('a program', () => {
  it('reads its input and writes to its folder', async () => {
    const made = await withOriginal(async (session) => {
      await taken('cat input.mp4 > copy', { session });
      return session.read('copy', 100);
    });
    expect(made?.toString()).toBe('the original');
  });

  it.runIf(namespaces)('cannot change the original, which stays as it was to its time', async () => {
    const before = { hash: await sha256(original), time: (await stat(original)).mtimeMs };
    const { output } = await taken(
      'echo x > input.mp4; echo x >> input.mp4; rm -f input.mp4; mv input.mp4 other; touch -d 1999-01-01 input.mp4; chmod 777 input.mp4; cat input.mp4',
    );
    expect(output).toBe('the original');
    expect({ hash: await sha256(original), time: (await stat(original)).mtimeMs }).toEqual(before);
    expect((await stat(original)).mode & 0o777).toBe(0o600);
  });

  it.runIf(namespaces)(
    'sees nothing of what the server keeps, of other runs, of settings and of users',
    async () => {
      await withOriginal(async (other) => {
        const places = [
          kept,
          other.folder,
          '/etc/shadow',
          '/root',
          '/home',
          '/run',
          '/dev/shm',
          process.cwd(),
        ];
        const { output } = await taken(places.map((place) => `ls -d '${place}' 2>/dev/null`).join(';'));
        expect(output).toBe('');
      });
    },
  );

  it.runIf(namespaces)('writes nowhere else', async () => {
    const name = `vitrine-mark-${process.pid}`;
    const places = [
      '/',
      '/usr',
      '/usr/bin',
      '/usr/local',
      '/etc',
      '/var',
      '/dev',
      '/dev/shm',
      '/tmp',
      '/var/tmp',
      scratch,
      directory,
    ];
    await taken(places.map((place) => `touch '${place}/${name}'`).join(';'));
    expect(places.filter((place) => existsSync(join(place, name)))).toEqual([]);
  });

  it.runIf(namespaces)('reaches no network, not even this machine', async () => {
    let connected = 0;
    const server = createServer((socket) => {
      connected += 1;
      socket.destroy();
    });
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    const address = server.address();
    const port = typeof address === 'object' && address ? address.port : 0;
    const { outcome, output } = await taken('ffmpeg -nostdin -v error -i "$0" -f null - || echo refused', {
      args: ['-c', 'ffmpeg -nostdin -v error -i "$0" -f null - || echo refused', `tcp://127.0.0.1:${port}`],
    });
    expect({ output, kind: outcome.kind }).toEqual({ output: 'refused\n', kind: 'exited' });
    expect(connected).toBe(0);
    server.close();
  });

  it.runIf(namespaces)('sees and signals no process but those it started, and has no rights', async () => {
    const { output } = await taken(
      `kill -0 ${process.pid} 2>/dev/null && echo signalled; ls /proc | grep -c '^[0-9]'; grep -E 'Cap(Prm|Eff|Bnd)|NoNewPrivs' /proc/self/status`,
    );
    const [processes, ...rights] = output.trim().split('\n');
    expect(Number(processes)).toBeLessThan(6);
    expect(rights.map((line) => line.replace(/\s+/g, ' '))).toEqual([
      'CapPrm: 0000000000000000',
      'CapEff: 0000000000000000',
      'CapBnd: 0000000000000000',
      'NoNewPrivs: 1',
    ]);
  });

  it('gets no secrets in its environment, and low priority', async () => {
    const { output } = await taken('env | cut -d= -f1 | grep -v OLDPWD | sort; nice');
    expect(output.trim().split('\n')).toEqual(['HOME', 'LC_ALL', 'PATH', 'PWD', 'TMPDIR', '10']);
  });

  it('is reported as missing by its name', async () => {
    const { outcome } = await taken('', { command: 'vitrine-no-such-program', args: [] });
    expect(outcome).toEqual({ kind: 'missing', command: 'vitrine-no-such-program' });
  });

  it('is reported as killed when it crashes, and its complaint is kept in short', async () => {
    const { outcome } = await taken('yes complaint | head -c 100000 >&2; kill -SEGV $$');
    expect(outcome).toMatchObject({ kind: 'killed' });
    expect(outcome.kind === 'killed' && outcome.complaint.length).toBe(4000);
  });
});

describe('a program that does not end', () => {
  it.runIf(namespaces)('is killed in time with everything it started, wherever that hid', async () => {
    const started = performance.now();
    const { outcome } = await taken('setsid sleep 4711 & (sleep 4711 &) ; sleep 4711', {
      limits: { wallMs: 700 },
    });
    expect(outcome).toEqual({ kind: 'timeout' });
    expect(performance.now() - started).toBeLessThan(3000);
    await waitUntilNone('sleep\x004711');
  });

  it.runIf(namespaces)('leaves nothing running behind its back', async () => {
    const { outcome } = await taken('setsid sleep 4712 & setsid nohup sleep 4712 > /dev/null 2>&1 & exit 0');
    expect(outcome).toMatchObject({ kind: 'exited', code: 0 });
    await waitUntilNone('sleep\x004712');
  });

  it('takes its time from what its session has left', async () => {
    const kinds = await tools.withInput(
      { path: original, extension: 'mp4', urgent: false, wallMs: 600 },
      async (session) => {
        const first = await taken('sleep 4713', { session });
        const second = await taken('true', { session });
        expect(session.remainingMs()).toBe(0);
        return [first.outcome.kind, second.outcome.kind];
      },
    );
    expect(kinds).toEqual(['timeout', 'timeout']);
  });

  it('is killed by the processor time it takes', async () => {
    const { outcome } = await taken('while :; do :; done', { limits: { cpuSeconds: 1 } });
    expect(outcome).toMatchObject({ kind: 'killed' });
  });

  it('is killed when nobody wants its work any more, with the reason told', async () => {
    const controller = new AbortController();
    const reason = new Error('enough');
    const run = tools.withInput(
      { path: original, extension: 'mp4', urgent: false, signal: controller.signal },
      (session) => taken('sleep 4714', { session }),
    );
    setTimeout(() => controller.abort(reason), 200);
    await expect(run).rejects.toBe(reason);
    await waitUntilNone('sleep\x004714');
  });
});

describe('a program that takes too much', () => {
  it('writes no file larger than it may', async () => {
    const { size, outcome } = await withOriginal(async (session) => {
      const ran = await taken('exec head -c 50000000 /dev/zero > big', {
        session,
        limits: { fileBytes: 1_000_000 },
      });
      return { outcome: ran.outcome, size: (await stat(session.file('big'))).size };
    });
    expect(size).toBe(1_000_000);
    expect(outcome).not.toMatchObject({ code: 0 });
  });

  it('is killed when it fills its folder with many files', async () => {
    const script = 'n=0; while :; do head -c 30000000 /dev/zero > file$n; n=$((n+1)); done';
    const { outcome } = await taken(script, { limits: { cpuSeconds: 60 } });
    expect(outcome).toMatchObject({ kind: 'killed' });
  });

  it('is killed when its output is no longer wanted', async () => {
    let received = 0;
    const onOutput = (chunk: Buffer) => {
      received += chunk.length;
      return received < 1_000_000;
    };
    const { outcome } = await taken('exec cat /dev/zero', { onOutput });
    expect(outcome).toMatchObject({ kind: 'killed' });
    expect(received).toBeLessThan(10_000_000);
  });

  it('gets no more memory than it may', async () => {
    const { outcome } = await taken('exec dd if=/dev/zero of=/dev/null bs=400M count=1', {
      limits: { memoryBytes: 100_000_000 },
    });
    expect(outcome).toMatchObject({ kind: 'exited', code: 1 });
  });
});

describe('what a program made', () => {
  it('is taken from plain files only, so a link leads to nobody else’s', async () => {
    await withOriginal(async (session) => {
      await taken(
        `ln -s '${join(kept, 'secret')}' link; mkfifo pipe; mkdir folder; : > empty; echo 123456789 > long; echo 1 > file`,
        {
          session,
        },
      );
      for (const name of ['link', 'pipe', 'folder', 'nothing']) {
        expect(await session.made(name), name).toBeNull();
        expect(await session.read(name, 100), name).toBeNull();
      }
      expect(await session.made('empty')).toBeNull();
      expect(await session.read('long', 5)).toBeNull();
      expect(await session.made('file')).toBe(session.file('file'));
      expect((await session.read('file', 5))?.toString()).toBe('1\n');
    });
  });
});

describe('private folders', () => {
  const sessions = async (folder: string) =>
    (await readdir(folder, { recursive: true })).filter((name) => name.includes('session-'));

  it('are closed to others, and gone afterwards, also when the work fails', async () => {
    await expect(
      withOriginal(async (session) => {
        expect((await stat(join(session.folder, '..'))).mode & 0o777).toBe(0o700);
        throw new Error('the work');
      }),
    ).rejects.toThrow('the work');
    expect(await sessions(scratch)).toEqual([]);
  });

  /** A server that was killed while a program ran. */
  async function killedServer(folder: string): Promise<ChildProcess> {
    const script = `
      const { createGate } = await import(${JSON.stringify(join(import.meta.dirname, '../src/sandbox/gate.ts'))});
      const { createToolRunner } = await import(${JSON.stringify(join(import.meta.dirname, '../src/sandbox/tool-runner.ts'))});
      const tools = createToolRunner({ gate: createGate(1), scratch: ${JSON.stringify(folder)} });
      await tools.withInput({ path: ${JSON.stringify(original)}, extension: 'mp4', urgent: false }, async (session) => {
        setTimeout(() => console.log('running'), 500);
        await session.run({ command: 'sh', args: ['-c', 'setsid sleep 4715 & sleep 4715'] });
      });`;
    const args = ['--conditions=@vitrine/source', '--input-type=module', '-e', script];
    const child = spawn(process.execPath, args, { stdio: ['ignore', 'pipe', 'inherit'] });
    await new Promise((resolve) => child.stdout?.once('data', resolve));
    expect(await running('sleep\x004715')).toBeGreaterThan(0);
    child.kill('SIGKILL');
    await new Promise((resolve) => child.once('close', resolve));
    return child;
  }

  it.runIf(namespaces)(
    'of a server that was killed are removed by the next one, and its programs have died with it',
    async () => {
      const folder = join(directory, 'of a killed server');
      await killedServer(folder);
      await waitUntilNone('sleep\x004715');
      expect(await sessions(folder)).not.toEqual([]);
      const next = createToolRunner({ gate: createGate(1), scratch: folder });
      await next.withInput({ path: original, extension: 'mp4', urgent: false }, async (session) => {
        await session.run({ command: 'true', args: [] });
        expect(await readdir(folder)).toHaveLength(1);
      });
      await next.close();
      expect(await readdir(folder)).toEqual([]);
    },
  );

  it('are not to be had from a closed runner, whose programs have ended', async () => {
    const unavailable = (error: unknown) => error instanceof AppError && error.code === 'unavailable';
    const own = createToolRunner({ gate: createGate(1), scratch: join(directory, 'closed') });
    const request = { path: original, extension: 'mp4', urgent: false };
    const run = own.withInput(request, async (session) => {
      setTimeout(() => void own.close(), 200);
      return session.run({ command: 'sleep', args: ['4716'] });
    });
    await expect(run).rejects.toSatisfy(unavailable);
    await waitUntilNone('sleep\x004716');
    await expect(own.withInput(request, async () => 'never')).rejects.toSatisfy(unavailable);
  });
});
