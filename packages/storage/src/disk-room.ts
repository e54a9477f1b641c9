import { randomFillSync } from 'node:crypto';
import { resolve as absolute, join } from 'node:path';
import { errorCode } from './error-code.ts';
import { type FileSystem, nodeFileSystem } from './file-system.ts';
import { writeAll } from './write-all.ts';

export interface DiskRoomOptions {
  /** Where the reserve lies: on the file system that the database and the files are on. Must be there. */
  readonly directory: string;
  /** Bytes below which uploads are refused. */
  readonly minFreeBytes: number;
  /** Bytes of the reserve; 0: there is none. */
  readonly reserveBytes: number;
  readonly fs?: FileSystem;
}

export interface RoomState {
  readonly freeBytes: number;
  readonly minFreeBytes: number;
  /** Whether uploads are refused for want of room. */
  readonly short: boolean;
  /** Bytes that the reserve holds, and how many it is to hold. */
  readonly reservedBytes: number;
  readonly reserveBytes: number;
}

/** The room on a file system, and a file that holds some of it for the moment when there is none: even deleting needs a little. */
export interface DiskRoom {
  look(): Promise<RoomState>;
  /** Gives the reserve back to the file system; answers whether there was one. */
  giveUp(): Promise<boolean>;
  /** The same, if the disk is so full that a database could not even be opened. */
  giveUpIfFull(): Promise<boolean>;
  /** Makes the reserve when it is not there and there is room for it; answers whether it was made now. */
  refill(): Promise<boolean>;
}

const pieceBytes = 1024 * 1024;
/** What opening a database takes, and some more. */
const toOpenBytes = 1024 * 1024;

export function createDiskRoom(options: DiskRoomOptions): DiskRoom {
  const { minFreeBytes, reserveBytes, fs = nodeFileSystem } = options;
  const directory = absolute(options.directory);
  const path = join(directory, 'reserve');

  async function freeBytes(): Promise<number> {
    const { bavail, bsize } = await fs.statfs(directory);
    return bavail * bsize;
  }

  async function reservedBytes(): Promise<number> {
    try {
      return (await fs.stat(path)).size;
    } catch (error) {
      if (errorCode(error) === 'ENOENT') return 0;
      throw error;
    }
  }

  async function giveUp(): Promise<boolean> {
    try {
      await fs.unlink(path);
      return true;
    } catch (error) {
      if (errorCode(error) === 'ENOENT') return false;
      throw error;
    }
  }

  /** Written, not only as long: what a file system can compress or leave out holds no room. */
  async function fill(): Promise<void> {
    const file = await fs.open(path, 'w', 0o600);
    try {
      const piece = randomFillSync(Buffer.allocUnsafeSlow(Math.min(pieceBytes, reserveBytes)));
      for (let left = reserveBytes; left > 0; left -= piece.byteLength) {
        await writeAll(file, [piece.subarray(0, left)]);
      }
      await file.sync();
    } finally {
      await file.close();
    }
  }

  return {
    async look() {
      const [free, reserved] = await Promise.all([freeBytes(), reservedBytes()]);
      return {
        freeBytes: free,
        minFreeBytes,
        short: free < minFreeBytes,
        reservedBytes: reserved,
        reserveBytes,
      };
    },
    giveUp,
    async giveUpIfFull() {
      return (await freeBytes()) < toOpenBytes && (await giveUp());
    },
    async refill() {
      if (reserveBytes === 0 || (await reservedBytes()) >= reserveBytes) return false;
      // As much again stays free above the floor, so that it does not come and go at its edge.
      if ((await freeBytes()) < minFreeBytes + 2 * reserveBytes) return false;
      try {
        await fill();
        return true;
      } catch (error) {
        // Half a reserve is nobody's; the error is the one to tell.
        await giveUp().catch(() => false);
        throw error;
      }
    },
  };
}
