/** What a link gives of each file. */
export const gives = [
  { id: 'originals', label: 'View and download originals' },
  { id: 'previews', label: 'View and download previews' },
  { id: 'view', label: 'View originals, no download button' },
] as const;
export type Gives = (typeof gives)[number]['id'];

/** The same as the settings of a link. */
export function settingsOf(choice: Gives): { quality: 'originals' | 'previews'; downloads: boolean } {
  switch (choice) {
    case 'originals':
      return { quality: 'originals', downloads: true };
    case 'previews':
      return { quality: 'previews', downloads: true };
    case 'view':
      return { quality: 'originals', downloads: false };
    default:
      return choice satisfies never;
  }
}

export const lasts = [
  { id: '7', label: 'A week' },
  { id: '30', label: '30 days' },
  { id: '90', label: '90 days' },
  { id: '365', label: 'A year' },
] as const;
export type Lasts = (typeof lasts)[number]['id'];

const dayMs = 86_400_000;

/** When a link ends that lasts so long from now on. A minute less, so that a year is within a year. */
export function endOf(choice: Lasts, now = Date.now()): string {
  return new Date(now + Number(choice) * dayMs - 60_000).toISOString();
}

/** Names as people type them: one to a line, or with commas between. */
export function namesIn(text: string): string[] {
  const names = text.split(/[\n,;]/).map((name) => name.trim());
  return [...new Set(names.filter((name) => name !== ''))];
}
