import { type Caller, checksumAlgorithms } from '@vitrine/core';
import type { Request, Response } from 'express';
import type { DeclaredRoute } from '../http/declared-route.ts';
import type { HttpDependencies } from '../http/request-context.ts';
import { answerTus } from './answer-tus.ts';
import { tusExtensions } from './tus-store.ts';

const one = '/api/tus/:id';

/** Resumable uploads after tus 1.0: `/api/tus` begins one, and each has an address below it. */
export function tusRoutes(dependencies: HttpDependencies): DeclaredRoute[] {
  const protocol = {
    'Tus-Resumable': '1.0.0',
    'Tus-Version': '1.0.0',
    'Tus-Extension': tusExtensions.join(','),
    'Tus-Max-Size': String(dependencies.installation.maxUploadBytes),
    'Tus-Checksum-Algorithm': checksumAlgorithms.join(','),
  };
  const handle = (request: Request, response: Response, caller: Caller) =>
    answerTus(dependencies, { request, response, caller });
  return [
    {
      method: 'options',
      paths: ['/api/tus', one],
      permission: 'public',
      handle: (_request, response) => {
        response.status(204).set(protocol).end();
      },
    },
    // A POST to an upload is one of the others that a proxy would not let through.
    { method: 'post', paths: ['/api/tus', one], permission: 'asset.create', handle },
    { method: 'head', paths: [one], permission: 'asset.create', handle },
    { method: 'patch', paths: [one], permission: 'asset.create', handle },
    { method: 'delete', paths: [one], permission: 'asset.create', handle },
  ];
}
