import { constants } from 'node:fs';
import { access } from 'node:fs/promises';
import path from 'node:path';
import { systemPath } from './sandbox/search-path.ts';

/** The programs that renditions need, and what cannot be made without each. */
const mediaTools = {
  ffmpeg: { needed: true, purpose: 'posters, preview strips and waveforms of video and audio' },
  soffice: { needed: false, purpose: 'covers of DOC files, and covers of DOCX files as they look in Word' },
} as const;
type MediaTool = keyof typeof mediaTools;

export interface FoundTool {
  readonly name: MediaTool;
  /** Where it lies; null when this system does not have it. */
  readonly path: string | null;
  /** False: something else is made instead. */
  readonly needed: boolean;
  readonly purpose: string;
}

async function onPath(name: string): Promise<string | null> {
  for (const folder of systemPath.split(':')) {
    const file = path.join(folder, name);
    const found = await access(file, constants.X_OK).then(
      () => true,
      () => false,
    );
    if (found) return file;
  }
  return null;
}

/** Which of the programs this system has. */
export function findTools(): Promise<FoundTool[]> {
  const { ffmpeg, soffice } = mediaTools;
  const tools = [
    { name: 'ffmpeg' as const, ...ffmpeg },
    { name: 'soffice' as const, ...soffice },
  ];
  return Promise.all(tools.map(async (tool) => ({ ...tool, path: await onPath(tool.name) })));
}
