import { createHash } from 'node:crypto';
import { deflateSync } from 'node:zlib';

export interface PackedObject {
  readonly type: 'commit' | 'tree' | 'blob';
  readonly body: Buffer;
}

const TYPES: Readonly<Record<PackedObject['type'], number>> = { commit: 1, tree: 2, blob: 3 };

/** A pack of whole objects: https://git-scm.com/docs/gitformat-pack */
export function packOf(objects: readonly PackedObject[]): Buffer {
  const header = Buffer.alloc(12);
  header.write('PACK', 0, 'latin1');
  header.writeUInt32BE(2, 4);
  header.writeUInt32BE(objects.length, 8);
  const entries = objects.flatMap(({ type, body }) => [
    entryHeader(TYPES[type], body.length),
    deflateSync(body, { level: 1 }),
  ]);
  const pack = Buffer.concat([header, ...entries]);
  return Buffer.concat([pack, createHash('sha1').update(pack).digest()]);
}

/** The type and the length: four bits in the first byte, then seven in each, the lowest first. */
function entryHeader(type: number, length: number): Buffer {
  const bytes: number[] = [];
  let byte = (type << 4) | (length & 15);
  for (let rest = Math.floor(length / 16); ; rest = Math.floor(rest / 128)) {
    if (rest === 0) return Buffer.from([...bytes, byte]);
    bytes.push(byte | 128);
    byte = rest & 127;
  }
}
