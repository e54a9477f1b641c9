import type { IncomingMessage, ServerResponse } from 'node:http';
import {
  type AddressClaims,
  type AddressSigner,
  assertCredential,
  type Clock,
  notFound,
} from '@vitrine/core';
import { assetIdSchema } from '@vitrine/schema';
import { limitSender, type RateLimit } from '../http/rate-limit.ts';
import { senderOf, type TrustedProxies } from '../http/trusted-proxies.ts';
import { assertCurrent, cacheControlOf, etagKnownTo, verifiedAddress } from './address-check.ts';
import type { BlobBodies } from './blob-bodies.ts';
import type { Deliverable } from './deliverable.ts';
import { type DeliveryAddress, decodedPart } from './delivery-address.ts';
import { deliveryHeaders, type HeaderList, hostileBytesHeaders } from './delivery-headers.ts';
import type { DeliveryRoute } from './delivery-route.ts';
import { createRemembered } from './remembered.ts';
import { sendDeliverable } from './send-deliverable.ts';
import { type WhoAsksOptions, whoAsks } from './who-asks.ts';

export interface VisitsOptions extends WhoAsksOptions {
  readonly signer: Pick<AddressSigner, 'verify'>;
  readonly bodies: BlobBodies;
  readonly rateLimit: RateLimit;
  readonly trustedProxies: TrustedProxies;
  readonly clock: Clock;
  readonly revision: () => number | null;
}

/** One request of bytes. */
export interface Visit {
  readonly request: IncomingMessage;
  readonly response: ServerResponse;
  readonly requestId: string;
  /** Headers of the answer, whatever it is. */
  readonly always: HeaderList;
}

/** What was found for an address without any credential beside it; good for everybody who has the address. */
interface Found {
  readonly claims: AddressClaims;
  readonly file: Deliverable;
  readonly headers: HeaderList;
}

/** Answers requests of bytes that are known to be some. Both reject with what is to be told as a problem. */
export interface Visits {
  /** What was found a moment ago for just such a request, and is still so; undefined when it has to be looked at. */
  known(request: IncomingMessage): Found | undefined;
  /** Answers with what is known. */
  again(visit: Visit, found: Found): Promise<void>;
  answer(visit: Visit, route: DeliveryRoute, address: DeliveryAddress): Promise<void>;
}

const hasCredential = ({ headers }: IncomingMessage) =>
  (headers.authorization ?? headers['x-api-key'] ?? headers.cookie) !== undefined;

export function createVisits(options: VisitsOptions): Visits {
  const { signer, bodies, rateLimit, trustedProxies, clock } = options;
  const remembered = createRemembered<Found>(options);

  function standing({ always }: Visit, claims: AddressClaims | null): HeaderList {
    return ['Cache-Control', cacheControlOf(claims, clock.now()), ...always];
  }

  function known(request: IncomingMessage): Found | undefined {
    if (hasCredential(request)) return undefined;
    const found = remembered.find(request.url ?? '');
    return found && found.claims.expiresAt > clock.now() ? found : undefined;
  }

  async function again(visit: Visit, { claims, file, headers }: Found): Promise<void> {
    rateLimit(`signed:${claims.principal.id}`);
    const { request, response } = visit;
    await sendDeliverable(request, response, { file, headers, standing: standing(visit, claims), bodies });
  }

  async function answer(visit: Visit, route: DeliveryRoute, address: DeliveryAddress): Promise<void> {
    const { request, response, requestId } = visit;
    const from = senderOf(request, trustedProxies);
    const signature = verifiedAddress(address, route, signer);
    const claims = signature?.state === 'valid' ? signature.claims : null;
    if (claims && !hasCredential(request)) rateLimit(`signed:${claims.principal.id}`);
    else limitSender(rateLimit, request.headers, from);
    const etag = claims && etagKnownTo(request, claims);
    if (etag) {
      response.writeHead(304, [...hostileBytesHeaders, 'ETag', etag, ...standing(visit, claims)]).end();
      return;
    }

    async function look(): Promise<Omit<Found, 'claims'>> {
      const actor = await whoAsks({ headers: request.headers, signature }, options);
      assertCredential(actor, route.permission);
      const id = assetIdSchema.safeParse(decodedPart(address.id));
      if (!id.success) throw notFound('asset');
      const caller = { actor, requestId, address: from };
      const file = await route.find(caller, {
        id: id.data,
        version: claims?.version,
        query: address.query,
      });
      if (claims) assertCurrent(claims, file);
      return { file, headers: deliveryHeaders(file, { download: address.query.has('download') }) };
    }

    const found =
      claims && !hasCredential(request)
        ? await remembered.learn(request.url ?? '', async () => ({ ...(await look()), claims }))
        : await look();
    await sendDeliverable(request, response, { ...found, standing: standing(visit, claims), bodies });
  }

  return { known, again, answer };
}
