import { type BrandGuidelines, brandGuidelinesSchema } from '@vitrine/schema';
import { inWords, isLegacyObject, type LegacyObject, readMaybeJson, textsIn } from './legacy-json.ts';
import { note, type Understood } from './note.ts';

/** What brand guidelines say here, and what they said that has no field here: lines for people to read. */
export interface LegacyBrand {
  readonly guidelines: BrandGuidelines | null;
  readonly lines: readonly string[];
}

const field = 'brand_guidelines';
const nothing: LegacyBrand = { guidelines: null, lines: [] };

/** `#RRGGBB` of the ways in which people write a colour as digits, or null. */
function asColor(text: string): string | null {
  const digits = text.trim().replace(/^#|^0x/i, '');
  if (/^[0-9a-f]{6}$/i.test(digits)) return `#${digits}`;
  return /^[0-9a-f]{3}$/i.test(digits) ? `#${[...digits].map((digit) => digit + digit).join('')}` : null;
}

const titles: Readonly<Record<string, string>> = {
  restrictions: 'Restrictions',
  examples: 'Examples',
};

/** Sorts texts by a schema of one of them: what it takes, and what it does not. */
function sift(
  texts: readonly string[],
  take: (text: string) => string | null,
): { taken: string[]; left: string[] } {
  const taken = new Set<string>();
  const left: string[] = [];
  for (const text of texts) {
    const one = take(text);
    if (one === null) left.push(text);
    else taken.add(one);
  }
  // The schema's limit of each list.
  const all = [...taken];
  return { taken: all.slice(0, 64), left: [...left, ...all.slice(64)] };
}

function fromObject(brand: LegacyObject): LegacyBrand {
  const shape = brandGuidelinesSchema.shape;
  const parse = (schema: { safeParse(value: unknown): { data?: unknown } }) => (text: string) => {
    const { data } = schema.safeParse(text.toWellFormed());
    return typeof data === 'string' ? data : null;
  };
  const part = (key: string) => textsIn(brand[key]).texts;
  const name = parse(shape.fonts.element);
  const colors = sift(part('colors'), asColor);
  const fonts = sift(part('fonts'), name);
  const styles = sift([...part('styleKeywords'), ...part('tone')], name);
  const urls = sift(part('documentUrls'), parse(shape.documentUrls.unwrap().element));
  const unread = ['colors', 'fonts', 'styleKeywords', 'tone', 'documentUrls'].flatMap(
    (key) => textsIn(brand[key]).rest,
  );
  const left = [
    ...[...colors.left, ...fonts.left, ...styles.left, ...urls.left],
    ...unread.map((part) => JSON.stringify(part)),
  ];
  const known = new Set(['colors', 'fonts', 'styleKeywords', 'tone', 'documentUrls']);
  const others = Object.entries(brand)
    .filter(([key, value]) => !known.has(key) && inWords(value) !== '')
    .map(([key, value]) => `${titles[key] ?? key}: ${inWords(value)}`);
  const guidelines: BrandGuidelines = {
    colors: colors.taken,
    fonts: fonts.taken,
    styleKeywords: styles.taken,
    ...(urls.taken.length > 0 && { documentUrls: urls.taken }),
  };
  const empty = [...guidelines.colors, ...guidelines.fonts, ...guidelines.styleKeywords, ...urls.taken];
  return {
    guidelines: empty.length === 0 ? null : guidelines,
    lines: [...(left.length > 0 ? [`Also in the brand guidelines: ${left.join('; ')}`] : []), ...others],
  };
}

function sayLines(brand: LegacyBrand, old: unknown): Understood<LegacyBrand> {
  if (brand.lines.length === 0) return { value: brand, notes: [] };
  const text = "parts of 'brand_guidelines' have no field here; they are in the description";
  return { value: brand, notes: [note('not_understood', text, { field, old, new: brand.lines })] };
}

/** Brand guidelines in either of the two JSON shapes of the old system, or as plain text. Nothing they say is dropped. */
export function understandBrand(value: unknown): Understood<LegacyBrand> {
  const column = readMaybeJson(value);
  switch (column.kind) {
    case 'nothing':
      return { value: nothing, notes: [] };
    case 'json':
      return isLegacyObject(column.value)
        ? sayLines(fromObject(column.value), value)
        : sayLines({ guidelines: null, lines: [`Brand guidelines: ${inWords(column.value)}`] }, value);
    case 'broken':
    case 'text':
      return sayLines({ guidelines: null, lines: [`Brand guidelines: ${column.text}`] }, value);
    default:
      return column satisfies never;
  }
}
