import { type MadePicture, receivePicture } from '../pictures/picture-maker.ts';
import type { Sandbox } from '../sandbox/create-sandbox.ts';
import type { TaskRequest } from '../sandbox/protocol.ts';

/** A page of a PDF, numbered from 1, at the sizes asked for. Fails as `Sandbox.run` does. */
export async function makePage(
  sandbox: Sandbox,
  page: Omit<TaskRequest<'page'>, 'task'>,
): Promise<MadePicture[]> {
  const { pictures } = await sandbox.run({ task: 'page', ...page });
  return pictures.map(receivePicture);
}
