import { filesSince, type OwnFiles } from './files-since.ts';
import { type FileIndex, filesMet, indexFiles } from './met-files.ts';
import { once } from './once.ts';
import type { OpenChange } from './open-change.ts';
import type { TouchedFile } from './touched-file.ts';

/** A file as a change shows it, and what of it is not of those that it stands on: null where nothing is. */
interface MetPart {
  readonly whole: TouchedFile;
  readonly own: TouchedFile | null;
}

export interface ReadFiles {
  /** The files of one change in which it meets another over a path of the merged tree. */
  readonly met: (name: string, other: string, path: string) => readonly MetPart[];
}

/** Most changes of a busy repository meet nobody: each is looked into when it is first asked for. */
export function readFiles(changes: readonly OpenChange[], below: ReadonlyMap<string, readonly string[]>): ReadFiles {
  const filesOf = new Map(changes.map(({ name, files }) => [name, files ?? []]));
  const indexOf = once((name: string): FileIndex => indexFiles(filesOf.get(name) ?? []));
  const ownOf = once(
    (name: string): OwnFiles =>
      filesSince(
        filesOf.get(name) ?? [],
        (below.get(name) ?? []).map((on) => filesOf.get(on) ?? []),
      ),
  );
  const parts = new WeakMap<readonly TouchedFile[], readonly MetPart[]>();
  return {
    met: (name, other, path) => {
      const files = filesMet(path, indexOf(name), indexOf(other));
      const found = parts.get(files) ?? files.map((whole) => ({ whole, own: ownOf(name).get(whole) ?? null }));
      parts.set(files, found);
      return found;
    },
  };
}
