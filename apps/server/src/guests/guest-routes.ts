import { json } from 'node:stream/consumers';
import { invalidField, notFound, type Services } from '@vitrine/core';
import {
  type GuestPage,
  guestFileIdSchema,
  guestFormSchema,
  guestUnlockInputSchema,
  knownFormats,
} from '@vitrine/schema';
import type { Request, Response } from 'express';
import type { BlobBodies } from '../delivery/blob-bodies.ts';
import type { Deliverable } from '../delivery/deliverable.ts';
import { deliveryHeaders } from '../delivery/delivery-headers.ts';
import { sendDeliverable } from '../delivery/send-deliverable.ts';
import type { DeclaredRoute } from '../http/declared-route.ts';
import { announcedBytes, withUploadForm } from '../http/upload-form.ts';
import { giveGuestPass, guestOf } from './guest-visit.ts';

interface GuestRoutesOptions {
  readonly services: Pick<Services, 'guests' | 'guestFiles' | 'uploads'>;
  readonly bodies: BlobBodies;
  readonly maxUploadBytes: number;
  /** Whether the installation is reached by https. */
  readonly isSecure: boolean;
}

const longestBody = 4096;
const unkept = 'private, no-store';
const extensions = knownFormats.flatMap((format) => [...format.extensions]);

async function smallJson(request: Request): Promise<unknown> {
  const length = Number(request.get('content-length') ?? Number.NaN);
  if (!(length <= longestBody)) throw invalidField(['password'], 'is sent as JSON of a known, small length');
  return json(request).catch(() => null);
}

/** What guests do who have an upload link, below `/api/u/{token}`, and the bytes they sent for those who decide about them. */
export function guestRoutes(options: GuestRoutesOptions): DeclaredRoute[] {
  const { services, bodies, maxUploadBytes, isSecure } = options;
  const { guests, guestFiles, uploads } = services;

  async function open(request: Request, response: Response): Promise<void> {
    const opened = await guests.open(guestOf(request));
    response.set('Cache-Control', unkept);
    if (!opened) {
      response.json({ state: 'locked' } satisfies GuestPage);
      return;
    }
    const { link, client, campaign } = opened;
    const answer: GuestPage = {
      state: 'open',
      client: client.name,
      campaign: campaign.name,
      message: link.message,
      expiresAt: new Date(link.expiresAt).toISOString(),
      left: {
        bytes: Math.max(0, link.maxBytes - link.usedBytes),
        files: Math.max(0, link.maxFiles - link.usedFiles),
      },
      maxFileBytes: maxUploadBytes,
      extensions,
    };
    response.json(answer);
  }

  async function unlock(request: Request, response: Response): Promise<void> {
    const guest = guestOf(request);
    const input = guestUnlockInputSchema.safeParse(await smallJson(request));
    if (!input.success) throw invalidField(['password'], 'must be a text');
    const pass = await guests.unlock(guest, input.data.password);
    giveGuestPass(response, guest, { pass, isSecure });
    response.set('Cache-Control', unkept).json({ success: true });
  }

  async function send(request: Request, response: Response): Promise<void> {
    const guest = guestOf(request);
    await guests.admit(guest, announcedBytes(request));
    await withUploadForm(request, response, {
      schema: guestFormSchema,
      maxBytes: maxUploadBytes,
      beforeBytes: async () => {},
      stage: (stream, signal) => guests.stage(guest, stream, signal),
      discard: (staged) => uploads.discard(staged),
      async work({ sender }, { fileName, staged }, signal) {
        const receipt = await guests.receive(guest, { sender, fileName, staged, signal });
        response.status(201).set('Cache-Control', unkept).json(receipt);
      },
    });
  }

  const file: DeclaredRoute = {
    method: 'get',
    paths: ['/api/guest-files/:id/data'],
    permission: 'guest.read',
    async handle(request, response, caller) {
      const id = guestFileIdSchema.safeParse(request.params['id']);
      if (!id.success) throw notFound('file');
      const { blob, size, fileName, createdAt } = await guestFiles.file(caller, id.data);
      // Nobody has accepted it: never shown in place, and of no type that a browser would open.
      const deliverable: Deliverable = {
        ...{ size, fileName, sha256: blob.sha256 },
        content: { kind: 'blob', ...blob },
        mimeType: 'application/octet-stream',
        inline: false,
        version: null,
        etag: `"${blob.sha256}"`,
        lastModified: new Date(createdAt).toUTCString(),
      };
      const headers = deliveryHeaders(deliverable, { download: true });
      const standing = ['Cache-Control', unkept];
      await sendDeliverable(request, response, { file: deliverable, headers, standing, bodies });
    },
  };

  const route = (method: 'get' | 'post', path: string, handle: typeof open): DeclaredRoute => ({
    method,
    paths: [`/api/u/:token${path}`],
    permission: 'public',
    handle,
  });
  return [route('get', '', open), route('post', '', send), route('post', '/unlock', unlock), file];
}
