import { randomBytes } from 'node:crypto';
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { availableParallelism } from 'node:os';
import path from 'node:path';
import { isNetwork } from '@vitrine/remote';
import { type TrustedProxies, trustedProxies } from '../http/trusted-proxies.ts';
import type { SsoSettings } from '../identity/sso/sso-provider.ts';
import { type Env, SettingsError } from './env.ts';

/** What the program is built from, with every default and path worked out. */
export interface Config {
  readonly port: number;
  readonly host: string;
  readonly dataDir: string;
  readonly database:
    | { readonly kind: 'sqlite'; readonly file: string }
    | { readonly kind: 'postgres'; readonly url: string };
  readonly blobs: { readonly mode: 'disk' | 'database'; readonly inlineMax: number };
  /** Null: take the address that the server ends up listening on. */
  readonly publicUrl: string | null;
  readonly maxUploadBytes: number;
  /** How long an unfinished upload waits for its next bytes, in milliseconds. */
  readonly keepUploadsMs: number;
  /** Null: the trash is never emptied by itself. */
  readonly trashDays: number | null;
  /** 0: as fast as it goes. */
  readonly verifyBytesPerSecond: number;
  readonly collectGraceMs: number;
  readonly secret: string;
  /** Requests a minute; 0 for no limit. */
  readonly rateLimit: number;
  readonly trustedProxies: TrustedProxies;
  readonly minFreeBytes: number;
  /** 0: no reserve is kept. */
  readonly reserveBytes: number;
  /** Programs that read and render files at once. */
  readonly renderers: number;
  /** Networks beside the public internet that imports may fetch from. */
  readonly importAllow: readonly string[];
  /** Null: nothing is scanned. */
  readonly scanCommand: string | null;
  /** Null: links are shown to whoever makes them. */
  readonly mail: { readonly url: string; readonly from: string } | null;
  /** Null: people sign in with passwords and passkeys alone. */
  readonly sso: SsoSettings | null;
  readonly logLevel: Env['VITRINE_LOG'];
}

function secretOf(env: Env, dataDir: string): string {
  if (env.VITRINE_SECRET) return env.VITRINE_SECRET;
  const file = path.join(dataDir, 'secret');
  try {
    // Exclusive: of two programs that start at once, one makes the secret and the other reads it.
    writeFileSync(file, `${randomBytes(32).toString('hex')}\n`, { mode: 0o600, flag: 'wx', flush: true });
  } catch (error) {
    if (!(error instanceof Error && 'code' in error && error.code === 'EEXIST')) throw error;
  }
  return readFileSync(file, 'utf8').trim();
}

function networksOf(text: string): string[] {
  const networks = text
    .split(',')
    .map((network) => network.trim())
    .filter(Boolean);
  const wrong = networks.find((network) => !isNetwork(network));
  if (wrong !== undefined) {
    throw new SettingsError(
      `VITRINE_IMPORT_ALLOW: '${wrong}' is no network; write it as 10.20.0.0/16, or as one address.`,
    );
  }
  return networks;
}

// What is wrong is told without the address, which holds a password.
function mailOf({ VITRINE_SMTP_URL: url, VITRINE_MAIL_FROM: from }: Env): Config['mail'] {
  if (!url) return null;
  if (!URL.canParse(url) || !/^smtps?:$/.test(new URL(url).protocol)) {
    throw new SettingsError('VITRINE_SMTP_URL: must be an address that begins with smtp:// or smtps://.');
  }
  if (!from)
    throw new SettingsError('VITRINE_MAIL_FROM: say whom mails come from, e.g. vitrine@agency.example.');
  return { url, from };
}

function listOf(text: string): string[] {
  return text
    .split(',')
    .map((part) => part.trim().toLowerCase())
    .filter(Boolean);
}

function ssoOf(env: Env): Config['sso'] {
  const { VITRINE_OIDC_CLIENT_ID: clientId, VITRINE_OIDC_CLIENT_SECRET: clientSecret } = env;
  if (!env.VITRINE_OIDC_ISSUER) return null;
  if (!clientId || !clientSecret) {
    throw new SettingsError(
      'VITRINE_OIDC_CLIENT_ID and _CLIENT_SECRET: are needed with VITRINE_OIDC_ISSUER.',
    );
  }
  return {
    issuer: env.VITRINE_OIDC_ISSUER.replace(/\/+$/, ''),
    clientId,
    clientSecret,
    name: env.VITRINE_OIDC_NAME,
    domains: listOf(env.VITRINE_OIDC_DOMAINS ?? ''),
  };
}

/** Works the settings out; makes the data folder, and the secret in it when none is set. */
export function configFrom(env: Env): Config {
  if (env.VITRINE_BLOBS === 's3') {
    throw new SettingsError(
      "VITRINE_BLOBS: 's3' is not available in this version; use 'disk' or 'database'.",
    );
  }
  const url = env.VITRINE_DATABASE_URL;
  if (url && !/^postgres(ql)?:\/\//.test(url)) {
    throw new SettingsError('VITRINE_DATABASE_URL: must begin with postgres://; leave it unset for SQLite.');
  }
  const dataDir = path.resolve(env.VITRINE_DATA_DIR);
  mkdirSync(dataDir, { recursive: true, mode: 0o700 });
  return {
    port: env.VITRINE_PORT,
    host: env.VITRINE_HOST,
    dataDir,
    database: url
      ? { kind: 'postgres', url }
      : { kind: 'sqlite', file: path.join(dataDir, 'vitrine.sqlite') },
    blobs: { mode: env.VITRINE_BLOBS, inlineMax: env.VITRINE_BLOB_INLINE_MAX },
    publicUrl: env.VITRINE_PUBLIC_URL?.replace(/\/+$/, '') ?? null,
    maxUploadBytes: env.VITRINE_MAX_UPLOAD_BYTES,
    keepUploadsMs: env.VITRINE_UPLOAD_HOURS * 3600_000,
    trashDays: env.VITRINE_TRASH_DAYS || null,
    verifyBytesPerSecond: env.VITRINE_VERIFY_RATE,
    collectGraceMs: env.VITRINE_COLLECT_HOURS * 3600_000,
    secret: secretOf(env, dataDir),
    rateLimit: env.VITRINE_RATE_LIMIT,
    trustedProxies: trustedProxies(env.VITRINE_TRUSTED_PROXIES ?? ''),
    minFreeBytes: env.VITRINE_MIN_FREE_BYTES,
    reserveBytes: env.VITRINE_RESERVE_BYTES,
    renderers: env.VITRINE_RENDERERS || Math.max(2, availableParallelism()),
    importAllow: networksOf(env.VITRINE_IMPORT_ALLOW ?? ''),
    scanCommand: env.VITRINE_SCAN_COMMAND?.trim() || null,
    mail: mailOf(env),
    sso: ssoOf(env),
    logLevel: env.VITRINE_LOG,
  };
}
