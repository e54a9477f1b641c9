import type { UploadFile } from './upload-queue.ts';

// What operating systems leave in folders; nobody means to upload it.
const litter = new Set(['.ds_store', 'thumbs.db', 'desktop.ini', '.localized']);

/** Whether a file in a dropped folder was put there by a person. */
export function isWanted(name: string): boolean {
  return !litter.has(name.toLowerCase()) && !name.startsWith('._');
}

function fileOf(entry: FileSystemFileEntry): Promise<File> {
  return new Promise((resolve, reject) => entry.file(resolve, reject));
}

/** A folder's entries; browsers give at most 100 at a time, and an empty list at the end. */
async function entriesOf(folder: FileSystemDirectoryEntry): Promise<FileSystemEntry[]> {
  const reader = folder.createReader();
  const entries: FileSystemEntry[] = [];
  for (;;) {
    const batch = await new Promise<FileSystemEntry[]>((resolve, reject) =>
      reader.readEntries(resolve, reject),
    );
    if (batch.length === 0) return entries;
    entries.push(...batch);
  }
}

function isFolder(entry: FileSystemEntry): entry is FileSystemDirectoryEntry {
  return entry.isDirectory;
}
function isFile(entry: FileSystemEntry): entry is FileSystemFileEntry {
  return entry.isFile;
}

/** `/shoot/day 1/a.jpg` lay in `shoot/day 1`. */
function folderOf({ fullPath }: FileSystemEntry): string | null {
  return fullPath.split('/').slice(1, -1).join('/') || null;
}

async function filesIn(entry: FileSystemEntry): Promise<UploadFile[]> {
  if (isFolder(entry)) {
    const files: UploadFile[] = [];
    for (const child of await entriesOf(entry)) files.push(...(await filesIn(child)));
    return files;
  }
  return isFile(entry) && isWanted(entry.name) ? [{ file: await fileOf(entry), path: folderOf(entry) }] : [];
}

/** All files of a drop, those in dropped folders included. Must be called while the drop's event is handled. */
export async function droppedFiles(transfer: DataTransfer): Promise<UploadFile[]> {
  // The list of items is emptied as soon as the event is over, so the entries are taken first.
  const entries = [...transfer.items]
    .filter(({ kind }) => kind === 'file')
    .map((item) => item.webkitGetAsEntry());
  if (entries.length === 0 || entries.includes(null))
    return [...transfer.files].map((file) => ({ file, path: null }));
  const files: UploadFile[] = [];
  for (const entry of entries) if (entry) files.push(...(await filesIn(entry)));
  return files;
}
