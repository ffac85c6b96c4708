import type { Config } from '../config.ts';
import { groupBy } from '../group-by.ts';
import type { PullRequestFacts, TaskFacts } from './facts.ts';
import { formatRef, type Ref, refKey, repositoryKey, sameRef } from './identity.ts';
import type { MergedWork } from './landed-changes.ts';
import type { LinkEvidence, LinkSource, PullRequestLink } from './link.ts';
import { plannedIdKey, plannedIdOf } from './planned-id.ts';
import { revertTargets } from './reverts.ts';
import { evidenceOf, mentionsIn } from './task-mentions.ts';
import { serverOf } from './text-references.ts';

/** Tasks and what may belong to them. */
interface LinkableWork extends MergedWork {
  /** Keyed by `refKey`. */
  readonly tasks: ReadonlyMap<string, TaskFacts>;
}

/** What a pull request's own text names: tasks by reference and planned ids, without looking anything up. */
interface NamedTasks {
  readonly refs: readonly Ref[];
  readonly plannedIds: readonly string[];
}

/**
 * The pull requests of every task, strongest link first; tasks without any are absent. Keyed by the task's `refKey`.
 *
 * A pull request that reverts another is no link of the other's tasks, whatever its text repeats. Closed, unmerged pull
 * requests are linked like the others. A planned id that two tasks carry names the one in the pull request's own
 * repository, and none when that is not one.
 */
export function linkPullRequests(work: LinkableWork, config: Config): ReadonlyMap<string, readonly PullRequestLink[]> {
  const collected: Collected = new Map();
  addClosingReferences(collected, work);
  addLinkedBranches(collected, work);
  addMentions(collected, work, config);
  const reverting = revertTargets(work);
  const links = new Map<string, readonly PullRequestLink[]>();
  for (const [taskKey, sayings] of collected) {
    const ofTask = linksOf(sayings, reverting);
    if (ofTask.length > 0) links.set(taskKey, ofTask);
  }
  return links;
}

/** The tasks that a pull request's branch, title, body and commits name. */
export function tasksNamedBy(pullRequest: PullRequestFacts, config: Config): NamedTasks {
  const mentions = mentionsIn(pullRequest, config.tasks.ids);
  const refs = new Map(mentions.flatMap(({ target }) => ('ref' in target ? [[refKey(target.ref), target.ref]] : [])));
  const ids = new Map(
    mentions.flatMap(({ target }) =>
      'plannedId' in target ? [[plannedIdKey(target.plannedId), target.plannedId]] : [],
    ),
  );
  return { refs: [...refs.values()], plannedIds: [...ids.values()] };
}

/** By task key: every place that says a pull request belongs to it, in the order found. */
type Collected = Map<string, Saying[]>;

interface Saying {
  readonly pullRequest: Ref;
  readonly evidence: LinkEvidence;
}

/** The strongest first. */
const STRENGTH: Readonly<Record<LinkSource, number>> = {
  closing_reference: 0,
  linked_branch: 1,
  closing_keyword: 2,
  task_line: 3,
  planned_id: 4,
};

const strengthOf = ({ source }: Pick<LinkEvidence, 'source'>): number => STRENGTH[source];

const sameEvidence = (a: LinkEvidence, b: LinkEvidence): boolean =>
  a.source === b.source && a.place === b.place && a.quote === b.quote;

function add(collected: Collected, taskKey: string, pullRequest: Ref, evidence: LinkEvidence): void {
  const sayings = collected.get(taskKey);
  if (sayings === undefined) collected.set(taskKey, [{ pullRequest, evidence }]);
  else sayings.push({ pullRequest, evidence });
}

function addClosingReferences(collected: Collected, work: LinkableWork): void {
  for (const [taskKey, task] of work.tasks) {
    for (const pullRequest of task.closingPullRequests.known ? task.closingPullRequests.value : []) {
      const quote = `closes ${formatRef(task.ref, pullRequest)}`;
      const url = work.pullRequests.get(refKey(pullRequest))?.url ?? addressOf(pullRequest, task);
      add(collected, taskKey, pullRequest, evidenceOf({ source: 'closing_reference', place: 'GitHub', quote, url }));
    }
  }
}

/** Where a pull request that was not read has its page: on the server of the task that it closes. */
const addressOf = (pullRequest: Ref, task: TaskFacts): string =>
  `${serverOf(task.url)}/${pullRequest.owner}/${pullRequest.repo}/pull/${pullRequest.number}`;

function addLinkedBranches(collected: Collected, work: LinkableWork): void {
  const byBranch = groupBy([...work.pullRequests.values()], ({ headRepository, headRefName }) =>
    headRepository === null ? [] : [branchKey(headRepository, headRefName)],
  );
  for (const [taskKey, task] of work.tasks) {
    for (const branch of task.linkedBranches.known ? task.linkedBranches.value : []) {
      for (const pullRequest of byBranch.get(branchKey(repositoryKey(branch), branch.name)) ?? []) {
        const evidence = {
          source: 'linked_branch',
          place: 'branch',
          quote: branch.name,
          url: pullRequest.url,
        } as const;
        add(collected, taskKey, pullRequest.ref, evidenceOf(evidence));
      }
    }
  }
}

const branchKey = (repository: string, branch: string): string => `${repository.toLowerCase()}:${branch}`;

function addMentions(collected: Collected, work: LinkableWork, config: Config): void {
  let byPlannedId: ReadonlyMap<string, readonly TaskFacts[]> | undefined;
  for (const pullRequest of work.pullRequests.values()) {
    for (const { target, evidence } of mentionsIn(pullRequest, config.tasks.ids)) {
      if ('ref' in target) {
        const key = refKey(target.ref);
        if (work.tasks.has(key)) add(collected, key, pullRequest.ref, evidence);
      } else {
        byPlannedId ??= indexPlannedIds(work, config.tasks.ids);
        const task = taskOfPlannedId(target.plannedId, pullRequest.ref, byPlannedId);
        if (task !== null) add(collected, refKey(task.ref), pullRequest.ref, evidence);
      }
    }
  }
}

const indexPlannedIds = (work: LinkableWork, ids: readonly string[]): ReadonlyMap<string, readonly TaskFacts[]> =>
  groupBy([...work.tasks.values()], (task) => {
    const id = plannedIdOf(task, ids);
    return id === null ? [] : [plannedIdKey(id)];
  });

/** An id whose grammar allows dashes swallows the rest of a branch name: `bd-a3f8-fix-login` names `bd-a3f8`. */
function taskOfPlannedId(id: string, near: Ref, index: ReadonlyMap<string, readonly TaskFacts[]>): TaskFacts | null {
  for (let end = id.length; end > 0; end = id.lastIndexOf('-', end - 1)) {
    const tasks = index.get(plannedIdKey(id.slice(0, end)));
    if (tasks !== undefined) return onlyOne(tasks) ?? onlyOne(tasks.filter((task) => isIn(task, near)));
  }
  return null;
}

const onlyOne = (tasks: readonly TaskFacts[]): TaskFacts | null => (tasks.length === 1 ? (tasks[0] ?? null) : null);
const isIn = (task: TaskFacts, near: Ref): boolean => repositoryKey(task.ref) === repositoryKey(near);

/** Whether a pull request reverts, directly or by a chain of reverts, one of the others in `linked`. */
function leadsTo(
  key: string,
  linked: ReadonlySet<string>,
  reverting: ReadonlyMap<string, ReadonlySet<string>>,
): boolean {
  const seen = new Set([key]);
  for (const step of seen) {
    for (const target of reverting.get(step) ?? []) {
      if (target !== key && linked.has(target)) return true;
      seen.add(target);
    }
  }
  return false;
}

/** Those that the sayings about one task name. */
function linksOf(
  sayings: readonly Saying[],
  reverting: ReadonlyMap<string, ReadonlySet<string>>,
): readonly PullRequestLink[] {
  const [first] = sayings;
  if (first === undefined) return [];
  // Of thousands of tasks nearly all have one pull request.
  if (sayings.every(({ pullRequest }) => sameRef(pullRequest, first.pullRequest))) return [toLink(first, sayings)];
  const byPullRequest = groupBy(sayings, ({ pullRequest }) => [refKey(pullRequest)]);
  const linked = new Set(byPullRequest.keys());
  return [...byPullRequest]
    .flatMap(([key, [one = first, ...others]]) =>
      leadsTo(key, linked, reverting) ? [] : [toLink(one, [one, ...others])],
    )
    .sort(compareLinks);
}

/** The same words at the same place count once; the strongest evidence comes first. */
function toLink({ pullRequest }: Saying, sayings: readonly Saying[]): PullRequestLink {
  const evidence: LinkEvidence[] = [];
  for (const { evidence: one } of sayings) {
    if (evidence.some((known) => sameEvidence(known, one))) continue;
    const weaker = evidence.findIndex((known) => strengthOf(known) > strengthOf(one));
    if (weaker < 0) evidence.push(one);
    else evidence.splice(weaker, 0, one);
  }
  return { pullRequest, source: evidence[0]?.source ?? 'planned_id', evidence };
}

const compareLinks = (a: PullRequestLink, b: PullRequestLink): number =>
  strengthOf(a) - strengthOf(b) ||
  repositoryKey(a.pullRequest).localeCompare(repositoryKey(b.pullRequest), 'en') ||
  a.pullRequest.number - b.pullRequest.number;
