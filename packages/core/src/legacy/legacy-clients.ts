import { clientIdSchema } from '@vitrine/schema';
import { recordSystemChange } from '../audit/record-change.ts';
import { understandBrand } from './legacy-brand.ts';
import { idOfLegacy, otherIdOfLegacy } from './legacy-id.ts';
import { userOf } from './legacy-places.ts';
import type { LegacyRun, LegacyStep } from './legacy-run.ts';
import type { LegacyRow } from './legacy-source.ts';
import { understandLine, understandProse, withLines } from './legacy-text.ts';
import { understandTime } from './legacy-time.ts';
import { note } from './note.ts';

/** A client, whose maker manages it. What has no field here stands in its description. */
export async function planClient(run: LegacyRun, row: LegacyRow): Promise<LegacyStep> {
  const { key, values } = row;
  const { database, clock } = run.dependencies;
  const own = clientIdSchema.parse(idOfLegacy('clients', key));
  const taken = await database.read((readers) => readers.clients.find(own));
  const id = taken ? clientIdSchema.parse(otherIdOfLegacy('clients', key)) : own;
  const user = userOf(run, values['user_id'] == null ? null : String(values['user_id']).trim());
  const name = understandLine(values['name'], { field: 'name', max: 200, fallback: 'Unnamed client' });
  const brand = understandBrand(values['brand_guidelines']);
  const homepage = values['homepage'] == null ? '' : String(values['homepage']).trim();
  const prose = understandProse(
    withLines(String(values['description'] ?? ''), [
      ...(homepage === '' ? [] : [`Homepage: ${homepage}`]),
      ...brand.value.lines,
    ]),
    'description',
  );
  const created = understandTime(values['created_at'], 'created_at', clock.now());
  const updated = understandTime(values['updated_at'], 'updated_at', created.value);
  return {
    outcome: 'imported',
    targetId: id,
    notes: [
      ...(id === key
        ? []
        : [note('id_changed', 'ids are UUIDs, one for each client', { field: 'id', old: key, new: id })]),
      ...user.notes,
      ...name.notes,
      ...brand.notes,
      ...prose.notes,
      ...created.notes,
      ...updated.notes,
    ],
    async write(writers, at) {
      const client = await writers.clients.insert({
        id,
        userId: user.id,
        name: name.value,
        description: prose.value,
        brandGuidelines: brand.value.guidelines,
        at: created.value,
        updatedAt: updated.value,
      });
      await recordSystemChange(writers, at, {
        action: 'client.import',
        target: { type: 'client', id },
        clientId: id,
        after: client,
      });
    },
  };
}
