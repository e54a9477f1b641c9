import { createReadStream } from 'node:fs';
import path from 'node:path';
import { createAssetUrls, parsedInput, presentAsset, refusalOf } from '@vitrine/api';
import { uploadInputSchema } from '@vitrine/schema';
import type { FoundFile } from './files-below.ts';
import type { UploadJob, UploadOutcome } from './upload-outcome.ts';
import { callerFor, withLibrary } from './with-library.ts';

const atOnce = 4;

const reasons: Readonly<Record<string, string>> = {
  ENOENT: 'it is not there any more',
  EACCES: 'you may not read it',
  EPERM: 'you may not read it',
  EISDIR: 'it is a folder',
  ELOOP: 'its links lead in a circle',
  EIO: 'its disk has an error',
};

/** What is wrong with the file itself, where it cannot be read; the others go on. */
function unreadable(error: unknown): { code: 'unreadable_media'; detail: string } | null {
  if (!(error instanceof Error) || !('code' in error) || !('syscall' in error)) return null;
  if (error.syscall !== 'open' && error.syscall !== 'read') return null;
  const reason = reasons[String(error.code)];
  return reason ? { code: 'unreadable_media', detail: `The file cannot be read: ${reason}.` } : null;
}

/**
 * Puts files straight into the library of this machine, four at a time; outcomes in the order of the files. Ends at the first error that
 * nobody foresaw.
 */
export function uploadHere(
  { files, target, onOutcome }: UploadJob,
  userAddress: string | undefined,
): Promise<UploadOutcome[]> {
  return withLibrary(async (library) => {
    const { uploads } = library.services;
    const fieldsOf = (folder: string | null) =>
      parsedInput(uploadInputSchema, {
        clientId: target.client,
        campaignId: target.campaign,
        tags: target.tag,
        path: folder ?? undefined,
      });
    const caller = await callerFor(library, userAddress);
    await uploads.authorize(caller, fieldsOf(null));
    const urls = createAssetUrls({ publicUrl: library.config.publicUrl, signer: library.signer })(caller);

    async function outcomeOf({ file, folder }: FoundFile): Promise<UploadOutcome> {
      try {
        const fields = fieldsOf(folder);
        const staged = await uploads.stage(createReadStream(file));
        const fileName = path.basename(file);
        const { outcome, asset } = await uploads.ingest(caller, { fields, staged, fileName });
        return { file, ok: true, outcome, asset: presentAsset(asset, urls) };
      } catch (error) {
        const { code, detail } = unreadable(error) ?? refusalOf(error);
        if (code === 'internal') throw error;
        return { file, ok: false, code, detail };
      }
    }

    const outcomes: UploadOutcome[] = [];
    const waiting = files.entries();
    const work = async () => {
      for (const [position, file] of waiting) {
        const outcome = await outcomeOf(file);
        outcomes[position] = outcome;
        onOutcome(outcome);
      }
    };
    await Promise.all(Array.from({ length: atOnce }, work));
    return outcomes;
  });
}
