/** Where a library answers until its process is killed, and its owner's key. */
export interface LibraryAddress {
  readonly url: string;
  readonly key: string;
}

/** A request by the owner. `address` may be absolute or a path; only its path counts, since the port changes with each start. */
export function askLibrary(
  { url, key }: LibraryAddress,
  address: string,
  init: RequestInit & { headers?: Readonly<Record<string, string>> } = {},
): Promise<Response> {
  const { pathname, search } = new URL(address, url);
  return fetch(new URL(pathname + search, url), {
    ...init,
    headers: { ...init.headers, 'x-api-key': key },
  });
}
