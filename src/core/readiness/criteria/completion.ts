import { inWords } from '../../in-words.ts';
import { openBlockers, wasReopened } from '../../task/assess-state.ts';
import type { TaskFacts } from '../../task/facts.ts';
import { refKey } from '../../task/identity.ts';
import { gapsOfTask } from '../../umbrella/gaps.ts';
import { lanesOf } from '../../umbrella/lanes.ts';
import { ownerOf } from '../actors.ts';
import type { Criterion, DraftFinding, Judgement, ReadinessView } from '../criterion.ts';
import { nameOfTask } from '../item-name.ts';
import { kindWords } from '../kind-words.ts';
import { nextStepOf } from '../next-step.ts';
import { ratioOf } from '../ratio-of.ts';
import { indexOfScope, isLeft } from '../scope-index.ts';
import { type UnreadItem, unreadFindings } from '../unread-finding.ts';

/**
 * Whether every task in scope is done, integrated or dropped; one that was reopened after its merge is integrated to the
 * rollup, but somebody says that it is not finished. An umbrella inside the scope counts like any task, and is
 * named only where nothing under it is left to do, so that no work is told twice. What could not be read of a task keeps
 * the answer unknown, as in the rollup.
 */
export const completion: Criterion = {
  id: 'completion',
  title: 'Completion',
  blocksByDefault: true,
  isOfScope: () => true,
  judge: judgeCompletion,
};

function judgeCompletion(view: ReadinessView): Judgement {
  const { tasks, relevant, left } = indexOfScope(view);
  const reopened = relevant.filter((task) => isReopened(task, view));
  const complete = relevant.length - left.length - reopened.length;
  if (relevant.length === 0) {
    const reason = 'no task is in scope';
    return { applies: false, measured: null, threshold: null, reason, findings: [] };
  }
  const read = [...tasks, ...umbrellaOfScope(view)];
  const unread = read.flatMap((task) => unreadOf(task, view));
  const findings = [
    ...left.flatMap((task) => openTask(task, view) ?? []),
    ...reopened.flatMap((task) => (isToldBelow(task, view) ? [] : reopenedTask(task, view))),
    ...unreadFindings('unread_task', unread),
  ];
  return {
    applies: true,
    measured: { text: `${complete} of ${relevant.length} tasks`, ratio: ratioOf(complete, relevant.length) },
    threshold: 'every task done, integrated or dropped',
    reason: kindWords(findings) || 'every task is done, integrated or dropped',
    findings,
  };
}

function openTask(task: TaskFacts, view: ReadinessView): DraftFinding | null {
  const { state, since, reason, evidenceUrl } = view.work.stateOf(task);
  if (isToldBelow(task, view)) return null;
  const linked = view.work.changesOf(task).map(({ ref }) => ref);
  // What no longer blocks is told nowhere, and of a reverted task only what reverted it.
  const blockers = state === 'reverted' ? [] : openBlockers(task).map(({ ref }) => ref);
  return {
    kind: state === 'unknown' ? 'unknown_state' : state === 'reverted' ? 'reverted_task' : 'open_task',
    effect: state === 'unknown' ? 'unknown' : 'fails',
    item: nameOfTask(task),
    names: [...linked, ...blockers],
    lane: lanesOf(task, view.config)[0] ?? null,
    since,
    why: `it is ${inWords(state)}: ${reason}`,
    ...nextStepOf(task, view, indexOfScope(view).circles),
    evidence: [{ text: reason, url: evidenceUrl ?? task.url }],
  };
}

/** A label that sets the state speaks for whoever put it there. */
function isReopened(task: TaskFacts, { work }: ReadinessView): boolean {
  const { state, computed } = work.stateOf(task);
  if (state !== 'integrated' || computed !== undefined) return false;
  const linked = work.changesOf(task);
  return wasReopened(
    task,
    linked.filter((one) => one.state === 'merged' && work.reverts.get(refKey(one.ref))?.isReverted !== true),
  );
}

/** GitHub does not tell with the task when it was reopened, nor which of the two is right. */
function reopenedTask(task: TaskFacts, { work, config }: ReadinessView): DraftFinding {
  const { evidenceUrl, reason } = work.stateOf(task);
  return {
    kind: 'reopened_task',
    effect: 'fails',
    item: nameOfTask(task),
    names: work.changesOf(task).map(({ ref }) => ref),
    lane: lanesOf(task, config)[0] ?? null,
    since: null,
    why: 'it was reopened after its change was merged, and nothing that would mend it is open',
    actor: ownerOf(task, work),
    action: { text: 'close it again, or link the pull request that mends it', command: null, url: task.url },
    evidence: [{ text: reason, url: evidenceUrl ?? task.url }],
  };
}

/** What is left of an umbrella is told by those of its children that are in scope. */
function isToldBelow(task: TaskFacts, view: ReadinessView): boolean {
  const { tasks } = view.work.childrenOf(task);
  return tasks.some((child) => isLeft(child, view)) && tasks.some((child) => isInScope(child, view));
}

/** What its umbrella hides is part of the scope. */
function umbrellaOfScope({ facts }: ReadinessView): readonly TaskFacts[] {
  const { umbrella } = facts.scope;
  const task = umbrella === undefined ? undefined : facts.work.tasks.get(refKey(umbrella));
  return task === undefined ? [] : [task];
}

const isInScope = ({ ref }: TaskFacts, { facts }: ReadinessView): boolean => facts.tasks.has(refKey(ref));

function unreadOf(task: TaskFacts, { work }: ReadinessView): readonly UnreadItem[] {
  const pullRequests = work.changesOf(task);
  return gapsOfTask(task, pullRequests, work.childrenOf(task))
    .filter(({ cause }) => cause !== 'not_supported')
    .map((gap) => ({ gap, ref: task.ref, item: nameOfTask(task) }));
}
