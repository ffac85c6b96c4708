import fc from 'fast-check';
import { expect, it } from 'vitest';
import { shortHash } from '../../src/core/short-hash.ts';

/** The published test vectors of FNV-1a, 32 bits. */
it.each([
  ['', '811c9dc5'],
  ['a', 'e40c292c'],
  ['foobar', 'bf9cf968'],
])('hashes %j as published', (text, hash) => expect(shortHash(text)).toBe(hash));

it('hashes the bytes of UTF-8, whatever stands before them', () => {
  const byBytes = (text: string): string => {
    let hash = 0x811c9dc5;
    for (const byte of Buffer.from(text, 'utf8')) hash = Math.imul(hash ^ byte, 0x01000193) >>> 0;
    return hash.toString(16).padStart(8, '0');
  };
  fc.assert(fc.property(fc.string({ unit: 'binary' }), (text) => shortHash(text) === byBytes(text)));
});
