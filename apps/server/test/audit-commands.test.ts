import { execFile } from 'node:child_process';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { fileURLToPath } from 'node:url';
import { auditEventSchema } from '@vitrine/schema';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { z } from 'zod';

const cli = fileURLToPath(new URL('../src/cli.ts', import.meta.url));
const headSchema = z.object({ head: z.object({ seq: z.number(), hash: z.string() }) });

describe('the audit log on the command line', () => {
  let dataDir: string;
  let clientId: string;

  interface Finished {
    readonly code: number;
    readonly stdout: string;
    readonly stderr: string;
  }
  const run = (args: readonly string[], input = ''): Promise<Finished> =>
    new Promise((resolve) => {
      const env = { ...process.env, VITRINE_DATA_DIR: dataDir, VITRINE_LOG: 'warn' };
      const child = execFile(
        process.execPath,
        ['--conditions=@vitrine/source', cli, ...args],
        { env },
        (error, stdout, stderr) => resolve({ code: Number(error?.code ?? 0), stdout, stderr }),
      );
      child.stdin?.end(input);
    });
  function tamper(text: string): void {
    using rows = new DatabaseSync(path.join(dataDir, 'vitrine.sqlite'));
    rows.exec(`drop trigger if exists audit_events_refuse_update; ${text}`);
  }

  beforeAll(async () => {
    dataDir = await mkdtemp(path.join(tmpdir(), 'vitrine-audit-'));
    const user = ['user', 'create', '--email', 'ada@vitrine.example', '--role', 'owner', '--password-stdin'];
    expect(await run(user, 'a long password')).toMatchObject({ code: 0 });
    const made = await run(['client', 'create', '--name', 'Northwind', '--json']);
    clientId = z.object({ id: z.string() }).parse(JSON.parse(made.stdout)).id;
  });
  afterAll(() => rm(dataDir, { recursive: true, force: true }));

  it('is printed as JSON Lines, as a whole or of one client', async () => {
    const events = async (...more: string[]) =>
      (await run(['audit', 'export', ...more])).stdout
        .trimEnd()
        .split('\n')
        .map((line) => auditEventSchema.parse(JSON.parse(line)));
    const all = await events();
    expect(all.map(({ seq }) => seq)).toEqual(all.map((_, index) => index + 1));
    expect(await events('--client', clientId)).toEqual(all.filter((event) => event.clientId === clientId));
    expect(all.map(({ action }) => action)).toContain('client.create');
  });

  it('is verified, also against an event that was kept elsewhere; what was changed is told with exit code 1', async () => {
    const verified = await run(['audit', 'verify', '--json']);
    expect(verified.code).toBe(0);
    const { head } = headSchema.parse(JSON.parse(verified.stdout));
    const mark = `${head.seq}:${head.hash}`;
    expect(await run(['audit', 'verify', '--mark', mark])).toMatchObject({
      code: 0,
      stdout: expect.stringContaining(mark),
    });
    expect(await run(['audit', 'verify', '--mark', `${head.seq + 1}:${head.hash}`])).toMatchObject({
      code: 1,
    });
    expect((await run(['audit', 'verify', '--mark', 'x'])).stderr).toContain('--mark');
    expect((await run(['doctor', '--full'])).stdout).toMatch(/ok {4}audit log: \d+ events/);

    tamper("update audit_events set action = 'client.forge' where seq = 2");
    const broken = await run(['audit', 'verify']);
    expect(broken).toMatchObject({
      code: 1,
      stdout: expect.stringContaining('event 2 is not what was written'),
    });
    const doctor = await run(['doctor', '--full']);
    expect(doctor).toMatchObject({ code: 1, stdout: expect.stringContaining('ILL   audit log') });
    expect((await run(['doctor'])).stdout).not.toContain('audit log');
  }, 60_000);
});
