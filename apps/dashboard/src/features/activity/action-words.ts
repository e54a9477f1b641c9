/** What was done, in words that stand behind somebody's name. What is missing here is said as it is named. */
const words: Readonly<Record<string, string>> = {
  'asset.create': 'uploaded it',
  'asset.import': 'brought it over from the old system',
  'asset.update': 'changed it',
  'asset.addVersion': 'uploaded a new version',
  'asset.assign': 'gave it to the client',
  'asset.trash': 'moved it to the trash',
  'asset.restore': 'fetched it back from the trash',
  'asset.purge': 'deleted it for good',
  'asset.hide': 'changed who sees it',
  'asset.setRights': 'changed its rights',
  'asset.setPoster': 'chose its poster',
  'asset.retryRenditions': 'had its previews made again',
  'lineage.set': 'said what it was made of',
  'client.create': 'made the client',
  'client.import': 'brought the client over from the old system',
  'client.update': 'changed the client',
  'client.delete': 'deleted the client',
  'client.setQuota': 'set the quota',
  'campaign.create': 'made a campaign',
  'campaign.import': 'brought a campaign over from the old system',
  'campaign.update': 'changed a campaign',
  'campaign.delete': 'deleted a campaign',
  'collection.create': 'made a collection',
  'collection.update': 'changed a collection',
  'collection.add': 'added to a collection',
  'collection.remove': 'took out of a collection',
  'collection.move': 'ordered a collection',
  'collection.delete': 'deleted a collection',
  'grant.set': 'gave somebody access',
  'grant.remove': 'took somebody’s access away',
  'share.create': 'made a share link',
  'share.update': 'changed a share link',
  'share.revoke': 'revoked a share link',
  'uploadLink.create': 'made an upload link',
  'uploadLink.update': 'changed an upload link',
  'uploadLink.revoke': 'revoked an upload link',
  'guestFile.receive': 'took a guest’s file',
  'guestFile.infected': 'refused a guest’s file that the scan refused',
  'guestFile.accept': 'accepted a guest’s file',
  'guestFile.refuse': 'refused a guest’s file',
  'account.invite': 'invited somebody',
  'account.withdraw': 'withdrew an invitation',
  'account.import': 'came over from the old system',
  'account.join': 'joined',
  'account.setRole': 'changed somebody’s role',
  'account.setDisabled': 'opened or closed an account',
  'account.resetLink': 'made a link for another password',
  'account.resetPassword': 'chose another password',
  'apikey.create': 'made an API key',
  'apikey.update': 'changed an API key',
  'apikey.delete': 'revoked an API key',
  'session.create': 'signed in',
  'session.delete': 'signed out',
  'session.revoke': 'ended a session',
  'blob.damaged': 'found stored bytes damaged',
  'blob.healed': 'found damaged bytes right again',
  'file.quarantine': 'kept a refused file apart',
  'file.accept': 'made a refused file an asset after all',
  'file.discard': 'deleted a refused file for good',
};

export const actionWords = (action: string): string => words[action] ?? action;

type Values = Readonly<Record<string, unknown>> | null;

// What changes with every edit says nothing.
const silent = new Set(['rowVersion', 'updatedAt', 'version', 'sha256', 'preview']);

function shown(value: unknown): string {
  if (value === null || value === undefined || value === '') return 'nothing';
  if (Array.isArray(value)) return value.length === 0 ? 'nothing' : value.map(shown).join(', ');
  if (typeof value === 'object') return '…';
  const text = String(value);
  return text.length > 60 ? `${text.slice(0, 59)}…` : text;
}

/** What an edit changed, a line for each field: `name: “a” → “b”`; nothing where something came or went as a whole. */
export function changedFields(before: Values, after: Values): string[] {
  if (!before || !after) return [];
  return Object.keys({ ...before, ...after })
    .filter((key) => !silent.has(key) && JSON.stringify(before[key]) !== JSON.stringify(after[key]))
    .map((key) => `${key}: ${shown(before[key])} → ${shown(after[key])}`);
}
