import { addBlockedBy, removeBlockedBy } from '../actions/block-issue.ts';
import { type Answer, created, ok } from '../http/answer.ts';
import { pageOf } from '../http/pages.ts';
import type { ItemKey } from '../world.ts';
import { requireNumber } from './body-fields.ts';
import { requireIssueWithId } from './issue-by-id.ts';
import { type RepositoryCall, reading, repositoryRoutes, writing } from './route.ts';
import { itemKeyOf, requireIssueOf, showIssue, visibleItems } from './show-issue.ts';

const LINKING = writing('triage', 'issues');
const BLOCKED_BY = '/issues/:issue_number/dependencies/blocked_by';
const BLOCKING = '/issues/:issue_number/dependencies/blocking';

export const DEPENDENCY_ROUTES = repositoryRoutes(
  ['GET', BLOCKED_BY, 'issues/list-dependencies-blocked-by', reading('issues'), listBlockedBy],
  ['POST', BLOCKED_BY, 'issues/add-blocked-by-dependency', LINKING, addBlocker],
  ['DELETE', `${BLOCKED_BY}/:issue_id`, 'issues/remove-dependency-blocked-by', LINKING, removeBlocker],
  ['GET', BLOCKING, 'issues/list-dependencies-blocking', reading('issues'), listBlocking],
);

function listBlockedBy(call: RepositoryCall): Answer {
  return listLinked(call, requireIssueOf(call).blockedBy);
}

function listBlocking(call: RepositoryCall): Answer {
  return listLinked(call, requireIssueOf(call).blocking);
}

function listLinked(call: RepositoryCall, keys: readonly ItemKey[]): Answer {
  return pageOf(visibleItems(call, keys), call.url, ({ repository, item }) => showIssue(call, repository, item));
}

function addBlocker(call: RepositoryCall): Answer {
  requireIssueOf(call);
  const blocker = requireIssueWithId(call, requireNumber(call.body, 'issue_id'));
  const blocked = addBlockedBy(call.world, call.actor, { blocked: itemKeyOf(call), blocker });
  return created(showIssue(call, call.repository, blocked));
}

function removeBlocker(call: RepositoryCall): Answer {
  requireIssueOf(call);
  const blocker = requireIssueWithId(call, Number(call.parameters.issue_id));
  const blocked = removeBlockedBy(call.world, call.actor, { blocked: itemKeyOf(call), blocker });
  return ok(showIssue(call, call.repository, blocked));
}
