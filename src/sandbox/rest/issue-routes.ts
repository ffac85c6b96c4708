import { canSee, hasRole } from '../access/viewer.ts';
import { setAssignees } from '../actions/assign.ts';
import { closeIssue, reopenIssue } from '../actions/close-issue.ts';
import { editIssue } from '../actions/edit-issue.ts';
import { closePullRequest, reopenPullRequest } from '../actions/edit-pull-request.ts';
import { setLabels } from '../actions/label.ts';
import { openIssue } from '../actions/open-issue.ts';
import { WorldRefusal } from '../actions/world-refusal.ts';
import { findRepository } from '../find-record.ts';
import { type Answer, created, movedTo, ok, refusal } from '../http/answer.ts';
import { repositoryUrls } from '../serialize/urls.ts';
import {
  nullableNumber,
  nullableText,
  optionalChoice,
  optionalNames,
  optionalText,
  requireText,
} from './body-fields.ts';
import { listIssues } from './list-issues.ts';
import { type RepositoryCall, reading, repositoryRoutes, writing } from './route.ts';
import { type Item, itemKeyOf, requireItemOf, showIssue } from './show-issue.ts';

export const ISSUE_ROUTES = repositoryRoutes(
  ['GET', '/issues', 'issues/list-for-repo', reading('issues'), listIssues],
  ['POST', '/issues', 'issues/create', writing('read', 'issues'), createIssue],
  ['GET', '/issues/:issue_number', 'issues/get', reading('issues', 'pull_requests'), getIssue],
  ['PATCH', '/issues/:issue_number', 'issues/update', writing('read', 'issues', 'pull_requests'), updateIssue],
);

function getIssue(call: RepositoryCall): Answer {
  const moved = findNewAddress(call);
  if (moved !== null) return movedTo(moved);
  return ok(showIssue(call, call.repository, requireItemOf(call)));
}

/** Where a transferred issue went, for those who may see it there. */
function findNewAddress(call: RepositoryCall): string | null {
  const { number } = itemKeyOf(call);
  const key = call.world.moved.get(`${call.repositoryKey}#${number}`);
  const repository = key === undefined ? null : findRepository(call.world, key.repository);
  if (key === undefined || repository === null || !canSee(call.world, call.viewer, key.repository)) return null;
  return `${repositoryUrls(repository, call.baseUrl).api}/issues/${key.number}`;
}

function createIssue(call: RepositoryCall): Answer {
  const { body, repositoryKey } = call;
  const title = requireText(body, 'title');
  const text = nullableText(body, 'body') ?? '';
  // As on GitHub, what takes the triage role is dropped without a word when the author lacks it.
  const sorting = maySort(call) ? readSorting(call) : {};
  if (typeof sorting.milestone === 'number') requireMilestone(call, sorting.milestone);
  const issue = openIssue(call.world, call.actor, { repository: repositoryKey, title, body: text, ...sorting });
  return created(showIssue(call, call.repository, issue));
}

function updateIssue(call: RepositoryCall): Answer {
  const item = requireItemOf(call);
  if (!maySort(call) && item.author !== call.actor) return refusal(403, 'Must have admin rights to Repository.');
  const key = itemKeyOf(call);
  const title = optionalText(call.body, 'title');
  const body = nullableText(call.body, 'body');
  const state = optionalChoice(call.body, 'state', ['open', 'closed']);
  const { labels, assignees, ...sorting } = maySort(call) ? readSorting(call) : {};
  if (typeof sorting.milestone === 'number') requireMilestone(call, sorting.milestone);

  editIssue(call.world, call.actor, {
    item: key,
    ...(title === undefined ? {} : { title }),
    ...(body === undefined ? {} : { body }),
    ...sorting,
  });
  if (labels !== undefined) setLabels(call.world, call.actor, { item: key, labels });
  if (assignees !== undefined) setAssignees(call.world, call.actor, { item: key, assignees });
  if (state !== undefined) setState(call, item, state);
  return ok(showIssue(call, call.repository, item));
}

function setState(call: RepositoryCall, item: Item, state: 'open' | 'closed'): void {
  const key = itemKeyOf(call);
  const reason = optionalChoice(call.body, 'state_reason', ['completed', 'not_planned', 'duplicate', 'reopened']);
  if (item.kind === 'pull_request') {
    if (state === 'closed') closePullRequest(call.world, call.actor, { item: key });
    else reopenPullRequest(call.world, call.actor, { item: key });
    return;
  }
  if (state === 'open') reopenIssue(call.world, call.actor, { item: key });
  else closeIssue(call.world, call.actor, { item: key, ...(reason && reason !== 'reopened' ? { reason } : {}) });
}

/** Whether the viewer may label, assign and plan here: the triage role, or an App that got this far. */
function maySort(call: RepositoryCall): boolean {
  return call.viewer.kind === 'installation' || hasRole(call.world, call.actor, call.repositoryKey, 'triage');
}

interface Sorting {
  readonly labels?: readonly string[];
  readonly assignees?: readonly string[];
  readonly milestone?: number | null;
  readonly issueType?: string | null;
}

function readSorting({ body }: RepositoryCall): Sorting {
  const labels = optionalNames(body, 'labels');
  const assignees = optionalNames(body, 'assignees') ?? (body.assignee ? [requireText(body, 'assignee')] : undefined);
  const milestone = nullableNumber(body, 'milestone');
  const issueType = nullableText(body, 'type');
  return {
    ...(labels === undefined ? {} : { labels }),
    ...(assignees === undefined ? {} : { assignees }),
    ...(milestone === undefined ? {} : { milestone }),
    ...(issueType === undefined ? {} : { issueType }),
  };
}

function requireMilestone({ repository }: RepositoryCall, number: number): void {
  if (repository.milestones.has(number)) return;
  throw new WorldRefusal(422, 'Validation Failed', [{ resource: 'Issue', field: 'milestone', code: 'invalid' }]);
}
