import type { Config } from '../config.ts';
import { openBlockers } from '../task/assess-state.ts';
import type { TaskFacts } from '../task/facts.ts';
import { type Ref, refKey } from '../task/identity.ts';
import type { TaskStateVerdict } from '../task/state.ts';
import type { LiveClaim } from '../work/live-claim.ts';
import { assessOverlap, type Overlap } from './assess-overlap.ts';
import { type AssessedWork, assessWork, hasChildren } from './assess-work.ts';
import { lanesOf } from './lanes.ts';
import { claimLanes, type LiveLane } from './live-lane.ts';
import type { WorkSnapshot } from './snapshot.ts';

/** A task that could be worked on next, or why not. */
export interface NextTask {
  readonly task: TaskFacts;
  readonly state: TaskStateVerdict;
  readonly lane: string | null;
  readonly claim: LiveClaim | null;
  /** The closed umbrella that an open task is below, the topmost of them: nobody is to start it. */
  readonly closedAbove: Ref | null;
  /** Open tasks of the snapshot that wait for it, directly or through others. */
  readonly unblocks: number;
  /** Null where nobody asked, and of what is not free. */
  readonly overlap: Overlap | null;
}

interface NextOptions {
  readonly config: Config;
  /** Only tasks whose first lane this is, in any case. */
  readonly lane?: string;
  /** Leaves out what touches their files, or what the claims of the snapshot are to touch. */
  readonly live?: readonly LiveLane[] | null;
}

export interface NextTasks {
  /** Unblocked, not started, not claimed, below no closed umbrella; the one that the most open tasks wait for first, then in GitHub's order. */
  readonly free: readonly NextTask[];
  /** Just as free, but for the files that they would touch. In the same order. */
  readonly overlapping: readonly NextTask[];
  /** The others, in GitHub's order. */
  readonly taken: readonly NextTask[];
  /** Tasks below the umbrella that could not be read. */
  readonly unread: number;
  /** Set where a lane was asked for that no task is in: those that there are, by name. */
  readonly noSuchLane?: NoSuchLane;
}

export interface NoSuchLane {
  readonly asked: string;
  readonly lanes: readonly string[];
}

/** The tasks below an umbrella at any depth, nested umbrellas themselves left out: nobody works on those. */
export function nextTasks(
  snapshot: WorkSnapshot,
  umbrella: Ref,
  { config, lane, live = null }: NextOptions,
): NextTasks {
  const root = snapshot.tasks.get(refKey(umbrella));
  if (root === undefined) return { free: [], overlapping: [], taken: [], unread: 1 };
  const work = assessWork(snapshot, config);
  const { leaves, unread } = leavesBelow(root, work);
  const waiting = waitersByBlocker(snapshot);
  const all = leaves.map(
    ({ task, closedAbove }): NextTask => ({
      task,
      state: work.stateOf(task),
      lane: lanesOf(task, config)[0] ?? null,
      claim: work.claimOn(task),
      closedAbove: task.state === 'open' ? closedAbove : null,
      unblocks: countWaiting(task, waiting),
      overlap: null,
    }),
  );
  const asked = lane === undefined ? all : all.filter((one) => one.lane?.toLowerCase() === lane.toLowerCase());
  const lanes = live === null ? null : [...live, ...claimLanes(snapshot, live)];
  // Sorting keeps the order of what is equal.
  const free = asked
    .filter(isFree)
    .toSorted((a, b) => b.unblocks - a.unblocks)
    .map((next) => (lanes === null ? next : { ...next, overlap: assessOverlap(next.task, lanes) }));
  return {
    free: free.filter(({ overlap }) => overlap?.kind !== 'overlap'),
    overlapping: free.filter(({ overlap }) => overlap?.kind === 'overlap'),
    taken: asked.filter((one) => !isFree(one)),
    unread,
    ...(lane !== undefined && asked.length === 0 ? { noSuchLane: { asked: lane, lanes: laneNames(all) } } : {}),
  };
}

const laneNames = (tasks: readonly NextTask[]): readonly string[] =>
  [...new Set(tasks.flatMap(({ lane }) => lane ?? []))].sort();

const isFree = ({ state, claim, closedAbove }: NextTask): boolean =>
  state.state === 'unblocked' && claim === null && closedAbove === null;

type Leaf = Pick<NextTask, 'task' | 'closedAbove'>;

function leavesBelow(root: TaskFacts, work: AssessedWork): { leaves: readonly Leaf[]; unread: number } {
  const leaves: Leaf[] = [];
  const seen = new Set<TaskFacts>([root]);
  let unread = 0;
  const visit = (umbrella: TaskFacts, above: Ref | null): void => {
    const closedAbove = above ?? (umbrella.state === 'closed' ? umbrella.ref : null);
    const children = work.childrenOf(umbrella);
    unread += children.unread;
    for (const child of children.tasks) {
      if (seen.has(child)) continue;
      seen.add(child);
      if (hasChildren(child, work)) visit(child, closedAbove);
      else leaves.push({ task: child, closedAbove });
    }
  };
  visit(root, null);
  return { leaves, unread };
}

/** Open tasks by the key of each open blocker that they have. */
function waitersByBlocker({ tasks }: WorkSnapshot): ReadonlyMap<string, readonly TaskFacts[]> {
  const waiting = new Map<string, TaskFacts[]>();
  for (const task of tasks.values()) {
    if (task.state !== 'open') continue;
    for (const { ref } of openBlockers(task)) {
      const waiters = waiting.get(refKey(ref));
      if (waiters === undefined) waiting.set(refKey(ref), [task]);
      else waiters.push(task);
    }
  }
  return waiting;
}

function countWaiting(task: TaskFacts, waiting: ReadonlyMap<string, readonly TaskFacts[]>): number {
  const reached = new Set<TaskFacts>([task]);
  for (const one of reached) for (const waiter of waiting.get(refKey(one.ref)) ?? []) reached.add(waiter);
  return reached.size - 1;
}
