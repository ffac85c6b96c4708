import { circlesOf } from '../../circles-of.ts';
import { ghCommandOn } from '../../gh-command.ts';
import { openBlockers } from '../../task/assess-state.ts';
import type { BlockerFacts, Instant, TaskFacts } from '../../task/facts.ts';
import { formatRef, refKey } from '../../task/identity.ts';
import { actorOf, maintainer, ownerOf } from '../actors.ts';
import { compareRefs } from '../compare-refs.ts';
import type { Criterion, DraftFinding, Judgement, ReadinessView } from '../criterion.ts';
import { nameOfTask } from '../item-name.ts';
import { kindWords } from '../kind-words.ts';
import { longestChain } from '../longest-chain.ts';
import { indexOfScope } from '../scope-index.ts';
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
  const waiting = waitingTasks(view);
  const hasNone = waiting.some(isUnsupported);
  if (hasNone && waiting.every(isUnsupported)) {
    const reason = 'this server has no dependencies between issues';
    return { applies: false, measured: null, threshold: null, reason, findings: [] };
  }
  const circle = circlesOf(waiting.flatMap((task) => openBlockers(task).map((one) => edgeOf(one, task))));
  const held = groupByBlocker(waiting, circle);
  const findings = [
    ...circleFindings(waiting, circle, view),
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

/** Whoever can still be kept waiting: what is in scope and not finished, and the umbrella of the scope itself. */
function waitingTasks(view: ReadinessView): readonly TaskFacts[] {
  const { umbrella } = view.facts.scope;
  const own = umbrella === undefined ? undefined : view.facts.work.tasks.get(refKey(umbrella));
  const all = [...indexOfScope(view).tasks, ...(own === undefined ? [] : [own])];
  return all.filter((task) => task === own || !FINISHED.has(view.work.stateOf(task).state));
}

const FINISHED: ReadonlySet<string> = new Set(['done', 'dropped']);

const edgeOf = (blocker: BlockerFacts, task: TaskFacts): readonly [string, string] => [
  refKey(blocker.ref),
  refKey(task.ref),
];

interface HeldTasks {
  readonly blocker: BlockerFacts;
  /** Those that it blocks, by name. */
  readonly tasks: readonly TaskFacts[];
  /** When the first of these dependencies was added; null where one is not known. */
  readonly since: Instant | null;
}

type Circles = ReadonlyMap<string, string>;

/** What a circle holds is told by the circle. */
function groupByBlocker(waiting: readonly TaskFacts[], circle: Circles): readonly HeldTasks[] {
  const groups = new Map<
    string,
    { readonly blocker: BlockerFacts; readonly tasks: TaskFacts[]; readonly times: (Instant | null)[] }
  >();
  for (const task of waiting) {
    for (const blocker of openBlockers(task)) {
      const [from, to] = edgeOf(blocker, task);
      if (circle.get(from) === circle.get(to)) continue;
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

function circleFindings(waiting: readonly TaskFacts[], circle: Circles, view: ReadinessView): readonly DraftFinding[] {
  const members = new Map<string, TaskFacts[]>();
  for (const task of waiting) {
    if (!openBlockers(task).some((blocker) => sameCircle(blocker, task, circle))) continue;
    const leader = circle.get(refKey(task.ref)) ?? '';
    const others = members.get(leader);
    if (others === undefined) members.set(leader, [task]);
    else others.push(task);
  }
  return [...members.values()].flatMap((tasks) => {
    const [first] = tasks.toSorted((a, b) => compareRefs(a.ref, b.ref));
    return first === undefined ? [] : [circleFinding(first, tasks, view)];
  });
}

const sameCircle = (blocker: BlockerFacts, task: TaskFacts, circle: Circles): boolean => {
  const [from, to] = edgeOf(blocker, task);
  return circle.get(from) === circle.get(to);
};

function circleFinding(first: TaskFacts, tasks: readonly TaskFacts[], view: ReadinessView): DraftFinding {
  const row = walkCircle(first, tasks);
  const words = [...row, first].map(({ ref }) => formatRef(ref)).join(' → ');
  return {
    kind: 'cycle',
    effect: 'fails',
    item: nameOfTask(first),
    names: tasks.map(({ ref }) => ref),
    since: null,
    why: `${tasks.length === 1 ? 'it waits' : 'tasks wait'} for ${tasks.length === 1 ? 'itself' : 'each other'}: ${words} (each blocked by the next)`,
    actor: ownerOf(first, view.work),
    action: {
      text: `take one of these dependencies away: ${words}`,
      command: null,
      url: first.url,
    },
    evidence: tasks.slice(0, 10).map((task) => ({ text: `${formatRef(task.ref)} waits`, url: task.url })),
  };
}

/** From task to blocker, until it comes around; of several ways the first by name. */
function walkCircle(first: TaskFacts, tasks: readonly TaskFacts[]): readonly TaskFacts[] {
  const byKey = new Map(tasks.map((task) => [refKey(task.ref), task]));
  const row = new Set([first]);
  for (const task of row) {
    const next = openBlockers(task)
      .flatMap(({ ref }) => byKey.get(refKey(ref)) ?? [])
      .sort((a, b) => compareRefs(a.ref, b.ref))
      .find((one) => !row.has(one));
    if (next !== undefined) row.add(next);
  }
  return [...row];
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
