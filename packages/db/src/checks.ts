import { blobDamages, blobStoreNames } from '@vitrine/core';
import {
  type AssetType,
  aiUses,
  assetTypes,
  auditActorKinds,
  campaignStatuses,
  describeFormat,
  exceptionRoles,
  type FactName,
  factNames,
  factRule,
  formatsOf,
  grantRoles,
  guestFileStates,
  legacyOutcomes,
  legacyTables,
  maxFact,
  presetTable,
  roleTable,
  shareQualities,
  shareTargetKinds,
  shareVisitKinds,
  userRoles,
} from '@vitrine/schema';

export type DialectName = 'sqlite' | 'postgres';

/** A CHECK constraint: its name and its expression as SQL text. */
export interface CheckConstraint {
  readonly name: string;
  readonly expression: string;
}

/** A collection is a list that people keep, or a search that is run anew each time. */
export const collectionKinds = ['list', 'query'] as const;

/** How far one address of an import has come. */
export const importStates = ['waiting', 'running', 'done', 'failed'] as const;

/** How far making a rendition came; one that is pending has no row. */
export const renditionStates = ['ready', 'failed'] as const;

const quote = (text: string) => `'${text.replaceAll("'", "''")}'`;
const column = (name: string) => `"${name.replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`)}"`;
const oneOf = (name: string, values: readonly string[]) =>
  `${column(name)} in (${values.map(quote).join(', ')})`;
const all = (conditions: readonly string[]) => conditions.join(' and ');
const any = (conditions: readonly string[]) => conditions.map((condition) => `(${condition})`).join(' or ');

/** SQLite stores whatever it is given in an integer column, fractions and words included; PostgreSQL refuses them itself. */
const isInteger = (dialect: DialectName, name: string) =>
  dialect === 'sqlite' ? [`typeof(${column(name)}) = 'integer'`] : [];

// A CHECK whose value is NULL passes, so `is not null` is written out wherever NULL is wrong.
const between = (dialect: DialectName, name: string, [least, most]: readonly [number, number]) =>
  all([
    `${column(name)} is not null`,
    ...isInteger(dialect, name),
    `${column(name)} >= ${least}`,
    `${column(name)} <= ${most}`,
  ]);

const positive = (dialect: DialectName, name: string) => between(dialect, name, [1, maxFact]);
const notNegative = (dialect: DialectName, name: string) => between(dialect, name, [0, maxFact]);

function factCondition(dialect: DialectName, type: AssetType, name: FactName): string {
  const rule = factRule(type, name);
  switch (rule) {
    case 'required':
      return positive(dialect, name);
    case 'nullable':
      return `(${any([`${column(name)} is null`, positive(dialect, name)])})`;
    case 'absent':
      return `${column(name)} is null`;
    default:
      return rule satisfies never;
  }
}

const variant = (dialect: DialectName, type: AssetType) =>
  all([
    `"type" = ${quote(type)}`,
    oneOf('format', formatsOf(type)),
    ...factNames.map((name) => factCondition(dialect, type, name)),
  ]);

const mimeTypesOf = (type: AssetType) =>
  formatsOf(type).map((format) =>
    all([`"format" = ${quote(format)}`, oneOf('mimeType', describeFormat(format).mimeTypes)]),
  );

const isSha256 = (dialect: DialectName, name: string) =>
  dialect === 'sqlite'
    ? all([
        `typeof(${column(name)}) = 'text'`,
        `length(${column(name)}) = 64`,
        `${column(name)} not glob '*[^0-9a-f]*'`,
      ])
    : `${column(name)} ~ '^[0-9a-f]{64}$'`;

const isFilled = (name: string) => `length(${column(name)}) > 0`;

const hasNoUnitSeparator = (dialect: DialectName, name: string) =>
  dialect === 'sqlite' ? `instr(${column(name)}, char(31)) = 0` : `strpos(${column(name)}, chr(31)) = 0`;

/** The constraints of every table that has some, derived from the schema package's tables and shapes. */
export function checksFor(dialect: DialectName) {
  return {
    users: [{ name: 'users_role', expression: oneOf('role', userRoles) }],
    sessions: [{ name: 'sessions_token_filled', expression: isFilled('token') }],
    accounts: [{ name: 'accounts_account_filled', expression: isFilled('accountId') }],
    verifications: [{ name: 'verifications_identifier_filled', expression: isFilled('identifier') }],
    passkeys: [{ name: 'passkeys_key_filled', expression: isFilled('publicKey') }],
    apiKeys: [{ name: 'api_keys_key_filled', expression: isFilled('key') }],
    clients: [
      { name: 'clients_name', expression: isFilled('name') },
      { name: 'clients_row_version', expression: positive(dialect, 'rowVersion') },
    ],
    campaigns: [
      { name: 'campaigns_name', expression: isFilled('name') },
      { name: 'campaigns_status', expression: oneOf('status', campaignStatuses) },
      { name: 'campaigns_row_version', expression: positive(dialect, 'rowVersion') },
    ],
    blobs: [
      { name: 'blobs_sha256', expression: isSha256(dialect, 'sha256') },
      { name: 'blobs_size', expression: positive(dialect, 'size') },
      { name: 'blobs_store', expression: oneOf('store', blobStoreNames) },
      {
        name: 'blobs_damage',
        expression: any([
          all([`"damaged_at" is null`, `"damage" is null`]),
          all([`"damaged_at" is not null`, `"damage" is not null`, oneOf('damage', blobDamages)]),
        ]),
      },
      {
        name: 'blobs_moved',
        expression: any([
          all([`"moved_at" is null`, `"moved_from" is null`]),
          all([
            `"moved_at" is not null`,
            `"moved_from" is not null`,
            oneOf('movedFrom', blobStoreNames),
            `"moved_from" <> "store"`,
          ]),
        ]),
      },
    ],
    assetVersions: [
      { name: 'asset_versions_number', expression: positive(dialect, 'number') },
      { name: 'asset_versions_facts', expression: any(assetTypes.map((type) => variant(dialect, type))) },
      { name: 'asset_versions_mime_type', expression: any(assetTypes.flatMap(mimeTypesOf)) },
      { name: 'asset_versions_size', expression: positive(dialect, 'size') },
      { name: 'asset_versions_sha256', expression: isSha256(dialect, 'sha256') },
      {
        name: 'asset_versions_poster',
        expression: any([
          `"poster_ms" is null`,
          all([`"type" = 'video'`, notNegative(dialect, 'posterMs'), `"poster_ms" <= "duration_ms"`]),
        ]),
      },
      { name: 'asset_versions_ai_use', expression: oneOf('aiUse', aiUses) },
    ],
    assets: [
      { name: 'assets_name', expression: isFilled('name') },
      { name: 'assets_row_version', expression: positive(dialect, 'rowVersion') },
      { name: 'assets_uploaded_at', expression: notNegative(dialect, 'uploadedAt') },
      { name: 'assets_priority', expression: any([`"priority" is null`, positive(dialect, 'priority')]) },
    ],
    assetRoles: [
      {
        name: 'asset_roles_role',
        expression: any(
          assetTypes
            .filter((type) => roleTable[type].length > 0)
            .map((type) => all([`"type" = ${quote(type)}`, oneOf('role', roleTable[type])])),
        ),
      },
    ],
    assetTags: [{ name: 'asset_tags_client_filled', expression: isFilled('clientId') }],
    renditions: [
      {
        name: 'renditions_preset',
        expression: any(
          assetTypes.map((type) => all([`"type" = ${quote(type)}`, oneOf('preset', presetTable[type])])),
        ),
      },
      {
        name: 'renditions_state',
        expression: any(renditionStates.map((state) => rendition(dialect, state))),
      },
    ],
    changes: [
      { name: 'changes_seq', expression: positive(dialect, 'seq') },
      { name: 'changes_client_filled', expression: isFilled('clientId') },
    ],
    jobs: [
      { name: 'jobs_name', expression: isFilled('name') },
      // Only one that waits holds its key, and only one that runs has a worker.
      { name: 'jobs_waiting', expression: `("state" = 'waiting') = ("waiting_key" is not null)` },
      {
        name: 'jobs_state',
        expression: any([
          `"state" = 'running' and "worker" is not null and "lease_until" is not null`,
          all([oneOf('state', ['waiting', 'done', 'dead']), `"worker" is null`, `"lease_until" is null`]),
        ]),
      },
      { name: 'jobs_attempts', expression: notNegative(dialect, 'attempts') },
      { name: 'jobs_max_attempts', expression: positive(dialect, 'maxAttempts') },
    ],
    derivations: [
      { name: 'derivations_number', expression: positive(dialect, 'version') },
      { name: 'derivations_role', expression: isFilled('role') },
      // A version is not made of itself; longer circles are refused where lineage is written.
      {
        name: 'derivations_other',
        expression: `"asset_id" <> "source_asset_id" or "version" <> "source_version"`,
      },
    ],
    generations: [{ name: 'generations_generator', expression: isFilled('generator') }],
    assetTexts: [{ name: 'asset_texts_version', expression: positive(dialect, 'version') }],
    collections: [
      { name: 'collections_name', expression: isFilled('name') },
      {
        name: 'collections_kind',
        expression: any([`"kind" = 'list' and "query" is null`, `"kind" = 'query' and "query" is not null`]),
      },
      { name: 'collections_row_version', expression: positive(dialect, 'rowVersion') },
    ],
    collectionAssets: [{ name: 'collection_assets_position', expression: notNegative(dialect, 'position') }],
    clientQuotas: [
      {
        name: 'client_quotas_bytes',
        expression: any([`"max_bytes" is null`, notNegative(dialect, 'maxBytes')]),
      },
      {
        name: 'client_quotas_assets',
        expression: any([`"max_assets" is null`, notNegative(dialect, 'maxAssets')]),
      },
    ],
    idempotencyKeys: [
      { name: 'idempotency_keys_key', expression: isFilled('key') },
      // An answer is kept once there is one.
      { name: 'idempotency_keys_answer', expression: `("answer" is null) = ("lease_until" is not null)` },
    ],
    uploads: [
      { name: 'uploads_received', expression: notNegative(dialect, 'received') },
      {
        name: 'uploads_length',
        expression: any([`"length" is null`, all([positive(dialect, 'length'), `"received" <= "length"`])]),
      },
      { name: 'uploads_lock', expression: `("locked_by" is null) = ("locked_until" is null)` },
    ],
    quarantinedFiles: [
      { name: 'quarantined_files_sha256', expression: isSha256(dialect, 'sha256') },
      { name: 'quarantined_files_size', expression: positive(dialect, 'size') },
      { name: 'quarantined_files_reason', expression: isFilled('reason') },
    ],
    imports: [{ name: 'imports_client_filled', expression: isFilled('clientId') }],
    importItems: [
      { name: 'import_items_position', expression: notNegative(dialect, 'position') },
      { name: 'import_items_state', expression: oneOf('state', importStates) },
      {
        name: 'import_items_end',
        expression: all([
          `("state" = 'done') = ("outcome" is not null and "asset_id" is not null)`,
          `("state" = 'failed') = ("error" is not null)`,
        ]),
      },
    ],
    clientGrants: [{ name: 'client_grants_role', expression: oneOf('role', grantRoles) }],
    campaignGrants: [{ name: 'campaign_grants_role', expression: oneOf('role', exceptionRoles) }],
    assetGrants: [{ name: 'asset_grants_role', expression: oneOf('role', exceptionRoles) }],
    hiddenAssets: [{ name: 'hidden_assets_client_filled', expression: isFilled('clientId') }],
    shareLinks: [
      { name: 'share_links_name', expression: isFilled('name') },
      { name: 'share_links_token_hash', expression: isSha256(dialect, 'tokenHash') },
      { name: 'share_links_target', expression: any(shareTargetKinds.map(shareTarget)) },
      { name: 'share_links_quality', expression: oneOf('quality', shareQualities) },
      { name: 'share_links_uses', expression: notNegative(dialect, 'uses') },
      {
        name: 'share_links_max_uses',
        expression: any([`"max_uses" is null`, all([positive(dialect, 'maxUses'), `"uses" <= "max_uses"`])]),
      },
    ],
    shareAssets: [{ name: 'share_assets_position', expression: notNegative(dialect, 'position') }],
    shareVisits: [{ name: 'share_visits_kind', expression: oneOf('kind', shareVisitKinds) }],
    uploadLinks: [
      { name: 'upload_links_name', expression: isFilled('name') },
      { name: 'upload_links_token_hash', expression: isSha256(dialect, 'tokenHash') },
      { name: 'upload_links_bytes', expression: positive(dialect, 'maxBytes') },
      { name: 'upload_links_files', expression: positive(dialect, 'maxFiles') },
    ],
    guestFiles: [
      { name: 'guest_files_sender', expression: isFilled('sender') },
      { name: 'guest_files_size', expression: positive(dialect, 'size') },
      { name: 'guest_files_state', expression: any(guestFileStates.map(guestFile)) },
    ],
    tags: [
      { name: 'tags_name', expression: isFilled('name') },
      { name: 'tags_name_key', expression: isFilled('nameKey') },
      // Lists read an asset's tags as one text with this character between them.
      { name: 'tags_name_separator', expression: hasNoUnitSeparator(dialect, 'name') },
    ],
    legacyRows: [
      { name: 'legacy_rows_table', expression: oneOf('sourceTable', legacyTables) },
      { name: 'legacy_rows_outcome', expression: oneOf('outcome', legacyOutcomes) },
      { name: 'legacy_rows_target', expression: `("target_id" is null) = ("outcome" = 'missing_bytes')` },
      { name: 'legacy_rows_hash', expression: isSha256(dialect, 'rowHash') },
    ],
    clientCounters: counterChecks(dialect, 'client_counters'),
    campaignCounters: counterChecks(dialect, 'campaign_counters'),
    auditEvents: [
      { name: 'audit_events_seq', expression: positive(dialect, 'seq') },
      { name: 'audit_events_actor_kind', expression: oneOf('actorKind', auditActorKinds) },
      { name: 'audit_events_hash', expression: isSha256(dialect, 'hash') },
    ],
  } as const satisfies Record<string, readonly CheckConstraint[]>;
}

/** A link to a collection or a campaign names it; one to assets has rows of its own. */
function shareTarget(target: (typeof shareTargetKinds)[number]): string {
  const named = { asset: null, assets: null, collection: 'collectionId', campaign: 'campaignId' }[target];
  return all([
    `"target" = ${quote(target)}`,
    ...['collectionId', 'campaignId'].map((name) => `${column(name)} is ${name === named ? 'not ' : ''}null`),
  ]);
}

/** Only what was accepted is an asset, and only what was refused has no bytes. */
function guestFile(state: (typeof guestFileStates)[number]): string {
  return all([
    `"state" = ${quote(state)}`,
    `"sha256" is ${state === 'refused' ? '' : 'not '}null`,
    `"asset_id" is ${state === 'accepted' ? 'not ' : ''}null`,
    `"decided_at" is ${state === 'waiting' ? '' : 'not '}null`,
  ]);
}

/** A ready one has bytes, and a size in pixels unless it is peaks; a failed one has nothing but a reason. */
function rendition(dialect: DialectName, state: (typeof renditionStates)[number]): string {
  const is = `"state" = ${quote(state)}`;
  const none = (...names: string[]) => names.map((name) => `${column(name)} is null`);
  switch (state) {
    case 'ready':
      return all([
        is,
        `"sha256" is not null`,
        `"mime_type" is not null`,
        ...none('reason'),
        `(${any([
          all([`"preset" = 'waveform'`, ...none('width', 'height', 'thumbhash')]),
          all([
            `"preset" <> 'waveform'`,
            positive(dialect, 'width'),
            positive(dialect, 'height'),
            // The grid draws it before the picture is there.
            `(("preset" = 'thumb') = ("thumbhash" is not null))`,
          ]),
        ])})`,
      ]);
    case 'failed':
      return all([
        is,
        `"reason" is not null`,
        isFilled('reason'),
        ...none('sha256', 'mimeType', 'width', 'height', 'thumbhash'),
      ]);
    default:
      return state satisfies never;
  }
}

// A counter below zero means that something was taken off twice: better no write than a wrong sum.
function counterChecks(dialect: DialectName, table: string): readonly CheckConstraint[] {
  return [
    { name: `${table}_type`, expression: oneOf('type', assetTypes) },
    { name: `${table}_count`, expression: notNegative(dialect, 'count') },
    { name: `${table}_bytes`, expression: notNegative(dialect, 'bytes') },
  ];
}
