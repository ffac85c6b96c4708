import { filesMet, indexFiles } from '../core/risk/met-files.ts';
import type { PairRisk } from '../core/risk/pair-risk.ts';
import type { TouchedFile } from '../core/risk/touched-file.ts';
import type { Head, ResolvedHead } from '../git/list-heads.ts';
import type { Repository } from '../git/open-repository.ts';
import { readBaseRenames } from '../git/read-base-renames.ts';

type Files = ReadonlyMap<string, readonly TouchedFile[] | null>;

interface PlaceOptions {
  readonly base: ResolvedHead;
  readonly heads: readonly Head[];
  readonly pairs: readonly PairRisk[];
  readonly signal?: AbortSignal | undefined;
}

/**
 * The files of heads with the paths that the base gave them. A conflict is told by the base's path, so whoever meets another
 * in a file that it does not know has it by an older name; of all others nobody asks the base.
 */
export async function placeOnBase(repository: Repository, files: Files, options: PlaceOptions): Promise<Files> {
  const { base, heads, pairs, signal } = options;
  const strangers = strangersTo(pairs, files);
  if (strangers.size === 0) return files;
  const asked = heads.filter(({ name }) => strangers.has(name));
  const renames = await readBaseRenames(repository, { base, heads: asked, ...(signal && { signal }) });
  return new Map(
    [...files].map(([name, own]) => {
      const moved = renames.get(name);
      return [name, moved === undefined || own === null ? own : own.map((file) => placed(file, moved))];
    }),
  );
}

function placed(file: TouchedFile, moved: ReadonlyMap<string, string>): TouchedFile {
  const basePath = file.status === 'added' ? undefined : moved.get(file.oldPath ?? file.path);
  return basePath === undefined ? file : { ...file, basePath };
}

/** Names of heads with a conflict in a file that they touch under no name that is known of it. */
function strangersTo(pairs: readonly PairRisk[], files: Files): ReadonlySet<string> {
  const indexOf = (name: string) => indexFiles(files.get(name) ?? []);
  const met = pairs.flatMap(({ a, b, finding }) => ('files' in finding ? [{ a, b, paths: finding.files }] : []));
  const indexes = new Map([...new Set(met.flatMap(({ a, b }) => [a, b]))].map((name) => [name, indexOf(name)]));
  const isStranger = (own: string, other: string, path: string): boolean => {
    const [one, two] = [indexes.get(own), indexes.get(other)];
    return one !== undefined && two !== undefined && filesMet(path, one, two).length === 0;
  };
  return new Set(
    met.flatMap(({ a, b, paths }) => [
      ...(paths.some(({ path }) => isStranger(a, b, path)) ? [a] : []),
      ...(paths.some(({ path }) => isStranger(b, a, path)) ? [b] : []),
    ]),
  );
}
