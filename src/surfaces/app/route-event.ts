import { type Subject, subjectKey } from '../../operations/subject.ts';
import {
  addedSubIssue,
  blockedIssue,
  blockingIssue,
  checkedPullRequests,
  closedIssue,
  everyComment,
  type Finder,
  formerCommits,
  formerText,
  issue,
  movedIssue,
  type OwnIdentity,
  openIssue,
  ownComment,
  parentIssue,
  parentOfIssue,
  pullRequest,
  pushedChanges,
  removedSubIssue,
  statusCommit,
  wholeInstallation,
} from './payload-subjects.ts';
import type { WebhookPayload } from './webhook-payload.ts';

/**
 * Every event that can change a rollup, and what of it to look at. What is not in the table changes no rollup: pins,
 * locks, stars, comments of others. The events named here are exactly those that `app.yml` subscribes to.
 */
const ROUTES: Readonly<Record<string, readonly Finder[]>> = {
  'issues.opened': [openIssue],
  'issues.edited': [issue],
  'issues.closed': [closedIssue],
  'issues.reopened': [openIssue],
  'issues.labeled': [issue],
  'issues.unlabeled': [issue],
  'issues.assigned': [issue],
  'issues.unassigned': [issue],
  'issues.milestoned': [issue],
  'issues.demilestoned': [issue],
  'issues.typed': [issue],
  'issues.untyped': [issue],
  'issues.field_added': [issue],
  'issues.field_removed': [issue],
  'issues.transferred': [parentOfIssue, movedIssue],
  'issues.deleted': [parentOfIssue],

  'sub_issues.sub_issue_added': [parentIssue, addedSubIssue],
  'sub_issues.sub_issue_removed': [parentIssue, removedSubIssue],
  'sub_issues.parent_issue_added': [parentIssue, addedSubIssue],
  'sub_issues.parent_issue_removed': [parentIssue, removedSubIssue],

  'issue_dependencies.blocked_by_added': [blockedIssue, blockingIssue],
  'issue_dependencies.blocked_by_removed': [blockedIssue, blockingIssue],
  'issue_dependencies.blocking_added': [blockedIssue, blockingIssue],
  'issue_dependencies.blocking_removed': [blockedIssue, blockingIssue],

  'pull_request.opened': [pullRequest],
  'pull_request.edited': [pullRequest, formerText],
  'pull_request.closed': [pullRequest],
  'pull_request.reopened': [pullRequest],
  'pull_request.synchronize': [pullRequest, formerCommits],
  'pull_request.ready_for_review': [pullRequest],
  'pull_request.converted_to_draft': [pullRequest],
  'pull_request.review_requested': [pullRequest],
  'pull_request.review_request_removed': [pullRequest],

  'pull_request_review.submitted': [pullRequest],
  'pull_request_review.edited': [pullRequest],
  'pull_request_review.dismissed': [pullRequest],

  'check_run.created': [checkedPullRequests],
  'check_run.completed': [checkedPullRequests],
  'check_run.rerequested': [checkedPullRequests],
  'check_suite.completed': [checkedPullRequests],
  'check_suite.rerequested': [checkedPullRequests],
  status: [statusCommit],
  push: [pushedChanges],

  // Changes no rollup: a merge queue waits for our checks, or no longer (`group-of-event`).
  'merge_group.checks_requested': [],
  'merge_group.destroyed': [],

  'issue_comment.edited': [ownComment],
  'issue_comment.deleted': [ownComment],

  // A child that becomes private must vanish from public rollups, and moved repositories change every address.
  'repository.publicized': [everyComment],
  'repository.privatized': [everyComment],
  'repository.renamed': [wholeInstallation],
  'repository.transferred': [wholeInstallation],

  // GitHub sends these to every App without a subscription.
  'installation.created': [wholeInstallation],
  'installation.unsuspend': [wholeInstallation],
  'installation.new_permissions_accepted': [wholeInstallation],
  'installation_repositories.added': [wholeInstallation],
};

/** The events that the App reacts to, without their actions, sorted. `issue_comment` also carries the commands. */
export const HANDLED_EVENTS: readonly string[] = [
  ...new Set([...Object.keys(ROUTES).map((route) => route.split('.')[0] ?? route)]),
].sort();

/** What an event may have changed, each subject once; empty for events that change no rollup and for the App's own. */
export function subjectsOf(name: string, payload: WebhookPayload, own: OwnIdentity): readonly Subject[] {
  if (payload.sender?.login === own.login) return [];
  const route = payload.action === undefined ? name : `${name}.${payload.action}`;
  const finders = Object.hasOwn(ROUTES, route) ? (ROUTES[route] ?? []) : [];
  const subjects = finders.flatMap((find) => find(payload, own));
  return [...new Map(subjects.map((subject) => [subjectKey(subject), subject])).values()];
}
