import { newIds, register } from '../node-id.ts';
import type { CommentRecord, EventDetails, ItemKey, World } from '../world.ts';
import { announce } from './announce.ts';
import { checkBody } from './limits.ts';
import { noteReferences } from './note-references.ts';
import { type Place, requireComment, requireItem } from './place.ts';

/** Comments on an issue or a pull request's conversation. */
export function createComment(
  world: World,
  actor: string,
  input: { readonly item: ItemKey; readonly body: string },
): CommentRecord {
  const place = requireItem(world, input.item);
  checkBody('IssueComment', input.body, { required: true });
  const comment: CommentRecord = {
    ...newIds(world, 'IssueComment'),
    author: actor,
    body: input.body,
    createdAt: world.now(),
    updatedAt: world.now(),
    reactions: [],
  };
  place.item.comments.push(comment);
  place.item.updatedAt = world.now();
  register(world, { type: 'IssueComment', repository: place.repository, item: place.item, record: comment });
  noteReferences(world, actor, place, input.body);
  note(world, actor, place, 'created', { comment });
  return comment;
}

/** Replaces a comment's text; the same text announces nothing. */
export function editComment(
  world: World,
  actor: string,
  input: { readonly comment: number; readonly body: string },
): CommentRecord {
  const { comment, ...place } = requireComment(world, input.comment);
  checkBody('IssueComment', input.body, { required: true });
  if (comment.body === input.body) return comment;
  const changes = { body: { from: comment.body } };
  comment.body = input.body;
  comment.updatedAt = world.now();
  place.item.updatedAt = world.now();
  noteReferences(world, actor, place, input.body);
  note(world, actor, place, 'edited', { comment, changes });
  return comment;
}

/** Deletes a comment; its id answers 404 from then on. */
export function deleteComment(world: World, actor: string, input: { readonly comment: number }): CommentRecord {
  const { comment, ...place } = requireComment(world, input.comment);
  place.item.comments.splice(place.item.comments.indexOf(comment), 1);
  world.nodes.delete(comment.nodeId);
  place.item.updatedAt = world.now();
  note(world, actor, place, 'deleted', { comment });
  return comment;
}

function note(world: World, actor: string, place: Place, action: string, details: EventDetails): void {
  const { key } = place;
  announce(world, { name: 'issue_comment', action, repository: key.repository, sender: actor, item: key, details });
}
