import { hasRole } from '../access/viewer.ts';
import { addReaction, type ReactionSubject, removeReaction } from '../actions/react.ts';
import { WorldRefusal } from '../actions/world-refusal.ts';
import { type Answer, created, noContent, ok } from '../http/answer.ts';
import { pageOf } from '../http/pages.ts';
import { serializeReaction } from '../serialize/serialize-reaction.ts';
import type { ReactionRecord } from '../world.ts';
import { optionalChoice } from './body-fields.ts';
import { requireCommentOf } from './comment-routes.ts';
import { type RepositoryCall, reading, repositoryRoutes, writing } from './route.ts';
import { itemKeyOf, requireItemOf } from './show-issue.ts';

const CONTENTS = ['+1', '-1', 'laugh', 'confused', 'heart', 'hooray', 'rocket', 'eyes'] as const;
const READING = reading('issues', 'pull_requests');
const REACTING = writing('read', 'issues', 'pull_requests');
const ON_COMMENT = '/issues/comments/:comment_id/reactions';
const ON_ISSUE = '/issues/:issue_number/reactions';

export const REACTION_ROUTES = repositoryRoutes(
  ['GET', ON_COMMENT, 'reactions/list-for-issue-comment', READING, listOnComment],
  ['POST', ON_COMMENT, 'reactions/create-for-issue-comment', REACTING, reactToComment],
  ['DELETE', `${ON_COMMENT}/:reaction_id`, 'reactions/delete-for-issue-comment', REACTING, takeBackFromComment],
  ['GET', ON_ISSUE, 'reactions/list-for-issue', READING, listOnIssue],
  ['POST', ON_ISSUE, 'reactions/create-for-issue', REACTING, reactToIssue],
  ['DELETE', `${ON_ISSUE}/:reaction_id`, 'reactions/delete-for-issue', REACTING, takeBackFromIssue],
);

function listOnComment(call: RepositoryCall): Answer {
  return list(call, requireCommentOf(call).comment.reactions);
}

function reactToComment(call: RepositoryCall): Answer {
  const { comment } = requireCommentOf(call);
  return react(call, { comment: comment.id }, comment.reactions);
}

function takeBackFromComment(call: RepositoryCall): Answer {
  const { comment } = requireCommentOf(call);
  return takeBack(call, { comment: comment.id }, comment.reactions);
}

function listOnIssue(call: RepositoryCall): Answer {
  return list(call, requireItemOf(call).reactions);
}

function reactToIssue(call: RepositoryCall): Answer {
  return react(call, { item: itemKeyOf(call) }, requireItemOf(call).reactions);
}

function takeBackFromIssue(call: RepositoryCall): Answer {
  return takeBack(call, { item: itemKeyOf(call) }, requireItemOf(call).reactions);
}

function list({ world, query, url, baseUrl }: RepositoryCall, reactions: readonly ReactionRecord[]): Answer {
  const content = query.get('content');
  const wanted = reactions.filter((one) => content === null || one.content === content);
  return pageOf(wanted, url, (one) => serializeReaction(world, one, baseUrl));
}

/** 201 for a new reaction, 200 when the same person had given it before. */
function react(call: RepositoryCall, subject: ReactionSubject, reactions: readonly ReactionRecord[]): Answer {
  const content = optionalChoice(call.body, 'content', CONTENTS);
  if (content === undefined) {
    throw new WorldRefusal(422, 'Validation Failed', [
      { resource: 'Reaction', field: 'content', code: 'missing_field' },
    ]);
  }
  const before = reactions.length;
  const reaction = addReaction(call.world, call.actor, { ...subject, content });
  const json = serializeReaction(call.world, reaction, call.baseUrl);
  return reactions.length > before ? created(json) : ok(json);
}

function takeBack(call: RepositoryCall, subject: ReactionSubject, reactions: readonly ReactionRecord[]): Answer {
  const id = Number(call.parameters.reaction_id);
  const own = reactions.find((one) => one.id === id)?.user === call.actor;
  if (!own && !hasRole(call.world, call.actor, call.repositoryKey, 'write')) {
    throw new WorldRefusal(404, 'Not Found');
  }
  removeReaction(call.world, call.actor, { ...subject, reaction: id });
  return noContent();
}
