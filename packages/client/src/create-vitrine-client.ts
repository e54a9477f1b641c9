import { createTRPCClient, httpBatchLink, splitLink, type TRPCClient } from '@trpc/client';
import type { AppRouter, RouterInputs } from './app-router.ts';
import { reportErrorsLink } from './report-errors-link.ts';
import { type HeaderSource, requestHeaders } from './request-headers.ts';
import { createUploadWithOutcome, type Upload } from './upload.ts';
import { createUploadFiles, type UploadFiles } from './upload-files.ts';
import type { Fetch } from './upload-transport.ts';
import { watchLink } from './watch-link.ts';

export interface VitrineClientOptions {
  /** Where the server is, e.g. `http://localhost:4400`; in a browser also `''`, for the page's own. */
  readonly url: string | URL;
  /** Left out in a browser that is signed in: its session counts. */
  readonly apiKey?: string | undefined;
  /** Instead of the platform's own; for uploads too. */
  readonly fetch?: Fetch | undefined;
  /** More headers for every request. A function is asked each time. */
  readonly headers?: HeaderSource | undefined;
  /** Files of so many bytes and more go in pieces; 32 MiB unless said. `Infinity` for a proxy that lets no PATCH through. */
  readonly resumableFrom?: number | undefined;
}

/** Every procedure of the API, by name, and uploads. */
export type VitrineClient = Pick<TRPCClient<AppRouter>, keyof RouterInputs> & {
  readonly upload: Upload;
  readonly uploadFiles: UploadFiles;
};

/** The server takes this many calls in one request. */
const maxBatchSize = 20;
/** Below what proxies commonly accept (8 KiB for the whole request line). */
const maxUrlLength = 4000;

/**
 * Makes a client. Nothing is sent until it is used. Calls of the same moment travel in one request; refusals are
 * `VitrineError`s.
 */
export function createVitrineClient(options: VitrineClientOptions): VitrineClient {
  const { apiKey, fetch } = options;
  const url = String(options.url).replace(/\/+$/, '');
  const headers = () => requestHeaders({ apiKey, headers: options.headers });
  const link = {
    url: `${url}/trpc`,
    headers,
    maxItems: maxBatchSize,
    ...(fetch && {
      fetch: (input: Parameters<Fetch>[0], init?: RequestInit | { signal?: AbortSignal | undefined }) =>
        fetch(input, { ...init, signal: init?.signal ?? null }),
    }),
  };
  const calls = splitLink<AppRouter>({
    condition: ({ type, input }) =>
      type === 'query' && encodeURIComponent(JSON.stringify(input ?? null)).length > maxUrlLength - 500,
    // A question that is too long for an address is asked in a body.
    true: httpBatchLink({ ...link, methodOverride: 'POST' }),
    false: httpBatchLink({ ...link, maxURLLength: maxUrlLength + url.length }),
  });
  const trpc = createTRPCClient<AppRouter>({
    links: [
      reportErrorsLink,
      splitLink({
        condition: ({ type }) => type === 'subscription',
        true: watchLink({ url: link.url, headers, fetch }),
        false: calls,
      }),
    ],
  });
  const {
    account,
    client,
    campaign,
    asset,
    tag,
    collection,
    trash,
    uploadLink,
    guest,
    quarantine,
    context,
    lineage,
    grant,
    session,
    key,
    share,
    audit,
    change,
    job,
    system,
  } = trpc;
  const { resumableFrom = 32 * 1024 * 1024 } = options;
  const uploadOne = createUploadWithOutcome({ url, headers, fetch, resumableFrom });
  return {
    ...{
      account,
      client,
      campaign,
      asset,
      tag,
      collection,
      trash,
      uploadLink,
      guest,
      quarantine,
      context,
      lineage,
      grant,
      session,
      key,
      share,
      audit,
      change,
      job,
      system,
    },
    import: trpc.import,
    upload: async (file, options) => (await uploadOne(file, options)).asset,
    uploadFiles: createUploadFiles(uploadOne),
  };
}
