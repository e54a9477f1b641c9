import { chmod, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { pino } from 'pino';
import { expect, test } from 'vitest';
import { startServer } from './start-server.ts';

async function saidAtStart(mode: number): Promise<string> {
  await using stack = new AsyncDisposableStack();
  const dataDir = await mkdtemp(path.join(tmpdir(), 'vitrine-open-'));
  stack.defer(() => rm(dataDir, { recursive: true, force: true }));
  await chmod(dataDir, mode);
  const lines: string[] = [];
  const logger = pino({ level: 'warn' }, { write: (line) => lines.push(line) });
  stack.use(await startServer({ VITRINE_DATA_DIR: dataDir }, { logger }));
  return lines.join('');
}

test('a data folder that others may open is said at the start, with its mode and what to do', async () => {
  const said = await saidAtStart(0o755);
  expect(said).toContain('"mode":"0755"');
  expect(said).toContain('chmod 700');
});

test('nothing is said of one for its owner alone', async () => {
  expect(await saidAtStart(0o700)).not.toContain('data folder');
});
