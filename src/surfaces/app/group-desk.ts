import { LRUCache } from 'lru-cache';
import type { MergeGroup } from '../../core/readiness/plan-group-checks.ts';
import { repositoryKey } from '../../core/task/identity.ts';
import { answerMergeGroup } from '../../operations/answer-merge-group.ts';
import type { GroupEvent } from './group-of-event.ts';
import type { PipelineOptions } from './pipeline-options.ts';
import { withClient, withRetries } from './with-client.ts';

interface GroupDesk {
  /** Answers a merge queue, or stops answering what is over, and returns at once. */
  follow(event: GroupEvent, installationId: number, deliveryId: string): void;
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
  const attend = async (group: MergeGroup, installationId: number, deliveryId: string): Promise<void> => {
    const { repository } = group;
    const { signal: stop } = endOf(group);
    try {
      await withRetries(pacing.retryDelaysMs, async () => {
        if (stop.aborted) return;
        await withClient(clients, installationId, (github) =>
          answerMergeGroup({ github, now, clock, defaultRepository: repository, stop, ...store }, group),
        );
      });
    } catch (cause) {
      if (stop.aborted) return;
      const where = `${group.headSha.slice(0, 7)} in ${repository.owner}/${repository.repo}`;
      log('error', `could not answer the merge queue on ${where}`, { deliveryIds: [deliveryId], cause });
      options.onGivenUp([deliveryId]);
    }
  };
  return {
    follow: ({ group, isOver }, ...from) => {
      if (isOver) endOf(group).abort();
      else activity.track(attend(group, ...from));
    },
  };
}
