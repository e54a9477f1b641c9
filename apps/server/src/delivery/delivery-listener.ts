import { randomUUID } from 'node:crypto';
import type { IncomingMessage, ServerResponse } from 'node:http';
import {
  type AddressClaims,
  type AddressSigner,
  AppError,
  addressHashDigits,
  assertCredential,
  type Clock,
  notFound,
  type Verified,
} from '@vitrine/core';
import { assetIdSchema } from '@vitrine/schema';
import type { Logger } from 'pino';
import { assertDeclared } from '../http/assert-declared.ts';
import { countedAs, type RateLimit } from '../http/rate-limit.ts';
import { sendProblem } from '../http/send-problem.ts';
import type { BlobBodies } from './blob-bodies.ts';
import type { Deliverable } from './deliverable.ts';
import { type DeliveryAddress, decodedPart, deliveryAddress } from './delivery-address.ts';
import { hostileBytesHeaders } from './delivery-headers.ts';
import type { DeliveryRoute } from './delivery-route.ts';
import { ReaderGoneError } from './file-body.ts';
import { etagsIn } from './not-modified.ts';
import { sendDeliverable } from './send-deliverable.ts';
import { type WhoAsksOptions, whoAsks } from './who-asks.ts';

export interface DeliveryListenerOptions extends WhoAsksOptions {
  readonly routes: readonly DeliveryRoute[];
  readonly signer: Pick<AddressSigner, 'verify'>;
  readonly bodies: BlobBodies;
  readonly rateLimit: RateLimit;
  readonly clock: Clock;
  readonly logger: Logger;
  /** Headers of every answer of this installation. */
  readonly always: Readonly<Record<string, string>>;
}

/** One request and its answer. */
interface Exchange {
  readonly request: IncomingMessage;
  readonly response: ServerResponse;
  readonly requestId: string;
}

/** The signature, if there is one, against what the address leads to. */
function verified(
  address: DeliveryAddress,
  route: DeliveryRoute,
  signer: Pick<AddressSigner, 'verify'>,
): Verified | null {
  if (address.signature === null) return null;
  const assetId = assetIdSchema.safeParse(decodedPart(address.id));
  const bytes = route.bytesOf(address.query);
  if (!assetId.success || bytes === null) return { state: 'invalid' };
  return signer.verify(address.signature, { assetId: assetId.data, bytes });
}

/** An address that names its bytes can be kept until it expires; every other is asked about each time. */
function cacheControlOf(claims: AddressClaims | null, now: number): string {
  if (!claims?.hash) return 'private, no-cache';
  return `private, max-age=${Math.max(0, Math.floor((claims.expiresAt - now) / 1000))}, immutable`;
}

/** Refuses an address whose bytes have been replaced: other bytes under it would be kept by everybody who has it. */
function assertCurrent(claims: AddressClaims, { sha256, version }: Deliverable): void {
  const current =
    claims.hash === null
      ? version === null || version === claims.version
      : sha256.startsWith(claims.hash) && sha256.length > addressHashDigits;
  if (current) return;
  throw new AppError(
    'not_found',
    'What this address led to has been replaced. Fetch the asset again: its answer has a new one.',
  );
}

/** Whether the reader has the bytes of an address that names them, by the address alone. */
function known({ headers }: IncomingMessage, claims: AddressClaims): string | null {
  const tag = headers['if-none-match'];
  if (tag === undefined || claims.hash === null) return null;
  const { hash } = claims;
  return etagsIn(tag).find((etag) => /^"[0-9a-f]{64}"$/.test(etag) && etag.startsWith(hash, 1)) ?? null;
}

/**
 * Answers every GET and HEAD of assets' bytes, straight on Node's server: for a thumbnail the layers of the rest of the surface
 * cost several times what the answer does. The function tells whether the request was one of these. Throws at once when a
 * route declares no permission that exists.
 */
export function createDeliveryListener(
  options: DeliveryListenerOptions,
): (request: IncomingMessage, response: ServerResponse) => boolean {
  const { routes, signer, bodies, rateLimit, clock, logger, always } = options;
  const byEnding = new Map<string, DeliveryRoute>();
  for (const route of routes) {
    const paths = route.endings.map((ending) => `/api/v2/assets/{id}${ending}`);
    assertDeclared(route.permission, paths);
    for (const ending of route.endings) byEnding.set(ending, route);
  }

  async function answer(exchange: Exchange, route: DeliveryRoute, address: DeliveryAddress): Promise<void> {
    const { request, response, requestId } = exchange;
    const from = request.socket.remoteAddress ?? null;
    const signature = verified(address, route, signer);
    const claims = signature?.state === 'valid' ? signature.claims : null;
    await rateLimit(countedAs(request.headers, claims ? `signed:${claims.principal.id}` : `address:${from}`));
    const cacheControl = cacheControlOf(claims, clock.now());
    const standing = { ...always, 'X-Request-Id': requestId };
    const etag = claims && known(request, claims);
    if (etag) {
      const headers = { ...hostileBytesHeaders, 'Cache-Control': cacheControl, ETag: etag, ...standing };
      response.writeHead(304, headers).end();
      return;
    }
    const actor = await whoAsks({ headers: request.headers, signature }, options);
    assertCredential(actor, route.permission);
    const id = assetIdSchema.safeParse(decodedPart(address.id));
    if (!id.success) throw notFound('asset');
    const caller = { actor, requestId, address: from };
    const file = await route.find(caller, { id: id.data, query: address.query });
    if (claims) assertCurrent(claims, file);
    const download = address.query.has('download');
    await sendDeliverable(exchange, { file, bodies, options: { download, cacheControl, always: standing } });
  }

  function describe({ request, requestId }: Exchange) {
    // Queries hold signatures and headers hold keys: neither is logged.
    return { id: requestId, method: request.method, path: String(request.url).split('?')[0] };
  }

  function logAnswer(exchange: Exchange, begin: number): void {
    const { response } = exchange;
    const line = {
      req: describe(exchange),
      res: { status: response.statusCode },
      responseTime: Date.now() - begin,
    };
    logger.info(line, response.writableFinished ? 'request completed' : 'request aborted');
  }

  function refuse(exchange: Exchange, error: unknown): void {
    const { request, response, requestId } = exchange;
    // A reader who closed the window is no error.
    if (error instanceof ReaderGoneError || response.destroyed) return;
    request.id = requestId;
    request.log = logger.child({ req: describe(exchange) });
    if (!response.headersSent) {
      const headers = { ...hostileBytesHeaders, 'Content-Security-Policy': "default-src 'none'", ...always };
      for (const [name, value] of Object.entries(headers)) response.setHeader(name, value);
      response.setHeader('X-Request-Id', requestId);
    }
    sendProblem(request, response, error);
  }

  return (request, response) => {
    if (request.method !== 'GET' && request.method !== 'HEAD') return false;
    const address = deliveryAddress(request.url ?? '');
    const route = address && byEnding.get(address.ending);
    if (!route) return false;
    const exchange = { request, response, requestId: randomUUID() };
    if (logger.isLevelEnabled('info')) {
      const begin = Date.now();
      response.once('close', () => logAnswer(exchange, begin));
    }
    answer(exchange, route, address).catch((error: unknown) => refuse(exchange, error));
    return true;
  };
}
