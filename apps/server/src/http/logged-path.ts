// The router knows an address also in capitals, and in the form that proxies send.
const secret = /^((?:https?:\/\/[^/]*)?\/(?:api\/)?[su]\/)[^/]+/i;

/** An address as the log keeps it: without its query, and without what opens a link. */
export function loggedPath(url: string): string {
  return (url.split('?')[0] ?? '').replace(secret, '$1…');
}
