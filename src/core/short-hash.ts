const START = 0x811c9dc5;
const PRIME = 0x01000193;
const UTF_8 = new TextEncoder();

/** Eight hexadecimal digits: FNV-1a, 32 bits, of the text in UTF-8: http://www.isthe.com/chongo/tech/comp/fnv/ */
export function shortHash(text: string): string {
  let hash = START;
  for (let at = 0; at < text.length; at += 1) {
    const code = text.charCodeAt(at);
    // Whoever hashes every line of a patch notices the encoder; most texts are their own bytes.
    if (code > 0x7f) return hashOf(UTF_8.encode(text));
    hash = Math.imul(hash ^ code, PRIME) >>> 0;
  }
  return inHex(hash);
}

function hashOf(bytes: Uint8Array): string {
  let hash = START;
  for (const byte of bytes) hash = Math.imul(hash ^ byte, PRIME) >>> 0;
  return inHex(hash);
}

const inHex = (hash: number): string => hash.toString(16).padStart(8, '0');
