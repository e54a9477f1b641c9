import { mkdir, readdir, readlink, stat, symlink, writeFile } from 'node:fs/promises';
import path from 'node:path';

/** Programs and what they are made of; nothing here is anybody's secret. */
const systemFolders = ['/usr', '/bin', '/sbin', '/lib', '/lib32', '/lib64', '/nix', '/gnu'];
/** The few settings that programs do not start or draw letters without. Passwords, keys and databases lie elsewhere. */
const settings = [
  '/etc/alternatives',
  '/etc/fonts',
  '/etc/ld.so.cache',
  '/etc/libreoffice',
  '/etc/localtime',
  '/etc/nsswitch.conf',
  '/etc/passwd',
  '/var/cache/fontconfig',
  '/var/lib/libreoffice',
];
const devices = ['/dev/null', '/dev/zero', '/dev/random', '/dev/urandom'];

export interface ToolRootRequest {
  /** An empty folder, which becomes the root of what programs see. */
  readonly root: string;
  /** Where private folders are made. */
  readonly scratch: string;
  /** What the server keeps, should it lie within a system folder. */
  readonly hidden: readonly string[];
  /** Whether there is a /proc; some containers forbid one, and LibreOffice does not start without. */
  readonly proc: boolean;
}

export interface RootedInput {
  readonly root: string;
  /** Seen at the same place, the only one that can be written to. */
  readonly folder: string;
  /** The original, and the empty file that it is seen at. */
  readonly source: string;
  readonly input: string;
}

/** A name in a table of mounts, where spaces end a field. */
const field = (name: string) =>
  name.replace(/[\s\\#]/g, (sign) => `\\${sign.charCodeAt(0).toString(8).padStart(3, '0')}`);

const line = (what: string, where: string, type: string, options: string) =>
  `${field(what)} ${field(where)} ${type} ${options} 0 0\n`;

const isWithin = (folder: string, name: string) => !path.relative(folder, name).startsWith('..');

/**
 * Builds the bare root of what programs see of the system, once for all of them, and returns the table of mounts (fstab) that fills
 * it. One call of `mount` reads the table from top to bottom, which costs a tenth of a call for each.
 */
export async function prepareToolRoot({ root, scratch, hidden, proc }: ToolRootRequest): Promise<string> {
  // The root itself first: nothing but what is mounted below as writable ever is.
  let table = line(root, root, 'none', 'bind,ro,nosuid,nodev');
  const add = (what: string, name: string, type: string, options: string) => {
    table += line(what, path.join(root, name), type, options);
  };
  const office = (await readdir('/opt').catch(() => [])).filter((name) => name.startsWith('libreoffice'));
  for (const name of [...systemFolders, ...settings, ...devices, ...office.map((name) => `/opt/${name}`)]) {
    const found = await stat(name).catch(() => null);
    if (!found) continue;
    const place = path.join(root, name);
    // Newer systems link /bin, /lib and others into /usr.
    const target = systemFolders.includes(name) ? await readlink(name).catch(() => null) : null;
    if (target !== null) {
      await symlink(target, place);
      continue;
    }
    await mkdir(found.isDirectory() ? place : path.dirname(place), { recursive: true });
    if (!found.isDirectory()) await writeFile(place, '');
    add(name, name, 'none', devices.includes(name) ? 'bind' : 'bind,ro,nosuid,nodev');
  }
  if (proc) {
    await mkdir(path.join(root, 'proc'));
    add('proc', '/proc', 'proc', 'nosuid,nodev,noexec');
  }
  // LibreOffice wants a place for its sockets; a private folder's own place is made when it is mounted.
  for (const name of new Set(['/tmp', isWithin('/tmp', scratch) ? '/tmp' : scratch])) {
    await mkdir(path.join(root, name), { recursive: true });
    add('none', name, 'tmpfs', 'size=1m,mode=1777,nosuid,nodev,noexec');
  }
  for (const name of hidden) {
    if (systemFolders.some((system) => isWithin(system, name)))
      add('none', name, 'tmpfs', 'ro,size=4k,mode=0755');
  }
  return table;
}

/** The end of the table: a private folder, and in it the original, which cannot be written to. */
export function inputMounts({ root, folder, source, input }: RootedInput): string {
  return (
    line(folder, path.join(root, folder), 'none', 'bind,nosuid,nodev,noexec,x-mount.mkdir') +
    line(source, path.join(root, input), 'none', 'bind,ro,nosuid,nodev,noexec')
  );
}
