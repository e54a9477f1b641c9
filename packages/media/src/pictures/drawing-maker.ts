import type { Sandbox } from '../sandbox/create-sandbox.ts';
import type { TaskRequest } from '../sandbox/protocol.ts';
import { type MadePicture, receivePicture } from './picture-maker.ts';

/** An SVG at the sizes asked for, in the proportions of `width` and `height`. Fails as `Sandbox.run` does. */
export async function makeDrawing(
  sandbox: Sandbox,
  drawing: Omit<TaskRequest<'drawing'>, 'task'>,
): Promise<MadePicture[]> {
  const { pictures } = await sandbox.run({ task: 'drawing', ...drawing });
  return pictures.map(receivePicture);
}
