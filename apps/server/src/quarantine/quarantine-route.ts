import { notFound, type Services } from '@vitrine/core';
import { quarantinedFileIdSchema } from '@vitrine/schema';
import type { BlobBodies } from '../delivery/blob-bodies.ts';
import type { Deliverable } from '../delivery/deliverable.ts';
import { deliveryHeaders } from '../delivery/delivery-headers.ts';
import { sendDeliverable } from '../delivery/send-deliverable.ts';
import type { DeclaredRoute } from '../http/declared-route.ts';

interface QuarantineRouteOptions {
  readonly services: Pick<Services, 'quarantine'>;
  readonly bodies: BlobBodies;
}

/** `/api/quarantine/{id}/data`: bytes that were refused, for owners and admins who want to look at them with tools of their own. */
export function quarantineRoute({ services, bodies }: QuarantineRouteOptions): DeclaredRoute {
  return {
    method: 'get',
    paths: ['/api/quarantine/:id/data'],
    permission: 'quarantine.read',
    async handle(request, response, caller) {
      const id = quarantinedFileIdSchema.safeParse(request.params['id']);
      if (!id.success) throw notFound('file');
      const { file, open } = await services.quarantine.file(caller, id.data);
      // A scan may have found that it does harm: never shown in place, and of no type that a browser would open.
      const deliverable: Deliverable = {
        ...{ size: file.size, fileName: file.fileName, sha256: file.sha256 },
        content: { kind: 'stream', open },
        mimeType: 'application/octet-stream',
        inline: false,
        version: null,
        etag: `"${file.sha256}"`,
        lastModified: new Date(file.createdAt).toUTCString(),
      };
      const headers = deliveryHeaders(deliverable, { download: true });
      const standing = ['Cache-Control', 'private, no-store'];
      await sendDeliverable(request, response, { file: deliverable, headers, standing, bodies });
    },
  };
}
