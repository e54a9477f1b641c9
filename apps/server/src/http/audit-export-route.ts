import { pipeline } from 'node:stream/promises';
import { invalidField, type Services } from '@vitrine/core';
import { clientIdSchema } from '@vitrine/schema';
import { auditLines } from '../audit-lines.ts';
import type { DeclaredRoute } from './declared-route.ts';

/**
 * `/api/audit.jsonl`: the events as they are chained, one to a line, of one client if `clientId` says so. What is read waits for whoever
 * takes it, so that a log of any length passes through a little memory.
 */
export function auditExportRoute({ services }: { readonly services: Services }): DeclaredRoute {
  return {
    method: 'get',
    paths: ['/api/audit.jsonl'],
    permission: 'audit.readAll',
    async handle(request, response, caller) {
      const wanted = clientIdSchema.optional().safeParse(request.query['clientId']);
      if (!wanted.success) throw invalidField(['clientId'], 'must be the id of a client');
      response
        .set('Content-Type', 'application/jsonl; charset=utf-8')
        .set('Content-Disposition', 'attachment; filename="audit.jsonl"')
        .set('Cache-Control', 'private, no-store');
      // It goes when it is half sent and whoever asked is gone; there is nobody then to tell.
      await pipeline(auditLines(services.audit.export(caller, { clientId: wanted.data })), response).catch(
        (error: unknown) => {
          if (!response.headersSent) throw error;
          request.log.warn({ error }, 'an export of the audit log ended early');
        },
      );
    },
  };
}
