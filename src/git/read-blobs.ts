import { findObjects } from './find-objects.ts';
import { type Repository, runIn } from './open-repository.ts';

/** Larger files are not looked into; all files that one process reads together are no larger than this either, as a rule. */
const LARGEST_BLOB_BYTES = 16 * 1024 * 1024;
const BYTES_PER_PROCESS = 32 * 1024 * 1024;

interface Sized {
  readonly name: string;
  readonly bytes: number;
}

/**
 * The contents of files named `tree:path`, one character per byte. What is missing, no file, or larger than 16 MB is left
 * out.
 */
export async function readBlobs(
  repository: Repository,
  names: readonly string[],
): Promise<ReadonlyMap<string, string>> {
  const found = new Map<string, string>();
  for (const part of partsOf(await measure(repository, [...new Set(names)]))) {
    const call = { args: ['cat-file', '-z', '--batch'], input: inputOf(part), encoding: 'latin1' } as const;
    const { stdout } = await runIn(repository, call);
    let at = 0;
    for (const { name } of part) {
      const [header, , size] = matchAt(/[0-9a-f]{40,64} (blob) (\d+)\n/y, stdout, at);
      if (header === undefined) break;
      const start = at + header.length;
      at = start + Number(size) + 1;
      if (at <= stdout.length) found.set(name, stdout.slice(start, at - 1));
    }
  }
  return found;
}

async function measure(repository: Repository, names: readonly string[]): Promise<readonly Sized[]> {
  const found = await findObjects(repository, names);
  return names.flatMap((name) => {
    const { type, bytes = 0 } = found?.get(name) ?? {};
    return type === 'blob' && bytes <= LARGEST_BLOB_BYTES ? [{ name, bytes }] : [];
  });
}

function matchAt(pattern: RegExp, text: string, at: number): readonly (string | undefined)[] {
  pattern.lastIndex = at;
  return pattern.exec(text) ?? [];
}

const inputOf = (blobs: readonly Sized[]): string => blobs.map(({ name }) => `${name}\0`).join('');

function partsOf(blobs: readonly Sized[]): readonly (readonly Sized[])[] {
  const parts: Sized[][] = [];
  let room = 0;
  for (const blob of blobs) {
    if (parts.length === 0 || blob.bytes > room) {
      parts.push([]);
      room = BYTES_PER_PROCESS;
    }
    parts.at(-1)?.push(blob);
    room -= blob.bytes;
  }
  return parts;
}
