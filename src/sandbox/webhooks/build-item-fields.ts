import { findItem, findPullRequest, findRepository } from '../find-record.ts';
import { serializeComment } from '../serialize/serialize-comment.ts';
import { serializeIssueType } from '../serialize/serialize-issue.ts';
import { serializeIssueField, serializeIssueFieldValue } from '../serialize/serialize-issue-field.ts';
import { serializeLabel } from '../serialize/serialize-label.ts';
import { serializeMilestone } from '../serialize/serialize-milestone.ts';
import { serializePullRequest, serializeSimplePullRequest } from '../serialize/serialize-pull-request.ts';
import { serializeRepository } from '../serialize/serialize-repository.ts';
import { serializeReviewForWebhook } from '../serialize/serialize-review.ts';
import { serializeTeam } from '../serialize/serialize-team.ts';
import { serializeUser } from '../serialize/serialize-user.ts';
import type { EventDetails, ItemKey, RepositoryRecord } from '../world.ts';
import type { JsonObject } from './json.ts';
import type { PayloadContext } from './payload-context.ts';
import { serializeIssueForWebhook } from './serialize-for-webhook.ts';

/** What `issues`, `issue_comment`, `pull_request` and `pull_request_review` say of their item. */
export function buildItemFields(context: PayloadContext): JsonObject {
  const { world, event, baseUrl } = context;
  const repository = findRepository(world, event.repository);
  if (event.item === null || repository === null) return {};
  const extras = { ...detailFields(context, repository), ...changeFields(context) };
  const pull = findPullRequest(world, event.item);
  switch (event.name) {
    case 'pull_request':
      if (pull === null) return {};
      return { number: pull.number, pull_request: serializePullRequest(world, repository, pull, baseUrl), ...extras };
    case 'pull_request_review':
      if (pull === null) return {};
      return { ...extras, pull_request: serializeSimplePullRequest(world, repository, pull, baseUrl) };
    default:
      return {
        issue: serializeIssueForWebhook(world, event.item, baseUrl),
        ...extras,
      };
  }
}

function detailFields({ world, event, baseUrl }: PayloadContext, repository: RepositoryRecord): JsonObject {
  const { label, assignee, milestone, issueType, reviewRequest, comment, review, before, sha } = event.details;
  const item = event.item === null ? null : findItem(world, event.item);
  const team = reviewRequest?.team ?? null;
  const login = reviewRequest?.login ?? null;
  const pull = item?.kind === 'pull_request' ? item : null;
  return {
    ...(label === undefined ? {} : { label: serializeLabel(repository, label, baseUrl) }),
    ...(assignee === undefined ? {} : { assignee: serializeUser(world, assignee, baseUrl) }),
    ...(milestone === undefined ? {} : { milestone: serializeMilestone(world, repository, milestone, baseUrl) }),
    ...(issueType === undefined ? {} : { type: serializeIssueType(repository, issueType) }),
    ...fieldValueFields(event.details),
    ...(team === null ? {} : { requested_team: serializeTeam(repository, team, baseUrl) }),
    ...(login === null ? {} : { requested_reviewer: serializeUser(world, login, baseUrl) }),
    ...(comment === undefined || item === null
      ? {}
      : { comment: serializeComment(world, { repository, item }, comment, baseUrl) }),
    ...(review === undefined || pull === null
      ? {}
      : { review: serializeReviewForWebhook(world, { repository, pull }, review, baseUrl) }),
    ...(before === undefined ? {} : { before, after: sha }),
  };
}

function fieldValueFields({ fieldValue, formerFieldValue }: EventDetails): JsonObject {
  if (fieldValue === undefined) return {};
  const from = formerFieldValue === undefined ? null : serializeIssueFieldValue(fieldValue, formerFieldValue);
  return {
    issue_field: serializeIssueField(fieldValue.field),
    issue_field_value: serializeIssueFieldValue(fieldValue, fieldValue.value),
    ...(from === null ? {} : { changes: { issue_field_value: { from } } }),
  };
}

function changeFields(context: PayloadContext): JsonObject {
  const { event } = context;
  const { changes, other } = event.details;
  if (event.name === 'issues' && other !== undefined) {
    return { changes: transferChanges(context, event.action === 'transferred' ? 'new' : 'old', other) };
  }
  return changes === undefined ? {} : { changes: withBaseRef(changes) };
}

/** GitHub nests the old base branch one level deeper than other changes. */
function withBaseRef(changes: JsonObject): JsonObject {
  return 'base' in changes ? { ...changes, base: { ref: changes.base, sha: { from: '' } } } : changes;
}

function transferChanges({ world, baseUrl }: PayloadContext, side: 'new' | 'old', other: ItemKey): JsonObject {
  const repository = findRepository(world, other.repository);
  return {
    [`${side}_issue`]: serializeIssueForWebhook(world, other, baseUrl),
    [`${side}_repository`]: repository === null ? null : serializeRepository(world, repository, baseUrl),
  };
}
