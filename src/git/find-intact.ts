import { layOutAttributes } from './lay-out-attributes.ts';
import type { ResolvedHead } from './list-heads.ts';
import type { BaseStep } from './load-base-steps.ts';
import type { Repository } from './open-repository.ts';
import { runBatch } from './run-batch.ts';
import { trialMerges } from './trial-merges.ts';
import { writeCommits } from './write-commits.ts';

interface Standing {
  /** Of the base, the newest first. */
  readonly steps: readonly BaseStep[];
  /** Some of them. */
  readonly landed: readonly BaseStep[];
}

/** One step, and a later one that touches the same files. */
interface Undoing {
  readonly step: BaseStep;
  readonly later: BaseStep;
}

/** Of one step. A merge takes milliseconds; a file that changes more often tells little of one change. */
const MOST_LATER = 250;
/** Of all of them. */
const MOST_UNDONE = 4000;

/**
 * Those of the landed steps that no later one took back, or not any of it: on no later step would undoing it change fewer lines
 * than the step itself did. A revert need not say so, may come by a merge, and other changes of the same lines may follow it.
 * Where later changes are too many to try, or git cannot tell, it counts as taken back.
 */
export async function findIntact(
  repository: Repository,
  base: ResolvedHead,
  { steps, landed }: Standing,
): Promise<ReadonlySet<BaseStep>> {
  const placeOf = new Map(steps.map((step, place) => [step, place]));
  const undoings: Undoing[] = [];
  const candidates = landed.filter((step) => {
    const after = steps.slice(0, placeOf.get(step) ?? 0);
    const own = new Set(step.paths);
    const touching = after.filter(({ paths }) => paths.some((path) => own.has(path)));
    const isTried = touching.length <= MOST_LATER && undoings.length + touching.length <= MOST_UNDONE;
    if (isTried) undoings.push(...touching.map((later) => ({ step, later })));
    return isTried && step.parentTree !== null;
  });
  const undone = await undo(repository, base, undoings);
  const isKept = ({ step }: Undoing, place: number): boolean => {
    const lines = undone.lines[place];
    const own = undone.own.get(step);
    return lines !== undefined && own !== undefined && lines >= own;
  };
  const lost = new Set(undoings.filter((one, place) => !isKept(one, place)).map(({ step }) => step));
  return new Set(candidates.filter((step) => !lost.has(step)));
}

interface Undone {
  /** How many lines undoing changes, of each; undefined where git cannot tell. */
  readonly lines: readonly (number | undefined)[];
  /** How many the step itself did. */
  readonly own: ReadonlyMap<BaseStep, number | undefined>;
}

/** As `git revert` does it: what the later step has, merged with what was before the step, as if both came of the step. */
async function undo(repository: Repository, base: ResolvedHead, undoings: readonly Undoing[]): Promise<Undone> {
  const laidOut = undoings.length === 0 ? null : await layOutAttributes(repository, base.tree);
  if (!laidOut?.known) return { lines: [], own: new Map() };
  const some = undoings.filter(({ step }) => step.parentTree !== null);
  const steps = [...new Set(some.map(({ step }) => step))];
  const roots = await writeCommits(
    repository,
    steps.map(({ tree }) => ({ tree, parents: [] })),
  );
  const rootOf = new Map(steps.map((step, place) => [step, roots[place] ?? '']));
  const sides = some.flatMap(({ step, later }) =>
    [later.tree, step.parentTree ?? ''].map((tree) => ({ tree, parents: [rootOf.get(step) ?? ''] })),
  );
  const ids = await writeCommits(repository, sides);
  const merges = some.map((_, place) => ({ ours: ids[place * 2] ?? '', theirs: ids[place * 2 + 1] ?? '' }));
  const results = await trialMerges(repository, merges, { workTree: laidOut.value.workTree });
  const trees = some.flatMap(({ later }, place) => {
    const result = results[place];
    return result?.known ? [{ place, line: `${later.tree} ${result.value.tree}` }] : [];
  });
  const counts = await countLines(repository, [
    ...trees.map(({ line }) => line),
    ...steps.map((step) => `${step.parentTree} ${step.tree}`),
  ]);
  const linesOf = new Map(trees.map(({ place }, index) => [some[place], counts[index]]));
  return {
    lines: undoings.map((one) => linesOf.get(one)),
    own: new Map(steps.map((step, place) => [step, counts[trees.length + place]])),
  };
}

const NUMBERS = ['diff-tree', '--stdin', '-r', '--numstat', '--no-renames', '--no-ext-diff', '--no-textconv'];

/** How many lines differ between two trees, a binary file counting as one. */
async function countLines(repository: Repository, lines: readonly string[]): Promise<readonly (number | undefined)[]> {
  const answers = await runBatch(repository, { args: NUMBERS, lines, read: readCounts });
  return answers.map((answer) => (answer.known ? answer.value : undefined));
}

function readCounts(text: string, isWhole: boolean): readonly number[] {
  const counts = text.split(/^[0-9a-f]{40,64} [0-9a-f]{40,64}\n/m).slice(1);
  return (isWhole ? counts : counts.slice(0, -1)).map((files) =>
    [...files.matchAll(/^(\d+|-)\t(\d+|-)\t/gm)].reduce(
      (sum, [, added, removed]) => sum + (added === '-' ? 1 : Math.max(1, Number(added) + Number(removed))),
      0,
    ),
  );
}
