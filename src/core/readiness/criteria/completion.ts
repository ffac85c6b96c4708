import { inWords } from '../../in-words.ts';
import type { Gap } from '../../reading.ts';
import type { TaskFacts } from '../../task/facts.ts';
import { refKey } from '../../task/identity.ts';
import { gapsOfTask } from '../../umbrella/gaps.ts';
import { lanesOf } from '../../umbrella/lanes.ts';
import { isComplete } from '../../umbrella/progress.ts';
import type { Criterion, DraftFinding, Judgement, ReadinessView } from '../criterion.ts';
import { nameOfTask } from '../item-name.ts';
import { kindWords } from '../kind-words.ts';
import { nextStepOf } from '../next-step.ts';
import { ratioOf } from '../ratio-of.ts';
import { indexOfScope, isLeft } from '../scope-index.ts';
import { unreadFinding } from '../unread-finding.ts';

/**
 * Whether every task in scope is done, integrated or dropped. An umbrella inside the scope counts like any task, and is
 * named only where nothing under it is left to do, so that no work is told twice. What could not be read of a task keeps
 * the answer unknown, as in the rollup.
 */
export const completion: Criterion = {
  id: 'completion',
  title: 'Completion',
  blocksByDefault: true,
  judge: judgeCompletion,
};

function judgeCompletion(view: ReadinessView): Judgement {
  const relevant = indexOfScope(view).tasks.filter((task) => view.work.stateOf(task).state !== 'dropped');
  const complete = relevant.filter((task) => isComplete(view.work.stateOf(task).state)).length;
  if (relevant.length === 0) {
    const reason = 'no task is in scope';
    return { applies: false, measured: null, threshold: null, reason, findings: [] };
  }
  const findings = [...relevant.flatMap((task) => openTask(task, view) ?? []), ...unreadFindings(view)];
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
  if (isComplete(state)) return null;
  const isOnlyAbove = view.work.childrenOf(task).tasks.some((child) => isLeft(child, view));
  if (isOnlyAbove && view.work.childrenOf(task).tasks.some((child) => isInScope(child, view))) return null;
  const linked = view.work.pullRequestsOf(task).map(({ facts }) => facts.ref);
  const blockers = task.blockers.known ? task.blockers.value.map(({ ref }) => ref) : [];
  return {
    kind: state === 'unknown' ? 'unknown_state' : state === 'reverted' ? 'reverted_task' : 'open_task',
    effect: state === 'unknown' ? 'unknown' : 'fails',
    item: nameOfTask(task),
    names: [...linked, ...blockers],
    lane: lanesOf(task, view.config)[0] ?? null,
    since,
    why: `it is ${inWords(state)}: ${reason}`,
    ...nextStepOf(task, view),
    evidence: [{ text: reason, url: evidenceUrl ?? task.url }],
  };
}

/** What its umbrella hides is part of the scope. */
function umbrellaOfScope({ facts }: ReadinessView): readonly TaskFacts[] {
  const { umbrella } = facts.scope;
  const task = umbrella === undefined ? undefined : facts.work.tasks.get(refKey(umbrella));
  return task === undefined ? [] : [task];
}

const isInScope = ({ ref }: TaskFacts, { facts }: ReadinessView): boolean => facts.tasks.has(refKey(ref));

/** One finding for all that one permission or one cause withholds: a refusal for checks meets every pull request. */
function unreadFindings(view: ReadinessView): readonly DraftFinding[] {
  const groups = new Map<string, { readonly gaps: Gap[]; readonly tasks: TaskFacts[] }>();
  for (const task of [...indexOfScope(view).tasks, ...umbrellaOfScope(view)]) {
    const pullRequests = view.work.pullRequestsOf(task).map(({ facts }) => facts);
    for (const gap of gapsOfTask(task, pullRequests, view.work.childrenOf(task))) {
      if (gap.cause === 'not_supported') continue;
      const key = JSON.stringify([gap.cause, gap.permission ?? gap.what]);
      const group = groups.get(key) ?? { gaps: [], tasks: [] };
      group.gaps.push(gap);
      group.tasks.push(task);
      groups.set(key, group);
    }
  }
  return [...groups.values()].flatMap(({ gaps, tasks: concerned }) => {
    const [gap] = gaps;
    const [first] = concerned;
    if (gap === undefined || first === undefined) return [];
    const more = gaps.length > 1 ? ` and ${gaps.length - 1} more` : '';
    const item = concerned.every((task) => task === first) ? nameOfTask(first) : null;
    const names = concerned.map(({ ref }) => ref);
    return [
      unreadFinding(
        { ...gap, what: `${gap.what}${more}` },
        { kind: 'unread_task', item, names, repository: first.ref },
      ),
    ];
  });
}
