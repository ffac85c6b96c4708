import type { PullRequestFacts, TaskFacts } from '../task/facts.ts';
import { formatRef, type Ref } from '../task/identity.ts';
import type { Audience } from '../umbrella/audience.ts';
import { lanesOf } from '../umbrella/lanes.ts';
import { clocksOfPullRequest, clocksOfTask } from './clocks.ts';
import type { ReadinessView } from './criterion.ts';
import { outcomeOf } from './outcomes.ts';
import type { ReportedItem } from './report-schema.ts';
import { indexOfScope } from './scope-index.ts';

interface ItemOptions {
  readonly audience: Audience;
  /** Only the first so many are made: hardly any reader wants thousands. */
  readonly atMost?: number;
}

interface ReportedItems {
  readonly items: readonly ReportedItem[];
  /** How many there are, made or not. */
  readonly total: number;
}

/** The items of the scope that the readers may see, without the names of pull requests that they may not: tasks first, each by name. */
export function reportItems(
  view: ReadinessView,
  { audience, atMost = Number.POSITIVE_INFINITY }: ItemOptions,
): ReportedItems {
  const isShown = ({ ref }: { readonly ref: Ref }): boolean => audience.canSeeRepository(ref);
  const { tasks, pullRequests } = indexOfScope(view);
  const [shownTasks, shownPullRequests] = [tasks.filter(isShown), pullRequests.filter(isShown)];
  const room = Math.max(0, atMost - shownTasks.length);
  return {
    items: [
      ...shownTasks.slice(0, atMost).map((task) => reportTask(task, view, isShown)),
      ...shownPullRequests.slice(0, room).map((pullRequest) => reportPullRequest(pullRequest, view)),
    ],
    total: shownTasks.length + shownPullRequests.length,
  };
}

function reportTask(
  task: TaskFacts,
  view: ReadinessView,
  isShown: (pullRequest: PullRequestFacts) => boolean,
): ReportedItem {
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
    pull_requests: pullRequests.filter(isShown).map((one) => formatRef(one.ref)),
    clocks: clocksOfTask(task, view),
  };
}

function reportPullRequest(pullRequest: PullRequestFacts, view: ReadinessView): ReportedItem {
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
