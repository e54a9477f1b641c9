import { hash } from 'node:crypto';

const blockBytes = 64;
const hashBytes = 32;
/** Longer messages are hashed from a buffer of their own. */
const roomBytes = 1024;

function padded(key: Uint8Array, byte: number): Buffer {
  const block = Buffer.alloc(blockBytes, byte);
  // RFC 2104: a key longer than a block stands in for itself by its hash.
  const short = key.length > blockBytes ? hash('sha256', key, 'buffer') : key;
  for (const [index, value] of short.entries()) block[index] = value ^ byte;
  return block;
}

/**
 * HMAC-SHA256 (RFC 2104) under one key, of a text as UTF-8; the function answers base64url. A list of assets signs a hundred
 * addresses, and two one-shot hashes over pads made once cost a third of what `createHmac` does.
 */
export function createHmacSha256(key: Uint8Array): (message: string) => string {
  const inner = Buffer.alloc(blockBytes + roomBytes);
  inner.set(padded(key, 0x36));
  const outer = Buffer.alloc(blockBytes + hashBytes);
  outer.set(padded(key, 0x5c));
  return (message) => {
    const length = Buffer.byteLength(message);
    const block =
      length <= roomBytes ? inner : Buffer.concat([inner.subarray(0, blockBytes), Buffer.alloc(length)]);
    block.write(message, blockBytes);
    outer.write(hash('sha256', block.subarray(0, blockBytes + length), 'binary'), blockBytes, 'binary');
    return hash('sha256', outer, 'base64url');
  };
}
