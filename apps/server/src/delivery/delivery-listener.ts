import { randomUUID } from 'node:crypto';
import type { IncomingMessage, ServerResponse } from 'node:http';
import type { Logger } from 'pino';
import { assertDeclared } from '../http/assert-declared.ts';
import { sendProblem } from '../http/send-problem.ts';
import { deliveryAddress } from './delivery-address.ts';
import { type HeaderList, hostileBytesHeaders } from './delivery-headers.ts';
import type { DeliveryRoute } from './delivery-route.ts';
import { createVisits, type Visit, type VisitsOptions } from './visits.ts';

export interface DeliveryListenerOptions extends VisitsOptions {
  readonly routes: readonly DeliveryRoute[];
  readonly logger: Logger;
  /** Headers of every answer of this installation. */
  readonly always: HeaderList;
}

function routesByEnding(routes: readonly DeliveryRoute[]): ReadonlyMap<string, DeliveryRoute> {
  for (const { permission, endings } of routes) {
    assertDeclared(
      permission,
      endings.map((ending) => `/api/v2/assets/{id}${ending}`),
    );
  }
  return new Map(routes.flatMap((route) => route.endings.map((ending) => [ending, route] as const)));
}

/** The request for the log. Queries hold signatures and headers hold keys: neither is written. */
function described({ request, requestId }: Visit) {
  return { id: requestId, method: request.method, path: String(request.url).split('?')[0] };
}

/**
 * Answers every GET and HEAD of assets' bytes, straight on Node's server: for a thumbnail the layers of the rest of the surface
 * cost several times what the answer does. The function tells whether the request was one of these. Throws at once when a
 * route declares no permission that exists.
 */
export function createDeliveryListener(
  options: DeliveryListenerOptions,
): (request: IncomingMessage, response: ServerResponse) => boolean {
  const { logger, always } = options;
  const routes = routesByEnding(options.routes);
  const visits = createVisits(options);

  function logWhenDone(visit: Visit): void {
    const { response } = visit;
    const begin = Date.now();
    response.once('close', () => {
      const line = {
        req: described(visit),
        res: { status: response.statusCode },
        responseTime: Date.now() - begin,
      };
      logger.info(line, response.writableFinished ? 'request completed' : 'request aborted');
    });
  }

  function refuse(visit: Visit, error: unknown): void {
    const { request, response } = visit;
    // A reader who closed the window is no error.
    if (response.destroyed) return;
    request.id = visit.requestId;
    request.log = logger.child({ req: described(visit) });
    if (!response.headersSent) {
      response.setHeader('Content-Security-Policy', "default-src 'none'");
      const headers = [...hostileBytesHeaders, ...visit.always];
      for (let at = 0; at < headers.length; at += 2)
        response.setHeader(headers[at] ?? '', headers[at + 1] ?? '');
    }
    sendProblem(request, response, error);
  }

  function begin(request: IncomingMessage, response: ServerResponse): Visit {
    const requestId = randomUUID();
    const visit = { request, response, requestId, always: ['X-Request-Id', requestId, ...always] };
    if (logger.isLevelEnabled('info')) logWhenDone(visit);
    return visit;
  }

  return (request, response) => {
    if (request.method !== 'GET' && request.method !== 'HEAD') return false;
    const known = visits.known(request);
    if (known) {
      const visit = begin(request, response);
      visits.again(visit, known).catch((error: unknown) => refuse(visit, error));
      return true;
    }
    const address = deliveryAddress(request.url ?? '');
    const route = address && routes.get(address.ending);
    if (!route) return false;
    const visit = begin(request, response);
    visits.answer(visit, route, address).catch((error: unknown) => refuse(visit, error));
    return true;
  };
}
