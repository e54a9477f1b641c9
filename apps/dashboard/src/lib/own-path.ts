/**
 * An absolute URL's path on the page's own origin. The API answers with its public address, which may be another name
 * for the server that this page came from; the session cookie belongs to the name in the address bar.
 */
export function ownPath(url: string): string {
  const { pathname, search } = new URL(url, window.location.origin);
  return `${pathname}${search}`;
}

/** The same for saving the file instead of showing it. */
export function downloadPath(url: string): string {
  const { pathname, searchParams } = new URL(url, window.location.origin);
  searchParams.set('download', '1');
  return `${pathname}?${searchParams}`;
}
