import type { SearchHint } from '@vitrine/schema';

const sentences: Record<SearchHint['reason'], (text: string) => string> = {
  unknown_filter: (text) => `“${text}” is no filter, so it was searched for as words.`,
  unknown_value: (text) =>
    `“${text}” has a value that its filter does not know, so it was searched for as words.`,
  too_many_terms: (text) => `Only twenty terms are read; “${text}” was left out.`,
  too_long: () => 'Only the first 500 characters are read.',
};

/** What of a query was not understood. */
export function SearchHints({ hints }: { hints: readonly SearchHint[] }) {
  if (hints.length === 0) return null;
  return (
    <ul className="mb-4 grid gap-1 text-soft text-sm">
      {hints.map(({ text, reason }) => (
        <li key={`${reason} ${text}`}>{sentences[reason](text)}</li>
      ))}
    </ul>
  );
}
