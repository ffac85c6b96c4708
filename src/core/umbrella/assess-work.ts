import type { Config } from '../config.ts';
import type { KnownConflict } from '../risk/known-conflicts.ts';
import { assessTaskState } from '../task/assess-state.ts';
import { type BranchOfRecord, branchKey, decidingBranch } from '../task/branch-of-record.ts';
import type { PullRequestFacts, TaskFacts } from '../task/facts.ts';
import { refKey, repositoryKey } from '../task/identity.ts';
import type { PullRequestLink } from '../task/link.ts';
import { linkPullRequests } from '../task/link-pull-requests.ts';
import { findReverts, type RevertStatus } from '../task/reverts.ts';
import type { TaskStateVerdict } from '../task/state.ts';
import { claimOn } from '../work/apply-claims.ts';
import type { LiveClaim } from '../work/live-claim.ts';
import { isBatch } from './batch-umbrella.ts';
import type { WorkSnapshot } from './snapshot.ts';

export interface LinkedPullRequest {
  readonly facts: PullRequestFacts;
  readonly link: PullRequestLink;
  /** Of its present head; empty where nobody looked. */
  readonly conflicts: readonly KnownConflict[];
}

export interface ReadChildren {
  /** Those in the snapshot, in GitHub's order. */
  readonly tasks: readonly TaskFacts[];
  /** How many more there are. */
  readonly unread: number;
  /** Issues below the task that only hold some of `tasks`: no tasks themselves. */
  readonly batches: readonly TaskFacts[];
}

/** What follows from a snapshot about single tasks, each worked out once, when it is asked for. */
export interface AssessedWork {
  readonly stateOf: (task: TaskFacts) => TaskStateVerdict;
  /** Strongest link first; only those in the snapshot. */
  readonly pullRequestsOf: (task: TaskFacts) => readonly LinkedPullRequest[];
  /** The same without what links them. */
  readonly changesOf: (task: TaskFacts) => readonly PullRequestFacts[];
  readonly childrenOf: (task: TaskFacts) => ReadChildren;
  /** Merged pull requests that were reverted, brought back or not, by `refKey`. */
  readonly reverts: ReadonlyMap<string, RevertStatus>;
  /** The live claim of an agent; null where there is none, or no store was at hand. */
  readonly claimOn: (task: TaskFacts) => LiveClaim | null;
}

const assessed = new WeakMap<WorkSnapshot, WeakMap<Config, Map<string, AssessedWork>>>();

/**
 * The same snapshot and configuration give the same object, so that rolling up every umbrella of a repository links once.
 * `base` is where the work has to be; null: on the default branches.
 */
export function assessWork(snapshot: WorkSnapshot, config: Config, base: BranchOfRecord | null = null): AssessedWork {
  const ofSnapshot = assessed.get(snapshot) ?? new WeakMap<Config, Map<string, AssessedWork>>();
  assessed.set(snapshot, ofSnapshot);
  const ofConfig = ofSnapshot.get(config) ?? new Map<string, AssessedWork>();
  ofSnapshot.set(config, ofConfig);
  const key = base === null ? '' : branchKey(repositoryKey(base.repository), base.branch);
  const work = ofConfig.get(key) ?? createWork(snapshot, config, base);
  ofConfig.set(key, work);
  return work;
}

/** Of one task, what was asked for so far. */
interface Found {
  state: TaskStateVerdict | null;
  children: ReadChildren | null;
  pullRequests: readonly LinkedPullRequest[] | null;
  changes: readonly PullRequestFacts[] | null;
}

function createWork(snapshot: WorkSnapshot, config: Config, base: BranchOfRecord | null): AssessedWork {
  const links = linkPullRequests(snapshot, config);
  const deciding = decidingBranch(base, snapshot.pullRequests);
  const reverts = findReverts(snapshot, deciding);
  const linksOf = (task: TaskFacts): readonly PullRequestLink[] => links.get(refKey(task.ref)) ?? NONE;
  const found = new Map<TaskFacts, Found>();
  const foundOf = (task: TaskFacts): Found => {
    const before = found.get(task);
    if (before !== undefined) return before;
    const nothing: Found = { state: null, children: null, pullRequests: null, changes: null };
    found.set(task, nothing);
    return nothing;
  };
  const childrenOf = (task: TaskFacts): ReadChildren => {
    const own = foundOf(task);
    own.children ??= readChildren(snapshot, task);
    return own.children;
  };
  const stateOf = (task: TaskFacts): TaskStateVerdict => {
    const own = foundOf(task);
    if (own.state !== null) return own.state;
    // What is asked for again before this ends, asks for itself.
    own.state = CIRCLE;
    const { tasks: children } = childrenOf(task);
    const startedChildren =
      children.length === 0 ? NONE : children.map(stateOf).filter(({ state }) => !NOT_STARTED.has(state));
    own.state = assessTaskState({ task, links: linksOf(task), snapshot, reverts, deciding, config, startedChildren });
    return own.state;
  };
  const pullRequestsOf = (task: TaskFacts): readonly LinkedPullRequest[] => {
    const own = foundOf(task);
    own.pullRequests ??= linksOf(task).flatMap((link): readonly LinkedPullRequest[] => {
      const facts = snapshot.pullRequests.get(refKey(link.pullRequest));
      return facts === undefined ? [] : [{ facts, link, conflicts: conflictsOf(snapshot, facts) }];
    });
    return own.pullRequests;
  };
  const changesOf = (task: TaskFacts): readonly PullRequestFacts[] => {
    const own = foundOf(task);
    own.changes ??= pullRequestsOf(task).map(({ facts }) => facts);
    return own.changes;
  };
  return { stateOf, pullRequestsOf, changesOf, childrenOf, reverts, claimOn: (task) => claimOn(snapshot, task) };
}

const NONE: readonly never[] = [];

/** What was found of another head says nothing of this one. */
function conflictsOf({ conflicts }: WorkSnapshot, { ref, headSha }: PullRequestFacts): readonly KnownConflict[] {
  const found = conflicts?.get(refKey(ref));
  return found?.headSha === headSha ? found.conflicts : [];
}

/** Whether a task is an umbrella, read or not. */
export function hasChildren(task: TaskFacts, work: AssessedWork): boolean {
  const { tasks, unread } = work.childrenOf(task);
  return tasks.length > 0 || unread > 0;
}

const NOT_STARTED = new Set<TaskStateVerdict['state']>(['unblocked', 'blocked', 'dropped', 'unknown']);

/** GitHub allows no circle of parents, but a snapshot read while links change may show one. */
const CIRCLE: TaskStateVerdict = { state: 'unknown', since: null, reason: 'it is its own ancestor' };

/** Children in batches count as the umbrella's own, in the batch's place. */
function readChildren(snapshot: WorkSnapshot, task: TaskFacts): ReadChildren {
  // Most tasks are leaves.
  if (task.childrenTotal === 0 && (!task.children.known || task.children.value.length === 0)) return NO_CHILDREN;
  const direct = readSubIssues(snapshot, task);
  if (direct.tasks.length === 0) return { ...direct, batches: [] };
  const batches = direct.tasks.filter(isBatch);
  if (batches.length === 0) return { ...direct, batches };
  const inBatches = new Map(batches.map((batch) => [batch, readSubIssues(snapshot, batch)]));
  const tasks = direct.tasks.flatMap((child) => inBatches.get(child)?.tasks ?? [child]);
  const unread = [...inBatches.values()].reduce((sum, read) => sum + read.unread, direct.unread);
  return { tasks: [...new Set(tasks)].filter((child) => child !== task), unread, batches };
}

const NO_CHILDREN: ReadChildren = { tasks: [], unread: 0, batches: [] };

function readSubIssues(snapshot: WorkSnapshot, task: TaskFacts): Omit<ReadChildren, 'batches'> {
  if (!task.children.known || task.children.value.length === 0) return { tasks: [], unread: task.childrenTotal };
  const tasks = new Set<TaskFacts>();
  let missing = 0;
  for (const ref of task.children.value) {
    const child = snapshot.tasks.get(refKey(ref));
    if (child === undefined) missing += 1;
    else if (child !== task) tasks.add(child);
  }
  return { tasks: [...tasks], unread: Math.max(task.childrenTotal - tasks.size, missing) };
}
