import type { Config } from '../config.ts';
import { inWords } from '../in-words.ts';
import type { Gap, Reading } from '../reading.ts';
import type { LiveClaim } from '../work/live-claim.ts';
import { type DecidingBranch, decidingBranch } from './branch-of-record.ts';
import type { BlockerFacts, Instant, PullRequestFacts, TaskFacts } from './facts.ts';
import { formatRef, type Ref, refKey } from './identity.ts';
import type { PullRequestLink } from './link.ts';
import type { RevertStatus } from './reverts.ts';
import { lastApprovalAt, reviewStateOf } from './review-state.ts';
import { type LandedPullRequest, standOnBranches } from './stand-on-branch.ts';
import type { TaskState, TaskStateVerdict } from './state.ts';

interface StateQuestion {
  readonly task: TaskFacts;
  /** This task's own pull requests. */
  readonly links: readonly PullRequestLink[];
  readonly snapshot: {
    /** Keyed by `refKey`. */
    readonly pullRequests: ReadonlyMap<string, PullRequestFacts>;
    readonly gaps: readonly Gap[];
    readonly claims?: ReadonlyMap<string, LiveClaim>;
  };
  readonly reverts: ReadonlyMap<string, RevertStatus>;
  /** The default branches where left out. */
  readonly deciding?: DecidingBranch;
  readonly config: Config;
  /** Its children that have been started: work on an umbrella begins with the first of them. */
  readonly startedChildren?: readonly TaskStateVerdict[];
}

/**
 * The state of one task: the first row of the design's table that matches, see `TASK_STATES`.
 *
 * `approved` asks for every open pull request of the task that is no draft to be approved; `implemented` for one that is
 * ready. Closed, unmerged pull requests decide nothing. A reverted change counts as merged again once it was brought back
 * or a later pull request of the same task is in, on the same branch (see `standOnBranches`). `since` is null where no sign of the state has a time: GitHub keeps none
 * for a linked branch. What could not be read makes the verdict `unknown` from the row on that needs it.
 */
export function assessTaskState(question: StateQuestion): TaskStateVerdict {
  const computed = assessFacts(factsOf(question));
  const label = overridingLabel(question.task, question.config);
  if (label === null || label.state === computed.state) return computed;
  const facts = `the facts say ${inWords(computed.state)}`;
  const reason = `the label "${label.name}" says so; ${facts}`;
  // What the facts rest on is no evidence for what the label says.
  const { evidenceUrl: _, ...rest } = computed;
  const since = labeledAt(question.task, label.name);
  return { ...rest, state: label.state, since, reason, computed: computed.state };
}

interface StateFacts {
  readonly task: TaskFacts;
  readonly config: Config;
  readonly open: readonly PullRequestFacts[];
  /** Merged, and not out again. */
  readonly merged: readonly LandedPullRequest[];
  /** What took it out; null where it is in, or came back in. */
  readonly lastRevert: RevertStatus | null;
  /** Null when every pull request of the task could be read. */
  readonly unreadPullRequests: string | null;
  readonly startedChildren: readonly TaskStateVerdict[];
  readonly claim: LiveClaim | null;
}

type Row = (facts: StateFacts) => TaskStateVerdict | null;

/** In the order of `TASK_STATES`; an `unread…` row stands before those that need what it speaks of. */
const ROWS: readonly Row[] = [
  dropped,
  reverted,
  done,
  unreadPullRequests,
  integrated,
  approved,
  implemented,
  blocked,
  unreadBlockers,
  inProgress,
  unreadBranches,
];

function assessFacts(facts: StateFacts): TaskStateVerdict {
  for (const row of ROWS) {
    const verdict = row(facts);
    if (verdict !== null) return verdict;
  }
  return unblocked(facts.task);
}

function factsOf(question: StateQuestion): StateFacts {
  const { task, links, snapshot, reverts } = question;
  const { pullRequests } = snapshot;
  const { deciding = decidingBranch(null, pullRequests) } = question;
  const open: PullRequestFacts[] = [];
  const landed: PullRequestFacts[] = [];
  let unread: Ref | null = null;
  for (const { pullRequest } of links) {
    const read = pullRequests.get(refKey(pullRequest));
    if (read === undefined) unread ??= pullRequest;
    else if (read.state === 'open') open.push(read);
    else if (read.state === 'merged') landed.push(read);
  }
  const { merged, lastRevert } = standOnBranches(landed, { pullRequests, reverts, deciding });
  return {
    task,
    config: question.config,
    open,
    merged,
    lastRevert,
    unreadPullRequests: unreadOf(question, unread),
    startedChildren: question.startedChildren ?? [],
    claim: snapshot.claims?.get(refKey(task.ref)) ?? null,
  };
}

function unreadOf({ task, snapshot }: StateQuestion, unread: Ref | null): string | null {
  if (!task.closingPullRequests.known) return task.closingPullRequests.gap.what;
  if (unread !== null) return `pull request ${formatRef(unread)}`;
  // Without this permission not even the names of pull requests are visible, so that "none" would be a guess.
  const gap = snapshot.gaps.find((one) => one.cause === 'forbidden' && one.permission?.startsWith('pull_requests'));
  return gap?.what ?? null;
}

function dropped({ task }: StateFacts): TaskStateVerdict | null {
  if (task.state !== 'closed' || (task.stateReason !== 'not_planned' && task.stateReason !== 'duplicate')) return null;
  const why = task.stateReason === 'duplicate' ? 'a duplicate' : 'not planned';
  return { state: 'dropped', since: task.closedAt, reason: `closed as ${why}` };
}

function reverted({ lastRevert }: StateFacts): TaskStateVerdict | null {
  if (lastRevert === null) return null;
  const { since, evidence, url, doubt } = lastRevert;
  if (doubt !== undefined) return unreadVerdict(doubt.what);
  return { state: 'reverted', since, reason: `reverted by ${evidence}`, evidenceUrl: url };
}

function done({ task, merged, unreadPullRequests: unread }: StateFacts): TaskStateVerdict | null {
  if (task.state !== 'closed') return null;
  const by = merged[0]?.facts;
  if (by !== undefined) {
    const reason = `closed as completed, ${formatRef(by.ref)} is merged`;
    return { state: 'done', since: task.closedAt, reason, evidenceUrl: by.url };
  }
  const verdict: TaskStateVerdict = { state: 'done', since: task.closedAt, reason: 'closed as completed' };
  return unread === null ? { ...verdict, remark: 'closed without a merged change' } : verdict;
}

function unreadPullRequests({ unreadPullRequests: what }: StateFacts): TaskStateVerdict | null {
  return what === null ? null : unreadVerdict(what);
}

function integrated({ task, merged, open }: StateFacts): TaskStateVerdict | null {
  if (merged.length === 0 || open.length > 0) return null;
  const last = merged.toSorted((a, b) => compareInstants(a.since, b.since)).at(-1);
  if (last === undefined) return null;
  const { facts, since } = last;
  const reason = `${formatRef(facts.ref)} is merged into ${facts.baseRefName} and none is open`;
  const verdict: TaskStateVerdict = { state: 'integrated', since, reason, evidenceUrl: facts.url };
  const landed = merged.map((one) => one.facts);
  return wasReopened(task, landed) ? { ...verdict, remark: 'reopened after its change was merged' } : verdict;
}

/**
 * Whether an open task was closed by one of these merged pull requests and reopened since. A merge that closes the task
 * leaves it open only when somebody reopened it; after others it may just be open.
 */
export function wasReopened(task: TaskFacts, merged: readonly PullRequestFacts[]): boolean {
  if (task.stateReason !== 'reopened' || !task.closingPullRequests.known) return false;
  const closing = new Set(task.closingPullRequests.value.map(refKey));
  return merged.some((pullRequest) => pullRequest.isDefaultBase && closing.has(refKey(pullRequest.ref)));
}

function approved({ open }: StateFacts): TaskStateVerdict | null {
  const ready = open.filter((pullRequest) => !pullRequest.isDraft);
  const [first] = ready;
  if (first === undefined) return null;
  const reviews = ready.map(reviewStateOf);
  if (!reviews.every((review) => review === 'approved' || review === 'unknown')) return null;
  const unread = ready.find((pullRequest) => reviewStateOf(pullRequest) === 'unknown');
  if (unread !== undefined) return unreadReviews(unread);
  const since = latest(ready.map(lastApprovalAt));
  return {
    state: 'approved',
    since,
    reason: `${names(ready)} ${isAre(ready)} open and approved`,
    evidenceUrl: first.url,
  };
}

function unreadReviews(pullRequest: PullRequestFacts): TaskStateVerdict | null {
  // With a rule that is not satisfied the review requests do not matter: it is not approved, whoever is asked.
  if (pullRequest.reviewDecision !== null) return null;
  return unreadVerdict(
    pullRequest.reviews.known ? `reviews of ${formatRef(pullRequest.ref)}` : pullRequest.reviews.gap.what,
  );
}

function implemented({ open }: StateFacts): TaskStateVerdict | null {
  const ready = open.filter((pullRequest) => !pullRequest.isDraft);
  const [first] = ready;
  if (first === undefined) return null;
  const since = earliest(ready.map((pullRequest) => pullRequest.readyAt ?? pullRequest.createdAt));
  const reason = `${names(ready)} ${isAre(ready)} open and ready for review`;
  return { state: 'implemented', since, reason, evidenceUrl: first.url };
}

function blocked({ task, config }: StateFacts): TaskStateVerdict | null {
  const open = openBlockers(task);
  const [first] = open;
  if (first !== undefined) {
    const since = open.some((blocker) => blocker.addedAt === null) ? null : earliest(open.map((one) => one.addedAt));
    return { state: 'blocked', since, reason: `blocked by ${names(open)}`, evidenceUrl: first.url };
  }
  const label = task.labels.find((name) => isListed(name, config.tasks.blocked_labels));
  if (label === undefined) return null;
  return { state: 'blocked', since: labeledAt(task, label), reason: `the label "${label}" says blocked` };
}

function unreadBlockers({ task }: StateFacts): TaskStateVerdict | null {
  return unreadUnlessUnsupported(task.blockers);
}

function unreadBranches({ task }: StateFacts): TaskStateVerdict | null {
  return unreadUnlessUnsupported(task.linkedBranches);
}

function inProgress({ task, open, startedChildren, claim }: StateFacts): TaskStateVerdict | null {
  const branch = task.linkedBranches.known ? task.linkedBranches.value[0] : undefined;
  const signs = [
    ...(task.assignees.length > 0 ? [`${task.assignees.join(', ')} assigned`] : []),
    ...(claim === null ? [] : [`claimed by agent ${claim.agent}`]),
    ...(open.length > 0 ? [`${names(open)} ${isAre(open)} a draft`] : []),
    ...(branch === undefined ? [] : [`branch ${branch.name}`]),
    ...(startedChildren.length > 0 ? ['a child has been started'] : []),
  ];
  if (signs.length === 0) return null;
  const since = earliest([
    task.assignees.length > 0 ? task.assignedAt : null,
    claim?.since ?? null,
    ...open.map((pullRequest) => pullRequest.createdAt),
    ...startedChildren.map((child) => child.since),
  ]);
  const verdict: TaskStateVerdict = { state: 'in_progress', since, reason: signs.join('; ') };
  return open[0] === undefined ? verdict : { ...verdict, evidenceUrl: open[0].url };
}

function unblocked(task: TaskFacts): TaskStateVerdict {
  const blockers = task.blockers.known ? task.blockers.value : [];
  const since = latest([task.createdAt, ...blockers.map((blocker) => blocker.closedAt)]);
  const reason = blockers.length > 0 ? 'its blockers are closed and nobody has started' : 'nobody has started';
  return { state: 'unblocked', since, reason };
}

/** Where a server has no such feature, there can be no such facts. */
function unreadUnlessUnsupported(reading: Reading<unknown>): TaskStateVerdict | null {
  return reading.known || reading.gap.cause === 'not_supported' ? null : unreadVerdict(reading.gap.what);
}

const unreadVerdict = (what: string): TaskStateVerdict => ({
  state: 'unknown',
  since: null,
  reason: `could not read ${what}`,
});

function overridingLabel(task: TaskFacts, config: Config): { readonly name: string; readonly state: TaskState } | null {
  const configured = Object.entries(config.tasks.states);
  if (configured.length === 0) return null;
  const states = new Map(configured.map(([name, state]) => [name.toLowerCase(), state]));
  for (const name of task.labels) {
    const state = states.get(name.toLowerCase());
    if (state !== undefined) return { name, state };
  }
  return null;
}

/** Blockers that are open; none when they could not be read. */
export const openBlockers = (task: TaskFacts): readonly BlockerFacts[] =>
  task.blockers.known ? task.blockers.value.filter((blocker) => blocker.state === 'open') : [];

/** When a label was last put on; null where the timeline was not read that far. */
const labeledAt = (task: TaskFacts, label: string): Instant | null => {
  const key = label.toLowerCase();
  return Object.hasOwn(task.labeledAt, key) ? (task.labeledAt[key] ?? null) : null;
};

const isListed = (label: string, listed: readonly string[]): boolean =>
  listed.some((one) => one.toLowerCase() === label.toLowerCase());

const names = (items: readonly { readonly ref: TaskFacts['ref'] }[]): string =>
  items.map((item) => formatRef(item.ref)).join(', ');

const isAre = (items: readonly unknown[]): string => (items.length === 1 ? 'is' : 'are');

const compareInstants = (a: Instant | null, b: Instant | null): number => (a ?? '').localeCompare(b ?? '', 'en');
const sortInstants = (instants: readonly (Instant | null)[]): Instant[] =>
  instants.filter((instant) => instant !== null).sort(compareInstants);
const earliest = (instants: readonly (Instant | null)[]): Instant | null => sortInstants(instants)[0] ?? null;
const latest = (instants: readonly (Instant | null)[]): Instant | null => sortInstants(instants).at(-1) ?? null;
