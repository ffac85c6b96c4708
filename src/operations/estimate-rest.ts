import pLimit from 'p-limit';
import type { Gap, Reading } from '../core/reading.ts';
import type { ConflictHistory } from '../core/risk/conflict-history.ts';
import type { Stack } from '../core/risk/find-stacks.ts';
import type { PairRisk } from '../core/risk/pair-risk.ts';
import type { Pair } from '../core/risk/pair-set.ts';
import type { TouchedFile } from '../core/risk/touched-file.ts';
import { unknownPairs } from '../core/risk/unknown-pairs.ts';
import { type Ref, refKey } from '../core/task/identity.ts';
import { loadTouchedFiles } from '../github/load-touched-files.ts';
import { estimateApart } from './estimate-apart.ts';
import type { OperationContext } from './operation.ts';

export interface FilesByName {
  readonly files: ReadonlyMap<string, readonly TouchedFile[] | null>;
  readonly gaps: readonly Gap[];
}

/** Files of pull requests by their heads, so that each head is read once. */
export interface FilesMemory {
  readonly get: (key: string) => Reading<readonly TouchedFile[]> | undefined;
  readonly set: (key: string, files: Reading<readonly TouchedFile[]>) => unknown;
}

interface AskedPull {
  readonly name: string;
  readonly headSha: string;
  readonly pull: { readonly ref: Ref };
}

const READS_AT_ONCE = 6;

/** The files of pull requests with their lines, one request for each and 100 files; null where GitHub does not tell. */
export async function loadFilesOf(
  { github, onProgress }: Pick<OperationContext, 'github' | 'onProgress'>,
  asked: readonly AskedPull[],
  memory?: FilesMemory,
): Promise<FilesByName> {
  const limit = pLimit(READS_AT_ONCE);
  let done = 0;
  const readings = await Promise.all(
    asked.map(({ headSha, pull: { ref } }) =>
      limit(async () => {
        const key = `${refKey(ref)}@${headSha}`;
        const reading = memory?.get(key) ?? (await loadTouchedFiles(github, ref));
        if (reading.known) memory?.set(key, reading);
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
  readonly isRegenerated: (path: string) => boolean;
  readonly history: ConflictHistory;
}

/**
 * Estimates of the pairs that no clone verified; unknown is a pair with a change whose files nobody shows.
 *
 * Lines are compared as GitHub shows them, each on its own merge base. A clone shifts them to common lines; the API would
 * take one comparison for each pair of merge bases, and another one as soon as a push moves either.
 */
export function estimateRest(changes: readonly Shown[], facts: RestFacts): readonly PairRisk[] {
  const { only, stacks, history, isRegenerated } = facts;
  const isDue = ([a, b]: Pair): boolean => {
    const both = [changes[a], changes[b]];
    return both.some((one) => one?.isVerified === false) && both.some((one) => only?.has(one?.name ?? '') ?? true);
  };
  const all = changes.map(({ name, files }) => ({ name, files: files ?? [] }));
  const names = changes.map(({ name }) => name);
  const unread = new Map(
    changes.flatMap(({ name, files }) => (files === null ? [[name, `the files of ${name} cannot be read`]] : [])),
  );
  const also = stacks
    .map(({ dependent, on }): Pair => [Math.min(dependent, on), Math.max(dependent, on)])
    .filter(isDue);
  return [
    ...estimateApart(all, { isDue, also, stacks, history, isRegenerated }).each,
    ...unknownPairs(names, unread, isDue),
  ];
}
