/** The validators of a request; a header that was not sent is undefined. */
export interface Conditions {
  readonly ifNoneMatch: string | undefined;
  readonly ifModifiedSince: string | undefined;
}

const opaque = (tag: string) => tag.trim().replace(/^W\//, '');

/** The ETags of an `If-None-Match`, with their quotes; weak ones as if they were strong, since that is how they are compared. */
export function etagsIn(ifNoneMatch: string): string[] {
  return ifNoneMatch.split(',').map(opaque);
}

/**
 * Whether the client has these bytes already (RFC 9110, 13.2.2): a list of ETags decides alone, a date only without one.
 * Unlike Express's own check it also answers 304 to clients that say `Cache-Control: no-cache`, as `fetch` does whenever it
 * sends validators of its own.
 */
export function notModified(
  conditions: Conditions,
  current: { etag: string; lastModified: string },
): boolean {
  if (conditions.ifNoneMatch !== undefined) {
    const tags = etagsIn(conditions.ifNoneMatch);
    return tags.includes('*') || tags.includes(opaque(current.etag));
  }
  if (conditions.ifModifiedSince === undefined) return false;
  return Date.parse(current.lastModified) <= Date.parse(conditions.ifModifiedSince);
}
