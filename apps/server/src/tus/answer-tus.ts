import { Server } from '@tus/server';
import { presentAsset } from '@vitrine/api';
import { type Ingested, notFound } from '@vitrine/core';
import { uploadIdSchema } from '@vitrine/schema';
import type { Request as IncomingRequest, Response as OutgoingResponse } from 'express';
import type { HttpDependencies } from '../http/request-context.ts';
import { tusError } from './tus-error.ts';
import { createTusExchange, type TusRequest } from './tus-store.ts';

const overrides = ['PATCH', 'DELETE'];

/** The request as the library takes it, without its body; fails with `not_found` for what is no tus request. */
function messageOf(request: IncomingRequest): Request {
  const override = request.get('x-http-method-override')?.toUpperCase();
  const isOverridden = request.method === 'POST' && overrides.some((method) => method === override);
  const method = isOverridden && override ? override : request.method;
  if ((method === 'POST') === 'id' in request.params) throw notFound('page');
  const headers = new Headers();
  for (const [name, value] of Object.entries(request.headers)) {
    if (value !== undefined) headers.set(name, String(value));
  }
  return new Request(new URL(request.path, 'http://tus.invalid'), { method, headers });
}

async function send(request: IncomingRequest, response: OutgoingResponse, answer: Response): Promise<void> {
  const body = Buffer.from(await answer.arrayBuffer());
  response.status(answer.status).set('Cache-Control', 'no-store');
  for (const [name, value] of answer.headers) {
    // No other site's pages upload here.
    if (!name.startsWith('access-control-')) response.setHeader(name, value);
  }
  if (body.length === 0) response.removeHeader('Content-Type');
  // As in a problem: what is left of a body is not worth reading.
  if (!request.complete) {
    response.setHeader('Connection', 'close');
    request.resume();
  }
  response.end(body);
}

/** Answers one request of the tus protocol; throws what is refused. */
export async function answerTus(dependencies: HttpDependencies, tusRequest: TusRequest): Promise<void> {
  const { services, installation } = dependencies;
  const { request, response, caller } = tusRequest;
  response.setHeader('Tus-Resumable', '1.0.0');
  if (request.get('tus-resumable') !== '1.0.0') {
    const headers = { 'Tus-Version': '1.0.0', 'Content-Type': 'text/plain' };
    return send(request, response, new Response('Send Tus-Resumable: 1.0.0.\n', { status: 412, headers }));
  }
  const exchange = createTusExchange(services, tusRequest);
  const outcomeHeaders = ({ outcome, asset }: Ingested) => ({
    'Vitrine-Outcome': outcome,
    'Vitrine-Asset': asset.id,
  });
  let failure: { readonly error: unknown } | null = null;
  const server = new Server({
    path: '/api/tus',
    datastore: exchange.store,
    locker: exchange.locker,
    namingFunction: exchange.name,
    relativeLocation: true,
    maxSize: installation.maxUploadBytes,
    allowedOrigins: [],
    getFileIdFromRequest: (_request, last) => uploadIdSchema.safeParse(last).data,
    async onUploadFinish() {
      const settled = exchange.settled();
      if (!settled) throw new Error('An upload was whole, but nothing came of it.');
      return {
        ...(request.params['id'] !== undefined && { status_code: 200 }),
        headers: { ...outcomeHeaders(settled), 'Content-Type': 'application/json; charset=utf-8' },
        body: JSON.stringify(presentAsset(settled.asset, installation.urlsFor(caller))),
      };
    },
    onResponseError(_request, error) {
      failure ??= { error };
      return undefined;
    },
  });
  const answer = await server.handleWeb(messageOf(request));
  const refused = exchangeFailure();
  if (refused) throw tusError(refused.error);
  const settled = exchange.settled();
  if (settled) response.set(outcomeHeaders(settled));
  await send(request, response, answer);

  // A function of its own because the compiler takes `failure` for the null it began as.
  function exchangeFailure(): { readonly error: unknown } | null {
    return failure;
  }
}
