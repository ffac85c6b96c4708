import type { MergeGroup } from '../../core/readiness/plan-group-checks.ts';
import { answerMergeGroup } from '../../operations/answer-merge-group.ts';
import type { PipelineOptions } from './pipeline-options.ts';
import { withClient, withRetries } from './with-client.ts';

interface GroupDesk {
  /** Answers a merge queue, and returns at once. */
  answer(group: MergeGroup, installationId: number, deliveryId: string): void;
}

/** Answers merge queues at once: they wait for it. A group that is not answered is not merged. */
export function createGroupDesk(options: PipelineOptions): GroupDesk {
  const { activity, clients, clock, log, now, pacing, store } = options;
  const attend = async (group: MergeGroup, installationId: number, deliveryId: string): Promise<void> => {
    const { repository } = group;
    try {
      await withRetries(pacing.retryDelaysMs, () =>
        withClient(clients, installationId, (github) =>
          answerMergeGroup({ github, now, clock, defaultRepository: repository, ...store }, group),
        ),
      );
    } catch (cause) {
      const where = `${group.headSha.slice(0, 7)} in ${repository.owner}/${repository.repo}`;
      log('error', `could not answer the merge queue on ${where}`, { deliveryIds: [deliveryId], cause });
      options.onGivenUp([deliveryId]);
    }
  };
  return { answer: (...asked) => activity.track(attend(...asked)) };
}
