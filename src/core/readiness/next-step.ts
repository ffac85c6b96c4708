import { ghCommandOn } from '../gh-command.ts';
import { openBlockers } from '../task/assess-state.ts';
import type { PullRequestFacts, TaskFacts } from '../task/facts.ts';
import { refKey } from '../task/identity.ts';
import { hasChildren } from '../umbrella/assess-work.ts';
import { gapsOfTask } from '../umbrella/gaps.ts';
import { nextActionOf } from '../umbrella/next-action.ts';
import { progressOf } from '../umbrella/progress.ts';
import type { NextAction } from '../umbrella/rollup.ts';
import { actorOf, maintainer, ownerOf } from './actors.ts';
import type { BlockerCircle } from './blocker-circles.ts';
import { bringBack } from './bring-back.ts';
import type { ReadinessView } from './criterion.ts';
import type { Action, Actor } from './report-schema.ts';
import { reviewCommand, staleApprovalOf } from './stale-approval.ts';
import { standingArtifacts } from './standing-artifacts.ts';

export interface NextStep {
  readonly actor: Actor;
  readonly action: Action;
}

/**
 * The one thing that moves a task on, as the rollup says it, with the first of those who owe it; but what was approved at
 * an older head is looked at again before it is merged, what was reverted is named, and of blockers that wait for the task
 * themselves none can be finished: their circle has to be broken.
 */
export function nextStepOf(
  task: TaskFacts,
  view: Pick<ReadinessView, 'work' | 'config'>,
  circles: ReadonlyMap<string, BlockerCircle> = new Map(),
): NextStep {
  const { work } = view;
  const pullRequests = work.changesOf(task);
  const children = work.childrenOf(task);
  const { missing } = standingArtifacts(task, view);
  const blockers = openBlockers(task);
  const circle = circles.get(refKey(task.ref));
  const others = blockers.filter(({ ref }) => circle === undefined || circles.get(refKey(ref)) !== circle);
  const action = nextActionOf({
    task,
    claim: work.claimOn(task),
    state: work.stateOf(task).state,
    pullRequests,
    openBlockers: others.length === 0 ? blockers : others,
    missingArtifacts: missing,
    nested: hasChildren(task, work) ? progressOf(children.tasks.map((child) => work.stateOf(child).state)) : null,
    gaps: gapsOfTask(task, pullRequests, children),
    keepers: [],
  });
  if (action === null)
    return { actor: ownerOf(task, work), action: { text: 'look at it', command: null, url: task.url } };
  if (action.kind === 'reapply_change') {
    const lost = pullRequests.find(({ ref }) => work.reverts.get(refKey(ref))?.isReverted === true);
    if (lost !== undefined) return { actor: ownerOf(task, work), action: bringBack(lost, task) };
  }
  if (action.kind === 'merge') {
    const stale = staleApproval(action.url, pullRequests);
    if (stale !== null) return { actor: stale.actor, action: stale.action };
  }
  if (action.kind === 'clear_blocker' && circle !== undefined && others.length === 0) {
    return { actor: circle.actor, action: circle.action };
  }
  const [first] = action.actors;
  return {
    actor: first === undefined ? maintainer(task.ref) : actorOf(first),
    action: { text: action.text, command: commandOf(action, task, pullRequests), url: action.url },
  };
}

function staleApproval(url: string | null, pullRequests: readonly PullRequestFacts[]) {
  const merged = pullRequests.find((one) => one.url === url);
  return merged === undefined ? null : staleApprovalOf(merged);
}

const COMMANDS: Readonly<Partial<Record<NextAction['kind'], (about: Addressed) => string>>> = {
  close_task: (about) => ghCommandOn('issue close', about),
  merge: (about) => ghCommandOn('pr merge', about),
  review: reviewCommand,
  fix_checks: (about) => ghCommandOn('pr checks', about),
  wait_for_checks: (about) => ghCommandOn('pr checks', about, ['--watch']),
  address_review: (about) => ghCommandOn('pr view', about, ['--comments']),
  finish_draft: (about) => ghCommandOn('pr ready', about),
};

type Addressed = Pick<TaskFacts, 'ref' | 'url'>;

/** What it is about is told by its page: the task's own, or that of one of its pull requests. */
function commandOf(
  { kind, url }: NextAction,
  task: TaskFacts,
  pullRequests: readonly PullRequestFacts[],
): string | null {
  return COMMANDS[kind]?.(pullRequests.find((one) => one.url === url) ?? task) ?? null;
}
