import { AppError, type InspectedFile, type Inspection, type MediaInspector } from '@vitrine/core';
import { assetFactsSchema, assetFormats, mimeTypeOf } from '@vitrine/schema';
import { ByteSource, EndOfBytes } from './byte-source.ts';
import { readFacts } from './read-facts.ts';
import { Refusal } from './refusal.ts';
import type { Sandbox } from './sandbox/create-sandbox.ts';

export interface MediaInspectorOptions {
  /** How long one file may take in the sandbox, and its headers here. Default 10,000. */
  readonly timeoutMs?: number;
  /** Where hostile files are opened; whoever made it closes it. */
  readonly sandbox: Sandbox;
}

/** Where a long file without a table of contents has to be read through, it gets a second more per so many bytes. */
const bytesPerSecond = 50 * 1024 * 1024;

/**
 * Reads kind, format and facts of the twenty formats. Headers of video and sound are read here, a few KiB of each file;
 * pictures, PDF, Office files and SVG are opened in the sandbox.
 */
export function createMediaInspector({
  sandbox,
  timeoutMs = 10_000,
}: MediaInspectorOptions): Omit<MediaInspector, 'close'> {
  return {
    async inspect(file: InspectedFile): Promise<Inspection> {
      try {
        const deadline = performance.now() + timeoutMs + (file.size / bytesPerSecond) * 1000;
        await using source = await ByteSource.open(file.path, deadline);
        const facts = await readFacts({ source, sandbox, file });
        const checked = assetFactsSchema.safeParse(facts);
        if (!checked.success) {
          throw new Refusal('unreadable_media', "The file's facts make no sense. Export it again.", {
            cause: checked.error,
          });
        }
        return { ...checked.data, mimeType: mimeTypeOf(checked.data.format) };
      } catch (error) {
        throw toAppError(error);
      }
    },
  };
}

const accepted = `Vitrine takes ${assetFormats.map((format) => format.toUpperCase()).join(', ')}.`;

/** Refusals get their code; what the bytes provoke in a parser is a damaged file; a failing disk stays what it is. */
function toAppError(error: unknown): unknown {
  if (error instanceof AppError) return error;
  if (error instanceof Refusal) {
    const detail = error.code === 'unsupported_format' ? `${error.message} ${accepted}` : error.message;
    return new AppError(error.code, detail, { cause: error.cause });
  }
  if (error instanceof EndOfBytes) {
    return new AppError(
      'unreadable_media',
      'The file is truncated: it ends within its header. Copy it again from where it came from, or export it again.',
      { cause: error },
    );
  }
  if (error instanceof RangeError) {
    return new AppError('unreadable_media', 'The file is damaged. Export it again.', { cause: error });
  }
  return error;
}
