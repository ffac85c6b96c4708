import type { TouchedFile } from './touched-file.ts';

/** The files of a change by all the names that they have or had. */
export interface FileIndex {
  readonly files: readonly TouchedFile[];
  readonly byName: ReadonlyMap<string, readonly TouchedFile[]>;
  /** By the path that a file has on the base, or had where the change left it; without those that the change put there. */
  readonly byOrigin: ReadonlyMap<string, readonly TouchedFile[]>;
  /** By name, where files of that name come from, but for those that were there already: only where there are such. */
  readonly fromElsewhere: ReadonlyMap<string, readonly string[]>;
  /** Whatever another change does at a path: the files that have, had or left that name. Found once for each. */
  readonly at: (path: string) => readonly TouchedFile[];
}

/** What a file is called: by the change, before the change, and by the base. */
export const namesOfFile = ({ path, oldPath, basePath }: TouchedFile): readonly string[] => [
  ...new Set([path, oldPath ?? path, basePath ?? path]),
];

export function indexFiles(files: readonly TouchedFile[]): FileIndex {
  const byName = groupBy(files, namesOfFile);
  const byOrigin = groupBy(files, originsOf);
  const fromElsewhere = [...byName].flatMap(([name, named]): readonly [string, readonly string[]][] => {
    const origins = named.flatMap(originsOf).filter((origin) => origin !== name);
    return origins.length === 0 ? [] : [[name, origins]];
  });
  const at = new Map<string, readonly TouchedFile[]>();
  const findAt = (path: string): readonly TouchedFile[] => {
    const named = byName.get(path) ?? [];
    return [...new Set([...named, ...named.flatMap(originsOf).flatMap((origin) => byOrigin.get(origin) ?? [])])];
  };
  return {
    ...{ files, byName, byOrigin, fromElsewhere: new Map(fromElsewhere) },
    at: (path) => {
      const found = at.get(path) ?? findAt(path);
      at.set(path, found);
      return found;
    },
  };
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
  const alone = own.at(path);
  // What comes from `path` itself is called so too, and thereby found: of thousands of pairs, nearly all end here.
  const origins = other.fromElsewhere.get(path) ?? [];
  if (alone.length > 0 && origins.length === 0) return alone;
  const found = new Set([...alone, ...origins.flatMap((origin) => own.byOrigin.get(origin) ?? [])]);
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
