import {
  type Asset,
  type AssetOf,
  type AssetType,
  type DerivationInput,
  type ErrorCode,
  errorCodes,
  errorTable,
  type GenerationInput,
  type IngestOutcome,
  ingestOutcomeSchema,
  type Problem,
  problemSchema,
  type RightsInput,
  type Role,
  type RoleOf,
} from '@vitrine/schema';
import { openRereadable, sendUpload } from '#upload-transport';
import { rereadableBlob } from './rereadable-blob.ts';
import type { ResumeStore } from './resume-store.ts';
import { sendResumable } from './send-resumable.ts';
import type { UploadProgress, UploadSource } from './upload-source.ts';
import type { Fetch, UploadAnswer } from './upload-transport.ts';
import { VitrineError } from './vitrine-error.ts';

type TypeOption = AssetType | undefined;

/** What is said beside the file. With `type` named, the compiler knows which roles the asset may carry. */
export interface UploadOptions<T extends TypeOption = TypeOption> {
  /** Whose asset it becomes. */
  readonly clientId: string;
  /** A campaign of that client. */
  readonly campaignId?: string;
  /** The asset's name; the file's name unless said. */
  readonly name?: string;
  /** A promise about the bytes, which the server checks; it makes the result's type that one kind. */
  readonly type?: T;
  /** What the asset may be used as; which roles there are depends on the kind. */
  readonly roles?: readonly (T extends AssetType ? RoleOf<T> : Role)[];
  /** Free tags. */
  readonly tags?: readonly string[];
  /** What it was made of: versions of assets of the same client. */
  readonly derivedFrom?: readonly DerivationInput[];
  /** How it was generated, if it was. */
  readonly generation?: GenerationInput;
  /** What it may be used for. */
  readonly rights?: RightsInput;
  /** The folder that the file lay in, e.g. `shoot/day-1`. */
  readonly path?: string;
  /** `reuse` (unless said): the same bytes at the same client and campaign are the asset that is there. `keep`: another asset. */
  readonly duplicates?: 'reuse' | 'keep';
  readonly onProgress?: (progress: UploadProgress) => void;
  /**
   * Aborting makes the upload reject with the signal's reason; the server keeps nothing of it, unless `resume` is given.
   */
  readonly signal?: AbortSignal;
  /** Large files go on where an earlier program left them. `fileResumeStore` makes one in Node. */
  readonly resume?: ResumeStore;
}

/** What became of the bytes, and the asset that has them. */
export interface Uploaded<A extends Asset = Asset> {
  readonly outcome: IngestOutcome;
  readonly asset: A;
}

/**
 * Uploads one file and resolves with the asset that it has become, facts read from its bytes. From 32 MiB on it goes in pieces, and a
 * broken connection costs only what was on its way; a stream, which cannot be read twice, goes in one request whatever its size.
 * Rejects with a `VitrineError` when the server refuses, with the signal's reason when aborted, and with the platform's
 * own error when the file cannot be read or the server cannot be reached.
 */
export type Upload = <T extends TypeOption = undefined>(
  file: UploadSource,
  options: UploadOptions<T>,
) => Promise<T extends AssetType ? AssetOf<T> : Asset>;

function formFields(options: UploadOptions): [name: string, value: string][] {
  const { clientId, campaignId, name, type, roles = [], tags = [], path, duplicates, ...rest } = options;
  const labels = [...roles, ...tags];
  const fields = {
    clientId,
    campaignId,
    name,
    type,
    tags: labels.length > 0 ? JSON.stringify(labels) : undefined,
    path,
    duplicates,
    derivedFrom: rest.derivedFrom && JSON.stringify(rest.derivedFrom),
    generation: rest.generation && JSON.stringify(rest.generation),
    rights: rest.rights && JSON.stringify(rest.rights),
  };
  return Object.entries(fields).flatMap(([field, value]) => (value === undefined ? [] : [[field, value]]));
}

function parsed(body: string): unknown {
  try {
    return JSON.parse(body);
  } catch {
    return null;
  }
}

/** What an answer that the server itself did not write (a proxy's error page) most likely means. */
function impliedProblem(status: number): Problem {
  const refused = status >= 400 && status < 500;
  const meant = refused ? errorCodes.find((code) => errorTable[code].status === status) : 'unavailable';
  const code: ErrorCode = meant ?? 'invalid_input';
  return {
    type: `urn:vitrine:problem:${code}`,
    title: errorTable[code].title,
    status,
    detail: `The answer, with status ${status}, did not come from Vitrine. Is the address right, and what stands before it?`,
    code,
    requestId: '',
  };
}

// The server has checked its answer with assetSchema. Checking all of it again would refuse the assets of a newer server
// that knows a field more; what is checked is that it is an asset, and of the kind that the caller was promised.
function isAsset<T extends TypeOption>(
  value: unknown,
  type: T | undefined,
): value is T extends AssetType ? AssetOf<T> : Asset {
  const { id, type: actual } = Object(value);
  return typeof id === 'string' && typeof actual === 'string' && (type === undefined || actual === type);
}

interface UploadServer {
  readonly url: string;
  readonly headers: () => Promise<Record<string, string>>;
  readonly fetch?: Fetch | undefined;
  /** Files of so many bytes and more go in pieces. */
  readonly resumableFrom: number;
}

/** In pieces the fields travel in one header, and servers and proxies take 8 KB to 16 KB of headers, a third of it being Base64. */
function fitsHeader(fields: readonly (readonly [name: string, value: string])[]): boolean {
  return new TextEncoder().encode(fields.flat().join(' ')).byteLength <= 5000;
}

async function sendFile(
  server: UploadServer,
  source: UploadSource,
  options: UploadOptions,
): Promise<UploadAnswer> {
  const { onProgress, signal, resume } = options;
  const common = { fields: formFields(options), fetch: server.fetch, onProgress, signal };
  const file = source instanceof Blob ? rereadableBlob(source) : await openRereadable(source);
  if (file && file.size >= server.resumableFrom && fitsHeader(common.fields)) {
    return sendResumable({ ...common, url: `${server.url}/api/tus`, headers: server.headers, file, resume });
  }
  const url = `${server.url}/api/v2/upload-asset`;
  return sendUpload({ ...common, url, headers: await server.headers(), source });
}

/** Uploads one file and says what became of it; `Upload` says when it rejects. */
export function createUploadWithOutcome(server: UploadServer) {
  return async <T extends TypeOption = undefined>(
    file: UploadSource,
    options: UploadOptions<T>,
  ): Promise<Uploaded<T extends AssetType ? AssetOf<T> : Asset>> => {
    const { status, header, body } = await sendFile(server, file, options);
    const asset = parsed(body);
    if ((status === 200 || status === 201) && isAsset(asset, options.type)) {
      // An older server does not say.
      const outcome = ingestOutcomeSchema.catch('created').parse(header('vitrine-outcome'));
      return { outcome, asset };
    }
    const problem = problemSchema.safeParse(asset);
    throw new VitrineError(problem.success ? problem.data : impliedProblem(status));
  };
}
