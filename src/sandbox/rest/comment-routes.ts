import { hasRole } from '../access/viewer.ts';
import { createComment, deleteComment, editComment } from '../actions/comment.ts';
import { type Place, requireComment } from '../actions/place.ts';
import { notFound, WorldRefusal } from '../actions/world-refusal.ts';
import { type Answer, created, noContent, ok } from '../http/answer.ts';
import { pageOf } from '../http/pages.ts';
import { serializeComment } from '../serialize/serialize-comment.ts';
import type { CommentRecord } from '../world.ts';
import { requireText } from './body-fields.ts';
import { type RepositoryCall, reading, repositoryRoutes, writing } from './route.ts';
import { type Item, itemKeyOf, requireItemOf } from './show-issue.ts';

/** Either permission for a comment on a pull request; on an issue the authorization asks for `issues`. */
const READING = reading('issues', 'pull_requests');
const WRITING = writing('read', 'issues', 'pull_requests');

export const COMMENT_ROUTES = repositoryRoutes(
  ['GET', '/issues/comments', 'issues/list-comments-for-repo', READING, listAllComments],
  ['GET', '/issues/comments/:comment_id', 'issues/get-comment', READING, getComment],
  ['PATCH', '/issues/comments/:comment_id', 'issues/update-comment', WRITING, updateComment],
  ['DELETE', '/issues/comments/:comment_id', 'issues/delete-comment', WRITING, removeComment],
  ['GET', '/issues/:issue_number/comments', 'issues/list-comments', READING, listComments],
  ['POST', '/issues/:issue_number/comments', 'issues/create-comment', WRITING, addComment],
);

function listComments(call: RepositoryCall): Answer {
  const item = requireItemOf(call);
  const comments = item.comments.filter((comment) => isSince(call, comment));
  return pageOf(comments, call.url, (comment) => show(call, item, comment));
}

function listAllComments(call: RepositoryCall): Answer {
  const { issues, pullRequests } = call.repository;
  const items: readonly Item[] = [...issues.values(), ...pullRequests.values()];
  const found = items
    .flatMap((item) => item.comments.map((comment) => ({ item, comment })))
    .filter(({ comment }) => isSince(call, comment))
    .sort((one, other) => one.comment.id - other.comment.id);
  return pageOf(found, call.url, ({ item, comment }) => show(call, item, comment));
}

function getComment(call: RepositoryCall): Answer {
  const { item, comment } = requireCommentOf(call);
  return ok(show(call, item, comment));
}

function addComment(call: RepositoryCall): Answer {
  const item = requireItemOf(call);
  const comment = createComment(call.world, call.actor, {
    item: itemKeyOf(call),
    body: requireText(call.body, 'body'),
  });
  return created(show(call, item, comment));
}

function updateComment(call: RepositoryCall): Answer {
  const { item, comment } = requireOwnComment(call);
  editComment(call.world, call.actor, { comment: comment.id, body: requireText(call.body, 'body') });
  return ok(show(call, item, comment));
}

function removeComment(call: RepositoryCall): Answer {
  const { comment } = requireOwnComment(call);
  deleteComment(call.world, call.actor, { comment: comment.id });
  return noContent();
}

/** The comment that the path names, if it is in this repository. */
export function requireCommentOf(call: RepositoryCall): Place & { readonly comment: CommentRecord } {
  const found = requireComment(call.world, Number(call.parameters.comment_id));
  if (found.key.repository !== call.repositoryKey) throw notFound();
  return found;
}

/** Authors change their own comments, people with the write role and Apps everyone's. */
function requireOwnComment(call: RepositoryCall): Place & { readonly comment: CommentRecord } {
  const found = requireCommentOf(call);
  const mayModerate =
    call.viewer.kind === 'installation' || hasRole(call.world, call.actor, call.repositoryKey, 'write');
  if (mayModerate || found.comment.author === call.actor) return found;
  throw new WorldRefusal(403, 'Must have admin rights to Repository.');
}

function isSince({ query }: RepositoryCall, comment: CommentRecord): boolean {
  const since = query.get('since');
  return since === null || Date.parse(comment.updatedAt) >= Date.parse(since);
}

function show({ world, repository, baseUrl }: RepositoryCall, item: Item, comment: CommentRecord) {
  return serializeComment(world, { repository, item }, comment, baseUrl);
}
