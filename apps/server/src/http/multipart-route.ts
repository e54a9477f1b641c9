import { presentAsset } from '@vitrine/api';
import { fingerprintOf } from '@vitrine/core';
import { uploadFormSchema } from '@vitrine/schema';
import type { DeclaredRoute } from './declared-route.ts';
import { type HttpDependencies, idempotencyKeyOf } from './request-context.ts';
import { announcedBytes, withUploadForm } from './upload-form.ts';

const target = uploadFormSchema.pick({ clientId: true, campaignId: true, assetId: true });

/** `POST /api/v2/upload-asset`: one file and its fields, in any order. */
export function multipartRoute(dependencies: HttpDependencies): DeclaredRoute {
  const { services, installation } = dependencies;
  return {
    method: 'post',
    paths: ['/api/v2/upload-asset'],
    permission: 'asset.create',
    handle: (request, response, caller) =>
      withUploadForm(request, response, {
        schema: uploadFormSchema,
        maxBytes: installation.maxUploadBytes,
        async beforeBytes(fields) {
          // Fields may come after the file; then the same check is made when the form is complete.
          const known = target.safeParse(fields);
          if (!known.success) return;
          await services.uploads.authorize(caller, known.data, announcedBytes(request));
        },
        stage: (stream, signal) => services.uploads.stage(stream, signal),
        discard: (staged) => services.uploads.discard(staged),
        async work(fields, { fileName, staged }, signal) {
          const ingested = await services.idempotency
            .once(caller, {
              key: idempotencyKeyOf(request),
              fingerprint: fingerprintOf('asset.upload', { ...fields, fileName, sha256: staged.sha256 }),
              work: (caller) => services.uploads.ingest(caller, { fields, fileName, staged, signal }),
              replay: (answer) => services.uploads.replay(caller, answer),
            })
            // Bytes of a request that was answered before are not wanted again.
            .finally(() => services.uploads.discard(staged));
          const asset = presentAsset(ingested.asset, installation.urlsFor(caller));
          response
            .status(ingested.outcome === 'deduplicated' ? 200 : 201)
            .set('Vitrine-Outcome', ingested.outcome)
            .location(asset.url)
            .json(asset);
        },
      }),
  };
}
