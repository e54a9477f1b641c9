import { EndOfBytes } from '../byte-source.ts';
import { Refusal } from '../refusal.ts';
import type { AnyTaskRequest, Reply, TaskResult } from './protocol.ts';

// The entry of a sandbox process. Each reader is loaded when it is first needed, so a process starts in a tenth of a second.

async function perform(request: AnyTaskRequest): Promise<TaskResult> {
  switch (request.task) {
    case 'jpeg':
    case 'png':
    case 'webp':
    case 'gif':
      return (await import('./tasks/raster.ts')).readRaster(request.path, request.task);
    case 'svg':
      return (await import('./tasks/svg.ts')).readSvg(request.path);
    case 'pdf':
      return (await import('./tasks/pdf.ts')).readPdf(request.path);
    case 'docx':
      return (await import('./tasks/docx.ts')).readDocx(request.path);
    case 'doc':
      return (await import('./tasks/doc.ts')).readDoc(request.path);
    case 'name':
      return (await import('./tasks/binary-name.ts')).readBinaryName(request.path);
    case 'picture':
      return { pictures: await (await import('./tasks/picture.ts')).makePictures(request) };
    case 'drawing':
      return { pictures: await (await import('./tasks/drawing.ts')).makeDrawing(request) };
    case 'page':
      return { pictures: await (await import('./tasks/page.ts')).makePage(request) };
    case 'text-cover':
      return { pictures: await (await import('./tasks/text-cover.ts')).makeTextCover(request) };
    case 'words':
      return { text: await (await import('./tasks/words.ts')).readWords(request) };
    default:
      return request satisfies never;
  }
}

function toReply(error: unknown): Reply {
  if (error instanceof Refusal) return { kind: 'refused', code: error.code, detail: error.message };
  if (error instanceof EndOfBytes) {
    const detail = 'The file is truncated: it ends too early. Copy it again from where it came from.';
    return { kind: 'refused', code: 'unreadable_media', detail };
  }
  return { kind: 'failed', reason: String(error).slice(0, 1000) };
}

const reply = (message: Reply) => process.send?.(message);

process.on('message', (request: AnyTaskRequest) => {
  perform(request).then(
    (result) => reply({ kind: 'done', result }),
    (error: unknown) => reply(toReply(error)),
  );
});
// The server is gone.
process.on('disconnect', () => process.exit(0));
reply({ kind: 'ready' });
