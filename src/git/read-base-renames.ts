import { diffTrees } from './diff-trees.ts';
import { type Head, type ResolvedHead, resolveHeads } from './list-heads.ts';
import { loadHistory } from './load-history.ts';
import type { Repository } from './open-repository.ts';

interface RenameOptions {
  readonly base: ResolvedHead;
  readonly heads: readonly Head[];
  readonly signal?: AbortSignal;
}

/** What files are called on the base now, by the paths they had before. */
export type BaseRenames = ReadonlyMap<string, string>;

/**
 * What the base renamed since each head left it, by the head's name; after criss-cross merges since the first merge base. Empty
 * where that cannot be read. Finding renames takes git as long as a merge does: ask only of heads that need it.
 */
export async function readBaseRenames(
  repository: Repository,
  { base, heads, signal }: RenameOptions,
): Promise<ReadonlyMap<string, BaseRenames>> {
  const resolved = (await resolveHeads(repository, heads)).filter((head) => head !== null);
  const history = await loadHistory(repository, base, resolved);
  const left = history.map((known, place) => ({
    name: resolved[place]?.name ?? '',
    commit: known.known ? known.standing.mergeBases[0] : undefined,
  }));
  const commits = [...new Set(left.flatMap(({ commit }) => commit ?? []))].filter((commit) => commit !== base.commit);
  const bases = (await resolveHeads(repository, commits.map(asHead))).filter((head) => head !== null);
  const pairs = bases.map(({ tree }) => ({ from: tree, to: base.tree }));
  const answers = await diffTrees(repository, pairs, signal);
  const renames = new Map(
    bases.map(({ commit }, place) => {
      const answer = answers[place];
      const files = answer?.known ? answer.value : [];
      return [commit, new Map(files.flatMap(({ status, oldPath, path }) => renameOf(status, oldPath, path)))];
    }),
  );
  return new Map(left.map(({ name, commit }) => [name, renames.get(commit ?? '') ?? new Map<string, string>()]));
}

const asHead = (commit: string): Head => ({ name: commit, commit });

const renameOf = (status: string, oldPath: string | undefined, path: string): readonly (readonly [string, string])[] =>
  status === 'renamed' && oldPath !== undefined ? [[oldPath, path]] : [];
