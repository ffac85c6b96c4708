import { LRUCache } from 'lru-cache';
import { UserError } from '../../core/failure.ts';
import type { MergeGroup } from '../../core/readiness/plan-group-checks.ts';
import { type RepositoryRef, repositoryKey } from '../../core/task/identity.ts';
import { listInstalledRepositories } from '../../github/list-installed-repositories.ts';
import { answerMergeGroup } from '../../operations/answer-merge-group.ts';
import { listMergeGroups } from '../../operations/list-merge-groups.ts';
import type { GroupEvent } from './group-of-event.ts';
import type { PipelineOptions } from './pipeline-options.ts';
import { withClient, withRetries } from './with-client.ts';

interface GroupDesk {
  /** Answers a merge queue, or stops answering what is over, and returns at once. */
  follow(event: GroupEvent, installationId: number, deliveryId: string): void;
  /** Answers those of an installation that asked while nobody listened: a queue asks once. */
  survey(installationId: number): void;
}

interface Asking {
  readonly installationId: number;
  readonly deliveryIds: readonly string[];
  /** It may have been answered before. */
  readonly resumes: boolean;
}

const REMEMBERED_GROUPS = 1000;
/** Longer than a request may be late, or an answer be tried again. */
const REMEMBERED_MS = 3_600_000;

/**
 * Answers merge queues at once: they wait for it. A group that is not answered is not merged. One that is over gets no check
 * that had not been sent by then, also where GitHub tells of its end before it tells of its beginning.
 */
export function createGroupDesk(options: PipelineOptions): GroupDesk {
  const { activity, clients, clock, log, now, pacing, store } = options;
  const ends = new LRUCache<string, AbortController>({ max: REMEMBERED_GROUPS, ttl: REMEMBERED_MS });
  const endOf = ({ repository, headSha }: MergeGroup): AbortController => {
    const key = `${repositoryKey(repository)} ${headSha}`;
    const end = ends.get(key) ?? new AbortController();
    ends.set(key, end);
    return end;
  };
  const attend = async (group: MergeGroup, { installationId, deliveryIds, resumes }: Asking): Promise<void> => {
    const { repository } = group;
    const { signal: stop } = endOf(group);
    try {
      await withRetries(pacing.retryDelaysMs, async () => {
        if (stop.aborted) return;
        await withClient(clients, installationId, (github) =>
          answerMergeGroup({ github, now, clock, defaultRepository: repository, stop, ...store }, group, { resumes }),
        );
      });
    } catch (cause) {
      if (stop.aborted) return;
      const where = `${group.headSha.slice(0, 7)} in ${repository.owner}/${repository.repo}`;
      log('error', `could not answer the merge queue on ${where}`, { deliveryIds, cause });
      options.onGivenUp(deliveryIds);
    }
  };
  const surveyOne = async (installationId: number, repository: RepositoryRef): Promise<void> => {
    try {
      const groups = await withClient(clients, installationId, (github) => listMergeGroups(github, repository));
      for (const group of groups) activity.track(attend(group, { installationId, deliveryIds: [], resumes: true }));
    } catch (cause) {
      // What it may not read switches nothing on, so that nobody waits for it there.
      if (cause instanceof UserError && (cause.code === 'forbidden' || cause.code === 'not_found')) return;
      // An empty repository has no branches to list.
      const level = cause instanceof UserError ? 'info' : 'error';
      log(level, `could not look for merge groups of ${repository.owner}/${repository.repo}`, { cause });
    }
  };
  const surveyAll = async (installationId: number): Promise<void> => {
    try {
      const all = await withClient(clients, installationId, listInstalledRepositories);
      for (const repository of all) await surveyOne(installationId, repository);
    } catch (cause) {
      log('error', 'could not look for merge groups', { cause });
    }
  };
  return {
    follow: ({ group, isOver }, installationId, deliveryId) => {
      if (isOver) endOf(group).abort();
      else activity.track(attend(group, { installationId, deliveryIds: [deliveryId], resumes: false }));
    },
    survey: (installationId) => activity.track(surveyAll(installationId)),
  };
}
