import { circlesOf } from '../circles-of.ts';
import { openBlockers } from '../task/assess-state.ts';
import type { TaskFacts } from '../task/facts.ts';
import { formatRef, type Ref, refKey } from '../task/identity.ts';
import { ownerOf } from './actors.ts';
import { compareRefs } from './compare-refs.ts';
import type { ReadinessView } from './criterion.ts';
import type { Action, Actor } from './report-schema.ts';

/** Tasks that wait for each other, so that none of them can be finished first. */
export interface BlockerCircle {
  /** The first of them, by name, that is in scope. */
  readonly first: TaskFacts;
  /** All of them, by name. */
  readonly members: readonly { readonly ref: Ref; readonly url: string }[];
  /** From the first one to what blocks it, until it comes around: `octo/harbor#2 → octo/harbor#4 → octo/harbor#2`. */
  readonly way: string;
  readonly actor: Actor;
  readonly action: Action;
}

interface Waiting {
  readonly ref: Ref;
  readonly url: string;
  /** What still blocks it. */
  readonly blockers: readonly Ref[];
}

/**
 * By member: the circle in which it waits. Those outside the scope count where they block something in it; what blocks them
 * is read one step further, so a circle with a longer part outside is not seen.
 */
export function findBlockerCircles(
  tasks: readonly TaskFacts[],
  view: Pick<ReadinessView, 'facts' | 'work'>,
): ReadonlyMap<string, BlockerCircle> {
  const waiting = waitingOf(tasks, view);
  const leader = circlesOf([...waiting].flatMap(([key, { blockers }]) => blockers.map((ref) => [refKey(ref), key])));
  const groups = new Map<string, Waiting[]>();
  for (const [key, one] of waiting) {
    const lead = leader.get(key);
    if (lead === undefined || !one.blockers.some((ref) => leader.get(refKey(ref)) === lead)) continue;
    const group = groups.get(lead);
    if (group === undefined) groups.set(lead, [one]);
    else group.push(one);
  }
  const inScope = new Map(tasks.map((task) => [refKey(task.ref), task]));
  const circles = new Map<string, BlockerCircle>();
  for (const group of groups.values()) {
    const members = group.toSorted((a, b) => compareRefs(a.ref, b.ref));
    const first = members.flatMap(({ ref }) => inScope.get(refKey(ref)) ?? [])[0];
    if (first === undefined) continue;
    const circle = circleOf(first, members, view);
    for (const { ref } of members) circles.set(refKey(ref), circle);
  }
  return circles;
}

function waitingOf(tasks: readonly TaskFacts[], { facts }: Pick<ReadinessView, 'facts'>): ReadonlyMap<string, Waiting> {
  const blockersOf = (task: TaskFacts): readonly Ref[] => openBlockers(task).map(({ ref }) => ref);
  const waiting = new Map<string, Waiting>(
    tasks.map((task) => [refKey(task.ref), { ref: task.ref, url: task.url, blockers: blockersOf(task) }]),
  );
  for (const { ref, url, blockedBy = [] } of tasks.flatMap(openBlockers)) {
    const key = refKey(ref);
    if (waiting.has(key)) continue;
    const read = facts.work.tasks.get(key);
    waiting.set(key, { ref, url, blockers: read === undefined ? blockedBy : blockersOf(read) });
  }
  return waiting;
}

function circleOf(first: TaskFacts, members: readonly Waiting[], { work }: Pick<ReadinessView, 'work'>): BlockerCircle {
  const way = [...walkAround(first.ref, members), first.ref].map((ref) => formatRef(ref)).join(' → ');
  return {
    ...{ first, way, actor: ownerOf(first, work) },
    members: members.map(({ ref, url }) => ({ ref, url })),
    action: { text: `take one of these dependencies away: ${way}`, command: null, url: first.url },
  };
}

/** From task to blocker, until it comes around; of several ways the first by name. */
function walkAround(first: Ref, members: readonly Waiting[]): readonly Ref[] {
  const byKey = new Map(members.map((one) => [refKey(one.ref), one]));
  const row = new Map([[refKey(first), first]]);
  for (const key of row.keys()) {
    const next = (byKey.get(key)?.blockers ?? [])
      .filter((ref) => byKey.has(refKey(ref)))
      .sort(compareRefs)
      .find((ref) => !row.has(refKey(ref)));
    if (next !== undefined) row.set(refKey(next), next);
  }
  return [...row.values()];
}
