import type { TouchedFile } from './touched-file.ts';

/** The files of a change by all the names that they have or had. */
export interface FileIndex {
  readonly files: readonly TouchedFile[];
  readonly byName: ReadonlyMap<string, readonly TouchedFile[]>;
  /** By the path that a file has on the base, or had where the change left it; without those that the change put there. */
  readonly byOrigin: ReadonlyMap<string, readonly TouchedFile[]>;
}

/** What a file is called: by the change, before the change, and by the base. */
export const namesOfFile = ({ path, oldPath, basePath }: TouchedFile): readonly string[] => [
  ...new Set([path, oldPath ?? path, basePath ?? path]),
];

export function indexFiles(files: readonly TouchedFile[]): FileIndex {
  return { files, byName: groupBy(files, namesOfFile), byOrigin: groupBy(files, originsOf) };
}

function groupBy(
  files: readonly TouchedFile[],
  keysOf: (file: TouchedFile) => readonly string[],
): ReadonlyMap<string, readonly TouchedFile[]> {
  const groups = new Map<string, TouchedFile[]>();
  for (const file of files)
    for (const key of keysOf(file)) {
      const group = groups.get(key);
      if (group === undefined) groups.set(key, [file]);
      else group.push(file);
    }
  return groups;
}

/** An added file, or a copy, has none: it is nobody else's file. */
function originsOf({ status, path, oldPath = path, basePath }: TouchedFile): readonly string[] {
  if (status === 'added' || status === 'copied') return [];
  const origin = status === 'renamed' ? oldPath : path;
  return basePath === undefined || basePath === origin ? [origin] : [origin, basePath];
}

/**
 * The files of one change that are redone over a conflict with another at `path`, a path of the merged tree. A merge follows
 * a file that one side or the base renamed, and puts what one side adds where the other moved the folder to: then `path` is
 * no name that each of them knows. Empty where it touches none, as who only moved a folder does.
 */
export function filesMet(path: string, own: FileIndex, other: FileIndex): readonly TouchedFile[] {
  const named = [...(own.byName.get(path) ?? []), ...(other.byName.get(path) ?? [])];
  const origins = named.flatMap(originsOf).flatMap((origin) => own.byOrigin.get(origin) ?? []);
  const found = new Set([...(own.byName.get(path) ?? []), ...origins]);
  if (found.size > 0) return [...found];
  return placesBefore(path, other.files).flatMap((before) => own.byName.get(before) ?? []);
}

/** Where a file would lie that others' moves of folders took to `path`. */
function placesBefore(path: string, files: readonly TouchedFile[]): readonly string[] {
  const places = files.flatMap(({ status, path: to, oldPath: from }) =>
    status === 'renamed' && from !== undefined
      ? folderMoves(from, to).flatMap((move) =>
          path.startsWith(move.to) ? [move.from + path.slice(move.to.length)] : [],
        )
      : [],
  );
  return [...new Set(places)];
}

/** The folders that moved when a file did, the deepest first; each ends in a slash but for the root, which is empty. */
function folderMoves(from: string, to: string): readonly { readonly from: string; readonly to: string }[] {
  const [old, now] = [from.split('/').slice(0, -1), to.split('/').slice(0, -1)];
  const moves: { readonly from: string; readonly to: string }[] = [];
  do {
    if (old.join('/') === now.join('/')) return moves;
    moves.push({ from: asFolder(old), to: asFolder(now) });
  } while (old.length > 0 && now.length > 0 && old.pop() === now.pop());
  return moves;
}

const asFolder = (parts: readonly string[]): string => parts.map((part) => `${part}/`).join('');
