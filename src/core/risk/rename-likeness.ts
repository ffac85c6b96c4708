/** How many bytes of a file fall to each of its chunks, by the chunk's hash. */
export type ChunkBytes = ReadonlyMap<number, number>;

export interface FileChunks {
  readonly bytes: number;
  readonly chunks: ChunkBytes;
}

/** A chunk ends with its line, or after so many bytes: of git's `diffcore-delta.c`, as is the modulus of its hash. */
const LONGEST_CHUNK = 64;
const HASHES = 107_927;
const LINE_FEED = 10;
const CARRIAGE_RETURN = 13;

/**
 * The chunks by which git tells how alike two files are, each by a hash that many share: to find what git finds, they must
 * collide as git's do. `content` has one character per byte. A return before a line feed is left out, as git does in texts.
 * Git before 2.44 leaves out a last line that does not end: then it finds less alike.
 */
export function chunksOf(content: string): FileChunks {
  const chunks = new Map<number, number>();
  let [low, high, length] = [0, 0, 0];
  const end = (): void => {
    if (length === 0) return;
    const hash = ((low + Math.imul(high, 0x61)) >>> 0) % HASHES;
    chunks.set(hash, (chunks.get(hash) ?? 0) + length);
    [low, high, length] = [0, 0, 0];
  };
  for (let at = 0; at < content.length; at += 1) {
    const byte = content.charCodeAt(at);
    if (byte === CARRIAGE_RETURN && content.charCodeAt(at + 1) === LINE_FEED) continue;
    const before = low;
    low = (((low << 7) ^ (high >>> 25)) + byte) >>> 0;
    high = ((high << 7) ^ (before >>> 25)) >>> 0;
    length += 1;
    if (length >= LONGEST_CHUNK || byte === LINE_FEED) end();
  }
  end();
  return { bytes: content.length, chunks };
}

/** The share of the larger file that the other holds too, 0 to 1: what `git diff -M` shows as the similarity index. */
export function likeness(one: FileChunks, other: FileChunks): number {
  const [few, many] = one.chunks.size < other.chunks.size ? [one, other] : [other, one];
  let shared = 0;
  for (const [hash, bytes] of few.chunks) shared += Math.min(bytes, many.chunks.get(hash) ?? 0);
  const larger = Math.max(one.bytes, other.bytes);
  return larger === 0 ? 1 : shared / larger;
}

/** No two files can be more alike than the shorter is long beside the longer. */
export function mostLikeness(oneBytes: number, otherBytes: number): number {
  const larger = Math.max(oneBytes, otherBytes);
  return larger === 0 ? 1 : Math.min(oneBytes, otherBytes) / larger;
}
