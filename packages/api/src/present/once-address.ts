/** The page at which a token is used. Behind the `#` it is in no log and is never sent as a referrer. */
export function onceAddress(publicUrl: string, token: string): string {
  return `${publicUrl}/join#${token}`;
}
