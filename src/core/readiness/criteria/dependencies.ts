import { ghCommandOn } from '../../gh-command.ts';
import { openBlockers } from '../../task/assess-state.ts';
import type { BlockerFacts, Instant, TaskFacts } from '../../task/facts.ts';
import { formatRef, refKey } from '../../task/identity.ts';
import { actorOf, maintainer, ownerOf } from '../actors.ts';
import type { BlockerCircle } from '../blocker-circles.ts';
import { compareRefs } from '../compare-refs.ts';
import type { Criterion, DraftFinding, Judgement, ReadinessView } from '../criterion.ts';
import { nameOfTask } from '../item-name.ts';
import { kindWords } from '../kind-words.ts';
import { longestChain } from '../longest-chain.ts';
import { indexOfScope, type ScopeIndex } from '../scope-index.ts';
import { unreadFinding } from '../unread-finding.ts';

/**
 * Whether something blocks a task that is not done: native blockers, in scope or not, with or without somebody who works
 * on them, and tasks that wait for each other in a circle. Blockers of a done or dropped task are in nobody's way. Where the
 * server knows no dependencies there is nothing to judge.
 */
export const dependencies: Criterion = {
  id: 'dependencies',
  title: 'Dependencies',
  blocksByDefault: true,
  isOfScope: () => true,
  judge: judgeDependencies,
};

function judgeDependencies(view: ReadinessView): Judgement {
  const { waiting, circles } = indexOfScope(view);
  const hasNone = waiting.some(isUnsupported);
  if (hasNone && waiting.every(isUnsupported)) {
    const reason = 'this server has no dependencies between issues';
    return { applies: false, measured: null, threshold: null, reason, findings: [] };
  }
  const held = groupByBlocker(waiting, circles);
  const findings = [
    ...[...new Set(circles.values())].sort((a, b) => compareRefs(a.first.ref, b.first.ref)).map(circleFinding),
    ...held.map((one) => blockerFinding(one, view)),
    ...waiting.flatMap((task) => unreadBlockers(task) ?? []),
  ];
  const chain = longestChain(view).length;
  const text = `${held.length} open blocker${held.length === 1 ? '' : 's'}${chain > 1 ? `, the longest chain is ${chain} tasks` : ''}`;
  return {
    applies: true,
    measured: { text, count: held.length },
    threshold: 'nothing is blocked',
    reason: kindWords(findings) || 'nothing is blocked',
    findings,
  };
}

interface HeldTasks {
  readonly blocker: BlockerFacts;
  /** Those that it blocks, by name. */
  readonly tasks: readonly TaskFacts[];
  /** When the first of these dependencies was added; null where one is not known. */
  readonly since: Instant | null;
}

/** What a circle holds is told by the circle. */
function groupByBlocker(waiting: readonly TaskFacts[], circles: ScopeIndex['circles']): readonly HeldTasks[] {
  const groups = new Map<
    string,
    { readonly blocker: BlockerFacts; readonly tasks: TaskFacts[]; readonly times: (Instant | null)[] }
  >();
  for (const task of waiting) {
    for (const blocker of openBlockers(task)) {
      const from = refKey(blocker.ref);
      const circle = circles.get(from);
      if (circle !== undefined && circle === circles.get(refKey(task.ref))) continue;
      const group = groups.get(from) ?? { blocker, tasks: [], times: [] };
      group.tasks.push(task);
      group.times.push(blocker.addedAt);
      groups.set(from, group);
    }
  }
  return [...groups.values()]
    .map(({ blocker, tasks, times }) => {
      const known = times.flatMap((time) => time ?? []);
      return { blocker, tasks, since: known.length < times.length ? null : (known.sort()[0] ?? null) };
    })
    .sort((a, b) => compareRefs(a.blocker.ref, b.blocker.ref));
}

function blockerFinding({ blocker, tasks, since }: HeldTasks, view: ReadinessView): DraftFinding {
  const task = view.facts.work.tasks.get(refKey(blocker.ref));
  const isInScope = view.facts.tasks.has(refKey(blocker.ref));
  const [assignee] = blocker.assignees;
  const name = formatRef(blocker.ref);
  const held = tasks.map(({ ref }) => formatRef(ref));
  const shown = held.length > 3 ? `${held.slice(0, 3).join(', ')} and ${held.length - 3} more` : held.join(', ');
  return {
    kind: assignee === undefined ? 'unowned_blocker' : isInScope ? 'open_blocker' : 'outside_blocker',
    effect: 'fails',
    item: { ref: name, kind: 'task', title: blocker.title, url: blocker.url },
    names: tasks.map(({ ref }) => ref),
    since,
    why: `it blocks ${shown}${isInScope ? '' : ', and is not in scope'}${assignee === undefined ? '; nobody is assigned' : ''}`,
    actor:
      assignee === undefined
        ? task === undefined
          ? maintainer(blocker.ref)
          : ownerOf(task, view.work)
        : actorOf(assignee),
    action:
      assignee === undefined
        ? {
            text: `find somebody for ${name}, or take the dependency away`,
            command: ghCommandOn('issue edit', blocker, ['--add-assignee=LOGIN']),
            url: blocker.url,
          }
        : { text: `finish ${name}, in the way of ${shown}`, command: null, url: blocker.url },
    evidence: tasks.slice(0, 3).map((one) => ({ text: `${formatRef(one.ref)} is blocked by it`, url: one.url })),
  };
}

function circleFinding({ first, members, way, actor, action }: BlockerCircle): DraftFinding {
  const [waits, whom] = members.length === 1 ? ['it waits', 'itself'] : ['tasks wait', 'each other'];
  return {
    kind: 'cycle',
    effect: 'fails',
    item: nameOfTask(first),
    names: members.map(({ ref }) => ref),
    since: null,
    why: `${waits} for ${whom}: ${way} (each blocked by the next)`,
    actor,
    action,
    evidence: members.slice(0, 10).map(({ ref, url }) => ({ text: `${formatRef(ref)} waits`, url })),
  };
}

/** A server that has no such thing withholds none. */
const isUnsupported = ({ blockers }: TaskFacts): boolean => !blockers.known && blockers.gap.cause === 'not_supported';

function unreadBlockers(task: TaskFacts): DraftFinding | null {
  if (task.blockers.known || isUnsupported(task)) return null;
  return unreadFinding(task.blockers.gap, {
    kind: 'unread_blockers',
    item: nameOfTask(task),
    names: [],
    repository: task.ref,
  });
}
