import {
  type CampaignStatus,
  campaignIdSchema,
  campaignStatusSchema,
  unassignedClientId,
} from '@vitrine/schema';
import { recordSystemChange } from '../audit/record-change.ts';
import { understandBrief } from './legacy-brief.ts';
import { idOfLegacy, otherIdOfLegacy } from './legacy-id.ts';
import { clientOf } from './legacy-places.ts';
import type { LegacyRun, LegacyStep } from './legacy-run.ts';
import type { LegacyRow, LegacyValue } from './legacy-source.ts';
import { understandLine, understandProse, withLines } from './legacy-text.ts';
import { understandTime } from './legacy-time.ts';
import { note, type Understood } from './note.ts';
import { ensureUnassignedClient } from './unassigned-client.ts';

const over = /^(complete|completed|done|finished|closed|ended|inactive|cancelled|canceled)$/;

function understandStatus(value: LegacyValue | undefined): Understood<CampaignStatus> {
  const word = String(value ?? '')
    .trim()
    .toLowerCase();
  const known = campaignStatusSchema.safeParse(word);
  if (known.success) return { value: known.data, notes: [] };
  const status = over.test(word) ? 'archived' : 'draft';
  if (word === '') return { value: status, notes: [] };
  const words = `the status '${word}' became '${status}'`;
  return { value: status, notes: [note('corrected', words, { field: 'status', old: value, new: status })] };
}

/** A campaign. One of a client that is not there goes to the client that keeps what came without one. */
export async function planCampaign(run: LegacyRun, row: LegacyRow): Promise<LegacyStep> {
  const { key, values } = row;
  const { database, clock } = run.dependencies;
  const own = campaignIdSchema.parse(idOfLegacy('campaigns', key));
  const taken = await database.read((readers) => readers.campaigns.find(own));
  const id = taken ? campaignIdSchema.parse(otherIdOfLegacy('campaigns', key)) : own;
  const clientKey = values['client_id'] == null ? null : String(values['client_id']).trim() || null;
  const client = clientOf(run, clientKey);
  const clientId = client?.id ?? unassignedClientId;
  const name = understandLine(values['name'], { field: 'name', max: 200, fallback: 'Unnamed campaign' });
  const status = understandStatus(values['status']);
  const brief = understandBrief(values['brief']);
  const product = values['product_url'] == null ? '' : String(values['product_url']).trim();
  const goal = understandProse(
    withLines(String(values['goal'] ?? ''), [
      ...(product === '' ? [] : [`Product: ${product}`]),
      ...brief.value.lines,
    ]),
    'goal',
  );
  const created = understandTime(values['created_at'], 'created_at', clock.now());
  const updated = understandTime(values['updated_at'], 'updated_at', created.value);
  const missing = clientKey === null ? 'it had no client' : `there is no client '${clientKey}'`;
  return {
    outcome: 'imported',
    targetId: id,
    notes: [
      ...(id === key
        ? []
        : [note('id_changed', 'ids are UUIDs, one for each campaign', { field: 'id', old: key, new: id })]),
      ...(client
        ? []
        : [
            note('client_missing', `${missing}; it waits at the client 'Unassigned'`, {
              field: 'client_id',
              old: clientKey,
              new: clientId,
            }),
          ]),
      ...name.notes,
      ...status.notes,
      ...brief.notes,
      ...goal.notes,
      ...created.notes,
      ...updated.notes,
    ],
    async write(writers, at) {
      if (!client) await ensureUnassignedClient(writers, run.ownerId, at);
      const campaign = await writers.campaigns.insert({
        id,
        clientId,
        name: name.value,
        goal: goal.value,
        status: status.value,
        brief: brief.value.brief,
        at: created.value,
        updatedAt: updated.value,
      });
      await recordSystemChange(writers, at, {
        action: 'campaign.import',
        target: { type: 'campaign', id },
        clientId,
        after: campaign,
      });
    },
  };
}
