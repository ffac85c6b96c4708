/** Eight hexadecimal digits: FNV-1a, 32 bits, of the text in UTF-8: http://www.isthe.com/chongo/tech/comp/fnv/ */
export function shortHash(text: string): string {
  let hash = 0x811c9dc5;
  for (const byte of new TextEncoder().encode(text)) hash = Math.imul(hash ^ byte, 0x01000193) >>> 0;
  return hash.toString(16).padStart(8, '0');
}
