import type { Gap } from '../reading.ts';
import type { PullRequestFacts, TaskFacts } from '../task/facts.ts';
import { formatRef, type RepositoryRef } from '../task/identity.ts';
import { reviewStateOf, unansweredRejecters } from '../task/review-state.ts';
import type { CountedState, NextAction, Progress, ShownBlocker, ShownClaim } from './rollup.ts';

/** What the next action of a task is chosen from; hidden pull requests are already left out. */
export interface ActionFacts {
  readonly task: TaskFacts;
  /** The agent that works on it; null or absent where none does, or where claims are not shown. */
  readonly claim?: ShownClaim | null;
  readonly state: CountedState;
  readonly pullRequests: readonly PullRequestFacts[];
  readonly openBlockers: readonly ShownBlocker[];
  readonly missingArtifacts: readonly string[];
  readonly nested: Progress | null;
  readonly gaps: readonly Gap[];
  /** Who keeps the umbrella: owes what nobody in particular does, if only to hand it out. */
  readonly keepers: readonly string[];
}

/**
 * The one thing that moves a task on, and who owes it; null when there is nothing left to do.
 *
 * | state | first that applies |
 * |---|---|
 * | dropped | nothing |
 * | unknown | grant the permission that is missing (an administrator of the repository) |
 * | reverted | bring the change back (assignees, else its author) |
 * | done | add what is missing, else nothing |
 * | approved, implemented | changes requested → address the review (author), or review again once re-requested; failing checks → fix (author); conflict → resolve (author); reviewers asked → review (they); nobody asked → request a review (author); checks running → wait (author); checks or reviews unreadable → grant a permission; missing artifact → add; open blocker → clear; else merge (author) |
 * | integrated | missing artifact → add; else close the task (assignees, else the author of what was merged) |
 * | blocked | clear the blocker (its assignees) |
 * | in_progress | all children complete → close; a draft → finish it (author); else continue (assignees, else the agent that has claimed it) |
 * | unblocked | start (assignees) |
 *
 * Where that names nobody, the umbrella's keepers owe it: also what GitHub failed to answer, which no permission mends.
 */
export function nextActionOf(facts: ActionFacts): NextAction | null {
  const action = chooseAction(facts);
  return action?.actors.length === 0 ? { ...action, actors: facts.keepers } : action;
}

function chooseAction(facts: ActionFacts): NextAction | null {
  switch (facts.state) {
    case 'dropped':
      return null;
    case 'done':
      return addArtifact(facts);
    case 'unknown':
      return grantPermission(facts);
    case 'reverted':
      return onTask(facts, 'reapply_change', 'bring the reverted change back:', owners(facts));
    case 'approved':
    case 'implemented':
      return advancePullRequest(facts) ?? addArtifact(facts) ?? clearBlocker(facts) ?? merge(facts) ?? proceed(facts);
    case 'integrated':
      return addArtifact(facts) ?? onTask(facts, 'close_task', 'close', owners(facts));
    case 'blocked':
      return clearBlocker(facts) ?? onTask(facts, 'clear_blocker', 'clear what blocks', facts.task.assignees);
    case 'in_progress':
      return closeNested(facts) ?? finishDraft(facts) ?? proceed(facts);
    case 'unblocked':
      return onTask(facts, 'start', 'start', facts.task.assignees);
  }
}

type PullRequestRule = (pullRequest: PullRequestFacts) => NextAction | null;

/** In order; of several open pull requests the first that the rule applies to. */
const PULL_REQUEST_RULES: readonly PullRequestRule[] = [
  (pullRequest) =>
    reviewStateOf(pullRequest) === 'changes_requested' && owesAnswer(pullRequest)
      ? onPullRequest(pullRequest, 'address_review', 'address the review of')
      : null,
  (pullRequest) =>
    pullRequest.checks.known && pullRequest.checks.value.state === 'failure'
      ? onPullRequest(pullRequest, 'fix_checks', 'fix the checks of')
      : null,
  (pullRequest) =>
    pullRequest.mergeable === 'conflicting'
      ? onPullRequest(pullRequest, 'resolve_conflict', 'resolve the conflicts of')
      : null,
  (pullRequest) => {
    const review = reviewStateOf(pullRequest);
    const asked = pullRequest.reviewRequests.known ? pullRequest.reviewRequests.value : [];
    if (review !== 'requested' && review !== 'changes_requested') return null;
    return { ...onPullRequest(pullRequest, 'review', 'review'), actors: asked };
  },
  (pullRequest) =>
    reviewStateOf(pullRequest) === 'none' ? onPullRequest(pullRequest, 'request_review', 'request a review of') : null,
  (pullRequest) =>
    pullRequest.checks.known && pullRequest.checks.value.state === 'pending'
      ? onPullRequest(pullRequest, 'wait_for_checks', 'wait for the checks of')
      : null,
  (pullRequest) => {
    const unread = [pullRequest.reviews, pullRequest.reviewRequests, pullRequest.checks].find((one) => !one.known);
    return unread === undefined || unread.known ? null : permissionFor(unread.gap, pullRequest);
  },
];

function advancePullRequest(facts: ActionFacts): NextAction | null {
  const ready = facts.pullRequests.filter((pullRequest) => pullRequest.state === 'open' && !pullRequest.isDraft);
  for (const rule of PULL_REQUEST_RULES) {
    for (const pullRequest of ready) {
      const action = rule(pullRequest);
      if (action !== null) return action;
    }
  }
  return null;
}

/** Not once everyone who asked for changes has been asked to look again. */
const owesAnswer = (pullRequest: PullRequestFacts): boolean =>
  unansweredRejecters(pullRequest).length > 0 ||
  !pullRequest.reviewRequests.known ||
  pullRequest.reviewRequests.value.length === 0;

function addArtifact(facts: ActionFacts): NextAction | null {
  if (facts.missingArtifacts.length === 0) return null;
  return onTask(facts, 'add_artifact', `add ${facts.missingArtifacts.join(', ')} to`, owners(facts));
}

function clearBlocker(facts: ActionFacts): NextAction | null {
  const [first, ...more] = facts.openBlockers;
  if (first === undefined) return null;
  const name = first.ref === null ? 'a private task' : formatRef(first.ref);
  const rest = more.length > 0 ? ` and ${more.length} more` : '';
  const actors = [...new Set(facts.openBlockers.flatMap((blocker) => blocker.assignees))];
  return {
    kind: 'clear_blocker',
    text: `finish ${name}${rest}, in the way of ${formatRef(facts.task.ref)}`,
    actors,
    url: first.url ?? facts.task.url,
  };
}

function merge(facts: ActionFacts): NextAction | null {
  const pullRequest = facts.pullRequests.find((one) => one.state === 'open' && !one.isDraft);
  const isApproved = facts.state === 'approved' && pullRequest !== undefined;
  return isApproved ? onPullRequest(pullRequest, 'merge', 'merge') : null;
}

function closeNested(facts: ActionFacts): NextAction | null {
  if (facts.nested?.percentComplete !== 100) return null;
  return onTask(facts, 'close_task', 'every child is complete: close', owners(facts));
}

function finishDraft(facts: ActionFacts): NextAction | null {
  const draft = facts.pullRequests.find((pullRequest) => pullRequest.state === 'open' && pullRequest.isDraft);
  return draft === undefined ? null : onPullRequest(draft, 'finish_draft', 'finish');
}

function proceed(facts: ActionFacts): NextAction {
  const { task, claim = null } = facts;
  const isAgents = task.assignees.length === 0 && claim !== null;
  return onTask(facts, 'continue', 'continue', isAgents ? [`agent ${claim.agent}`] : task.assignees);
}

function grantPermission(facts: ActionFacts): NextAction {
  const gap = facts.gaps[0];
  if (gap !== undefined) return permissionFor(gap, facts.task);
  return onTask(facts, 'grant_permission', 'let Parasol read the pull requests of', [administratorOf(facts.task.ref)]);
}

function permissionFor({ cause, what, permission }: Gap, { ref, url }: Pick<TaskFacts, 'ref' | 'url'>): NextAction {
  const text = `let Parasol read ${what}${permission === undefined ? '' : ` (${permission})`}`;
  return { kind: 'grant_permission', text, actors: cause === 'forbidden' ? [administratorOf(ref)] : [], url };
}

/** In words: who that is, only people with that role may read from GitHub. */
export const administratorOf = ({ owner, repo }: RepositoryRef): string => `an administrator of ${owner}/${repo}`;

function owners({ task, pullRequests }: ActionFacts): readonly string[] {
  if (task.assignees.length > 0) return task.assignees;
  const author = pullRequests.find((pullRequest) => pullRequest.state !== 'closed')?.author ?? null;
  return author === null ? [] : [author];
}

function onTask({ task }: ActionFacts, kind: NextAction['kind'], verb: string, actors: readonly string[]): NextAction {
  return { kind, text: `${verb} ${formatRef(task.ref)}`, actors, url: task.url };
}

function onPullRequest(pullRequest: PullRequestFacts, kind: NextAction['kind'], verb: string): NextAction {
  const actors = pullRequest.author === null ? [] : [pullRequest.author];
  return { kind, text: `${verb} ${formatRef(pullRequest.ref)}`, actors, url: pullRequest.url };
}
