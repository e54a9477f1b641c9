import { createReadStream } from 'node:fs';
import path from 'node:path';
import { createAssetUrls, presentAsset, refusalOf } from '@vitrine/api';
import { type Asset, type ErrorCode, type IngestOutcome, uploadInputSchema } from '@vitrine/schema';
import type { Command } from 'commander';
import { type CommonOptions, collect, command } from './command.ts';
import { filesBelow } from './files-below.ts';
import { createOutput } from './output.ts';
import { callerFor, withLibrary } from './with-library.ts';

interface UploadOptions extends CommonOptions {
  readonly client: string;
  readonly campaign?: string;
  readonly tag: readonly string[];
  readonly user?: string;
}

/** What became of one file. */
type Outcome =
  | { readonly file: string; readonly ok: true; readonly outcome: IngestOutcome; readonly asset: Asset }
  | { readonly file: string; readonly ok: false; readonly code: ErrorCode; readonly detail: string };

/** `vitrine upload <files or folders>`: every file has its own outcome; one refusal does not stop the others. */
export function uploadCommand(program: Command): void {
  command(program, 'upload <paths...>')
    .description('put files or whole folders into the library')
    .requiredOption('--client <id>', 'the client they belong to')
    .option('--campaign <id>', "one of the client's campaigns")
    .option('--tag <name>', 'a free tag or a role; may be repeated', collect, [])
    .option('--user <address>', 'act as this user (default: the first owner)')
    .action(async (paths: readonly string[], options: UploadOptions) => {
      const output = createOutput(options.json);
      const fields = uploadInputSchema.parse({
        clientId: options.client,
        campaignId: options.campaign,
        tags: options.tag,
      });
      const outcomes = await withLibrary(async (library) => {
        const { uploads } = library.services;
        const caller = await callerFor(library, options.user);
        await uploads.authorize(caller, fields);
        const urls = createAssetUrls({ publicUrl: library.config.publicUrl, signer: library.signer })(caller);
        const done: Outcome[] = [];
        for (const file of await filesBelow(paths)) {
          try {
            const staged = await uploads.stage(createReadStream(file));
            const { outcome, asset } = await uploads.ingest(caller, {
              fields,
              staged,
              fileName: path.basename(file),
            });
            done.push({ file, ok: true, outcome, asset: presentAsset(asset, urls) });
            output.progress(`${file}: ${outcome}, ${asset.type} ${asset.id}`);
          } catch (error) {
            const { code, detail } = refusalOf(error);
            if (code === 'internal') throw error;
            done.push({ file, ok: false, code, detail });
            output.progress(`${file}: refused (${code}). ${detail}`);
          }
        }
        return done;
      });
      const refused = outcomes.filter((outcome) => !outcome.ok).length;
      output.result(outcomes, `${outcomes.length - refused} uploaded, ${refused} refused.`);
      if (refused > 0) process.exitCode = 2;
    });
}
