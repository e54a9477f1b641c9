import { z } from 'zod';

const blankIsUnset = (value: unknown) => (value === '' ? undefined : value);
const text = z.preprocess(blankIsUnset, z.string().optional());
const count = (fallback: number, min = 0) =>
  z.preprocess(blankIsUnset, z.coerce.number().int().min(min).default(fallback));

/** Every setting there is. `.env.example` lists the same names; a test compares them. */
export const envSchema = z.object({
  VITRINE_PORT: count(4400).describe('TCP port; 0 takes any free one'),
  VITRINE_HOST: z.preprocess(blankIsUnset, z.string().default('127.0.0.1')).describe('Address to listen on'),
  VITRINE_DATA_DIR: z
    .preprocess(blankIsUnset, z.string().default('./data'))
    .describe('Folder of database and files'),
  VITRINE_DATABASE_URL: text.describe('postgres://… ; unset: a SQLite file in the data folder'),
  VITRINE_BLOBS: z
    .preprocess(blankIsUnset, z.enum(['disk', 'database', 's3']).default('disk'))
    .describe('Where bytes are kept'),
  VITRINE_BLOB_INLINE_MAX: count(102_400).describe('Files up to this many bytes go to the database'),
  VITRINE_S3_ENDPOINT: text.describe('S3 endpoint'),
  VITRINE_S3_BUCKET: text.describe('S3 bucket'),
  VITRINE_S3_REGION: text.describe('S3 region'),
  VITRINE_S3_ACCESS_KEY: text.describe('S3 access key'),
  VITRINE_S3_SECRET_KEY: text.describe('S3 secret key'),
  VITRINE_PUBLIC_URL: z
    .preprocess(blankIsUnset, z.url({ protocol: /^https?$/ }).optional())
    .describe('How browsers reach this server; unset: http://localhost:<port>'),
  VITRINE_MAX_UPLOAD_BYTES: count(5 * 1024 ** 3, 1).describe('Largest file'),
  VITRINE_UPLOAD_HOURS: count(24, 1).describe('Hours that an unfinished upload waits for its next bytes'),
  VITRINE_TRASH_DAYS: count(30).describe(
    'Days until what is in the trash is deleted for good; 0: only when somebody empties it',
  ),
  VITRINE_COLLECT_HOURS: count(48, 1).describe(
    'Hours that bytes are kept after nothing points at them any more; longer than any upload takes',
  ),
  VITRINE_VERIFY_RATE: count(20 * 1024 ** 2).describe(
    'Bytes a second that are read back to see whether they are still right; 0: as fast as it goes',
  ),
  VITRINE_SECRET: z
    .preprocess(blankIsUnset, z.string().min(32, 'must have at least 32 characters').optional())
    .describe('Signs sessions; unset: generated into the data folder'),
  VITRINE_RATE_LIMIT: count(6000).describe(
    'Requests a minute for each key, user or address; 0 switches it off',
  ),
  VITRINE_TRUSTED_PROXIES: text.describe(
    'Reverse proxies before the server: how many, or their addresses and networks with commas between them',
  ),
  VITRINE_MIN_FREE_BYTES: count(256 * 1024 ** 2).describe('Below this free space uploads are refused'),
  VITRINE_RESERVE_BYTES: count(32 * 1024 ** 2).describe(
    'Bytes of a file that is given up when the disk is full, so that deleting still works; 0: none',
  ),
  VITRINE_IMPORT_ALLOW: text.describe(
    'Networks beside the public internet that imports may fetch from, e.g. 10.20.0.0/16, with commas between them',
  ),
  VITRINE_SCAN_COMMAND: text.describe(
    'A scanner that every upload goes through; it is given the path of a file',
  ),
  VITRINE_RENDERERS: count(0).describe(
    'Programs that open files and make thumbnails at once; 0: as many as there are processors, at least 2',
  ),
  VITRINE_SMTP_URL: text.describe(
    'smtp:// or smtps:// address of the mail server, with user:password@ where it asks; unset: links are shown to admins instead',
  ),
  VITRINE_MAIL_FROM: text.describe('Whom mails come from, e.g. Vitrine <vitrine@agency.example>'),
  VITRINE_OIDC_ISSUER: z
    .preprocess(blankIsUnset, z.url({ protocol: /^https?$/ }).optional())
    .describe('Issuer of an OpenID Connect provider that people sign in with; unset: none'),
  VITRINE_OIDC_CLIENT_ID: text.describe('What this server is to the provider'),
  VITRINE_OIDC_CLIENT_SECRET: text.describe('Its secret there'),
  VITRINE_OIDC_NAME: z
    .preprocess(blankIsUnset, z.string().default('single sign-on'))
    .describe('What the provider is called on the button'),
  VITRINE_OIDC_DOMAINS: text.describe(
    'E-mail domains of which anybody may join as a member, with commas between them; unset: only who was invited',
  ),
  VITRINE_API_KEY: text.describe('The key that `upload --server` shows to the other server'),
  VITRINE_LOG: z
    .preprocess(blankIsUnset, z.enum(['silent', 'error', 'warn', 'info', 'debug']).default('info'))
    .describe('How much is logged'),
});
export type Env = z.output<typeof envSchema>;

/** A setting that cannot be used; the message names it. */
export class SettingsError extends Error {
  override readonly name = 'SettingsError';
}

/** Reads the settings. The only place that looks at the environment. */
export function readEnv(source: NodeJS.ProcessEnv = process.env): Env {
  const parsed = envSchema.safeParse(source);
  if (parsed.success) return parsed.data;
  const lines = parsed.error.issues.map((issue) => `  ${issue.path.join('.')}: ${issue.message}`);
  throw new SettingsError(`These settings cannot be used:\n${lines.join('\n')}`);
}
