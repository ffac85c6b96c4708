import { type Repository, runIn } from './open-repository.ts';

/** A commit, and the one that its difference is taken against. */
export interface PatchPair {
  readonly commit: string;
  readonly parent: string;
}

const PAIRS_PER_PROCESS = 200;
const DIFFS = ['diff-tree', '--stdin', '-p', '--no-color', '--no-ext-diff', '--no-textconv', '--no-renames'];

/**
 * The id of each difference by `git patch-id --stable`: the same for the same changed lines in the same surroundings,
 * wherever in the file. By commit; empty differences, and what cannot be read, are left out.
 */
export async function readPatchIds(
  repository: Repository,
  pairs: readonly PatchPair[],
): Promise<ReadonlyMap<string, string>> {
  const ids = new Map<string, string>();
  for (let at = 0; at < pairs.length; at += PAIRS_PER_PROCESS) {
    const input = pairs
      .slice(at, at + PAIRS_PER_PROCESS)
      .map(({ commit, parent }) => `${commit} ${parent}\n`)
      .join('');
    const diffs = await runIn(repository, { args: DIFFS, input });
    if (diffs.ended !== 'done') continue;
    const { stdout } = await runIn(repository, { args: ['patch-id', '--stable'], input: diffs.stdout });
    for (const line of stdout.split('\n')) {
      const [id, commit] = line.split(' ');
      if (id && commit) ids.set(commit, id);
    }
  }
  return ids;
}
