import { ghCommandOn } from '../../gh-command.ts';
import type { Gap } from '../../reading.ts';
import type { PullRequestFacts, TaskFacts } from '../../task/facts.ts';
import { formatRef } from '../../task/identity.ts';
import { hasChildren } from '../../umbrella/assess-work.ts';
import { gapsOfTask } from '../../umbrella/gaps.ts';
import { authorOf, ownerOf } from '../actors.ts';
import type { Criterion, DraftFinding, Judgement, ReadinessView } from '../criterion.ts';
import { lateFindings } from '../freeze.ts';
import { nameOfTask } from '../item-name.ts';
import { kindWords } from '../kind-words.ts';
import { indexOfScope } from '../scope-index.ts';
import { type UnreadItem, unreadFindings } from '../unread-finding.ts';
import { unreadScope } from '../unread-scope.ts';
import { unscopedFindings } from '../unscoped.ts';

/**
 * Whether the scope says what it seems to say: no task closed as completed without a merged pull request, none whose pull
 * requests were all closed unmerged, nothing merged for a task that the scope forgot, all of it readable; and, where
 * `readiness.freeze` is set, nothing added since.
 */
export const scopeIntegrity: Criterion = {
  id: 'scope_integrity',
  title: 'Scope integrity',
  blocksByDefault: true,
  isOfScope: () => true,
  judge: judgeScope,
};

function judgeScope(view: ReadinessView): Judgement {
  const { freeze } = view.config.readiness;
  const { tasks, left } = indexOfScope(view);
  const unmerged = tasks.filter((task) => isClosedUnmerged(task, view));
  const findings = [
    ...unreadScope(view),
    ...unmerged.flatMap((task) => closedUnmerged(task, view) ?? []),
    ...left.flatMap((task) => onlyClosedPullRequests(task, view) ?? []),
    ...unreadFindings(
      'unread_pull_requests',
      unmerged.flatMap((task) => unreadPullRequests(task, view)),
    ),
    ...lateFindings(view),
    ...unscopedFindings(view),
  ];
  const count = findings.filter(({ effect }) => effect === 'fails').length;
  return {
    applies: true,
    measured: { text: `${count} in doubt`, count },
    threshold: `nothing in doubt${freeze === undefined ? '' : `, nothing added since ${freeze}`}`,
    reason: kindWords(findings) || 'the scope is what it seems to be',
    findings,
  };
}

function closedUnmerged(task: TaskFacts, view: ReadinessView): DraftFinding | null {
  const { work } = view;
  const { remark } = work.stateOf(task);
  if (remark === undefined) return null;
  const pullRequests = work.changesOf(task);
  const name = formatRef(task.ref);
  return {
    kind: 'closed_without_merge',
    effect: 'fails',
    item: nameOfTask(task),
    names: [task.ref, ...pullRequests.map(({ ref }) => ref)],
    since: task.closedAt,
    why: 'it is closed as completed, and no pull request of it was merged',
    actor: ownerOf(task, work),
    action: {
      text: `reopen ${name}, or link the pull request that did it`,
      command: ghCommandOn('issue reopen', task),
      url: task.url,
    },
    evidence: [{ text: remark, url: task.url }, ...pullRequests.map(closedEvidence)],
  };
}

const closedEvidence = ({ ref, state, url }: PullRequestFacts): DraftFinding['evidence'][number] => ({
  text: `${formatRef(ref)} is ${state === 'closed' ? 'closed unmerged' : state}`,
  url,
});

/** As far as is known; an umbrella's work is that of its children. */
function isClosedUnmerged(task: TaskFacts, { work }: ReadinessView): boolean {
  if (task.state !== 'closed' || work.stateOf(task).state !== 'done' || hasChildren(task, work)) return false;
  return work.changesOf(task).every(({ state }) => state !== 'merged');
}

/** Whether anything was merged for a closed one could not be read. */
function unreadPullRequests(task: TaskFacts, view: ReadinessView): readonly UnreadItem[] {
  const { work } = view;
  if (work.stateOf(task).remark !== undefined) return [];
  const pullRequests = work.changesOf(task);
  const [gap = unnamedGap(task)] = gapsOfTask(task, pullRequests, work.childrenOf(task));
  return [{ gap, ref: task.ref, item: nameOfTask(task) }];
}

const unnamedGap = ({ ref }: TaskFacts): Gap => ({
  cause: 'forbidden',
  what: `pull requests of ${formatRef(ref)}`,
  permission: 'pull_requests: read',
});

function onlyClosedPullRequests(task: TaskFacts, view: ReadinessView): DraftFinding | null {
  const pullRequests = view.work.changesOf(task);
  const [first] = pullRequests;
  if (first === undefined || pullRequests.some(({ state }) => state !== 'closed')) return null;
  const [assignee] = task.assignees;
  return {
    kind: 'only_closed_pull_requests',
    effect: 'fails',
    item: nameOfTask(task),
    names: [task.ref, ...pullRequests.map(({ ref }) => ref)],
    since: first.closedAt,
    why: `its only pull request${pullRequests.length === 1 ? ' was' : 's were'} closed unmerged`,
    actor: assignee === undefined ? authorOf(first) : ownerOf(task, view.work),
    action: {
      text: `reopen ${formatRef(first.ref)}, open another for ${formatRef(task.ref)}, or take that out of the scope`,
      command: ghCommandOn('pr reopen', first),
      url: first.url,
    },
    evidence: pullRequests.map(closedEvidence),
  };
}
