type HeaderRecord = Readonly<Record<string, string>>;
export type HeaderSource = HeaderRecord | (() => HeaderRecord | Promise<HeaderRecord>);

/** The headers of one request: the caller's own, asked for each time, and the key. */
export async function requestHeaders(options: {
  readonly apiKey?: string | undefined;
  readonly headers?: HeaderSource | undefined;
}): Promise<Record<string, string>> {
  const { apiKey, headers } = options;
  const own = typeof headers === 'function' ? await headers() : headers;
  return { ...own, ...(apiKey !== undefined && { authorization: `Bearer ${apiKey}` }) };
}
