import type { ResolvedHead } from './list-heads.ts';
import { type Repository, runIn } from './open-repository.ts';

/** Which of the commits, all of which are there, are no part of a head's history. All of them where that cannot be read. */
export async function listOutside(
  repository: Repository,
  head: ResolvedHead,
  shas: readonly string[],
): Promise<ReadonlySet<string>> {
  if (shas.length === 0) return new Set();
  const input = [...shas, `^${head.commit}`, ''].join('\n');
  const { ended, stdout } = await runIn(repository, { args: ['rev-list', '--stdin'], input });
  return new Set(ended === 'done' ? stdout.split('\n').filter(Boolean) : shas);
}
