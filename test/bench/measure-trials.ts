import { rmSync } from 'node:fs';
import { join } from 'node:path';
import { findConflicts } from '../../src/git/find-conflicts.ts';
import { type Head, resolveHeads } from '../../src/git/list-heads.ts';
import type { Repository } from '../../src/git/open-repository.ts';
import { fileCache, type TrialCache } from '../../src/git/trial-cache.ts';
import { writeCommits } from '../../src/git/write-commits.ts';
import { type BenchSample, loadSample, withRepository } from './trial-samples.ts';

export interface TrialTimes {
  readonly heads: number;
  readonly runs: number;
  /** Median. */
  readonly seconds: number;
  readonly merges: number;
}

const RUNS = 5;

/** From a closed repository and an empty cache to all findings. */
export async function measureWhole(sample: BenchSample): Promise<TrialTimes> {
  const runs: Timed[] = [];
  for (let run = 0; run < RUNS; run += 1) runs.push(await judge(sample));
  return medianOf(sample, runs);
}

export interface PushTimes extends TrialTimes {
  readonly wholeSeconds: number;
  readonly wholeMerges: number;
}

/**
 * One head after the other gets a new commit, as a push would bring it: the cache is read from its file and the repository
 * opened anew each time, as by a command that was started for it. The new commit holds the files of the old under a new id,
 * so that all pairs of that head must be judged again.
 */
export async function measurePush(sample: BenchSample, folder: string): Promise<PushTimes> {
  const path = join(folder, 'cache.jsonl');
  rmSync(path, { force: true });
  const whole = await judge(sample, { cache: fileCache(path) });
  const heads = sample.heads === 'all' ? [] : sample.heads;
  const runs: Timed[] = [];
  for (let run = 0; run < RUNS; run += 1) {
    const pushed = heads[Math.floor(((run + 0.5) / RUNS) * heads.length)];
    if (pushed !== undefined) runs.push(await judge(sample, { cachePath: path, pushed }));
  }
  return { ...medianOf(sample, runs), wholeSeconds: round(whole.seconds), wholeMerges: whole.merges };
}

interface Timed {
  readonly seconds: number;
  readonly merges: number;
}

interface JudgeOptions {
  readonly cache?: TrialCache;
  readonly cachePath?: string;
  readonly pushed?: Head;
}

async function judge(sample: BenchSample, { cache, cachePath, pushed }: JudgeOptions = {}): Promise<Timed> {
  const start = performance.now();
  return withRepository(sample.repository, async (repository) => {
    const { base, heads } = await loadSample(repository, sample);
    const before = performance.now();
    const renewed = pushed === undefined ? heads : await push(repository, heads, pushed);
    // The commit would have come by a fetch: making it is no part of the work.
    const aside = performance.now() - before;
    const used = cachePath === undefined ? cache : fileCache(cachePath);
    const { counts } = await findConflicts(repository, {
      ...{ base, heads: renewed, isRegenerated: () => false },
      ...(used === undefined ? {} : { cache: used }),
    });
    return { seconds: (performance.now() - start - aside) / 1000, merges: counts.merges };
  });
}

async function push(repository: Repository, heads: readonly Head[], pushed: Head): Promise<readonly Head[]> {
  const [resolved] = await resolveHeads(repository, [pushed]);
  if (!resolved) throw new Error(`${pushed.name} is not there`);
  const [commit = ''] = await writeCommits(repository, [{ tree: resolved.tree, parents: [resolved.commit] }]);
  return heads.map((head) => (head.name === pushed.name ? { ...head, commit } : head));
}

function medianOf(sample: BenchSample, runs: readonly Timed[]): TrialTimes {
  const sorted = [...runs].sort((one, other) => one.seconds - other.seconds);
  const middle = sorted[Math.floor(sorted.length / 2)] ?? { seconds: 0, merges: 0 };
  const heads = sample.heads === 'all' ? 0 : sample.heads.length;
  return { heads, runs: runs.length, seconds: round(middle.seconds), merges: middle.merges };
}

const round = (seconds: number): number => Math.round(seconds * 100) / 100;
