import type { BlobStoreName } from '@vitrine/core';
import type {
  AssetFormat,
  AssetId,
  AssetType,
  auditActorKinds,
  BrandGuidelines,
  CampaignBrief,
  CampaignId,
  CampaignStatus,
  Change,
  ClientId,
  JobId,
  JobName,
  JobState,
  Preset,
  Role,
  Sha256,
  TagId,
  UserId,
  UserRole,
} from '@vitrine/schema';
import { sql } from 'drizzle-orm';
import {
  check,
  foreignKey,
  index,
  integer,
  primaryKey,
  sqliteTable,
  text,
  unique,
} from 'drizzle-orm/sqlite-core';
import { type aiUses, type CheckConstraint, checksFor, type renditionStates } from '../checks.ts';

// Kept line for line beside postgres.ts; parity.test-d.ts compares the row types. No column has a default: ids and times
// come from the application. Moments are integer milliseconds; only the identity library's tables hold them as Date.
const checks = checksFor('sqlite');
// drizzle-kit reads SQLite's checks back as if every table had those of all tables. With one check of the same name in each
// table that is true, and `push` finds nothing to do.
const checksOf = (constraints: readonly CheckConstraint[]) => [
  check('valid', sql.raw(constraints.map(({ expression }) => `(${expression})`).join(' and '))),
];

const count = (name: string) => integer(name, { mode: 'number' });
const moment = (name: string) => integer(name, { mode: 'timestamp_ms' });
const flag = (name: string) => integer(name, { mode: 'boolean' });
const json = <T>(name: string) => text(name, { mode: 'json' }).$type<T>();

export const users = sqliteTable(
  'users',
  {
    id: text('id').$type<UserId>().primaryKey(),
    name: text('name').notNull(),
    email: text('email').notNull().unique('users_email'),
    emailVerified: flag('email_verified').notNull(),
    image: text('image'),
    role: text('role').$type<UserRole>().notNull(),
    createdAt: moment('created_at').notNull(),
    updatedAt: moment('updated_at').notNull(),
  },
  () => checksOf(checks.users),
);

export const sessions = sqliteTable(
  'sessions',
  {
    id: text('id').primaryKey(),
    token: text('token').notNull().unique('sessions_token'),
    userId: text('user_id')
      .$type<UserId>()
      .notNull()
      .references(() => users.id, { onDelete: 'cascade' }),
    expiresAt: moment('expires_at').notNull(),
    createdAt: moment('created_at').notNull(),
    updatedAt: moment('updated_at').notNull(),
    ipAddress: text('ip_address'),
    userAgent: text('user_agent'),
  },
  (table) => [index('sessions_user').on(table.userId), ...checksOf(checks.sessions)],
);

export const accounts = sqliteTable(
  'accounts',
  {
    id: text('id').primaryKey(),
    accountId: text('account_id').notNull(),
    providerId: text('provider_id').notNull(),
    userId: text('user_id')
      .$type<UserId>()
      .notNull()
      .references(() => users.id, { onDelete: 'cascade' }),
    accessToken: text('access_token'),
    refreshToken: text('refresh_token'),
    idToken: text('id_token'),
    accessTokenExpiresAt: moment('access_token_expires_at'),
    refreshTokenExpiresAt: moment('refresh_token_expires_at'),
    scope: text('scope'),
    password: text('password'),
    createdAt: moment('created_at').notNull(),
    updatedAt: moment('updated_at').notNull(),
  },
  (table) => [index('accounts_user').on(table.userId), ...checksOf(checks.accounts)],
);

export const verifications = sqliteTable(
  'verifications',
  {
    id: text('id').primaryKey(),
    identifier: text('identifier').notNull(),
    value: text('value').notNull(),
    expiresAt: moment('expires_at').notNull(),
    createdAt: moment('created_at').notNull(),
    updatedAt: moment('updated_at').notNull(),
  },
  (table) => [index('verifications_identifier').on(table.identifier), ...checksOf(checks.verifications)],
);

export const apiKeys = sqliteTable(
  'api_keys',
  {
    id: text('id').primaryKey(),
    configId: text('config_id').notNull(),
    name: text('name'),
    start: text('start'),
    referenceId: text('reference_id')
      .$type<UserId>()
      .notNull()
      .references(() => users.id, { onDelete: 'cascade' }),
    prefix: text('prefix'),
    key: text('key').notNull(),
    refillInterval: count('refill_interval'),
    refillAmount: count('refill_amount'),
    lastRefillAt: moment('last_refill_at'),
    enabled: flag('enabled'),
    rateLimitEnabled: flag('rate_limit_enabled'),
    rateLimitTimeWindow: count('rate_limit_time_window'),
    rateLimitMax: count('rate_limit_max'),
    requestCount: count('request_count'),
    remaining: count('remaining'),
    lastRequest: moment('last_request'),
    expiresAt: moment('expires_at'),
    createdAt: moment('created_at').notNull(),
    updatedAt: moment('updated_at').notNull(),
    permissions: text('permissions'),
    metadata: text('metadata'),
  },
  (table) => [
    index('api_keys_key').on(table.key),
    index('api_keys_reference').on(table.referenceId),
    index('api_keys_config').on(table.configId),
    ...checksOf(checks.apiKeys),
  ],
);

export const clients = sqliteTable(
  'clients',
  {
    id: text('id').$type<ClientId>().primaryKey(),
    userId: text('user_id')
      .$type<UserId>()
      .notNull()
      .references(() => users.id, { onDelete: 'restrict' }),
    name: text('name').notNull(),
    description: text('description').notNull(),
    brandGuidelines: json<BrandGuidelines>('brand_guidelines'),
    /** `fold(name)`: what searches compare and lists are sorted by. */
    searchText: text('search_text').notNull(),
    createdAt: count('created_at').notNull(),
    updatedAt: count('updated_at').notNull(),
    archivedAt: count('archived_at'),
    rowVersion: count('row_version').notNull(),
  },
  (table) => [index('clients_user').on(table.userId), ...checksOf(checks.clients)],
);

export const campaigns = sqliteTable(
  'campaigns',
  {
    id: text('id').$type<CampaignId>().primaryKey(),
    clientId: text('client_id')
      .$type<ClientId>()
      .notNull()
      .references(() => clients.id, { onDelete: 'restrict' }),
    name: text('name').notNull(),
    goal: text('goal').notNull(),
    status: text('status').$type<CampaignStatus>().notNull(),
    brief: json<CampaignBrief>('brief'),
    createdAt: count('created_at').notNull(),
    updatedAt: count('updated_at').notNull(),
    rowVersion: count('row_version').notNull(),
  },
  (table) => [
    // The target of the composite key that ties an asset's campaign to the asset's client.
    unique('campaigns_id_client').on(table.id, table.clientId),
    index('campaigns_client').on(table.clientId, table.createdAt, table.id),
    ...checksOf(checks.campaigns),
  ],
);

export const blobs = sqliteTable(
  'blobs',
  {
    sha256: text('sha256').$type<Sha256>().primaryKey(),
    /** Bytes. */
    size: count('size').notNull(),
    store: text('store').$type<BlobStoreName>().notNull(),
    createdAt: count('created_at').notNull(),
    /** Since when nothing points at it; null while something does. */
    unreferencedAt: count('unreferenced_at'),
  },
  (table) => [index('blobs_unreferenced').on(table.unreferencedAt), ...checksOf(checks.blobs)],
);

/** Facts of bytes live here; an asset points at its current version. `asset_id` has no foreign key back: the version comes first. */
export const assetVersions = sqliteTable(
  'asset_versions',
  {
    assetId: text('asset_id').$type<AssetId>().notNull(),
    number: count('number').notNull(),
    type: text('type').$type<AssetType>().notNull(),
    format: text('format').$type<AssetFormat>().notNull(),
    mimeType: text('mime_type').notNull(),
    /** Bytes. */
    size: count('size').notNull(),
    sha256: text('sha256')
      .$type<Sha256>()
      .notNull()
      .references(() => blobs.sha256, { onDelete: 'restrict' }),
    width: count('width'),
    height: count('height'),
    durationMs: count('duration_ms'),
    pageCount: count('page_count'),
    /** Where in a video its poster is taken; null: the first frame that shows something. */
    posterMs: count('poster_ms'),
    createdBy: text('created_by')
      .$type<UserId>()
      .notNull()
      .references(() => users.id, { onDelete: 'restrict' }),
    createdAt: count('created_at').notNull(),
    note: text('note'),
    sourceUrl: text('source_url'),
    licence: text('licence'),
    validFrom: count('valid_from'),
    validTo: count('valid_to'),
    territories: json<string[]>('territories'),
    channels: json<string[]>('channels'),
    credit: text('credit'),
    aiUse: text('ai_use').$type<(typeof aiUses)[number]>().notNull(),
  },
  (table) => [
    primaryKey({ columns: [table.assetId, table.number] }),
    unique('asset_versions_type').on(table.assetId, table.number, table.type),
    index('asset_versions_sha256_index').on(table.sha256),
    ...checksOf(checks.assetVersions),
  ],
);

export const assets = sqliteTable(
  'assets',
  {
    id: text('id').$type<AssetId>().primaryKey(),
    campaignId: text('campaign_id').$type<CampaignId>(),
    clientId: text('client_id')
      .$type<ClientId>()
      .notNull()
      .references(() => clients.id, { onDelete: 'restrict' }),
    userId: text('user_id')
      .$type<UserId>()
      .notNull()
      .references(() => users.id, { onDelete: 'restrict' }),
    currentVersion: count('current_version').notNull(),
    type: text('type').$type<AssetType>().notNull(),
    name: text('name').notNull(),
    /** `fold(name)`. */
    searchText: text('search_text').notNull(),
    rowVersion: count('row_version').notNull(),
    uploadedAt: count('uploaded_at').notNull(),
    updatedAt: count('updated_at').notNull(),
    trashedAt: count('trashed_at'),
  },
  (table) => [
    unique('assets_id_client').on(table.id, table.clientId),
    unique('assets_id_type').on(table.id, table.type),
    foreignKey({
      name: 'assets_campaign_of_client',
      columns: [table.campaignId, table.clientId],
      foreignColumns: [campaigns.id, campaigns.clientId],
    }).onDelete('restrict'),
    foreignKey({
      name: 'assets_current_version',
      columns: [table.id, table.currentVersion, table.type],
      foreignColumns: [assetVersions.assetId, assetVersions.number, assetVersions.type],
    }).onDelete('restrict'),
    // Each way of listing walks one of these backwards, newest first. `trashed_at is null` counts as an equality here, so no
    // row of the trash is looked at. (A partial index would say the same, but drizzle-kit does not read its condition back.)
    index('assets_newest').on(table.trashedAt, table.uploadedAt, table.id),
    index('assets_of_client').on(table.clientId, table.trashedAt, table.uploadedAt, table.id),
    index('assets_of_campaign').on(table.campaignId, table.trashedAt, table.uploadedAt, table.id),
    index('assets_by_type').on(table.type, table.trashedAt, table.uploadedAt, table.id),
    index('assets_of_client_by_type').on(
      table.clientId,
      table.type,
      table.trashedAt,
      table.uploadedAt,
      table.id,
    ),
    ...checksOf(checks.assets),
  ],
);

export const assetRoles = sqliteTable(
  'asset_roles',
  {
    assetId: text('asset_id').$type<AssetId>().notNull(),
    type: text('type').$type<AssetType>().notNull(),
    role: text('role').$type<Role>().notNull(),
  },
  (table) => [
    primaryKey({ columns: [table.assetId, table.role] }),
    foreignKey({
      name: 'asset_roles_asset',
      columns: [table.assetId, table.type],
      foreignColumns: [assets.id, assets.type],
    }).onDelete('restrict'),
    index('asset_roles_role_index').on(table.role, table.assetId),
    ...checksOf(checks.assetRoles),
  ],
);

export const tags = sqliteTable(
  'tags',
  {
    id: text('id').$type<TagId>().primaryKey(),
    clientId: text('client_id')
      .$type<ClientId>()
      .notNull()
      .references(() => clients.id, { onDelete: 'restrict' }),
    name: text('name').notNull(),
    /** `tagKey(name)`: what makes two tags of a client the same. */
    nameKey: text('name_key').notNull(),
  },
  (table) => [
    unique('tags_client_name').on(table.clientId, table.nameKey),
    unique('tags_id_client').on(table.id, table.clientId),
    ...checksOf(checks.tags),
  ],
);

/** Both keys carry the client, so an asset cannot have another client's tag. */
export const assetTags = sqliteTable(
  'asset_tags',
  {
    assetId: text('asset_id').$type<AssetId>().notNull(),
    tagId: text('tag_id').$type<TagId>().notNull(),
    clientId: text('client_id').$type<ClientId>().notNull(),
  },
  (table) => [
    primaryKey({ columns: [table.assetId, table.tagId] }),
    foreignKey({
      name: 'asset_tags_tag',
      columns: [table.tagId, table.clientId],
      foreignColumns: [tags.id, tags.clientId],
    }).onDelete('restrict'),
    foreignKey({
      name: 'asset_tags_asset',
      columns: [table.assetId, table.clientId],
      foreignColumns: [assets.id, assets.clientId],
    }).onDelete('restrict'),
    index('asset_tags_tag_index').on(table.tagId, table.assetId),
    ...checksOf(checks.assetTags),
  ],
);

export const clientCounters = sqliteTable(
  'client_counters',
  {
    clientId: text('client_id')
      .$type<ClientId>()
      .notNull()
      .references(() => clients.id, { onDelete: 'restrict' }),
    type: text('type').$type<AssetType>().notNull(),
    count: count('count').notNull(),
    bytes: count('bytes').notNull(),
  },
  (table) => [primaryKey({ columns: [table.clientId, table.type] }), ...checksOf(checks.clientCounters)],
);

export const campaignCounters = sqliteTable(
  'campaign_counters',
  {
    campaignId: text('campaign_id')
      .$type<CampaignId>()
      .notNull()
      .references(() => campaigns.id, { onDelete: 'restrict' }),
    type: text('type').$type<AssetType>().notNull(),
    count: count('count').notNull(),
    bytes: count('bytes').notNull(),
  },
  (table) => [primaryKey({ columns: [table.campaignId, table.type] }), ...checksOf(checks.campaignCounters)],
);

/** What was made of a version; a preset without a row is pending. The key carries the kind, so each has only its own presets. */
export const renditions = sqliteTable(
  'renditions',
  {
    assetId: text('asset_id').$type<AssetId>().notNull(),
    version: count('version').notNull(),
    type: text('type').$type<AssetType>().notNull(),
    preset: text('preset').$type<Preset>().notNull(),
    state: text('state').$type<(typeof renditionStates)[number]>().notNull(),
    sha256: text('sha256')
      .$type<Sha256>()
      .references(() => blobs.sha256, { onDelete: 'restrict' }),
    mimeType: text('mime_type'),
    width: count('width'),
    height: count('height'),
    thumbhash: text('thumbhash'),
    reason: text('reason'),
    madeAt: count('made_at').notNull(),
  },
  (table) => [
    primaryKey({ columns: [table.assetId, table.version, table.preset] }),
    foreignKey({
      name: 'renditions_version',
      columns: [table.assetId, table.version, table.type],
      foreignColumns: [assetVersions.assetId, assetVersions.number, assetVersions.type],
    }).onDelete('restrict'),
    index('renditions_sha256_index').on(table.sha256),
    ...checksOf(checks.renditions),
  ],
);

/** What those hear who watch; forgotten after a while. `seq` follows the order of commits. */
export const changes = sqliteTable(
  'changes',
  {
    seq: count('seq').notNull(),
    at: count('at').notNull(),
    clientId: text('client_id').$type<ClientId>().notNull(),
    body: json<Change>('body').notNull(),
  },
  (table) => [
    primaryKey({ columns: [table.seq] }),
    index('changes_at').on(table.at),
    ...checksOf(checks.changes),
  ],
);

/** The queue of background work. */
export const jobs = sqliteTable(
  'jobs',
  {
    id: text('id').$type<JobId>().primaryKey(),
    name: text('name').$type<JobName>().notNull(),
    payload: json<Record<string, unknown>>('payload').notNull(),
    dedupeKey: text('dedupe_key').notNull(),
    /** The dedupe key as long as it waits, then null: of one key, one waits. */
    waitingKey: text('waiting_key').unique('jobs_waiting_key'),
    state: text('state').$type<JobState>().notNull(),
    /** Lower ones go first. */
    priority: count('priority').notNull(),
    attempts: count('attempts').notNull(),
    maxAttempts: count('max_attempts').notNull(),
    runAt: count('run_at').notNull(),
    /** Who works on it, and until when that is believed. */
    worker: text('worker'),
    leaseUntil: count('lease_until'),
    error: text('error'),
    createdAt: count('created_at').notNull(),
    startedAt: count('started_at'),
    finishedAt: count('finished_at'),
  },
  (table) => [
    index('jobs_next').on(table.state, table.priority, table.runAt, table.id),
    ...checksOf(checks.jobs),
  ],
);

/** Append-only: triggers of the second migration refuse UPDATE and DELETE. */
export const auditEvents = sqliteTable(
  'audit_events',
  {
    seq: count('seq').notNull(),
    at: count('at').notNull(),
    actorKind: text('actor_kind').$type<(typeof auditActorKinds)[number]>().notNull(),
    actorId: text('actor_id'),
    action: text('action').notNull(),
    targetType: text('target_type').notNull(),
    targetId: text('target_id').notNull(),
    clientId: text('client_id'),
    before: json<Record<string, unknown>>('before'),
    after: json<Record<string, unknown>>('after'),
    requestId: text('request_id'),
    address: text('address'),
    previousHash: text('previous_hash').notNull(),
    hash: text('hash').notNull(),
  },
  (table) => [
    primaryKey({ columns: [table.seq] }),
    index('audit_events_target').on(table.targetType, table.targetId, table.seq),
    index('audit_events_client').on(table.clientId, table.seq),
    ...checksOf(checks.auditEvents),
  ],
);
