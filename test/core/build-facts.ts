import { known } from '../../src/core/reading.ts';
import type { BlockerFacts, PullRequestFacts, TaskFacts } from '../../src/core/task/facts.ts';
import { type Ref, refKey } from '../../src/core/task/identity.ts';
import { readStatedWork } from '../../src/core/task/stated-work.ts';
import type { UmbrellaSnapshot } from '../../src/core/umbrella/snapshot.ts';

/** The moment of every test: children were made on May 1, 2026. */
export const NOW = '2026-05-10T12:00:00Z';
export const MADE = '2026-05-01T09:00:00Z';

/** `12` means `octo/harbor#12`. */
export function ref(number: number, repository = 'octo/harbor'): Ref {
  const [owner = '', repo = ''] = repository.split('/');
  return { owner, repo, number };
}

const urlOf = ({ owner, repo, number }: Ref, kind: string): string =>
  `https://github.com/${owner}/${repo}/${kind}/${number}`;

type TaskInput = Partial<Omit<TaskFacts, 'ref'>> & { readonly ref?: Ref; readonly number?: number };

/** An open, public, unassigned issue of octo/harbor, nothing linked; what differs is given. `children` are numbers or refs. */
export function taskFacts(input: TaskInput = {}): TaskFacts {
  const { number = 1, ...rest } = input;
  const own = input.ref ?? ref(number);
  const children = input.children?.known ? input.children.value.length : 0;
  return {
    nodeId: `I_${refKey(own)}`,
    ref: own,
    url: urlOf(own, 'issues'),
    title: `Task ${own.number}`,
    body: '',
    visibility: 'public',
    state: input.closedAt == null ? 'open' : 'closed',
    stateReason: input.closedAt == null ? null : 'completed',
    author: 'kim',
    createdAt: MADE,
    updatedAt: MADE,
    closedAt: null,
    issueType: null,
    milestone: null,
    labels: [],
    labeledAt: {},
    assignees: [],
    assignedAt: null,
    parent: null,
    children: known([]),
    childrenTotal: children,
    blockers: known([]),
    closingPullRequests: known([]),
    linkedBranches: known([]),
    crossReferences: known([]),
    ...rest,
  };
}

type PullRequestInput = Partial<Omit<PullRequestFacts, 'ref'>> & { readonly ref?: Ref; readonly number?: number };

/** An open pull request of ravi onto main, ready, unreviewed, nobody asked, no checks. `mergedAt` makes it merged. */
export function pullRequestFacts(input: PullRequestInput = {}): PullRequestFacts {
  const { number = 41, ...rest } = input;
  const own = input.ref ?? ref(number);
  const closedAt = input.mergedAt ?? input.closedAt ?? null;
  const [url, body] = [input.url ?? urlOf(own, 'pull'), input.body ?? ''];
  return {
    nodeId: `PR_${refKey(own)}`,
    ref: own,
    url,
    title: `Change ${own.number}`,
    body,
    stated: readStatedWork({ body, ref: own, url }),
    visibility: 'public',
    state: input.mergedAt != null ? 'merged' : closedAt === null ? 'open' : 'closed',
    isDraft: false,
    author: 'ravi',
    createdAt: '2026-05-02T09:00:00Z',
    updatedAt: '2026-05-02T09:00:00Z',
    mergedAt: null,
    mergedBy: null,
    closedAt,
    readyAt: null,
    baseRefName: 'main',
    isDefaultBase: true,
    headRefName: `change-${own.number}`,
    headRepository: `${own.owner}/${own.repo}`,
    headSha: shaOf(own.number + 1_000),
    mergeCommitSha: input.mergedAt == null ? null : shaOf(own.number),
    mergeable: 'mergeable',
    reviewDecision: null,
    reviewRequests: known([]),
    reviews: known([]),
    checks: known({ state: 'none', total: 0, unfinished: [] }),
    commits: known([]),
    ...rest,
  };
}

/** A merge commit's sha for a pull request number: forty characters, distinct in the first seven. */
export const shaOf = (number: number): string => number.toString(16).padStart(7, '0').padEnd(40, 'a');

export function blockerFacts(number: number, input: Partial<BlockerFacts> = {}): BlockerFacts {
  const own = input.ref ?? ref(number);
  return {
    ref: own,
    url: urlOf(own, 'issues'),
    title: `Blocker ${number}`,
    visibility: 'public',
    state: input.closedAt == null ? 'open' : 'closed',
    closedAt: null,
    addedAt: '2026-05-03T09:00:00Z',
    assignees: ['noor'],
    ...input,
  };
}

/** What was read: tasks and pull requests in any order; the umbrella is the first task. */
export function snapshot(
  tasks: readonly TaskFacts[],
  pullRequests: readonly PullRequestFacts[] = [],
  rest: Partial<UmbrellaSnapshot> = {},
): UmbrellaSnapshot {
  return {
    readAt: NOW,
    umbrella: tasks[0]?.ref ?? ref(1),
    ownComment: null,
    tasks: new Map(tasks.map((task) => [refKey(task.ref), task])),
    pullRequests: new Map(pullRequests.map((pullRequest) => [refKey(pullRequest.ref), pullRequest])),
    baseCommits: new Map(),
    configText: null,
    ownerConfigText: null,
    gaps: [],
    ...rest,
  };
}

/** Umbrella #1 with these children, in this order. */
export function umbrellaOf(children: readonly TaskFacts[], input: TaskInput = {}): TaskFacts {
  return taskFacts({
    number: 1,
    title: 'Harbor goes live',
    children: known(children.map((child) => child.ref)),
    ...input,
  });
}

/** GitHub's own word that these pull requests close the task. */
export const closedBy = (...numbers: readonly number[]): Pick<TaskFacts, 'closingPullRequests'> => ({
  closingPullRequests: known(numbers.map((number) => ref(number))),
});
