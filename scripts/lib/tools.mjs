import { spawnSync } from 'node:child_process';
import { accessSync, constants, existsSync, readdirSync } from 'node:fs';
import path from 'node:path';

/** @param {string} name */
function isOnPath(name) {
  const suffixes = process.platform === 'win32' ? ['.exe', '.cmd'] : [''];
  const folders = (process.env['PATH'] ?? process.env['Path'] ?? '').split(path.delimiter).filter(Boolean);
  return folders.some((folder) =>
    suffixes.some((suffix) => {
      try {
        accessSync(path.join(folder, name + suffix), constants.X_OK);
        return true;
      } catch {
        return false;
      }
    }),
  );
}

/** Debian keeps a server's programs off the PATH, in a folder for each version. */
function hasPostgresServer() {
  const versions = '/usr/lib/postgresql';
  if (existsSync(versions)) {
    return readdirSync(versions).some((version) => existsSync(path.join(versions, version, 'bin', 'initdb')));
  }
  return isOnPath('initdb');
}

/** Sox without its format plug-ins knows no mp3. */
function soxKnowsMp3() {
  return isOnPath('sox') && / mp3 /.test(spawnSync('sox', ['--help'], { encoding: 'utf8' }).stdout);
}

/**
 * @typedef {object} Tool
 * @property {() => boolean} isThere
 * @property {readonly string[]} debian Packages.
 * @property {string} [homebrew] Package; none where Homebrew's does not serve.
 */

/** The programs that are not brought by npm. */
export const tools = /** @satisfies {Record<string, Tool>} */ ({
  ffmpeg: {
    isThere: () => isOnPath('ffmpeg') && isOnPath('ffprobe'),
    debian: ['ffmpeg'],
    homebrew: 'ffmpeg',
  },
  sox: { isThere: soxKnowsMp3, debian: ['sox', 'libsox-fmt-all'], homebrew: 'sox' },
  pdfinfo: { isThere: () => isOnPath('pdfinfo'), debian: ['poppler-utils'], homebrew: 'poppler' },
  exiftool: {
    isThere: () => isOnPath('exiftool'),
    debian: ['libimage-exiftool-perl'],
    homebrew: 'exiftool',
  },
  chromium: { isThere: () => isOnPath('chromium'), debian: ['chromium'] },
  postgresql: { isThere: hasPostgresServer, debian: ['postgresql'], homebrew: 'postgresql@15' },
  curl: { isThere: () => isOnPath('curl'), debian: ['curl'], homebrew: 'curl' },
  // What the harness of power cuts needs: a disk in a file, and an fsync that does nothing for its control. Linux only.
  'mkfs.ext4': {
    isThere: () => isOnPath('mkfs.ext4') || existsSync('/sbin/mkfs.ext4'),
    debian: ['e2fsprogs'],
  },
  mount: { isThere: () => isOnPath('mount') && isOnPath('findmnt'), debian: ['mount', 'util-linux'] },
  eatmydata: { isThere: () => isOnPath('eatmydata'), debian: ['eatmydata'] },
  strace: { isThere: () => isOnPath('strace'), debian: ['strace'] },
  soffice: { isThere: () => isOnPath('soffice'), debian: ['libreoffice-writer-nogui'] },
});

/** @typedef {keyof typeof tools} ToolName */
