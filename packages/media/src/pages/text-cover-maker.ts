import { type MadePicture, receivePicture } from '../pictures/picture-maker.ts';
import type { Sandbox } from '../sandbox/create-sandbox.ts';
import type { TaskRequest } from '../sandbox/protocol.ts';

/** A cover set from the first lines of a text or DOCX file. Fails as `Sandbox.run` does. */
export async function makeTextCover(
  sandbox: Sandbox,
  cover: Omit<TaskRequest<'text-cover'>, 'task'>,
): Promise<MadePicture[]> {
  const { pictures } = await sandbox.run({ task: 'text-cover', ...cover });
  return pictures.map(receivePicture);
}
