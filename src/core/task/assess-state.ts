import type { Config } from '../config.ts';
import type { Reading } from '../reading.ts';
import type { WorkSnapshot } from '../umbrella/snapshot.ts';
import type { BlockerFacts, Instant, PullRequestFacts, TaskFacts } from './facts.ts';
import { formatRef, refKey } from './identity.ts';
import type { PullRequestLink } from './link.ts';
import type { RevertStatus } from './reverts.ts';
import { lastApprovalAt, reviewStateOf } from './review-state.ts';
import type { TaskState, TaskStateVerdict } from './state.ts';

interface StateQuestion {
  readonly task: TaskFacts;
  /** This task's own pull requests. */
  readonly links: readonly PullRequestLink[];
  readonly snapshot: WorkSnapshot;
  readonly reverts: ReadonlyMap<string, RevertStatus>;
  readonly config: Config;
  /** Whether one of its children has been started: work on an umbrella begins with its first child. */
  readonly hasStartedChild?: boolean;
}

/**
 * The state of one task: the first row of the design's table that matches, see `TASK_STATES`.
 *
 * `approved` asks for every open pull request of the task to be ready and approved: the least advanced one decides;
 * `implemented` for one that is ready. Closed, unmerged pull requests decide nothing. A reverted change counts as merged
 * again once a later pull request of the same task is in. `since` is null where GitHub keeps no time (a label, a linked
 * branch, the first started child). What could not be read makes the verdict `unknown` from the row on that needs it.
 */
export function assessTaskState(question: StateQuestion): TaskStateVerdict {
  const computed = assessFacts(factsOf(question));
  const label = overridingLabel(question.task, question.config);
  if (label === null || label.state === computed.state) return computed;
  const facts = `the facts say ${computed.state.replace('_', ' ')}`;
  const reason = `the label "${label.name}" says so; ${facts}`;
  return { ...computed, state: label.state, since: null, reason, computed: computed.state };
}

interface StateFacts {
  readonly task: TaskFacts;
  readonly config: Config;
  readonly open: readonly PullRequestFacts[];
  /** Merged, and not taken out again. */
  readonly merged: readonly PullRequestFacts[];
  readonly lastRevert: RevertStatus | null;
  /** Null when every pull request of the task could be read. */
  readonly unreadPullRequests: string | null;
  readonly hasStartedChild: boolean;
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
  const linked = links.map((link) => snapshot.pullRequests.get(refKey(link.pullRequest)));
  const known = linked.filter((pullRequest) => pullRequest !== undefined);
  const allMerged = known.filter((pullRequest) => pullRequest.state === 'merged');
  const out = allMerged.flatMap((pullRequest) => {
    const status = reverts.get(refKey(pullRequest.ref));
    return status?.isReverted ? [status] : [];
  });
  return {
    task,
    config: question.config,
    open: known.filter((pullRequest) => pullRequest.state === 'open'),
    merged: allMerged.filter((pullRequest) => !reverts.get(refKey(pullRequest.ref))?.isReverted),
    lastRevert: out.sort((a, b) => (a.since < b.since ? 1 : -1))[0] ?? null,
    unreadPullRequests: unreadOf(question, known.length < linked.length),
    hasStartedChild: question.hasStartedChild ?? false,
  };
}

function unreadOf({ task, links, snapshot }: StateQuestion, isLinkUnread: boolean): string | null {
  if (!task.closingPullRequests.known) return task.closingPullRequests.gap.what;
  const missing = links.find((link) => !snapshot.pullRequests.has(refKey(link.pullRequest)));
  if (isLinkUnread && missing !== undefined) return `pull request ${formatRef(missing.pullRequest)}`;
  // Without this permission not even the names of pull requests are visible, so that "none" would be a guess.
  const gap = snapshot.gaps.find((one) => one.cause === 'forbidden' && one.permission?.startsWith('pull_requests'));
  return gap?.what ?? null;
}

function dropped({ task }: StateFacts): TaskStateVerdict | null {
  if (task.state !== 'closed' || (task.stateReason !== 'not_planned' && task.stateReason !== 'duplicate')) return null;
  const why = task.stateReason === 'duplicate' ? 'a duplicate' : 'not planned';
  return { state: 'dropped', since: task.closedAt, reason: `closed as ${why}` };
}

function reverted({ merged, lastRevert }: StateFacts): TaskStateVerdict | null {
  if (lastRevert === null) return null;
  const isRedone = merged.some((pullRequest) => (pullRequest.mergedAt ?? '') > lastRevert.since);
  return isRedone ? null : { state: 'reverted', since: lastRevert.since, reason: `reverted by ${lastRevert.evidence}` };
}

function done({ task, merged, unreadPullRequests: unread }: StateFacts): TaskStateVerdict | null {
  if (task.state !== 'closed') return null;
  const by = merged[0];
  if (by !== undefined) {
    return { state: 'done', since: task.closedAt, reason: `closed as completed, ${formatRef(by.ref)} is merged` };
  }
  const verdict: TaskStateVerdict = { state: 'done', since: task.closedAt, reason: 'closed as completed' };
  return unread === null ? { ...verdict, remark: 'closed without a merged change' } : verdict;
}

function unreadPullRequests({ unreadPullRequests: what }: StateFacts): TaskStateVerdict | null {
  return what === null ? null : unreadVerdict(what);
}

function integrated({ merged, open }: StateFacts): TaskStateVerdict | null {
  if (merged.length === 0 || open.length > 0) return null;
  const last = merged.toSorted((a, b) => compareInstants(a.mergedAt, b.mergedAt)).at(-1);
  if (last === undefined) return null;
  const reason = `${formatRef(last.ref)} is merged into ${last.baseRefName} and none is open`;
  return { state: 'integrated', since: last.mergedAt, reason };
}

function approved({ open }: StateFacts): TaskStateVerdict | null {
  const isReady = open.length > 0 && open.every((pullRequest) => !pullRequest.isDraft);
  if (!isReady) return null;
  const reviews = open.map(reviewStateOf);
  if (!reviews.every((review) => review === 'approved' || review === 'unknown')) return null;
  const unread = open.find((pullRequest) => reviewStateOf(pullRequest) === 'unknown');
  if (unread !== undefined) return unreadReviews(unread);
  const since = latest(open.map(lastApprovalAt));
  return { state: 'approved', since, reason: `${names(open)} ${isAre(open)} open and approved` };
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
  if (ready.length === 0) return null;
  const since = earliest(ready.map((pullRequest) => pullRequest.readyAt ?? pullRequest.createdAt));
  return { state: 'implemented', since, reason: `${names(ready)} ${isAre(ready)} open and ready for review` };
}

function blocked({ task, config }: StateFacts): TaskStateVerdict | null {
  const open = openBlockers(task);
  if (open.length > 0) {
    const since = open.some((blocker) => blocker.addedAt === null) ? null : earliest(open.map((one) => one.addedAt));
    return { state: 'blocked', since, reason: `blocked by ${names(open)}` };
  }
  const label = task.labels.find((name) => isListed(name, config.tasks.blocked_labels));
  return label === undefined ? null : { state: 'blocked', since: null, reason: `the label "${label}" says blocked` };
}

function unreadBlockers({ task }: StateFacts): TaskStateVerdict | null {
  return unreadUnlessUnsupported(task.blockers);
}

function unreadBranches({ task }: StateFacts): TaskStateVerdict | null {
  return unreadUnlessUnsupported(task.linkedBranches);
}

function inProgress({ task, open, hasStartedChild }: StateFacts): TaskStateVerdict | null {
  const branch = task.linkedBranches.known ? task.linkedBranches.value[0] : undefined;
  const signs = [
    ...(task.assignees.length > 0 ? [`${task.assignees.join(', ')} assigned`] : []),
    ...(open.length > 0 ? [`${names(open)} ${isAre(open)} a draft`] : []),
    ...(branch === undefined ? [] : [`branch ${branch.name}`]),
    ...(hasStartedChild ? ['a child has been started'] : []),
  ];
  if (signs.length === 0) return null;
  const assignedAt = task.assignees.length > 0 ? task.assignedAt : null;
  const since = earliest([assignedAt, ...open.map((pullRequest) => pullRequest.createdAt)]);
  return { state: 'in_progress', since, reason: signs.join('; ') };
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
  const states = new Map(Object.entries(config.tasks.states).map(([name, state]) => [name.toLowerCase(), state]));
  if (states.size === 0) return null;
  for (const name of task.labels) {
    const state = states.get(name.toLowerCase());
    if (state !== undefined) return { name, state };
  }
  return null;
}

/** Blockers that are open; none when they could not be read. */
export const openBlockers = (task: TaskFacts): readonly BlockerFacts[] =>
  task.blockers.known ? task.blockers.value.filter((blocker) => blocker.state === 'open') : [];

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
