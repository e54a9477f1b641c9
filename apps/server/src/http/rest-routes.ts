import { type Context, type RestOperation, restOperations } from '@vitrine/api';
import { AppError } from '@vitrine/core';
import { json, type Request, type RequestHandler, Router } from 'express';
import { contextOf, type HttpDependencies } from './request-context.ts';
import { sendProblem } from './send-problem.ts';

/** The largest JSON body, security rule 9. */
const maxJsonBytes = 256 * 1024;

const methods = { GET: 'get', POST: 'post', PATCH: 'patch', DELETE: 'delete' } as const;

/** A form or a text would otherwise read as an empty body, and the answer would blame the wrong thing. */
const onlyJson: RequestHandler = (request, _response, next) => {
  if (request.is('application/json') !== false || request.get('content-length') === '0') return next();
  if (request.get('content-type') === undefined && request.get('content-length') === undefined) return next();
  next(new AppError('invalid_input', 'Send the body as JSON, with "Content-Type: application/json".'));
};

function queryOf(request: Request): URLSearchParams {
  const start = request.originalUrl.indexOf('?');
  return new URLSearchParams(start < 0 ? '' : request.originalUrl.slice(start + 1));
}

function paramsOf(request: Request): Record<string, string> {
  return Object.fromEntries(
    Object.entries(request.params).flatMap(([name, value]) =>
      typeof value === 'string' ? [[name, value]] : [],
    ),
  );
}

type Contexts = WeakMap<Request, Context>;

/** Before anything is said about the input, and before its body is read: whoever may not ask sends none. */
function admission(
  { admit }: RestOperation,
  dependencies: HttpDependencies,
  contexts: Contexts,
): RequestHandler {
  return async (request, response, next) => {
    try {
      const context = await contextOf(request, dependencies);
      admit(context);
      contexts.set(request, context);
    } catch (error) {
      sendProblem(request, response, error);
      return;
    }
    next();
  };
}

function handler({ call }: RestOperation, contexts: Contexts): RequestHandler {
  return async (request, response) => {
    try {
      const context = contexts.get(request);
      if (!context) throw new Error('A request was answered before it was admitted.');
      const result = await call(context, {
        params: paramsOf(request),
        query: queryOf(request),
        ifMatch: request.get('if-match'),
        body: request.body,
      });
      response
        .status(result.status)
        .set(result.headers)
        .set('Cache-Control', 'private, no-cache')
        .json(result.body);
    } catch (error) {
      sendProblem(request, response, error);
    }
  };
}

/** Mounts every REST path that a procedure declares. */
export function restRoutes(dependencies: HttpDependencies): Router {
  const router = Router();
  const parse = json({ limit: maxJsonBytes });
  const contexts: Contexts = new WeakMap();
  for (const operation of restOperations()) {
    const { method, path } = operation.route;
    const expressPath = path.replaceAll(/\{(\w+)\}/g, ':$1');
    const body = method === 'POST' || method === 'PATCH' ? [onlyJson, parse] : [];
    const admit = admission(operation, dependencies, contexts);
    router[methods[method]](expressPath, admit, ...body, handler(operation, contexts));
  }
  return router;
}
