import { roleNamed } from '@vitrine/schema';

/** The tags that are no roles; `tags` of an asset lists both. */
export function freeTagsOf(tags: readonly string[]): string[] {
  return tags.filter((tag) => roleNamed(tag) === null);
}
