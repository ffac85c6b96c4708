import type { ConflictReport } from '../../src/core/risk/conflict-report.ts';
import { type ConflictOptions, findConflicts } from '../../src/git/find-conflicts.ts';
import { type Head, listHeads, type ResolvedHead, resolveBase } from '../../src/git/list-heads.ts';
import { openRepository, type Repository } from '../../src/git/open-repository.ts';
import type { ComparedPair } from './compare-with-merges.ts';

/** Heads that were open at once, and what they were to merge into. */
export interface BenchSample {
  readonly repository: string;
  readonly base: string;
  /** `all`: every `refs/pull/*\/head`. */
  readonly heads: 'all' | readonly Head[];
}

/** Old heads may take git minutes each: what is not tried by then is left out, the pairs that tell least first. */
const SAMPLE_MS = 240_000;

/** So many are merged for real in each sample: a real merge takes many times as long. */
const CANDIDATES_PER_SAMPLE = 400;
const DROPPED_PER_SAMPLE = 120;

export async function withRepository<T>(path: string, use: (repository: Repository) => Promise<T>): Promise<T> {
  const repository = await openRepository(path);
  try {
    return await use(repository);
  } finally {
    await repository.close();
  }
}

export async function loadSample(
  repository: Repository,
  sample: BenchSample,
): Promise<{ readonly base: ResolvedHead; readonly heads: readonly Head[] }> {
  const base = await resolveBase(repository, sample.base);
  return { base, heads: sample.heads === 'all' ? await listHeads(repository, ['refs/pull/*/head']) : sample.heads };
}

export function judgeSample(
  sample: BenchSample,
  wish: Pick<ConflictOptions, 'pairs' | 'cache'> = {},
): Promise<ConflictReport> {
  return withRepository(sample.repository, async (repository) => {
    const { base, heads } = await loadSample(repository, sample);
    const signal = AbortSignal.timeout(SAMPLE_MS);
    return findConflicts(repository, { base, heads, signal, isThorough: true, isRegenerated: () => false, ...wish });
  });
}

/** The newest pull requests of today that are not merged, by their numbers: at most `count`. */
export function todaysSample(path: string, count: number): Promise<BenchSample> {
  return withRepository(path, async (repository) => {
    const all = await listHeads(repository, ['refs/pull/*/head']);
    const newest = [...all].sort((one, other) => numberOf(other) - numberOf(one)).slice(0, count * 6);
    const base = await mainOf(repository);
    const { heads } = await findConflicts(repository, {
      base,
      heads: newest,
      only: new Set(),
      isRegenerated: () => false,
    });
    const open = new Set(heads.filter(({ onBase }) => onBase.verdict !== 'merged').map(({ name }) => name));
    return { repository: path, base: base.commit, heads: newest.filter(({ name }) => open.has(name)).slice(0, count) };
  });
}

const numberOf = ({ name }: Head): number => Number(name.split('/')[2]);

export const mainOf = (repository: Repository): Promise<ResolvedHead> =>
  resolveBase(repository, 'main').catch(() =>
    resolveBase(repository, 'master').catch(() => resolveBase(repository, 'HEAD')),
  );

/** Candidates and dropped pairs, each at even distances through all of them. */
export function pairsToCompare(report: ConflictReport): readonly ComparedPair[] {
  const listed = new Set(report.pairs.map(({ a, b }) => JSON.stringify([a, b])));
  const untried = new Set(report.untried.map(({ a, b }) => JSON.stringify([a, b])));
  const open = report.heads.filter(({ onBase }) => onBase.verdict === 'clean' || onBase.verdict === 'conflict');
  const dropped = open.flatMap((a, place) =>
    open
      .slice(place + 1)
      .flatMap((b) => (listed.has(JSON.stringify([a.name, b.name])) ? [] : [[a.name, b.name] as const])),
  );
  const candidates = report.pairs
    .map(({ a, b }) => [a, b] as const)
    .filter((pair) => !untried.has(JSON.stringify(pair)));
  return [...evenly(candidates, CANDIDATES_PER_SAMPLE), ...evenly(dropped, DROPPED_PER_SAMPLE)];
}

function evenly<T>(all: readonly T[], count: number): readonly T[] {
  const step = Math.max(1, all.length / count);
  return all.filter((_, index) => Math.floor(index / step) !== Math.floor((index - 1) / step)).slice(0, count);
}
