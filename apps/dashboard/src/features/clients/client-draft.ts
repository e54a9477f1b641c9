import type { BrandGuidelines, Client } from '@vitrine/schema';

/** A brand colour in the form; the key keeps its field in place while the list changes. */
export interface DraftColor {
  readonly key: number;
  readonly hex: string;
}

/** What the client form holds. */
export interface ClientDraft {
  readonly name: string;
  readonly description: string;
  readonly colors: readonly DraftColor[];
  readonly fonts: readonly string[];
  readonly styleKeywords: readonly string[];
}

export function clientDraft(client: Client | null): ClientDraft {
  return {
    name: client?.name ?? '',
    description: client?.description ?? '',
    colors: (client?.brandGuidelines?.colors ?? []).map((hex, key) => ({ key, hex })),
    fonts: client?.brandGuidelines?.fonts ?? [],
    styleKeywords: client?.brandGuidelines?.styleKeywords ?? [],
  };
}

/** The draft's guidelines, or null when nothing is said; `documentUrls` are kept from before, the form has no field for them. */
export function guidelinesOf(draft: ClientDraft, before: Client | null): BrandGuidelines | null {
  const documentUrls = before?.brandGuidelines?.documentUrls ?? [];
  const { colors, fonts, styleKeywords } = draft;
  if (colors.length + fonts.length + styleKeywords.length + documentUrls.length === 0) return null;
  return {
    colors: colors.map(({ hex }) => hex.trim().toUpperCase()),
    fonts: [...fonts],
    styleKeywords: [...styleKeywords],
    ...(documentUrls.length > 0 && { documentUrls }),
  };
}
