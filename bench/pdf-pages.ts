import { execFile } from 'node:child_process';
import { readdir, stat } from 'node:fs/promises';
import { basename, join } from 'node:path';
import { promisify } from 'node:util';
import { createMediaTools } from '@vitrine/media';

/**
 * Compares the page counts of all PDFs below the given folders with pdfinfo's, and has a cover made of each. Prints every
 * difference and a summary; exits with 1 when there is one. Real files come from Debian's documentation packages:
 *
 *   apt-get download texlive-latex-recommended-doc texlive-humanities-doc && for d in *.deb; do dpkg-deb -x $d pdfs; done
 *   node --conditions=@vitrine/source bench/pdf-pages.ts pdfs
 */
const run = promisify(execFile);
const media = createMediaTools();

async function pdfsBelow(folder: string): Promise<string[]> {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true });
  return entries
    .filter((entry) => entry.isFile() && entry.name.toLowerCase().endsWith('.pdf'))
    .map((entry) => join(entry.parentPath, entry.name));
}

/** pdfinfo's count; null for a file that it cannot read. */
async function oracle(path: string): Promise<number | null> {
  try {
    return Number(/^Pages:\s+(\d+)$/m.exec((await run('pdfinfo', [path])).stdout)?.[1] ?? 0) || null;
  } catch {
    return null;
  }
}

/** The count, and how long the first page took to draw; or why there is none. */
async function ours(path: string): Promise<{ pages: number | null; failure: string | null; ms: number }> {
  const { size } = await stat(path);
  const start = performance.now();
  try {
    const { mimeType, ...facts } = await media.inspector.inspect({ path, size, fileName: basename(path) });
    const pages = facts.type === 'document' ? facts.pageCount : null;
    const order = { stage: 'first', posterMs: null, urgent: false } as const;
    const made = await Array.fromAsync(media.renderer.render({ path, size, facts }, order));
    const failed = made.find((outcome) => outcome.state === 'failed');
    return { pages, failure: failed?.reason ?? null, ms: performance.now() - start };
  } catch (error) {
    return { pages: null, failure: String(error), ms: performance.now() - start };
  }
}

const folders = process.argv.slice(2);
if (folders.length === 0) {
  console.error(
    'Name a folder with PDF files: node --conditions=@vitrine/source bench/pdf-pages.ts <folder>',
  );
  process.exit(2);
}
const paths = (await Promise.all(folders.map(pdfsBelow))).flat().sort();
const times: number[] = [];
let different = 0;
let failed = 0;
for (const path of paths) {
  const [theirs, mine] = await Promise.all([oracle(path), ours(path)]);
  times.push(mine.ms);
  if (theirs !== mine.pages) {
    different += 1;
    console.log(`${path}: pdfinfo counts ${theirs}, Vitrine ${mine.pages}. ${mine.failure ?? ''}`);
  } else if (mine.failure) {
    failed += 1;
    console.log(`${path}: no cover. ${mine.failure}`);
  }
}
await media.renderer.close();
times.sort((one, other) => one - other);
const at = (part: number) => Math.round(times[Math.floor((times.length - 1) * part)] ?? 0);
console.log(
  `${paths.length} files: ${different} counts differ, ${failed} without a cover; count and cover took ${at(0.5)} ms (median), ${at(0.99)} ms (99 %), ${at(1)} ms (longest).`,
);
if (different > 0) process.exitCode = 1;
