/**
 * What the names of the identity library's cookies begin with. With HTTPS browsers take `__Host-` only from this very host, with
 * path `/` and no domain: neither a neighbour under the same domain nor plain HTTP can plant a session.
 */
export function cookiePrefix(publicUrl: string): string {
  return publicUrl.startsWith('https:') ? '__Host-vitrine' : 'vitrine';
}

/** Whether a Cookie header holds a session of ours. */
export function hasSession(header: string, publicUrl: string): boolean {
  const name = `${cookiePrefix(publicUrl)}.session_token=`;
  return header.split(';').some((cookie) => cookie.trimStart().startsWith(name));
}
