import { readRawDiff } from '../core/risk/read-raw-diff.ts';
import type { TouchedFile } from '../core/risk/touched-file.ts';
import type { Repository } from './open-repository.ts';
import { type Answer, runBatch } from './run-batch.ts';

export interface TreePair {
  readonly from: string;
  readonly to: string;
}

/** As many as git's own merges look at, so that a diff knows every rename that a merge knows. */
const RENAME_LIMIT = 7000;
export const DIFF_ARGS: readonly string[] = [
  'diff-tree',
  '--stdin',
  '-r',
  '-M',
  `-l${RENAME_LIMIT}`,
  '--no-ext-diff',
  '--no-textconv',
];

/** The files in which pairs of trees differ, with renames and without hunks; one answer per pair, in order. */
export async function diffTrees(
  repository: Repository,
  pairs: readonly TreePair[],
  signal?: AbortSignal,
): Promise<readonly Answer<readonly TouchedFile[]>[]> {
  const answers = await runBatch(repository, {
    args: [...DIFF_ARGS, '--raw', '-z'],
    lines: pairs.map(({ from, to }) => `${from} ${to}`),
    read: readRawDiff,
    ...(signal === undefined ? {} : { signal }),
  });
  return answers.map((answer) => (answer.known ? { known: true, value: answer.value.files } : answer));
}
