import pLimit from 'p-limit';
import type { RiskOfPullRequest } from '../../core/risk/risk-of-pull-request.ts';
import { type RepositoryRef, repositoryKey } from '../../core/task/identity.ts';
import { learnFromMirror } from '../../operations/learn-from-mirror.ts';
import type { PipelineOptions } from './pipeline-options.ts';

interface CloneLearner {
  /** Learns from the merges of the branch that most pull requests go into, some time after this. */
  learn(repository: RepositoryRef, risks: readonly RiskOfPullRequest[]): void;
  stop(): void;
}

/** In the background, one clone at a time: which files conflicted in the past, for estimates and for who asks. */
export function createCloneLearner({ clones, activity, log, now }: PipelineOptions): CloneLearner {
  const stopped = new AbortController();
  const turn = pLimit(1);
  const waiting = new Set<string>();

  const study = async (repository: RepositoryRef, base: string): Promise<void> => {
    const name = `${repository.owner}/${repository.repo}`;
    try {
      waiting.delete(repositoryKey(repository));
      if (stopped.signal.aborted) return;
      const lesson = { base, now: now(), stop: stopped.signal };
      const merges = await clones?.visit(repository, (path) => learnFromMirror(path, lesson));
      if (merges)
        log('info', `learned from ${merges} more ${merges === 1 ? 'merge' : 'merges'} of ${name} which files conflict`);
    } catch (cause) {
      log('warn', `could not learn from the merges of ${name}`, { cause });
    }
  };
  return {
    learn: (repository, risks) => {
      const base = mostCommon(risks.map((risk) => risk.base));
      const key = repositoryKey(repository);
      if (clones === undefined || base === undefined || waiting.has(key)) return;
      waiting.add(key);
      activity.track(turn(() => study(repository, base)));
    },
    stop: () => stopped.abort(),
  };
}

/** The first by name of those that are as common. */
function mostCommon(names: readonly string[]): string | undefined {
  const counts = new Map<string, number>();
  for (const name of names) counts.set(name, (counts.get(name) ?? 0) + 1);
  return [...counts].sort(([a, m], [b, n]) => n - m || (a < b ? -1 : 1))[0]?.[0];
}
