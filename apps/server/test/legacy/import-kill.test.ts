import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { seededRandom } from '@vitrine/testing';
import Sqlite from 'better-sqlite3';
import { afterAll, expect, it } from 'vitest';
import { makeOldLibrary, type OldLibrary } from './old-library.ts';

const cli = fileURLToPath(new URL('../../src/cli.ts', import.meta.url));
const kills = Number(process.env['VITRINE_IMPORT_KILLS'] ?? 5);
const assets = Number(process.env['VITRINE_IMPORT_ASSETS'] ?? 120);
const seed = Number(process.env['VITRINE_IMPORT_SEED'] ?? 1);

const root = mkdtempSync(path.join(tmpdir(), 'vitrine-import-kill-'));
afterAll(() => rmSync(root, { recursive: true, force: true }));

function start(dataDir: string, command: readonly string[]) {
  const env = { ...process.env, VITRINE_DATA_DIR: dataDir, VITRINE_LOG: 'silent' };
  return spawn(process.execPath, ['--conditions=@vitrine/source', cli, ...command], { env, stdio: 'ignore' });
}

async function finish(dataDir: string, command: readonly string[]): Promise<number | null> {
  const [code] = await once(start(dataDir, command), 'exit');
  return code;
}

const importing = ({ file, files }: OldLibrary) => ['import-legacy', file, '--files', files, '--json'];

/** What the library holds, without what is another in each library: moments of the import and ids that it makes up. */
function holds(dataDir: string): Record<string, unknown[]> {
  const db = new Sqlite(path.join(dataDir, 'vitrine.sqlite'), { readonly: true });
  const queries = {
    rows: 'select source_table, source_key, outcome, target_id, "row", row_hash, notes from legacy_rows order by 1, 2',
    users: 'select id, name, email, role, disabled_at is null from users order by 1',
    clients: 'select id, user_id, name, description, brand_guidelines, row_version from clients order by 1',
    campaigns: 'select id, client_id, name, goal, status, brief, row_version from campaigns order by 1',
    assets:
      'select a.id, a.client_id, a.campaign_id, a.user_id, a.name, a.uploaded_at, v.type, v.format, v.sha256, v.size, v.width from assets a join asset_versions v on v.asset_id = a.id and v.number = a.current_version order by 1',
    tags: 'select t.asset_id, n.client_id, n.name from asset_tags t join tags n on n.id = t.tag_id order by 1, 3',
    counters: 'select * from client_counters order by 1, 2',
    quarantine: 'select id, client_id, file_name, sha256, reason from quarantined_files order by 1',
    events: 'select action, target_id, count(*) from audit_events group by 1, 2 order by 1, 2',
    jobs: 'select name, dedupe_key from jobs order by 1, 2',
  };
  try {
    return Object.fromEntries(Object.entries(queries).map(([name, text]) => [name, db.prepare(text).all()]));
  } finally {
    db.close();
  }
}

it(`an import that was killed ${kills} times and started again holds what one holds that was left in peace`, async () => {
  const old = await makeOldLibrary({
    folder: path.join(root, 'old'),
    generation: 'blobs',
    assets,
    orphans: 30,
  });
  const peaceful = path.join(root, 'peaceful');
  const began = performance.now();
  // 2: it is done, and something waits for a person.
  expect(await finish(peaceful, importing(old))).toBe(2);
  const whole = performance.now() - began;

  const killed = path.join(root, 'killed');
  const random = seededRandom(seed);
  let inTime = 0;
  for (let times = 0; times < kills; times += 1) {
    const child = start(killed, importing(old));
    const ended = once(child, 'exit');
    // Anywhere from its first breath to well within its rows.
    await Promise.race([
      pause(300 + random.below(Math.max(1, Math.round(Math.min(whole, 3000) - 300)))),
      ended,
    ]);
    child.kill('SIGKILL');
    const [, signal] = await ended;
    if (signal === 'SIGKILL') inTime += 1;
  }
  expect(await finish(killed, importing(old))).toBe(2);
  expect(holds(killed)).toEqual(holds(peaceful));
  expect(await finish(killed, ['audit', 'verify'])).toBe(0);
  expect(await finish(killed, ['doctor', '--full'])).toBe(0);
  expect(inTime).toBeGreaterThan(kills / 3);
}, 3_600_000);
