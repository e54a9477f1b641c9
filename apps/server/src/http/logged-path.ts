const secret = /^(\/(?:api\/)?[su]\/)[^/]+/;

/** An address as the log keeps it: without its query, and without what opens a link. */
export function loggedPath(url: string): string {
  return (url.split('?')[0] ?? '').replace(secret, '$1…');
}
