import { isAssignable } from '../access/viewer.ts';
import { assign, unassign } from '../actions/assign.ts';
import { type Answer, created, noContent, notFound, ok } from '../http/answer.ts';
import { pageOf } from '../http/pages.ts';
import { serializeUser } from '../serialize/serialize-user.ts';
import { optionalNames } from './body-fields.ts';
import { type RepositoryCall, reading, repositoryRoutes, writing } from './route.ts';
import { itemKeyOf, requireItemOf, showIssue } from './show-issue.ts';

const READING = reading('issues', 'pull_requests');
const SORTING = writing('triage', 'issues', 'pull_requests');

export const ASSIGNEE_ROUTES = repositoryRoutes(
  ['GET', '/assignees', 'issues/list-assignees', READING, listAssignees],
  ['GET', '/assignees/:assignee', 'issues/check-user-can-be-assigned', READING, checkAssignee],
  ['POST', '/issues/:issue_number/assignees', 'issues/add-assignees', SORTING, addAssignees],
  ['DELETE', '/issues/:issue_number/assignees', 'issues/remove-assignees', SORTING, removeAssignees],
);

function listAssignees({ world, repository, url, baseUrl }: RepositoryCall): Answer {
  return pageOf([...repository.collaborators.keys()], url, (login) => serializeUser(world, login, baseUrl));
}

function checkAssignee({ world, repository, parameters }: RepositoryCall): Answer {
  return isAssignable(world, repository, parameters.assignee ?? '') ? noContent() : notFound();
}

/** Those who cannot be assigned are passed over without a word, as on GitHub. */
function addAssignees(call: RepositoryCall): Answer {
  const asked = optionalNames(call.body, 'assignees') ?? [];
  const assignees = asked.filter((login) => isAssignable(call.world, call.repository, login));
  assign(call.world, call.actor, { item: itemKeyOf(call), assignees });
  return created(showIssue(call, call.repository, requireItemOf(call)));
}

function removeAssignees(call: RepositoryCall): Answer {
  unassign(call.world, call.actor, { item: itemKeyOf(call), assignees: optionalNames(call.body, 'assignees') ?? [] });
  return ok(showIssue(call, call.repository, requireItemOf(call)));
}
