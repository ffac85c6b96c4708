import type { Head, ResolvedHead } from './list-heads.ts';
import { type Repository, runIn } from './open-repository.ts';

/** The names of the heads whose commits the base holds, by one walk through history; none where git cannot tell. */
export async function heldByBase(
  repository: Repository,
  base: ResolvedHead,
  heads: readonly Head[],
): Promise<ReadonlySet<string>> {
  if (heads.length === 0) return new Set();
  const input = [...heads.map(({ commit }) => commit), `^${base.commit}`, ''].join('\n');
  const { ended, stdout } = await runIn(repository, { args: ['rev-list', '--stdin'], input });
  if (ended !== 'done') return new Set();
  const unmerged = new Set(stdout.split('\n'));
  return new Set(heads.flatMap(({ name, commit }) => (unmerged.has(commit) ? [] : [name])));
}
