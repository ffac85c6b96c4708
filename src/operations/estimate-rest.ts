import pLimit from 'p-limit';
import type { Gap } from '../core/reading.ts';
import { candidatePairs } from '../core/risk/candidate-pairs.ts';
import { buildConflictHistory } from '../core/risk/conflict-history.ts';
import { estimatePairs } from '../core/risk/estimate-pairs.ts';
import type { Stack } from '../core/risk/find-stacks.ts';
import type { PairRisk } from '../core/risk/pair-risk.ts';
import { SHIPPED_WEIGHTS } from '../core/risk/risk-weights.ts';
import type { TouchedFile } from '../core/risk/touched-file.ts';
import type { Ref } from '../core/task/identity.ts';
import { loadTouchedFiles } from '../github/load-touched-files.ts';
import { loadLearned } from './conflict-history-file.ts';
import type { OperationContext } from './operation.ts';

export interface FilesByName {
  readonly files: ReadonlyMap<string, readonly TouchedFile[] | null>;
  readonly gaps: readonly Gap[];
}

const READS_AT_ONCE = 6;

/** The files of pull requests with their lines, one request for each and 100 files; null where GitHub does not tell. */
export async function loadFilesOf(
  { github, onProgress }: Pick<OperationContext, 'github' | 'onProgress'>,
  asked: readonly { readonly name: string; readonly ref: Ref }[],
): Promise<FilesByName> {
  const limit = pLimit(READS_AT_ONCE);
  let done = 0;
  const readings = await Promise.all(
    asked.map(({ ref }) =>
      limit(async () => {
        const reading = await loadTouchedFiles(github, ref);
        done += 1;
        onProgress?.({ label: 'reading changed files', done, total: asked.length });
        return reading;
      }),
    ),
  );
  return {
    files: new Map(asked.map(({ name }, place) => [name, readings[place]?.known ? readings[place].value : null])),
    gaps: readings.flatMap((reading) => (reading.known ? [] : [reading.gap])),
  };
}

interface Shown {
  readonly name: string;
  readonly files: readonly TouchedFile[] | null;
  /** A clone told of it: pairs of two such are not estimated. */
  readonly isVerified: boolean;
}

interface RestFacts {
  readonly only: ReadonlySet<string> | null;
  readonly stacks: readonly Stack[];
  /** Where `risk learn` keeps what it found; null where nothing is kept. */
  readonly learnedIn: string | null;
  readonly now: string;
}

/** Estimates of the pairs that no clone verified; unknown is a pair with a change whose files nobody shows. */
export async function estimateRest(changes: readonly Shown[], facts: RestFacts): Promise<readonly PairRisk[]> {
  const { only, stacks, learnedIn, now } = facts;
  const isDue = ([a, b]: readonly [number, number]): boolean => {
    const both = [changes[a], changes[b]];
    return both.some((one) => one?.isVerified === false) && both.some((one) => only?.has(one?.name ?? '') ?? true);
  };
  const candidates = candidatePairs(
    changes.map(({ files }) => ({ own: files ?? [], onBase: [] })),
    [],
  ).filter(isDue);
  const shown = changes.map(({ name, files }) => ({ name, files: files ?? [] }));
  const history = buildConflictHistory(learnedIn === null ? [] : await loadLearned(learnedIn), now);
  const estimated = estimatePairs(shown, { pairs: candidates, stacks, history, weights: SHIPPED_WEIGHTS });
  return [...estimated, ...unknownPairs(changes, isDue)];
}

function unknownPairs(
  changes: readonly Shown[],
  isDue: (pair: readonly [number, number]) => boolean,
): readonly PairRisk[] {
  return changes.flatMap(({ name, files }, place) => {
    if (files !== null) return [];
    const reason = `the files of ${name} cannot be read`;
    return changes.flatMap((other, at): readonly PairRisk[] => {
      const isOnce = other.files !== null || at > place;
      if (at === place || !isOnce || !isDue([place, at])) return [];
      const [a, b] = at < place ? [other.name, name] : [name, other.name];
      return [{ a, b, finding: { basis: 'verified', verdict: 'unknown', reason } }];
    });
  });
}
