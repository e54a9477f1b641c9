import { createHmac } from 'node:crypto';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { createHmacSha256 } from './hmac-sha256.ts';

const repeated = (byte: number, length: number) => Buffer.alloc(length, byte);

// RFC 4231, 4.2–4.8, those whose message is text; 4.5 and 4.4 (bytes that are no text) are covered by Node's own below.
test.each([
  ['4.2', repeated(0x0b, 20), 'Hi There', 'b0344c61d8db38535ca8afceaf0bf12b881dc200c9833da726e9376c2e32cff7'],
  [
    '4.3',
    Buffer.from('Jefe'),
    'what do ya want for nothing?',
    '5bdcc146bf60754e6a042426089575c75a003f089d2739839dec58b964ec3843',
  ],
  [
    '4.7',
    repeated(0xaa, 131),
    'Test Using Larger Than Block-Size Key - Hash Key First',
    '60e431591ee0b67f0d8a26aacbf5b77f8e0bc6213728c5140546040f0ee37f54',
  ],
  [
    '4.8',
    repeated(0xaa, 131),
    'This is a test using a larger than block-size key and a larger than block-size data. ' +
      'The key needs to be hashed before being used by the HMAC algorithm.',
    '9b09ffa71b942fcb27635fbcd5b0e944bfdc63644f0713938a7f51535c3a35e2',
  ],
])('HMAC-SHA256 gives the answer of RFC 4231, section %s', (_section, key, message, expected) => {
  expect(createHmacSha256(key)(message)).toBe(Buffer.from(expected, 'hex').toString('base64url'));
});

test('HMAC-SHA256 of any key and text is what Node says, also when one is used again and again', () => {
  fc.assert(
    fc.property(
      fc.uint8Array({ maxLength: 200 }),
      fc.array(fc.string({ unit: 'grapheme', maxLength: 1500 }), { maxLength: 5 }),
      (key, messages) => {
        const hmac = createHmacSha256(key);
        for (const message of messages) {
          const expected = createHmac('sha256', key).update(message).digest('base64url');
          expect(hmac(message)).toBe(expected);
        }
      },
    ),
  );
});
