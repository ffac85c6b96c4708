import { groupBy } from '../group-by.ts';
import { openBlockers } from '../task/assess-state.ts';
import type { PullRequestFacts, TaskFacts } from '../task/facts.ts';
import { refKey } from '../task/identity.ts';
import { isComplete } from '../umbrella/progress.ts';
import { type BlockerCircle, findBlockerCircles } from './blocker-circles.ts';
import { compareRefs } from './compare-refs.ts';
import type { ReadinessView } from './criterion.ts';

/** What is asked again and again of a scope, worked out once for each view. Keys are `refKey`s. */
export interface ScopeIndex {
  /** Those in scope that were read, by name. */
  readonly tasks: readonly TaskFacts[];
  readonly pullRequests: readonly PullRequestFacts[];
  /** Those tasks that were not dropped. */
  readonly relevant: readonly TaskFacts[];
  /** Those of them that are not complete. */
  readonly left: readonly TaskFacts[];
  /** By pull request: the tasks that it belongs to, in scope or not. */
  readonly tasksOf: ReadonlyMap<string, readonly TaskFacts[]>;
  /** By head branch, as `headKey` writes it; by name. */
  readonly byHead: ReadonlyMap<string, readonly PullRequestFacts[]>;
  /** Merged ones by the commit that merged them. */
  readonly byMergeCommit: ReadonlyMap<string, PullRequestFacts>;
  /** By task: those in scope, neither complete nor dropped, that it blocks or that are its parent; by name. */
  readonly waiters: ReadonlyMap<string, readonly TaskFacts[]>;
  /** What can still be kept waiting: those in scope that are not finished, and the umbrella of the scope itself. */
  readonly waiting: readonly TaskFacts[];
  /** By task that is `waiting` or blocks one: the circle of blockers that it is in. */
  readonly circles: ReadonlyMap<string, BlockerCircle>;
}

const indexes = new WeakMap<ReadinessView, ScopeIndex>();

export function indexOfScope(view: ReadinessView): ScopeIndex {
  const index = indexes.get(view) ?? createIndex(view);
  indexes.set(view, index);
  return index;
}

/** Whether a task in this condition still keeps others waiting. */
export function isLeft(task: TaskFacts, { work }: Pick<ReadinessView, 'work'>): boolean {
  const { state } = work.stateOf(task);
  return state !== 'dropped' && !isComplete(state);
}

function createIndex(view: ReadinessView): ScopeIndex {
  const { facts, work } = view;
  const tasks = readOf(facts.tasks, facts.work.tasks);
  const relevant = tasks.filter((task) => work.stateOf(task).state !== 'dropped');
  const left = relevant.filter((task) => isLeft(task, view));
  const waiting = waitingOf(tasks, view);
  const pullRequests = [...facts.work.pullRequests.values()].sort(byName);
  return {
    tasks,
    relevant,
    left,
    pullRequests: readOf(facts.pullRequests, facts.work.pullRequests),
    tasksOf: groupBy([...facts.work.tasks.values()].sort(byName), (task) =>
      work.changesOf(task).map(({ ref }) => refKey(ref)),
    ),
    byHead: groupBy(pullRequests, ({ headRepository, headRefName }) =>
      headRepository === null ? [] : [headKey(headRepository, headRefName)],
    ),
    byMergeCommit: byMergeCommitOf(pullRequests),
    waiters: groupBy(left, (task) => waitsFor(task, view)),
    waiting,
    circles: findBlockerCircles(waiting, view),
  };
}

function waitingOf(tasks: readonly TaskFacts[], { facts, work }: ReadinessView): readonly TaskFacts[] {
  const { umbrella } = facts.scope;
  const own = umbrella === undefined ? undefined : facts.work.tasks.get(refKey(umbrella));
  const all = [...tasks, ...(own === undefined ? [] : [own])];
  return all.filter((task) => task === own || !FINISHED.has(work.stateOf(task).state));
}

const FINISHED: ReadonlySet<string> = new Set(['done', 'dropped']);

function byMergeCommitOf(pullRequests: readonly PullRequestFacts[]): ScopeIndex['byMergeCommit'] {
  const found = new Map<string, PullRequestFacts>();
  for (const one of pullRequests) if (one.mergeCommitSha !== null) found.set(one.mergeCommitSha, one);
  return found;
}

const byName = (a: TaskFacts | PullRequestFacts, b: TaskFacts | PullRequestFacts): number => compareRefs(a.ref, b.ref);

function readOf<Item extends TaskFacts | PullRequestFacts>(
  keys: ReadonlySet<string>,
  all: ReadonlyMap<string, Item>,
): readonly Item[] {
  const read: Item[] = [];
  for (const key of keys) {
    const item = all.get(key);
    if (item !== undefined) read.push(item);
  }
  return read.sort(byName);
}

/** Its open blockers, and its children. */
function waitsFor(task: TaskFacts, { work }: ReadinessView): readonly string[] {
  const children = work.childrenOf(task).tasks;
  return [...openBlockers(task), ...children].map(({ ref }) => refKey(ref));
}

/** A branch of `owner/repo`, as a key. */
export const headKey = (repository: string, branch: string): string => `${repository.toLowerCase()}:${branch}`;
