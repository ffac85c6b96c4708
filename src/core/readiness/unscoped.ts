import { ghCommandOn, shellQuoted } from '../gh-command.ts';
import type { Instant, PullRequestFacts, TaskFacts } from '../task/facts.ts';
import { formatRef, refKey } from '../task/identity.ts';
import { plannedIdOf } from '../task/planned-id.ts';
import { hasChildren } from '../umbrella/assess-work.ts';
import { maintainer } from './actors.ts';
import type { DraftFinding, ReadinessView } from './criterion.ts';
import { freezeInstant } from './freeze.ts';
import { nameOfPullRequest } from './item-name.ts';
import type { ReadinessScope } from './readiness-facts.ts';
import { indexOfScope } from './scope-index.ts';
import { unreadFinding } from './unread-finding.ts';

/**
 * Pull requests that were merged to the base since the scope began, for tasks that are in no scope of its kind: forgotten,
 * it seems. A task with another milestone, another umbrella or another phase is somebody's decision. After the freeze
 * they are in the way; before it they are only told. Labels and queries take nobody in by default, and scopes by time or
 * branch hold whatever was merged.
 */
export function unscopedFindings(view: ReadinessView): readonly DraftFinding[] {
  const isForgotten = FORGOTTEN[view.facts.scope.kind];
  const { tasksOf, tasks } = indexOfScope(view);
  if (isForgotten === undefined || tasks.length === 0) return [];
  const begins = tasks.map((task) => view.facts.scopedAt.get(refKey(task.ref)) ?? task.createdAt);
  const begin = begins.reduce((first, at) => (at < first ? at : first));
  const found = [...tasksOf].flatMap(([key, owners]) => {
    const pullRequest = view.facts.work.pullRequests.get(key);
    if (pullRequest === undefined || !isMergedSince(pullRequest, begin, view)) return [];
    const isOutside = owners.every((task) => !view.facts.tasks.has(refKey(task.ref)) && isForgotten(task, view));
    return isOutside ? [unscopedFinding(pullRequest, owners, view)] : [];
  });
  return [...found, ...unreadOutside(view)];
}

/** Only after a freeze it could be in the way. */
function unreadOutside({ facts, config }: ReadinessView): readonly DraftFinding[] {
  const effect = config.readiness.freeze === undefined ? 'informs' : 'unknown';
  const place = { kind: 'unread_outside', item: null, names: [], repository: facts.scope.repository };
  return (facts.outsideGaps ?? []).map((gap) => ({ ...unreadFinding(gap, place), effect }));
}

const FORGOTTEN: Readonly<Partial<Record<ReadinessScope['kind'], (task: TaskFacts, view: ReadinessView) => boolean>>> =
  {
    milestone: ({ milestone }) => milestone === null,
    umbrella: (task, { work }) => task.parent === null && !hasChildren(task, work),
    phase: (task, { config }) => plannedIdOf(task, config.tasks.ids) === null,
  };

function isMergedSince({ mergedAt, baseRefName }: PullRequestFacts, begin: Instant, { facts }: ReadinessView): boolean {
  return mergedAt !== null && baseRefName === facts.scope.baseBranch && Date.parse(mergedAt) >= Date.parse(begin);
}

function unscopedFinding(
  pullRequest: PullRequestFacts,
  tasks: readonly TaskFacts[],
  { facts, config }: ReadinessView,
): DraftFinding {
  const { freeze } = config.readiness;
  const mergedAt = pullRequest.mergedAt ?? pullRequest.updatedAt;
  const isLate = freeze !== undefined && Date.parse(mergedAt) > Date.parse(freezeInstant(freeze));
  const names = tasks.map(({ ref }) => formatRef(ref)).join(', ');
  return {
    kind: 'merged_unscoped',
    effect: isLate ? 'fails' : 'informs',
    item: nameOfPullRequest(pullRequest),
    names: [pullRequest.ref, ...tasks.map(({ ref }) => ref)],
    since: pullRequest.mergedAt,
    why: `it was merged for ${names}, which the scope does not hold`,
    actor: maintainer(pullRequest.ref),
    action: {
      text: `add ${names} to the scope`,
      command: additionOf(tasks, facts.scope),
      url: tasks[0]?.url ?? pullRequest.url,
    },
    evidence: [{ text: `merged into ${pullRequest.baseRefName} at ${mergedAt}`, url: pullRequest.url }],
  };
}

/** A milestone's name stands in the selector behind its kind. */
function additionOf([task]: readonly TaskFacts[], { kind, selector }: ReadinessScope): string | null {
  if (kind !== 'milestone' || task === undefined) return null;
  const milestone = selector.slice('milestone:'.length);
  return ghCommandOn('issue edit', task, [`--milestone=${shellQuoted(milestone)}`]);
}
