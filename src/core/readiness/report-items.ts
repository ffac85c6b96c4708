import type { PullRequestFacts, TaskFacts } from '../task/facts.ts';
import { formatRef } from '../task/identity.ts';
import { lanesOf } from '../umbrella/lanes.ts';
import { clocksOfPullRequest, clocksOfTask } from './clocks.ts';
import type { ReadinessView } from './criterion.ts';
import { outcomeOf } from './outcomes.ts';
import type { ReportedItem } from './report-schema.ts';
import { indexOfScope } from './scope-index.ts';

/** An item with every name that it has; what the readers may not see is taken away later. */
export type DraftItem = ReportedItem;

/** Tasks, then pull requests in scope, each by name. */
export function reportItems(view: ReadinessView): readonly DraftItem[] {
  const { tasks, pullRequests } = indexOfScope(view);
  return [
    ...tasks.map((task) => reportTask(task, view)),
    ...pullRequests.map((pullRequest) => reportPullRequest(pullRequest, view)),
  ];
}

function reportTask(task: TaskFacts, view: ReadinessView): DraftItem {
  const { state, since } = view.work.stateOf(task);
  const pullRequests = view.work.changesOf(task);
  const decisive = pullRequests.find((one) => one.state !== 'closed') ?? pullRequests[0];
  const { ref, title, url } = task;
  return {
    ref: formatRef(ref),
    kind: 'task',
    title,
    url,
    lane: lanesOf(task, view.config)[0] ?? null,
    state,
    since,
    outcome: decisive === undefined ? null : outcomeOf(decisive, view).outcome,
    pull_requests: pullRequests.map((one) => formatRef(one.ref)),
    clocks: clocksOfTask(task, view),
  };
}

function reportPullRequest(pullRequest: PullRequestFacts, view: ReadinessView): DraftItem {
  const { ref, title, url, state, isDraft, mergedAt, closedAt, readyAt, createdAt } = pullRequest;
  return {
    ref: formatRef(ref),
    kind: 'pull_request',
    title,
    url,
    lane: null,
    state: state === 'open' && isDraft ? 'draft' : state,
    since: mergedAt ?? closedAt ?? readyAt ?? createdAt,
    outcome: outcomeOf(pullRequest, view).outcome,
    pull_requests: [],
    clocks: clocksOfPullRequest(pullRequest, view),
  };
}
