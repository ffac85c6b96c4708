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

type Diff = Answer<readonly TouchedFile[]>;

/**
 * What was read, until the repository is closed: the same trees are asked for again when their lines are. By its set of
 * trees, which it shares with its copies under another signal.
 */
const read = new WeakMap<Repository['trees'], Map<string, Diff>>();

/** The files in which pairs of trees differ, with renames and without hunks; one answer per pair, in order. */
export async function diffTrees(
  repository: Repository,
  pairs: readonly TreePair[],
  signal?: AbortSignal,
): Promise<readonly Diff[]> {
  const known = read.get(repository.trees) ?? new Map<string, Diff>();
  read.set(repository.trees, known);
  const lines = linesOf(pairs);
  const missing = [...new Set(lines)].filter((line) => !known.has(line));
  const fresh = await ask(repository, { args: DIFF_ARGS, lines: missing, signal });
  const answers = new Map(missing.map((line, place) => [line, fresh[place]]));
  for (const [line, answer] of answers) if (answer?.known) known.set(line, answer);
  return lines.map((line) => known.get(line) ?? answers.get(line) ?? UNREAD);
}

/** The same of trees that nobody asks for again: nothing of them is kept. */
export const diffTreesOnce = (repository: Repository, pairs: readonly TreePair[]): Promise<readonly Diff[]> =>
  ask(repository, { args: DIFF_ARGS, lines: linesOf(pairs), signal: undefined });

const linesOf = (pairs: readonly TreePair[]): readonly string[] => pairs.map(({ from, to }) => `${from} ${to}`);

const UNREAD: Diff = { known: false, reason: 'it was not read' };

/** The same without renames, which take no time to find: as removed and added files. */
export const roughDiffs = (repository: Repository, pairs: readonly TreePair[]): Promise<readonly Diff[]> =>
  ask(repository, {
    args: DIFF_ARGS.map((arg) => (arg === '-M' ? '--no-renames' : arg)),
    lines: linesOf(pairs),
    signal: undefined,
  });

interface Asking {
  readonly args: readonly string[];
  readonly lines: readonly string[];
  readonly signal: AbortSignal | undefined;
}

async function ask(repository: Repository, { args, lines, signal }: Asking): Promise<readonly Diff[]> {
  const answers = await runBatch(repository, {
    args: [...args, '--raw', '-z'],
    lines,
    read: readRawDiff,
    ...(signal === undefined ? {} : { signal }),
  });
  return answers.map((answer) => (answer.known ? { known: true, value: answer.value.files } : answer));
}
