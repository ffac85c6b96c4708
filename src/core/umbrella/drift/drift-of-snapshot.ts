import type { Config } from '../../config.ts';
import type { TaskFacts } from '../../task/facts.ts';
import { type Ref, refKey } from '../../task/identity.ts';
import { assessWork } from '../assess-work.ts';
import type { Audience } from '../audience.ts';
import { progressOf } from '../progress.ts';
import type { WorkSnapshot } from '../snapshot.ts';
import { listedChildren } from './assess-drift.ts';
import type { DriftFacts, ListedThing } from './drift.ts';

interface DriftView {
  readonly config: Config;
  /** Children that it may not see are named nowhere. */
  readonly audience: Pick<Audience, 'canSee' | 'canSeeRepository'>;
  /** What was read of listed references besides the snapshot, by `refKey`. */
  readonly others?: ReadonlyMap<string, ListedThing>;
  /** What was read of the issues above the umbrella, nearest first; without it, what the snapshot knows of them. */
  readonly ancestors?: readonly Ref[];
}

/** What the snapshot knows that decides about drift. */
export function driftOfSnapshot(snapshot: WorkSnapshot, umbrella: TaskFacts, view: DriftView): DriftFacts {
  const work = assessWork(snapshot, view.config);
  const { tasks, unread } = work.childrenOf(umbrella);
  const unknown = Array.from({ length: unread }, () => 'unknown' as const);
  return {
    umbrella,
    ancestors: (view.ancestors ?? ancestorsIn(snapshot, umbrella)).filter(view.audience.canSeeRepository),
    children: tasks.filter((task) => view.audience.canSee(task)),
    progress: progressOf([...tasks.map((task) => work.stateOf(task).state), ...unknown]),
    others: thingsFor(view.audience, umbrella, [
      ...thingsInSnapshot(snapshot, umbrella, view.audience),
      ...(view.others ?? []),
    ]),
  };
}

function ancestorsIn({ tasks }: WorkSnapshot, umbrella: TaskFacts): readonly Ref[] {
  const above: Ref[] = [];
  const isNew = (ref: Ref): boolean => above.every((one) => refKey(one) !== refKey(ref));
  for (let next = umbrella.parent; next !== null && isNew(next); next = tasks.get(refKey(next))?.parent ?? null)
    above.push(next);
  return above;
}

/** References of the list that are neither children nor anything else that the snapshot holds: they are to be looked up. */
export function unreadListed(snapshot: WorkSnapshot, umbrella: TaskFacts): readonly Ref[] {
  return listedChildren(umbrella)
    .map(({ ref }) => ref)
    .filter((ref) => !snapshot.tasks.has(refKey(ref)) && !snapshot.pullRequests.has(refKey(ref)));
}

/** Of what stands in a repository that the audience may not see, it learns no more than the text says; nor the name of a parent there. */
function thingsFor(
  { canSeeRepository }: DriftView['audience'],
  umbrella: TaskFacts,
  things: readonly (readonly [string, ListedThing])[],
): DriftFacts['others'] {
  const shown = new Set(listedChildren(umbrella).flatMap(({ ref }) => (canSeeRepository(ref) ? [refKey(ref)] : [])));
  return new Map(
    things.filter(([key]) => shown.has(key)).map(([key, thing]) => [key, withParentFor(canSeeRepository, thing)]),
  );
}

function withParentFor(canSeeRepository: Audience['canSeeRepository'], thing: ListedThing): ListedThing {
  if (thing.kind !== 'issue' || thing.parent === null || thing.parent === 'hidden') return thing;
  return canSeeRepository(thing.parent) ? thing : { ...thing, parent: 'hidden' };
}

function thingsInSnapshot(
  snapshot: WorkSnapshot,
  umbrella: TaskFacts,
  { canSee }: DriftView['audience'],
): ReadonlyMap<string, ListedThing> {
  const things = new Map<string, ListedThing>();
  for (const { ref } of listedChildren(umbrella)) {
    const key = refKey(ref);
    const task = snapshot.tasks.get(key);
    if (snapshot.pullRequests.has(key)) things.set(key, { kind: 'pull_request' });
    if (task !== undefined && canSee(task)) things.set(key, { kind: 'issue', state: task.state, parent: task.parent });
  }
  return things;
}
