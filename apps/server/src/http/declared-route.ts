import { AppError, assertCredential, type Caller, type Permission } from '@vitrine/core';
import type { Request, Response, Router } from 'express';
import { assertDeclared } from './assert-declared.ts';
import { callerOf, type HttpDependencies } from './request-context.ts';
import { sendProblem } from './send-problem.ts';

interface Address {
  readonly method: 'get' | 'head' | 'options' | 'post' | 'patch' | 'delete';
  readonly paths: readonly string[];
}

/** A route that is no procedure, because it carries bytes or belongs to nobody. It says who may use it. */
export type DeclaredRoute = Address &
  (
    | {
        readonly permission: 'public';
        readonly handle: (request: Request, response: Response) => Promise<void> | void;
      }
    | {
        readonly permission: Exclude<Permission, 'public'>;
        /** Called with a credential that covers the action; which row it may touch, the use case decides. */
        readonly handle: (request: Request, response: Response, caller: Caller) => Promise<void>;
      }
  );

async function answer(
  route: DeclaredRoute,
  request: Request,
  response: Response,
  dependencies: HttpDependencies,
): Promise<void> {
  if (route.permission === 'public') return route.handle(request, response);
  const caller = await callerOf(request, dependencies.authenticator);
  if (!caller) {
    throw new AppError(
      'unauthenticated',
      'Send an API key as "Authorization: Bearer <key>" or "X-API-Key: <key>", or sign in.',
    );
  }
  assertCredential(caller.actor, route.permission);
  await route.handle(request, response, caller);
}

/**
 * Mounts routes, each behind what it declares. Throws when one declares nothing that exists, so the server does not start
 * with a door that nobody guards. Every error a handler throws becomes a problem.
 */
export function mountRoutes(
  router: Router,
  routes: readonly DeclaredRoute[],
  dependencies: HttpDependencies,
): void {
  for (const route of routes) {
    assertDeclared(route.permission, route.paths);
    router[route.method]([...route.paths], async (request, response) => {
      try {
        await answer(route, request, response, dependencies);
      } catch (error) {
        sendProblem(request, response, error);
      }
    });
  }
}
