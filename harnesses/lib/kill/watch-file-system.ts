import { nodeFileSystem, type OpenFile } from '@vitrine/storage';
import { around, type OnPoint } from './fail-points.ts';

/** Half of what was asked for, at least one byte: what a process leaves that dies in the middle of a write. */
function firstHalf(buffers: readonly Uint8Array[]): Uint8Array[] {
  const all = Buffer.concat(buffers);
  return [all.subarray(0, Math.ceil(all.length / 2))];
}

function watchedFile(file: OpenFile, onPoint: OnPoint, diesInMiddle: () => boolean): OpenFile {
  return {
    writev: (buffers, position) =>
      around('fs.write', onPoint, async () => {
        if (diesInMiddle()) {
          await file.writev(firstHalf(buffers), position);
          onPoint('fs.write:middle');
        }
        return file.writev(buffers, position);
      }),
    read: (buffer, offset, length, position) => file.read(buffer, offset, length, position),
    stat: () => file.stat(),
    truncate: (length) => file.truncate(length),
    sync: () => around('fs.sync', onPoint, () => file.sync()),
    close: () => file.close(),
  };
}

/** Puts a watcher before the file system of every store of this process. */
export function watchFileSystem(onPoint: OnPoint, diesInMiddle: () => boolean): void {
  const { open, rename, link, unlink } = nodeFileSystem;
  nodeFileSystem.open = (path, flags, mode) =>
    around('fs.open', onPoint, async () => watchedFile(await open(path, flags, mode), onPoint, diesInMiddle));
  nodeFileSystem.rename = (from, to) => around('fs.rename', onPoint, () => rename(from, to));
  nodeFileSystem.link = (from, to) => around('fs.link', onPoint, () => link(from, to));
  nodeFileSystem.unlink = (path) => around('fs.unlink', onPoint, () => unlink(path));
}
