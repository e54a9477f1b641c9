import type { Rendered } from '@vitrine/core';
import { type FactsOf, presetsOf, type RenditionStage } from '@vitrine/schema';
import type { MadePicture } from '../pictures/picture-maker.ts';
import { toRendered } from '../pictures/to-rendered.ts';
import { Refusal } from '../refusal.ts';
import type { Sandbox } from '../sandbox/create-sandbox.ts';
import type { PictureSize } from '../sandbox/protocol.ts';
import type { ToolRunner } from '../sandbox/tool-runner.ts';
import { convertFirstPage, officeMs } from './office-converter.ts';
import { makePage } from './page-maker.ts';
import { makeTextCover } from './text-cover-maker.ts';

export interface DocumentTools {
  readonly sandbox: Sandbox;
  readonly tools: ToolRunner;
}

export interface DocumentToRender {
  readonly path: string;
  readonly facts: FactsOf<'document'>;
  readonly stage: RenditionStage;
  /** Somebody is waiting. */
  readonly urgent: boolean;
  readonly signal: AbortSignal | undefined;
}

const coverSizes: PictureSize[] = ['large', 'thumb'];

/** `cover` and `thumb` first; the pages of a PDF, one after the other, in the rest. */
export async function* renderDocument(
  tools: DocumentTools,
  document: DocumentToRender,
): AsyncGenerator<Rendered, void, undefined> {
  if (document.stage === 'rest') {
    yield* renderPages(tools.sandbox, document);
    return;
  }
  const [cover, thumb] = await makeCover(tools, document);
  if (cover) yield toRendered('cover', cover);
  if (thumb) yield toRendered('thumb', thumb);
}

/** Each page is a request of its own, so other files have their turn in between. */
async function* renderPages(
  sandbox: Sandbox,
  { path, facts }: DocumentToRender,
): AsyncGenerator<Rendered, void, undefined> {
  for (const [index, preset] of presetsOf(facts).rest.entries()) {
    const [picture] = await makePage(sandbox, { path, page: index + 1, sizes: ['large'] });
    if (picture) yield toRendered(preset, picture);
  }
}

async function makeCover(
  { sandbox, tools }: DocumentTools,
  { path, facts, urgent, signal }: DocumentToRender,
): Promise<MadePicture[]> {
  const { format } = facts;
  switch (format) {
    case 'pdf':
      return makePage(sandbox, { path, page: 1, sizes: coverSizes });
    case 'txt':
      return makeTextCover(sandbox, { path, format, sizes: coverSizes });
    case 'docx':
    case 'doc':
      return tools.withInput(
        { path, extension: format, urgent, signal, wallMs: officeMs },
        async (session) => {
          const page = await convertFirstPage(session).catch((error: unknown) => {
            // What LibreOffice makes nothing of may still have a text that can be set.
            if (error instanceof Refusal && format === 'docx') return null;
            throw error;
          });
          return page === null
            ? makeUnconverted(sandbox, { path, format })
            : makePage(sandbox, { path: page, page: 1, sizes: coverSizes });
        },
      );
    default:
      return format satisfies never;
  }
}

/** Without LibreOffice the text of a DOCX can still be set; a DOC is nothing that could be read here. */
function makeUnconverted(
  sandbox: Sandbox,
  { path, format }: { path: string; format: 'docx' | 'doc' },
): Promise<MadePicture[]> {
  if (format === 'docx') return makeTextCover(sandbox, { path, format, sizes: coverSizes });
  throw new Refusal(
    'unreadable_media',
    'A cover of a DOC file needs LibreOffice, which this server does not have. Install libreoffice-writer-nogui, or save the file as DOCX or PDF.',
  );
}
