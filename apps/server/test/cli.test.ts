import { execFile } from 'node:child_process';
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { z } from 'zod';
import { smallPng } from './small-files.ts';

const cli = fileURLToPath(new URL('../src/cli.ts', import.meta.url));

describe('the command line', () => {
  let dataDir: string;
  let folder: string;
  beforeAll(async () => {
    dataDir = await mkdtemp(path.join(tmpdir(), 'vitrine-cli-'));
    folder = path.join(dataDir, 'to upload');
    await mkdir(path.join(folder, 'deeper'), { recursive: true });
    await writeFile(path.join(folder, 'one.png'), await smallPng(1));
    await writeFile(path.join(folder, 'deeper', 'two.png'), await smallPng(2));
    await writeFile(path.join(folder, 'page.html'), '<!doctype html><p>no</p>');
    await writeFile(path.join(folder, '.hidden'), 'nobody asked for this');
  });
  afterAll(() => rm(dataDir, { recursive: true, force: true }));

  interface Finished {
    readonly code: number;
    readonly stdout: string;
    readonly stderr: string;
  }
  const run = (
    args: readonly string[],
    input = '',
    settings: Record<string, string> = {},
  ): Promise<Finished> =>
    new Promise((resolve) => {
      const env = { ...process.env, VITRINE_DATA_DIR: dataDir, VITRINE_LOG: 'warn', ...settings };
      const child = execFile(
        process.execPath,
        ['--conditions=@vitrine/source', cli, ...args],
        { env },
        (error, stdout, stderr) => resolve({ code: Number(error?.code ?? 0), stdout, stderr }),
      );
      child.stdin?.end(input);
    });
  const json = async (args: readonly string[], input?: string): Promise<unknown> => {
    const { code, stdout, stderr } = await run([...args, '--json'], input);
    expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
    return JSON.parse(stdout);
  };

  it('says what to do while there is no owner', async () => {
    const { code, stderr } = await run(['client', 'list']);
    expect(code).toBe(1);
    expect(stderr).toContain('user create');
  });

  it('makes an owner from a password on standard input, and a key that is printed once', async () => {
    const made = await json(
      ['user', 'create', '--email', 'Ada@Vitrine.example', '--role', 'owner', '--password-stdin'],
      'correct horse battery\n',
    );
    expect(made).toMatchObject({ email: 'ada@vitrine.example', role: 'owner' });
    const issued = z.object({ key: z.string(), scopes: z.array(z.string()) });
    const key = issued.parse(
      await json(['key', 'create', '--user', 'ada@vitrine.example', '--scope', 'assets:read']),
    );
    expect(key.key).toMatch(/^vtr_\w{32,}$/);
    expect(key.scopes).toEqual(['assets:read']);
    const plain = await run(['key', 'create', '--user', 'ada@vitrine.example']);
    expect(plain.stdout.trim()).toMatch(/^vtr_\w{32,}$/);
  });

  it.each([
    [['user', 'create', '--email', 'x', '--role', 'owner', '--password-stdin'], 'long enough', 'email'],
    [
      ['user', 'create', '--email', 'b@vitrine.example', '--role', 'member', '--password-stdin'],
      'short',
      'password',
    ],
    [
      ['user', 'create', '--email', 'ada@vitrine.example', '--role', 'member', '--password-stdin'],
      'long enough',
      'already',
    ],
    [
      ['user', 'create', '--email', 'b@vitrine.example', '--role', 'king', '--password-stdin'],
      'long enough',
      'role',
    ],
    [['key', 'create', '--user', 'nobody@vitrine.example'], '', 'nobody@vitrine.example'],
    [['key', 'create', '--user', 'ada@vitrine.example', '--scope', 'everything'], '', 'assets:read'],
    [['client', 'create'], '', 'name'],
    [['dance'], '', 'dance'],
  ])('%j says what is wrong and exits with 1', async (args, input, word) => {
    const { code, stdout, stderr } = await run(args, input);
    expect(code).toBe(1);
    expect(stderr).toContain(word);
    expect(stdout).toBe('');
  });

  it('makes and lists clients', async () => {
    const made = z.object({ id: z.string() }).parse(await json(['client', 'create', '--name', 'Northwind']));
    expect(await json(['client', 'list'])).toMatchObject([{ id: made.id, name: 'Northwind' }]);
    expect((await run(['client', 'list'])).stdout).toBe(`${made.id}  Northwind\n`);
  });

  it('uploads a folder with everything below it, tells each file’s outcome and exits with 2 when one was refused', async () => {
    const [client] = z.array(z.object({ id: z.string() })).parse(await json(['client', 'list']));
    const args = ['upload', folder, '--client', client?.id ?? '', '--tag', 'spring', '--json'];
    const { code, stdout } = await run(args);
    expect(code).toBe(2);
    const outcomes = z
      .array(
        z.object({
          file: z.string(),
          ok: z.boolean(),
          code: z.string().optional(),
          asset: z.object({ tags: z.array(z.string()) }).optional(),
        }),
      )
      .parse(JSON.parse(stdout));
    expect(outcomes.map(({ file, ok, code: refused }) => [path.relative(folder, file), ok, refused])).toEqual(
      [
        [path.join('deeper', 'two.png'), true, undefined],
        ['one.png', true, undefined],
        ['page.html', false, 'unsupported_format'],
      ],
    );
    expect(outcomes[0]?.asset?.tags).toEqual(['spring']);
  });

  it('goes on behind a file that cannot be read, and says of it why', async () => {
    const [client] = z.array(z.object({ id: z.string() })).parse(await json(['client', 'list']));
    // A file whose every read fails, whoever reads it.
    const broken = '/proc/self/mem';
    const good = path.join(folder, 'one.png');
    const { code, stdout } = await run(['upload', broken, good, '--client', client?.id ?? '', '--json']);
    expect(code).toBe(2);
    expect(JSON.parse(stdout)).toMatchObject([
      {
        file: broken,
        ok: false,
        code: 'unreadable_media',
        detail: expect.stringContaining('disk has an error'),
      },
      { file: good, ok: true },
    ]);
  });

  it('migrates, and has nothing to do the second time', async () => {
    const fresh = await mkdtemp(path.join(tmpdir(), 'vitrine-cli-'));
    const at = (args: readonly string[]) => run(args, '', { VITRINE_DATA_DIR: fresh });
    const plan = z.object({ pending: z.array(z.string()) });
    const result = z.object({ applied: z.array(z.string()) });
    const planned = plan.parse(JSON.parse((await at(['migrate', '--dry-run', '--json'])).stdout));
    expect(planned.pending.length).toBeGreaterThan(0);
    const done = result.parse(JSON.parse((await at(['migrate', '--json'])).stdout));
    expect(done.applied).toEqual(planned.pending);
    const again = result.parse(JSON.parse((await at(['migrate', '--json'])).stdout));
    expect(again).toEqual({ applied: [] });
    await rm(fresh, { recursive: true, force: true });
  });

  it('names a setting that cannot be used', async () => {
    const { code, stderr } = await run(['client', 'list'], '', {
      VITRINE_PORT: 'many',
      VITRINE_BLOBS: 'cloud',
    });
    expect(code).toBe(1);
    expect(stderr).toContain('VITRINE_PORT');
    expect(stderr).toContain('VITRINE_BLOBS');
  });
});
