import type { Hunk, TouchedFile } from './touched-file.ts';

/** By the file as the change shows it: what is its own, null where nothing is. */
export type OwnFiles = ReadonlyMap<TouchedFile, TouchedFile | null>;

/**
 * What a change does in its files since the changes that it stands on, whose lines it shows as well: all hunks are counted from
 * where the stack left the base. A hunk that is put together of lines of both, or that nobody read, stays whole: an upper
 * bound.
 */
export function filesSince(files: readonly TouchedFile[], below: readonly (readonly TouchedFile[])[]): OwnFiles {
  const twins = new Map<string, TouchedFile[]>();
  for (const file of below.flat()) twins.set(originOf(file), [...(twins.get(originOf(file)) ?? []), file]);
  return new Map(files.map((file) => [file, ownPart(file, twins.get(originOf(file)) ?? [])]));
}

/** Where the lines of a file are counted. */
const originOf = ({ status, path, oldPath = path }: TouchedFile): string => (status === 'renamed' ? oldPath : path);

function ownPart(file: TouchedFile, twins: readonly TouchedFile[]): TouchedFile | null {
  if (file.hunks === null || twins.length === 0) return file;
  const known = new Set(twins.flatMap(({ hunks }) => (hunks ?? []).flatMap(keysOf)));
  const own = file.hunks.filter((hunk) => !keysOf(hunk).some((key) => known.has(key)));
  const isSame = twins.some((twin) => twin.path === file.path && twin.status === file.status && twin.hunks !== null);
  if (own.length === 0 && isSame) return null;
  return own.length === file.hunks.length ? file : { ...file, hunks: own };
}

/** The same for the same change; none where nobody read the lines put in. */
const keysOf = ({ oldStart, oldLines, newLines, digest }: Hunk): readonly string[] =>
  digest === undefined && newLines > 0 ? [] : [`${oldStart} ${oldLines} ${newLines} ${digest ?? ''}`];
