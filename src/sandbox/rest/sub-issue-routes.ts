import { addSubIssue, removeSubIssue, reprioritizeSubIssue } from '../actions/link-sub-issue.ts';
import { invalid } from '../actions/world-refusal.ts';
import { type Answer, created, notFound, ok } from '../http/answer.ts';
import { pageOf } from '../http/pages.ts';
import { optionalBoolean, optionalNumber, requireNumber } from './body-fields.ts';
import { requireIssueWithId } from './issue-by-id.ts';
import { type RepositoryCall, reading, repositoryRoutes, writing } from './route.ts';
import { itemKeyOf, requireIssueOf, showIssue, visibleItems } from './show-issue.ts';

const LINKING = writing('triage', 'issues');

export const SUB_ISSUE_ROUTES = repositoryRoutes(
  ['GET', '/issues/:issue_number/sub_issues', 'issues/list-sub-issues', reading('issues'), listSubIssues],
  ['POST', '/issues/:issue_number/sub_issues', 'issues/add-sub-issue', LINKING, addSubIssueTo],
  ['DELETE', '/issues/:issue_number/sub_issue', 'issues/remove-sub-issue', LINKING, removeSubIssueFrom],
  ['PATCH', '/issues/:issue_number/sub_issues/priority', 'issues/reprioritize-sub-issue', LINKING, moveSubIssue],
  ['GET', '/issues/:issue_number/parent', 'issues/get-parent', reading('issues'), getParent],
);

function listSubIssues(call: RepositoryCall): Answer {
  const children = visibleItems(call, requireIssueOf(call).children);
  return pageOf(children, call.url, ({ repository, item }) => showIssue(call, repository, item));
}

function addSubIssueTo(call: RepositoryCall): Answer {
  requireIssueOf(call);
  const child = requireIssueWithId(call, requireNumber(call.body, 'sub_issue_id'));
  const replaceParent = optionalBoolean(call.body, 'replace_parent') ?? false;
  const parent = addSubIssue(call.world, call.actor, { parent: itemKeyOf(call), child, replaceParent });
  return created(showIssue(call, call.repository, parent));
}

function removeSubIssueFrom(call: RepositoryCall): Answer {
  requireIssueOf(call);
  const child = requireIssueWithId(call, requireNumber(call.body, 'sub_issue_id'));
  return ok(
    showIssue(call, call.repository, removeSubIssue(call.world, call.actor, { parent: itemKeyOf(call), child })),
  );
}

function moveSubIssue(call: RepositoryCall): Answer {
  requireIssueOf(call);
  const child = requireIssueWithId(call, requireNumber(call.body, 'sub_issue_id'));
  const after = optionalNumber(call.body, 'after_id');
  const before = optionalNumber(call.body, 'before_id');
  if ((after === undefined) === (before === undefined)) {
    throw invalid('Issue', 'after_id', 'Exactly one of after_id and before_id has to be given');
  }
  const parent = reprioritizeSubIssue(call.world, call.actor, {
    parent: itemKeyOf(call),
    child,
    ...(after === undefined ? {} : { after: requireIssueWithId(call, after) }),
    ...(before === undefined ? {} : { before: requireIssueWithId(call, before) }),
  });
  return ok(showIssue(call, call.repository, parent));
}

function getParent(call: RepositoryCall): Answer {
  const { parent } = requireIssueOf(call);
  const [found] = parent === null ? [] : visibleItems(call, [parent]);
  return found === undefined ? notFound() : ok(showIssue(call, found.repository, found.item));
}
