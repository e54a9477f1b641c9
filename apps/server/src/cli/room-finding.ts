import type { RoomState } from '@vitrine/storage';

const megabytes = (bytes: number) => `${(bytes / 1e6).toFixed(0)} MB`;

/** What a doctor says of the room on the disk. Fails when uploads are refused for want of it. */
export function roomDetail(room: RoomState): string {
  const { freeBytes, minFreeBytes, reservedBytes, reserveBytes, short } = room;
  if (short) {
    throw new Error(
      `only ${megabytes(freeBytes)} are free; uploads are refused below ${megabytes(minFreeBytes)}. Make room, or delete assets and run vitrine gc`,
    );
  }
  const reserve =
    reservedBytes >= reserveBytes ? '' : '; the reserve is not there yet, a running server makes it';
  return `${megabytes(freeBytes)} are free; uploads are refused below ${megabytes(minFreeBytes)}${reserve}`;
}
