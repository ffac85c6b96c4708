import { PARTIAL, unindexedPacks } from './explain-failure.ts';
import type { Head } from './list-heads.ts';
import type { Repository } from './open-repository.ts';
import { runBatch } from './run-batch.ts';

/** Of heads that stand for no commit with files, why; in their order. */
export async function whyAbsent(repository: Repository, heads: readonly Head[]): Promise<readonly string[]> {
  const named = heads.filter(({ commit }) => commit !== '');
  const answers = await runBatch(repository, {
    args: ['cat-file', '--batch-check'],
    // A tag stands for what it is put on.
    lines: named.map(({ commit }) => `${commit}^{}`),
    read: (text) => text.split('\n').slice(0, -1).map(typeIn),
  });
  const typeOf = new Map(named.map((head, place) => [head, answers[place]]));
  return heads.map((head) => {
    const answer = typeOf.get(head);
    if (head.commit === '') return 'its ref is broken: it names no commit';
    return reasonOf(answer?.known === true ? answer.value : null, repository);
  });
}

const typeIn = (line: string): string | null => /^[0-9a-f]{40,64} (\w+) \d+$/.exec(line)?.[1] ?? null;

function reasonOf(type: string | null, { isPartial, unindexed }: Repository): string {
  if (type !== null && type !== 'commit') return `its ref stands for a ${type}, not for a commit`;
  const packs = unindexedPacks({ unindexed });
  if (packs !== null) return `its commit, or its files, are not found: ${packs}`;
  if (type === null) return 'its commit is not in this clone';
  return isPartial ? PARTIAL : 'its commit is in this clone, its files are not';
}
