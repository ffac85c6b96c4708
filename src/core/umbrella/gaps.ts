import type { Gap, Reading } from '../reading.ts';
import type { PullRequestFacts, TaskFacts } from '../task/facts.ts';
import { formatRef } from '../task/identity.ts';
import type { ReadChildren } from './assess-work.ts';

/**
 * What could not be read about one task and its pull requests, of all that decides something. Mentions (`crossReferences`)
 * decide nothing, nor do the checks of a pull request that is merged or closed: no state, no verdict and no next step looks
 * at them, and what runs on the base is judged there.
 */
export function gapsOfTask(
  task: TaskFacts,
  pullRequests: readonly PullRequestFacts[],
  children: ReadChildren,
): readonly Gap[] {
  const gaps: Gap[] = [];
  const note = (reading: Reading<unknown> | undefined): void => {
    if (reading?.known === false) gaps.push(reading.gap);
  };
  note(task.children);
  for (const batch of children.batches) note(batch.children);
  note(task.blockers);
  note(task.closingPullRequests);
  note(task.linkedBranches);
  note(task.issueFields);
  for (const { state, reviewRequests, reviews, checks, commits } of pullRequests) {
    note(reviewRequests);
    note(reviews);
    note(commits);
    if (state === 'open') note(checks);
  }
  if (children.unread > 0) gaps.push(childrenGap(task, children.unread));
  return gaps.length === 0 ? gaps : uniqueGaps(gaps);
}

function childrenGap(task: TaskFacts, count: number): Gap {
  const what = `${count} ${count === 1 ? 'child' : 'children'} of ${formatRef(task.ref)}`;
  return { cause: 'forbidden', what, permission: 'issues: read' };
}

/** In order of first appearance. */
export function uniqueGaps(gaps: readonly Gap[]): readonly Gap[] {
  return [...new Map(gaps.map((gap) => [`${gap.cause}|${gap.what}|${gap.permission}`, gap])).values()];
}
