import type { Audience } from '../umbrella/audience.ts';
import { COUNTED_STATES, progressOf } from '../umbrella/progress.ts';
import { burnUp } from './burn-up.ts';
import { clocksOfPullRequest, clocksOfTask } from './clocks.ts';
import { compareText } from './compare-refs.ts';
import type { ReadinessView } from './criterion.ts';
import { longestChain } from './longest-chain.ts';
import { outcomeOf } from './outcomes.ts';
import { ratioOf } from './ratio-of.ts';
import { nameTasks } from './redact.ts';
import { type Metrics, OUTCOMES } from './report-schema.ts';
import { waitingReviews } from './review-backlog.ts';
import { indexOfScope } from './scope-index.ts';

/** The scope in figures. Everything counts; only what the readers may see is named. */
export function metricsOf(view: ReadinessView, audience: Audience): Metrics {
  const { tasks, pullRequests } = indexOfScope(view);
  const progress = progressOf(tasks.map((task) => view.work.stateOf(task).state));
  const outcomes = countBy(pullRequests.map((pullRequest) => outcomeOf(pullRequest, view).outcome));
  const hidden = [...tasks, ...pullRequests].filter(({ ref }) => !audience.canSeeRepository(ref));
  return {
    complete: ratioOf(progress.complete, progress.relevant),
    states: Object.fromEntries(COUNTED_STATES.map((state) => [state, progress.counts[state]])),
    outcomes: Object.fromEntries(OUTCOMES.map((outcome) => [outcome, outcomes.get(outcome) ?? 0])),
    ...waitsOf(view),
    burn_up: burnUp(view),
    longest_chain: nameTasks(longestChain(view), audience),
    review_backlog: reviewBacklog(view, audience),
    private_items: hidden.length,
  };
}

function countBy<Name extends string>(names: readonly Name[]): ReadonlyMap<Name, number> {
  const counts = new Map<Name, number>();
  for (const name of names) counts.set(name, (counts.get(name) ?? 0) + 1);
  return counts;
}

/** Of pull requests; of tasks where only they have clocks. */
function waitsOf(view: ReadinessView): Pick<Metrics, 'review_wait' | 'merge_wait'> {
  const { tasks, pullRequests } = indexOfScope(view);
  const ofPullRequests = pullRequests.flatMap((pullRequest) => clocksOfPullRequest(pullRequest, view) ?? []);
  const clocks = ofPullRequests.length > 0 ? ofPullRequests : tasks.flatMap((task) => clocksOfTask(task, view) ?? []);
  return {
    review_wait: durationStats(clocks.flatMap(({ review_wait_seconds: wait }) => wait ?? [])),
    merge_wait: durationStats(clocks.flatMap(({ merge_wait_seconds: wait }) => wait ?? [])),
  };
}

function durationStats(seconds: readonly number[]): Metrics['review_wait'] {
  const sorted = seconds.toSorted((a, b) => a - b);
  return { count: sorted.length, p50_seconds: nearestRank(sorted, 0.5), p95_seconds: nearestRank(sorted, 0.95) };
}

/** The least value that at least this share of all do not exceed. */
const nearestRank = (sorted: readonly number[], share: number): number | null =>
  sorted[Math.ceil(sorted.length * share) - 1] ?? null;

/** The longest first, then by name. */
function reviewBacklog(view: ReadinessView, audience: Audience): Metrics['review_backlog'] {
  const counts = new Map<string, { open: number; over_sla: number }>();
  for (const { pullRequest, reviewer, isOverSla } of waitingReviews(view)) {
    const name = audience.canSeeRepository(pullRequest.ref) ? reviewer : 'reviewers of private pull requests';
    const count = counts.get(name) ?? { open: 0, over_sla: 0 };
    counts.set(name, { open: count.open + 1, over_sla: count.over_sla + (isOverSla ? 1 : 0) });
  }
  return [...counts]
    .map(([reviewer, count]) => ({ reviewer, ...count }))
    .sort((a, b) => b.open - a.open || compareText(a.reviewer, b.reviewer));
}
