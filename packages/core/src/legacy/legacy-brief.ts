import type { CampaignBrief } from '@vitrine/schema';
import { inWords, isLegacyObject, type LegacyObject, readMaybeJson, textsIn } from './legacy-json.ts';
import { understandProse } from './legacy-text.ts';
import { note, type Understood } from './note.ts';

/** What a brief says here, and what it said that has no field here: lines for people to read. */
export interface LegacyBrief {
  readonly brief: CampaignBrief | null;
  readonly lines: readonly string[];
}

const field = 'brief';
/** The most messages, and the longest of them, that a brief here holds. */
const most = { messages: 50, message: 1000 } as const;

const names = {
  objective: ['objective', 'objectives'],
  targetAudience: ['targetAudience', 'target_audience', 'audience'],
  keyMessages: ['keyMessages', 'key_messages', 'messages'],
} as const;

function fromObject(brief: LegacyObject): LegacyBrief {
  const pick = (keys: readonly string[]) => keys.map((key) => brief[key]).find((value) => value != null);
  const messages = textsIn(pick(names.keyMessages));
  const short = messages.texts.filter((text) => text.trim().length <= most.message);
  const left = [
    ...messages.texts.filter((text) => text.trim().length > most.message),
    ...short.slice(most.messages),
    ...messages.rest.map((part) => JSON.stringify(part)),
  ];
  const known = new Set<string>(Object.values(names).flat());
  const others = Object.entries(brief)
    .filter(([key, value]) => !known.has(key) && inWords(value) !== '')
    .map(([key, value]) => `${key}: ${inWords(value)}`);
  const made = {
    objective: understandProse(inWords(pick(names.objective)), field).value,
    targetAudience: understandProse(inWords(pick(names.targetAudience)), field).value,
    keyMessages: short
      .slice(0, most.messages)
      .map((text) => understandProse(text, field, most.message).value)
      .filter((text) => text !== ''),
  };
  const empty = made.objective === '' && made.targetAudience === '' && made.keyMessages.length === 0;
  return {
    brief: empty ? null : made,
    lines: [...(left.length > 0 ? [`Also in the brief: ${left.join('; ')}`] : []), ...others],
  };
}

/** A campaign's brief: an object as here, any other JSON, or plain text, which becomes its objective. */
export function understandBrief(value: unknown): Understood<LegacyBrief> {
  const column = readMaybeJson(value);
  if (column.kind === 'nothing') return { value: { brief: null, lines: [] }, notes: [] };
  if (column.kind === 'json' && isLegacyObject(column.value)) {
    const made = fromObject(column.value);
    if (made.lines.length === 0) return { value: made, notes: [] };
    const text = "parts of 'brief' have no field here; they are in the goal";
    return { value: made, notes: [note('not_understood', text, { field, old: value, new: made.lines })] };
  }
  const text = column.kind === 'json' ? inWords(column.value) : column.text;
  const { value: objective, notes } = understandProse(text, field);
  const brief = { objective, targetAudience: '', keyMessages: [] };
  const said = note('not_understood', "'brief' is plain text; it became the objective", {
    field,
    old: value,
  });
  return { value: { brief, lines: [] }, notes: [said, ...notes] };
}
