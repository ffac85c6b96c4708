import type { Config } from '../core/config.ts';
import type { TaskFacts } from '../core/task/facts.ts';
import { type Ref, refKey } from '../core/task/identity.ts';
import { assessOverlap } from '../core/umbrella/assess-overlap.ts';
import { claimLanes, type LiveLane } from '../core/umbrella/live-lane.ts';
import { type NextTask, type NextTasks, nextTasks } from '../core/umbrella/next-tasks.ts';
import type { UmbrellaSnapshot } from '../core/umbrella/snapshot.ts';
import { applyClaims, type ClaimFacts } from '../core/work/apply-claims.ts';

/** One caller's question, with everything that was read for it. */
export interface ClaimQuestion {
  readonly snapshot: UmbrellaSnapshot;
  readonly config: Config;
  readonly agent: string;
  readonly lane: string | undefined;
  readonly leaseMs: number;
  /** The agent wants one more, though it holds one. */
  readonly isAnother: boolean;
  /** What must not be touched; null where nobody asked to avoid it. */
  readonly live: readonly LiveLane[] | null;
}

/** The tasks that the question is about, with the claims that there are by now. */
export const tasksAmid = ({ snapshot, config, lane, live }: ClaimQuestion, claims: readonly ClaimFacts[]): NextTasks =>
  nextTasks(applyClaims(snapshot, claims), snapshot.umbrella, {
    config,
    live,
    ...(lane === undefined ? {} : { lane }),
  });

const everyTask = ({ free, overlapping, taken }: NextTasks): readonly NextTask[] => [...free, ...overlapping, ...taken];

/** `refKey`s of the tasks that keep their holder from getting another: open ones, below no closed umbrella. */
export const keysThatCount = (tasks: NextTasks): ReadonlySet<string> =>
  new Set(
    everyTask(tasks).flatMap(({ task, closedAbove }) =>
      task.state === 'open' && closedAbove === null ? [refKey(task.ref)] : [],
    ),
  );

export const taskOf = (tasks: NextTasks, ref: Ref): NextTask | undefined =>
  everyTask(tasks).find(({ task }) => refKey(task.ref) === refKey(ref));

/** Whether a task keeps clear of what these claims are to touch, for an agent that wants to; so does one that nobody can tell. */
export function keepsClear({ snapshot, live }: ClaimQuestion, task: TaskFacts, claims: readonly ClaimFacts[]): boolean {
  if (live === null) return true;
  return assessOverlap(task, claimLanes(applyClaims(snapshot, claims), live)).kind !== 'overlap';
}
