import type { BlobDamage, BlobStoreName, IdempotentAnswer } from '@vitrine/core';
import type {
  AiUse,
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
  CollectionId,
  ExceptionRole,
  GrantRole,
  GuestFileId,
  GuestFileState,
  ImportId,
  JobId,
  JobName,
  JobState,
  KeyScope,
  LegacyOutcome,
  LegacyTable,
  Preset,
  Role,
  Sha256,
  ShareId,
  ShareQuality,
  ShareTargetKind,
  ShareVisitKind,
  TagId,
  UploadId,
  UploadLinkId,
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
import {
  type CheckConstraint,
  checksFor,
  type collectionKinds,
  type importStates,
  type renditionStates,
} from '../checks.ts';

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
    /** Since when this account may not be used; null: it may. */
    disabledAt: moment('disabled_at'),
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

export const passkeys = sqliteTable(
  'passkeys',
  {
    id: text('id').primaryKey(),
    name: text('name'),
    publicKey: text('public_key').notNull(),
    userId: text('user_id')
      .$type<UserId>()
      .notNull()
      .references(() => users.id, { onDelete: 'cascade' }),
    credentialID: text('credential_id').notNull().unique('passkeys_credential'),
    counter: count('counter').notNull(),
    deviceType: text('device_type').notNull(),
    backedUp: flag('backed_up').notNull(),
    transports: text('transports'),
    createdAt: moment('created_at'),
    aaguid: text('aaguid'),
  },
  (table) => [index('passkeys_user').on(table.userId), ...checksOf(checks.passkeys)],
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
    /** Since when its bytes are being deleted: nobody may begin to use it. */
    deletingAt: count('deleting_at'),
    /** When its bytes were last read and hashed; null: never since they came. */
    verifiedAt: count('verified_at'),
    /** Since when its bytes are known to be wrong or gone: they are not served. */
    damagedAt: count('damaged_at'),
    damage: text('damage').$type<BlobDamage>(),
    /** The store that still has a copy, since the bytes were moved; it goes after a while. */
    movedFrom: text('moved_from').$type<BlobStoreName>(),
    movedAt: count('moved_at'),
  },
  (table) => [
    index('blobs_unreferenced').on(table.unreferencedAt),
    index('blobs_verified').on(table.verifiedAt, table.sha256),
    index('blobs_damaged').on(table.damagedAt),
    index('blobs_moved').on(table.movedAt),
    index('blobs_store').on(table.store, table.sha256),
    ...checksOf(checks.blobs),
  ],
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
    aiUse: text('ai_use').$type<AiUse>().notNull(),
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
    /** Where the file lay in the folder that was uploaded, without its own name. */
    path: text('path'),
    /** Lower ones come first in a generation context; null: after all that have one. */
    priority: count('priority'),
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

/** What a version was made of. Both keys carry the client, so nothing is made of another client's assets. */
export const derivations = sqliteTable(
  'derivations',
  {
    assetId: text('asset_id').$type<AssetId>().notNull(),
    version: count('version').notNull(),
    sourceAssetId: text('source_asset_id').$type<AssetId>().notNull(),
    sourceVersion: count('source_version').notNull(),
    role: text('role').notNull(),
    clientId: text('client_id').$type<ClientId>().notNull(),
  },
  (table) => [
    // The name that PostgreSQL would make of the columns is longer than it keeps.
    primaryKey({
      name: 'derivations_key',
      columns: [table.assetId, table.version, table.sourceAssetId, table.sourceVersion, table.role],
    }),
    foreignKey({
      name: 'derivations_version',
      columns: [table.assetId, table.version],
      foreignColumns: [assetVersions.assetId, assetVersions.number],
    }).onDelete('restrict'),
    foreignKey({
      name: 'derivations_source',
      columns: [table.sourceAssetId, table.sourceVersion],
      foreignColumns: [assetVersions.assetId, assetVersions.number],
    }).onDelete('restrict'),
    foreignKey({
      name: 'derivations_asset_client',
      columns: [table.assetId, table.clientId],
      foreignColumns: [assets.id, assets.clientId],
    }).onDelete('restrict'),
    foreignKey({
      name: 'derivations_source_client',
      columns: [table.sourceAssetId, table.clientId],
      foreignColumns: [assets.id, assets.clientId],
    }).onDelete('restrict'),
    index('derivations_source_index').on(table.sourceAssetId, table.sourceVersion),
    ...checksOf(checks.derivations),
  ],
);

/** How a version was generated, if it was. */
export const generations = sqliteTable(
  'generations',
  {
    assetId: text('asset_id').$type<AssetId>().notNull(),
    version: count('version').notNull(),
    generator: text('generator').notNull(),
    model: text('model'),
    prompt: text('prompt'),
    requestId: text('request_id'),
  },
  (table) => [
    primaryKey({ columns: [table.assetId, table.version] }),
    foreignKey({
      name: 'generations_of_version',
      columns: [table.assetId, table.version],
      foreignColumns: [assetVersions.assetId, assetVersions.number],
    }).onDelete('restrict'),
    ...checksOf(checks.generations),
  ],
);

/** The words inside a document, of its current version, for searching. */
export const assetTexts = sqliteTable(
  'asset_texts',
  {
    assetId: text('asset_id')
      .$type<AssetId>()
      .primaryKey()
      .references(() => assets.id, { onDelete: 'restrict' }),
    version: count('version').notNull(),
    text: text('text').notNull(),
  },
  () => checksOf(checks.assetTexts),
);

export const collections = sqliteTable(
  'collections',
  {
    id: text('id').$type<CollectionId>().primaryKey(),
    clientId: text('client_id')
      .$type<ClientId>()
      .notNull()
      .references(() => clients.id, { onDelete: 'restrict' }),
    userId: text('user_id')
      .$type<UserId>()
      .notNull()
      .references(() => users.id, { onDelete: 'restrict' }),
    name: text('name').notNull(),
    /** `fold(name)`. */
    searchText: text('search_text').notNull(),
    kind: text('kind').$type<(typeof collectionKinds)[number]>().notNull(),
    /** Of the kind 'query': the search, as it was written. */
    query: text('query'),
    createdAt: count('created_at').notNull(),
    updatedAt: count('updated_at').notNull(),
    rowVersion: count('row_version').notNull(),
  },
  (table) => [
    unique('collections_id_client').on(table.id, table.clientId),
    index('collections_client').on(table.clientId, table.searchText, table.id),
    ...checksOf(checks.collections),
  ],
);

/** Both keys carry the client, so a collection cannot hold another client's asset. */
export const collectionAssets = sqliteTable(
  'collection_assets',
  {
    collectionId: text('collection_id').$type<CollectionId>().notNull(),
    assetId: text('asset_id').$type<AssetId>().notNull(),
    clientId: text('client_id').$type<ClientId>().notNull(),
    /** Lower ones come first; gaps are left between them. */
    position: count('position').notNull(),
  },
  (table) => [
    primaryKey({ columns: [table.collectionId, table.assetId] }),
    foreignKey({
      name: 'collection_assets_collection',
      columns: [table.collectionId, table.clientId],
      foreignColumns: [collections.id, collections.clientId],
    }).onDelete('restrict'),
    foreignKey({
      name: 'collection_assets_asset',
      columns: [table.assetId, table.clientId],
      foreignColumns: [assets.id, assets.clientId],
    }).onDelete('restrict'),
    index('collection_assets_order').on(table.collectionId, table.position, table.assetId),
    index('collection_assets_asset_index').on(table.assetId),
    ...checksOf(checks.collectionAssets),
  ],
);

/** How much a client may hold at most; null or no row: as much as there is room for. */
export const clientQuotas = sqliteTable(
  'client_quotas',
  {
    clientId: text('client_id')
      .$type<ClientId>()
      .primaryKey()
      .references(() => clients.id, { onDelete: 'restrict' }),
    maxBytes: count('max_bytes'),
    maxAssets: count('max_assets'),
  },
  () => checksOf(checks.clientQuotas),
);

/** A create that may be sent again: what was asked under a caller's key, and what was answered. Forgotten after a day. */
export const idempotencyKeys = sqliteTable(
  'idempotency_keys',
  {
    /** Whose key: the acting user or API key. */
    actor: text('actor').notNull(),
    key: text('key').notNull(),
    /** Of the operation and its input: another one under the same key is refused. */
    fingerprint: text('fingerprint').$type<Sha256>().notNull(),
    /** Null while it runs. */
    answer: json<IdempotentAnswer>('answer'),
    /** Until when whoever runs it is believed to be alive. */
    leaseUntil: count('lease_until'),
    createdAt: count('created_at').notNull(),
  },
  (table) => [
    primaryKey({ columns: [table.actor, table.key] }),
    index('idempotency_keys_created').on(table.createdAt),
    ...checksOf(checks.idempotencyKeys),
  ],
);

/** Resumable uploads that are under way, or whose outcome is still asked for. */
export const uploads = sqliteTable(
  'uploads',
  {
    id: text('id').$type<UploadId>().primaryKey(),
    userId: text('user_id')
      .$type<UserId>()
      .notNull()
      .references(() => users.id, { onDelete: 'restrict' }),
    clientId: text('client_id')
      .$type<ClientId>()
      .notNull()
      .references(() => clients.id, { onDelete: 'restrict' }),
    /** The fields beside the bytes, and the tus metadata as it came. */
    fields: json<Record<string, unknown>>('fields').notNull(),
    metadata: text('metadata'),
    fileName: text('file_name').notNull(),
    /** Bytes in all; null until the sender knows. */
    length: count('length'),
    /** Bytes that are on stable storage. */
    received: count('received').notNull(),
    /** What came of it, once all is there. */
    result: json<Record<string, unknown>>('result'),
    /** The server process that writes to it now, and until when that is believed. */
    lockedBy: text('locked_by'),
    lockedUntil: count('locked_until'),
    createdAt: count('created_at').notNull(),
    expiresAt: count('expires_at').notNull(),
  },
  (table) => [index('uploads_expires').on(table.expiresAt), ...checksOf(checks.uploads)],
);

/** Files that a scan refused: kept, and served to nobody. */
export const quarantinedFiles = sqliteTable(
  'quarantined_files',
  {
    id: text('id').primaryKey(),
    clientId: text('client_id')
      .$type<ClientId>()
      .notNull()
      .references(() => clients.id, { onDelete: 'restrict' }),
    userId: text('user_id')
      .$type<UserId>()
      .notNull()
      .references(() => users.id, { onDelete: 'restrict' }),
    fileName: text('file_name').notNull(),
    sha256: text('sha256').$type<Sha256>().notNull(),
    size: count('size').notNull(),
    reason: text('reason').notNull(),
    createdAt: count('created_at').notNull(),
  },
  (table) => [
    index('quarantined_files_client').on(table.clientId, table.createdAt),
    ...checksOf(checks.quarantinedFiles),
  ],
);

/** Addresses that somebody asked to have fetched. */
export const imports = sqliteTable(
  'imports',
  {
    id: text('id').$type<ImportId>().primaryKey(),
    userId: text('user_id')
      .$type<UserId>()
      .notNull()
      .references(() => users.id, { onDelete: 'restrict' }),
    clientId: text('client_id')
      .$type<ClientId>()
      .notNull()
      .references(() => clients.id, { onDelete: 'restrict' }),
    /** What the asker's credential might do then: the work is done with no more. */
    scopes: json<KeyScope[]>('scopes'),
    createdAt: count('created_at').notNull(),
    finishedAt: count('finished_at'),
  },
  (table) => [
    index('imports_user').on(table.userId, table.createdAt),
    index('imports_client').on(table.clientId, table.createdAt),
    ...checksOf(checks.imports),
  ],
);

export const importItems = sqliteTable(
  'import_items',
  {
    importId: text('import_id')
      .$type<ImportId>()
      .notNull()
      .references(() => imports.id, { onDelete: 'cascade' }),
    position: count('position').notNull(),
    url: text('url').notNull(),
    /** The fields of the asset that is to come of it. */
    fields: json<Record<string, unknown>>('fields').notNull(),
    state: text('state').$type<(typeof importStates)[number]>().notNull(),
    receivedBytes: count('received_bytes').notNull(),
    totalBytes: count('total_bytes'),
    outcome: text('outcome'),
    assetId: text('asset_id').$type<AssetId>(),
    error: json<Record<string, unknown>>('error'),
  },
  (table) => [primaryKey({ columns: [table.importId, table.position] }), ...checksOf(checks.importItems)],
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

/** What people may do with a client's assets. Owners and admins need none of these. */
export const clientGrants = sqliteTable(
  'client_grants',
  {
    userId: text('user_id')
      .$type<UserId>()
      .notNull()
      .references(() => users.id, { onDelete: 'cascade' }),
    clientId: text('client_id')
      .$type<ClientId>()
      .notNull()
      .references(() => clients.id, { onDelete: 'restrict' }),
    role: text('role').$type<GrantRole>().notNull(),
    grantedBy: text('granted_by').$type<UserId>().notNull(),
    createdAt: count('created_at').notNull(),
  },
  (table) => [
    primaryKey({ columns: [table.userId, table.clientId] }),
    index('client_grants_client').on(table.clientId),
    ...checksOf(checks.clientGrants),
  ],
);

/** Where a campaign says otherwise than its client. */
export const campaignGrants = sqliteTable(
  'campaign_grants',
  {
    userId: text('user_id')
      .$type<UserId>()
      .notNull()
      .references(() => users.id, { onDelete: 'cascade' }),
    campaignId: text('campaign_id').$type<CampaignId>().notNull(),
    clientId: text('client_id').$type<ClientId>().notNull(),
    role: text('role').$type<ExceptionRole>().notNull(),
    grantedBy: text('granted_by').$type<UserId>().notNull(),
    createdAt: count('created_at').notNull(),
  },
  (table) => [
    primaryKey({ columns: [table.userId, table.campaignId] }),
    foreignKey({
      name: 'campaign_grants_campaign',
      columns: [table.campaignId, table.clientId],
      foreignColumns: [campaigns.id, campaigns.clientId],
    }).onDelete('restrict'),
    index('campaign_grants_campaign_index').on(table.campaignId),
    index('campaign_grants_client').on(table.userId, table.clientId),
    ...checksOf(checks.campaignGrants),
  ],
);

/** Where an asset says otherwise than its campaign or client. */
export const assetGrants = sqliteTable(
  'asset_grants',
  {
    userId: text('user_id')
      .$type<UserId>()
      .notNull()
      .references(() => users.id, { onDelete: 'cascade' }),
    assetId: text('asset_id').$type<AssetId>().notNull(),
    clientId: text('client_id').$type<ClientId>().notNull(),
    role: text('role').$type<ExceptionRole>().notNull(),
    grantedBy: text('granted_by').$type<UserId>().notNull(),
    createdAt: count('created_at').notNull(),
  },
  (table) => [
    primaryKey({ columns: [table.userId, table.assetId] }),
    foreignKey({
      name: 'asset_grants_asset',
      columns: [table.assetId, table.clientId],
      foreignColumns: [assets.id, assets.clientId],
    }).onDelete('restrict'),
    index('asset_grants_asset_index').on(table.assetId),
    index('asset_grants_client').on(table.userId, table.clientId),
    ...checksOf(checks.assetGrants),
  ],
);

/** Assets that only managers see, and whom an asset's own grant names. A row goes when its embargo ends. */
export const hiddenAssets = sqliteTable(
  'hidden_assets',
  {
    assetId: text('asset_id').$type<AssetId>().primaryKey(),
    clientId: text('client_id').$type<ClientId>().notNull(),
    /** When the embargo ends; null: when somebody says so. */
    until: count('until'),
    hiddenBy: text('hidden_by').$type<UserId>().notNull(),
    createdAt: count('created_at').notNull(),
  },
  (table) => [
    foreignKey({
      name: 'hidden_assets_asset',
      columns: [table.assetId, table.clientId],
      foreignColumns: [assets.id, assets.clientId],
    }).onDelete('restrict'),
    index('hidden_assets_client').on(table.clientId),
    index('hidden_assets_until').on(table.until),
    ...checksOf(checks.hiddenAssets),
  ],
);

/** Addresses that let people without an account see something. */
export const shareLinks = sqliteTable(
  'share_links',
  {
    id: text('id').$type<ShareId>().primaryKey(),
    collectionId: text('collection_id').$type<CollectionId>(),
    campaignId: text('campaign_id').$type<CampaignId>(),
    clientId: text('client_id')
      .$type<ClientId>()
      .notNull()
      .references(() => clients.id, { onDelete: 'restrict' }),
    userId: text('user_id')
      .$type<UserId>()
      .notNull()
      .references(() => users.id, { onDelete: 'restrict' }),
    name: text('name').notNull(),
    /** Whom it was made for. */
    recipient: text('recipient'),
    tokenHash: text('token_hash').$type<Sha256>().notNull().unique('share_links_token'),
    target: text('target').$type<ShareTargetKind>().notNull(),
    passwordHash: text('password_hash'),
    quality: text('quality').$type<ShareQuality>().notNull(),
    downloads: flag('downloads').notNull(),
    maxUses: count('max_uses'),
    uses: count('uses').notNull(),
    expiresAt: count('expires_at').notNull(),
    revokedAt: count('revoked_at'),
    createdAt: count('created_at').notNull(),
  },
  (table) => [
    unique('share_links_id_client').on(table.id, table.clientId),
    foreignKey({
      name: 'share_links_collection',
      columns: [table.collectionId, table.clientId],
      foreignColumns: [collections.id, collections.clientId],
    }).onDelete('restrict'),
    foreignKey({
      name: 'share_links_campaign',
      columns: [table.campaignId, table.clientId],
      foreignColumns: [campaigns.id, campaigns.clientId],
    }).onDelete('restrict'),
    index('share_links_client').on(table.clientId, table.createdAt, table.id),
    index('share_links_collection_index').on(table.collectionId),
    index('share_links_campaign_index').on(table.campaignId),
    ...checksOf(checks.shareLinks),
  ],
);

/** Both keys carry the client, so a link cannot show another client's asset. */
export const shareAssets = sqliteTable(
  'share_assets',
  {
    shareId: text('share_id').$type<ShareId>().notNull(),
    assetId: text('asset_id').$type<AssetId>().notNull(),
    clientId: text('client_id').$type<ClientId>().notNull(),
    position: count('position').notNull(),
  },
  (table) => [
    primaryKey({ columns: [table.shareId, table.assetId] }),
    foreignKey({
      name: 'share_assets_share',
      columns: [table.shareId, table.clientId],
      foreignColumns: [shareLinks.id, shareLinks.clientId],
    }).onDelete('restrict'),
    foreignKey({
      name: 'share_assets_asset',
      columns: [table.assetId, table.clientId],
      foreignColumns: [assets.id, assets.clientId],
    }).onDelete('restrict'),
    index('share_assets_asset_index').on(table.assetId),
    ...checksOf(checks.shareAssets),
  ],
);

/** What was done through a link. */
export const shareVisits = sqliteTable(
  'share_visits',
  {
    id: text('id').primaryKey(),
    shareId: text('share_id')
      .$type<ShareId>()
      .notNull()
      .references(() => shareLinks.id, { onDelete: 'restrict' }),
    at: count('at').notNull(),
    kind: text('kind').$type<ShareVisitKind>().notNull(),
    assetId: text('asset_id').$type<AssetId>(),
    address: text('address'),
    userAgent: text('user_agent'),
  },
  (table) => [
    index('share_visits_share').on(table.shareId, table.at, table.id),
    ...checksOf(checks.shareVisits),
  ],
);

/** Addresses at which people without an account leave files for a campaign. */
export const uploadLinks = sqliteTable(
  'upload_links',
  {
    id: text('id').$type<UploadLinkId>().primaryKey(),
    campaignId: text('campaign_id').$type<CampaignId>().notNull(),
    clientId: text('client_id').$type<ClientId>().notNull(),
    userId: text('user_id')
      .$type<UserId>()
      .notNull()
      .references(() => users.id, { onDelete: 'restrict' }),
    name: text('name').notNull(),
    message: text('message'),
    tokenHash: text('token_hash').$type<Sha256>().notNull().unique('upload_links_token'),
    passwordHash: text('password_hash'),
    maxBytes: count('max_bytes').notNull(),
    maxFiles: count('max_files').notNull(),
    expiresAt: count('expires_at').notNull(),
    revokedAt: count('revoked_at'),
    createdAt: count('created_at').notNull(),
  },
  (table) => [
    foreignKey({
      name: 'upload_links_campaign',
      columns: [table.campaignId, table.clientId],
      foreignColumns: [campaigns.id, campaigns.clientId],
    }).onDelete('restrict'),
    index('upload_links_client').on(table.clientId, table.createdAt, table.id),
    index('upload_links_campaign_index').on(table.campaignId),
    ...checksOf(checks.uploadLinks),
  ],
);

/** What came through an upload link: no asset until somebody accepts it. */
export const guestFiles = sqliteTable(
  'guest_files',
  {
    id: text('id').$type<GuestFileId>().primaryKey(),
    linkId: text('link_id')
      .$type<UploadLinkId>()
      .notNull()
      .references(() => uploadLinks.id, { onDelete: 'restrict' }),
    sender: text('sender').notNull(),
    fileName: text('file_name').notNull(),
    /** Null once it was refused: the bytes may go. */
    sha256: text('sha256')
      .$type<Sha256>()
      .references(() => blobs.sha256, { onDelete: 'restrict' }),
    size: count('size').notNull(),
    state: text('state').$type<GuestFileState>().notNull(),
    assetId: text('asset_id').$type<AssetId>(),
    createdAt: count('created_at').notNull(),
    decidedAt: count('decided_at'),
    decidedBy: text('decided_by').$type<UserId>(),
  },
  (table) => [
    index('guest_files_link').on(table.linkId, table.createdAt, table.id),
    index('guest_files_sha256_index').on(table.sha256),
    ...checksOf(checks.guestFiles),
  ],
);

/** What became of each row of the system that came before: a row here is made in the transaction that makes what it became. */
export const legacyRows = sqliteTable(
  'legacy_rows',
  {
    sourceTable: text('source_table').$type<LegacyTable>().notNull(),
    sourceKey: text('source_key').notNull(),
    outcome: text('outcome').$type<LegacyOutcome>().notNull(),
    /** Of the user, client, campaign, asset or quarantined file; null as long as there is none. */
    targetId: text('target_id'),
    /** As it was there, without bytes, as JSON. Text on both dialects: no JSON type of PostgreSQL takes every text. */
    row: text('row').notNull(),
    rowHash: text('row_hash').$type<Sha256>().notNull(),
    notes: text('notes').notNull(),
    createdAt: count('created_at').notNull(),
  },
  (table) => [
    primaryKey({ columns: [table.sourceTable, table.sourceKey] }),
    index('legacy_rows_target').on(table.targetId),
    index('legacy_rows_outcome').on(table.outcome, table.sourceTable, table.sourceKey),
    ...checksOf(checks.legacyRows),
  ],
);
