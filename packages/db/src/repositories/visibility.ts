import { reachTable, rolesFor, type Visibility } from '@vitrine/core';
import type { GrantRole, UserId } from '@vitrine/schema';
import { and, inArray, type Placeholder, type SQL, sql } from 'drizzle-orm';
import type { SQLiteColumn } from 'drizzle-orm/sqlite-core';
import type { RepositoryContext } from './repository-context.ts';

/** A user, or where a prepared statement says who it is. */
type Who = UserId | Placeholder;

/** What tells two forms of the condition apart: one prepared statement for each. Ids that a key is bound to are part of it. */
export function shapeOf(visibility: Visibility): string {
  const bound = visibility.clientIds?.join() ?? '';
  return visibility.kind === 'granted' ? `granted ${visibility.whole} ${bound}` : `all ${bound}`;
}

const within = (clientId: SQLiteColumn, { clientIds }: Visibility) =>
  clientIds && inArray(clientId, [...clientIds]);

const listed = (roles: readonly GrantRole[]) =>
  sql`(${sql.join(
    roles.map((role) => sql`${role}`),
    sql`, `,
  )})`;

/** The condition that a row of this client may be seen: something of the client was opened. Undefined when all may. */
export function visibleClient(
  context: RepositoryContext,
  clientId: SQLiteColumn,
  visibility: Visibility,
): SQL | undefined {
  return and(
    within(clientId, visibility),
    visibility.kind === 'granted' ? grantedClient(context, clientId, visibility.userId) : undefined,
  );
}

function grantedClient({ tables }: RepositoryContext, clientId: SQLiteColumn, userId: Who): SQL {
  const { clientGrants, campaignGrants, assetGrants } = tables;
  const opened = [campaignGrants, assetGrants].map(
    (table) =>
      sql`select ${table.clientId} from ${table} where ${table.userId} = ${userId} and ${table.role} <> 'none'`,
  );
  const whole = sql`select ${clientGrants.clientId} from ${clientGrants} where ${clientGrants.userId} = ${userId}`;
  return sql`${clientId} in (${sql.join([whole, ...opened], sql` union `)})`;
}

/** The condition that a campaign may be seen. */
export function visibleCampaign(context: RepositoryContext, visibility: Visibility): SQL | undefined {
  const { campaigns } = context.tables;
  return and(
    within(campaigns.clientId, visibility),
    visibility.kind === 'granted'
      ? sql`${roleAt(context, { ...campaigns, campaignId: campaigns.id }, visibility.userId)} in ${listed(rolesFor('campaign.read'))}`
      : undefined,
  );
}

/** The condition that an asset may be seen. `who` stands in for the user where the statement is prepared. */
export function visibleAsset(
  context: RepositoryContext,
  visibility: Visibility,
  who?: Placeholder,
): SQL | undefined {
  const { assets } = context.tables;
  return and(within(assets.clientId, visibility), grantedTo(context, visibility, who));
}

function grantedTo(context: RepositoryContext, visibility: Visibility, who?: Placeholder): SQL | undefined {
  if (visibility.kind === 'all') return undefined;
  const userId = who ?? visibility.userId;
  return visibility.whole
    ? grantedClient(context, context.tables.assets.clientId, userId)
    : grantedAsset(context, userId);
}

function grantedAsset(context: RepositoryContext, userId: Who): SQL {
  const { assets, assetGrants, hiddenAssets } = context.tables;
  const ownGrant = sql`select ${assetGrants.role} from ${assetGrants} where ${assetGrants.userId} = ${userId} and ${assetGrants.assetId} = ${assets.id}`;
  const shown = sql`(not exists (select 1 from ${hiddenAssets} where ${hiddenAssets.assetId} = ${assets.id}) or exists (${ownGrant}))`;
  const conditions = {
    all: sql`${assets.id} is not null`,
    shown,
    own: sql`(${assets.userId} = ${userId} and ${shown})`,
  };
  const cases = rolesFor('asset.read').map((role) => sql`when ${role} then ${conditions[reachTable[role]]}`);
  return sql`case coalesce((${ownGrant}), ${roleAt(context, assets, userId)}) ${sql.join(cases, sql` `)} else ${assets.id} is null end`;
}

/** The nearest of what was granted at a campaign and at its client. */
function roleAt(
  { tables: { clientGrants, campaignGrants } }: RepositoryContext,
  at: { readonly clientId: SQLiteColumn; readonly campaignId: SQLiteColumn },
  userId: Who,
): SQL {
  const ofCampaign = sql`select ${campaignGrants.role} from ${campaignGrants} where ${campaignGrants.userId} = ${userId} and ${campaignGrants.campaignId} = ${at.campaignId}`;
  const ofClient = sql`select ${clientGrants.role} from ${clientGrants} where ${clientGrants.userId} = ${userId} and ${clientGrants.clientId} = ${at.clientId}`;
  return sql`coalesce((${ofCampaign}), (${ofClient}))`;
}
