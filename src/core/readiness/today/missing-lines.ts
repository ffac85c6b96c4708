import { formatRef } from '../../task/identity.ts';
import { nextStepOf } from '../next-step.ts';
import { lossFinding } from '../presence/loss-finding.ts';
import type { DraftLine, TodayView } from './today-view.ts';

/** What was merged and is no longer there: reverted and not brought back, or undone though nobody said so. */
export function missingLines(view: TodayView): readonly DraftLine[] {
  return [...revertedTasks(view), ...lostMerges(view)];
}

function lostMerges({ merged, snapshot }: TodayView): readonly DraftLine[] {
  const known = [...snapshot.pullRequests.values()];
  const byMergeCommit = new Map(known.flatMap((one) => (one.mergeCommitSha ? [[one.mergeCommitSha, one]] : [])));
  return merged.flatMap(({ pullRequest, presence }): readonly DraftLine[] => {
    const { ref, title, url, baseRefName: baseBranch } = pullRequest;
    const loss = lossFinding(pullRequest, presence, { baseBranch, byMergeCommit });
    if (loss === null) return [];
    const { why, since, actor, action } = loss;
    return [{ kind: 'missing', ref: formatRef(ref), title, url, why, since: since ?? null, actor, action }];
  });
}

function revertedTasks(view: TodayView): readonly DraftLine[] {
  return [...view.snapshot.tasks.values()].flatMap((task): readonly DraftLine[] => {
    const { state, since, reason } = view.work.stateOf(task);
    if (state !== 'reverted') return [];
    const { title, url } = task;
    return [{ kind: 'missing', ref: formatRef(task.ref), title, url, why: reason, since, ...nextStepOf(task, view) }];
  });
}
