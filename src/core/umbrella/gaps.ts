import type { Gap, Reading } from '../reading.ts';
import type { PullRequestFacts, TaskFacts } from '../task/facts.ts';
import { formatRef } from '../task/identity.ts';
import type { ReadChildren } from './assess-work.ts';

/**
 * What could not be read about one task and its pull requests. Mentions (`crossReferences`) are left out: nothing is
 * decided by them.
 */
export function gapsOfTask(
  task: TaskFacts,
  pullRequests: readonly PullRequestFacts[],
  children: ReadChildren,
): readonly Gap[] {
  const readings: Reading<unknown>[] = [
    task.children,
    ...children.batches.map((batch) => batch.children),
    task.blockers,
    task.closingPullRequests,
    task.linkedBranches,
    ...(task.issueFields === undefined ? [] : [task.issueFields]),
    ...pullRequests.flatMap(({ reviewRequests, reviews, checks, commits }) => [
      reviewRequests,
      reviews,
      checks,
      commits,
    ]),
  ];
  const gaps = readings.flatMap((reading) => (reading.known ? [] : [reading.gap]));
  if (gaps.length === 0 && children.unread === 0) return gaps;
  return uniqueGaps(children.unread > 0 ? [...gaps, childrenGap(task, children.unread)] : gaps);
}

function childrenGap(task: TaskFacts, count: number): Gap {
  const what = `${count} ${count === 1 ? 'child' : 'children'} of ${formatRef(task.ref)}`;
  return { cause: 'forbidden', what, permission: 'issues: read' };
}

/** In order of first appearance. */
export function uniqueGaps(gaps: readonly Gap[]): readonly Gap[] {
  return [...new Map(gaps.map((gap) => [`${gap.cause}|${gap.what}|${gap.permission}`, gap])).values()];
}
