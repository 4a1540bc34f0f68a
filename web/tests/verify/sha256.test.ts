// Goal: our SHA-256 gives the published values, and those of another implementation at every
// length.
import { createHash } from 'node:crypto';
import { expect, test } from 'vitest';
import { sha256, toHex, utf8 } from '../../src/verify/sha256.ts';

// FIPS 180-2, appendix B, and the NIST example of a million letters.
const published: [string, string][] = [
  ['', 'e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855'],
  ['abc', 'ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad'],
  [
    'abcdbcdecdefdefgefghfghighijhijkijkljklmklmnlmnomnopnopq',
    '248d6a61d20638b8e5c026930c3e6039a33ce45964ff2167f6ecedd419db06c1',
  ],
  ['a'.repeat(1_000_000), 'cdc76e5c9914fb9281a1c7e284d73e67f1809a48a497200e046d39ccc7112cd0'],
];

test.each(published)('a published value', (text, hash) => {
  expect(toHex(sha256(utf8(text)))).toBe(hash);
});

test('every length from 0 to 300 bytes', () => {
  for (let length = 0; length <= 300; length++) {
    const bytes = Uint8Array.from({ length }, (_, i) => (i * 167 + length) & 0xff);
    expect(toHex(sha256(bytes))).toBe(createHash('sha256').update(bytes).digest('hex'));
  }
});
