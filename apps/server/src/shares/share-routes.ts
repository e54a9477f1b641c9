import { json } from 'node:stream/consumers';
import { pipeline } from 'node:stream/promises';
import { AppError, invalidField, notFound, type Services } from '@vitrine/core';
import {
  assetIdSchema,
  type SharedPage,
  sharedPageInputSchema,
  shareUnlockInputSchema,
} from '@vitrine/schema';
import { create as contentDisposition } from 'content-disposition';
import type { Request, Response } from 'express';
import type { BlobBodies } from '../delivery/blob-bodies.ts';
import { deliveryHeaders } from '../delivery/delivery-headers.ts';
import type { DeliveryRoute } from '../delivery/delivery-route.ts';
import { originalRoute } from '../delivery/original-route.ts';
import { sendDeliverable } from '../delivery/send-deliverable.ts';
import type { StillPdfs } from '../delivery/still-pdfs.ts';
import { thumbnailRoute } from '../delivery/thumbnail-route.ts';
import { waveformRoute } from '../delivery/waveform-route.ts';
import type { DeclaredRoute } from '../http/declared-route.ts';
import { shareZip } from './share-zip.ts';
import { givesOriginal, sharedItem } from './shared-item.ts';
import { givePass, shareBase, visitorOf } from './visitor.ts';
import { usableName } from './zip-names.ts';

interface ShareRoutesOptions {
  readonly services: Pick<Services, 'shared' | 'assets' | 'renditions'>;
  readonly bodies: BlobBodies;
  readonly stillPdfs: StillPdfs;
  /** Whether the installation is reached by https. */
  readonly isSecure: boolean;
}

/** Asked for again each time, so that a link that was revoked shows nothing any more. */
const standing = ['Cache-Control', 'private, no-cache'];
const longestBody = 4096;

const queryOf = (request: Request) => new URL(request.originalUrl, 'http://localhost').searchParams;

async function smallJson(request: Request): Promise<unknown> {
  const length = Number(request.get('content-length') ?? Number.NaN);
  if (!(length <= longestBody)) throw invalidField(['password'], 'is sent as JSON of a known, small length');
  return json(request).catch(() => null);
}

/** Whether a request begins to fetch something to be saved; the later parts of a download are none of their own. */
const beginsDownload = (request: Request, query: URLSearchParams) =>
  request.method === 'GET' && query.has('download') && /^(bytes=0-.*)?$/.test(request.get('range') ?? '');

/**
 * What people see who have a link and no account, below `/api/s/{token}`. Every answer is decided anew: by the link as it is now, and by what
 * the one who made it may see.
 */
export function shareRoutes({ services, bodies, stillPdfs, isSecure }: ShareRoutesOptions): DeclaredRoute[] {
  const { shared } = services;
  const kinds: Readonly<Record<string, DeliveryRoute>> = {
    data: originalRoute(services, stillPdfs),
    thumbnail: thumbnailRoute(services),
    waveform: waveformRoute(services, bodies),
  };

  async function open(request: Request, response: Response): Promise<void> {
    const visitor = visitorOf(request);
    const input = sharedPageInputSchema.safeParse(request.query);
    if (!input.success) throw invalidField(['cursor'], 'or limit is wrong; begin without them');
    const looksOnly = request.method === 'HEAD';
    const opened = await shared.open(visitor, { ...input.data, looksOnly });
    response.set('Cache-Control', 'private, no-store');
    if (!opened) {
      response.json({ state: 'locked' } satisfies SharedPage);
      return;
    }
    const { terms, client, logo, page, pass } = opened;
    if (pass) givePass(response, visitor, pass, isSecure);
    const base = shareBase(visitor.token);
    const answer: SharedPage = {
      state: 'open',
      name: terms.name,
      client: client.name,
      colors: client.brandGuidelines?.colors.slice(0, 2) ?? [],
      logoUrl: logo && `${base}/logo`,
      quality: terms.quality,
      downloads: terms.downloads,
      zipUrl: terms.downloads && page.items.length > 0 ? `${base}/zip` : null,
      expiresAt: new Date(terms.expiresAt).toISOString(),
      items: page.items.map((tile) => sharedItem(tile, terms, base)),
      nextCursor: page.nextCursor,
    };
    response.json(answer);
  }

  async function unlock(request: Request, response: Response): Promise<void> {
    const visitor = visitorOf(request);
    const input = shareUnlockInputSchema.safeParse(await smallJson(request));
    if (!input.success) throw invalidField(['password'], 'must be a text');
    givePass(response, visitor, await shared.unlock(visitor, input.data.password), isSecure);
    response.set('Cache-Control', 'private, no-store').json({ success: true });
  }

  async function bytes(request: Request, response: Response): Promise<void> {
    const visitor = visitorOf(request);
    const query = queryOf(request);
    const id = assetIdSchema.safeParse(request.params['id']);
    const kind = String(request.params['kind']);
    const route = Object.hasOwn(kinds, kind) ? kinds[kind] : undefined;
    if (!id.success || !route) throw notFound('asset');
    const { terms, caller } = await shared.asset(visitor, id.data);
    // Found first: what is hidden or in the trash by now is not there, whatever the link's terms are.
    const file = await route.find(caller, { id: id.data, version: undefined, query });
    if (query.has('download') && !terms.downloads) {
      throw new AppError('forbidden', 'Nothing may be saved from this link.');
    }
    if (kind === 'data') {
      const asset = await services.assets.get(caller, id.data);
      if (!givesOriginal(terms, asset)) throw new AppError('forbidden', 'This link shows previews only.');
      if (!terms.downloads && !file.inline) {
        throw new AppError(
          'forbidden',
          'This PDF cannot be looked at here, since it might run something or is too large, and nothing may be saved from this link.',
        );
      }
    }
    if (beginsDownload(request, query)) await shared.noteDownload(visitor, id.data);
    const headers = deliveryHeaders(file, { download: query.has('download') });
    await sendDeliverable(request, response, { file, headers, standing, bodies });
  }

  async function logo(request: Request, response: Response): Promise<void> {
    const { id, caller } = await shared.logo(visitorOf(request));
    const query = new URLSearchParams({ size: 'thumb' });
    const file = await thumbnailRoute(services).find(caller, { id, version: undefined, query });
    const headers = deliveryHeaders(file, { download: false });
    await sendDeliverable(request, response, { file, headers, standing, bodies });
  }

  async function zip(request: Request, response: Response): Promise<void> {
    const visitor = visitorOf(request);
    const { terms, caller, files } = await shared.all(visitor);
    const gone = new AbortController();
    response.once('close', () => gone.abort());
    const { signal } = gone;
    const goesOn = () => shared.goesOn(visitor);
    const made = await shareZip(services, bodies, {
      title: terms.name,
      terms,
      caller,
      files,
      signal,
      goesOn,
    });
    if (signal.aborted) return;
    const stream = request.method === 'GET' ? await made.stream() : null;
    if (stream) await shared.noteDownload(visitor, null);
    response
      .set('Content-Type', 'application/zip')
      .set('Content-Disposition', contentDisposition(`${usableName(terms.name)}.zip`))
      .set('Content-Length', String(made.length))
      .set('Cache-Control', 'private, no-store');
    if (!stream) {
      response.end();
      return;
    }
    // A visitor who closes the window is no error, and whoever's link has ended sees the connection end.
    await pipeline(stream, response).catch((error: unknown) => {
      request.log.warn({ error }, 'a ZIP ended early');
    });
  }

  const route = (method: 'get' | 'post', path: string, handle: typeof open): DeclaredRoute => ({
    method,
    paths: [`/api/s/:token${path}`],
    permission: 'public',
    handle,
  });
  return [
    route('get', '', open),
    route('post', '/unlock', unlock),
    route('get', '/logo', logo),
    route('get', '/zip', zip),
    route('get', '/assets/:id/:kind', bytes),
  ];
}
