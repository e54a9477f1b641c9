import { mkdtemp, readdir, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import type { BlobStore } from '@vitrine/core';
import type { KeyScope, UserRole } from '@vitrine/schema';
import Sqlite from 'better-sqlite3';
import { z } from 'zod';
import type { ComposeOverrides, Composition } from '../src/compose.ts';
import { configFrom } from '../src/config/config.ts';
import { envSchema } from '../src/config/env.ts';
import { serve } from '../src/serve.ts';

export interface TestUser {
  readonly id: string;
  readonly email: string;
  readonly password: string;
  readonly key: string;
}

export interface TestServer extends AsyncDisposable {
  readonly url: string;
  readonly dataDir: string;
  /** What it is made of, for what no request can do. */
  readonly composition: Composition;
  /** The owner, who may do everything. */
  readonly owner: TestUser;
  addUser(role: UserRole, scopes?: readonly KeyScope[]): Promise<TestUser>;
  /** Makes a client or a campaign and answers its id. */
  create(address: '/api/clients' | '/api/campaigns', body: object): Promise<string>;
  /** A request with the owner's key, unless `key` says otherwise (null: none). */
  request(address: string, init?: RequestInit & { key?: string | null }): Promise<Response>;
  /** Changes rows past the library. */
  sql(text: string): void;
  /** How many files are waiting, how many blobs are stored and how many rows there are. */
  leftovers(): Promise<{ staging: number; blobs: number; assets: number }>;
}

async function countBlobs(stores: readonly BlobStore[]): Promise<number> {
  const hashes = await Promise.all(stores.map((store) => Array.fromAsync(store.list())));
  return hashes.flat().length;
}

/** What `request` needs to send JSON. */
export function jsonRequest(method: string, body: object): RequestInit & { headers: Record<string, string> } {
  return { method, headers: { 'content-type': 'application/json' }, body: JSON.stringify(body) };
}

/**
 * A real server on a free port with a fresh data folder, which goes when it is disposed. Background work waits, unless `background`
 * says otherwise: most tests count files while nothing else happens.
 */
export async function startServer(
  settings: Record<string, string> = {},
  overrides: ComposeOverrides = {},
): Promise<TestServer> {
  const dataDir = settings['VITRINE_DATA_DIR'] ?? (await mkdtemp(path.join(tmpdir(), 'vitrine-test-')));
  const env = envSchema.parse({
    VITRINE_PORT: '0',
    VITRINE_LOG: 'silent',
    VITRINE_RATE_LIMIT: '0',
    VITRINE_RESERVE_BYTES: '0',
    VITRINE_DATA_DIR: dataDir,
    ...settings,
  });
  const server = await serve(configFrom(env), { background: false, ...overrides });
  const { accounts, blobs, database } = server.composition;
  let users = 0;

  async function addUser(role: UserRole, scopes?: readonly KeyScope[]): Promise<TestUser> {
    users += 1;
    const email = `${role}-${users}@vitrine.example`;
    const password = 'correct horse battery';
    const user = await accounts.createUser({ email, role, password });
    const { key } = await accounts.createKey({ userId: user.id, ...(scopes && { scopes }) });
    return { id: user.id, email, password, key };
  }

  const owner = await addUser('owner');
  const request: TestServer['request'] = (address, { key = owner.key, ...init } = {}) => {
    const headers = new Headers(init.headers);
    if (key !== null) headers.set('authorization', `Bearer ${key}`);
    return fetch(new URL(address, server.url), { ...init, headers });
  };
  return {
    url: server.url,
    dataDir,
    composition: server.composition,
    owner,
    addUser,
    request,
    async create(address, body) {
      const answer = await request(address, jsonRequest('POST', body));
      return z.object({ id: z.string() }).parse(await answer.json()).id;
    },
    sql(text) {
      // The server's own SQLite: another copy of the library knows nothing of its locks, and takes its log away when it closes.
      const rows = new Sqlite(path.join(dataDir, 'vitrine.sqlite'));
      rows.exec(text);
      rows.close();
    },
    async leftovers() {
      const staging = (await readdir(path.join(dataDir, 'staging'))).length;
      const assets = await database.read((readers) => readers.assets.count({ visibility: { kind: 'all' } }));
      return { staging, blobs: await countBlobs(blobs.all), assets };
    },
    async [Symbol.asyncDispose]() {
      await server[Symbol.asyncDispose]();
      if (!settings['VITRINE_DATA_DIR']) await rm(dataDir, { recursive: true, force: true });
    },
  };
}
