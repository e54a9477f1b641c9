import type { Config } from '../config/config.ts';
import { schemaDrift } from '../schema-drift.ts';
import { driftInWords } from './drift-in-words.ts';

export interface SchemaFinding {
  readonly what: 'schema';
  readonly state: 'well' | 'poorer' | 'ill';
  readonly detail: string;
}

/** Whether the database's schema is what its migrations have made: something more is odd, something less is ill. */
export async function schemaFinding(config: Pick<Config, 'database'>): Promise<SchemaFinding> {
  const drift = await schemaDrift(config);
  if (drift.length === 0)
    return { what: 'schema', state: 'well', detail: 'is what the migrations have made' };
  const onlyMore = drift.every(({ what }) => what === 'extra');
  return { what: 'schema', state: onlyMore ? 'poorer' : 'ill', detail: driftInWords(drift).join('; ') };
}
