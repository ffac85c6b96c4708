import { newIds, register } from '../node-id.ts';
import type { CommentRecord, ItemKey, ReactionRecord, World } from '../world.ts';
import { type Place, requireComment, requireItem } from './place.ts';
import { notFound } from './world-refusal.ts';

/** What one reacts to: an issue or pull request itself, or a comment by its database id. */
export type ReactionSubject = { readonly item: ItemKey } | { readonly comment: number };

/** Reacts; the same person's same reaction comes back as it is. GitHub announces no reactions. */
export function addReaction(
  world: World,
  actor: string,
  input: ReactionSubject & { readonly content: ReactionRecord['content'] },
): ReactionRecord {
  const { place, comment } = subjectOf(world, input);
  const reactions = comment?.reactions ?? place.item.reactions;
  const existing = reactions.find((one) => one.user === actor && one.content === input.content);
  if (existing !== undefined) return existing;
  const record: ReactionRecord = {
    ...newIds(world, 'Reaction'),
    user: actor,
    content: input.content,
    createdAt: world.now(),
  };
  reactions.push(record);
  register(world, { type: 'Reaction', repository: place.repository, item: place.item, comment, record });
  return record;
}

/** Takes a reaction back; 404 when it is not there. */
export function removeReaction(
  world: World,
  _actor: string,
  input: ReactionSubject & { readonly reaction: number },
): ReactionRecord {
  const { place, comment } = subjectOf(world, input);
  const reactions = comment?.reactions ?? place.item.reactions;
  const removed = reactions.find(({ id }) => id === input.reaction);
  if (removed === undefined) throw notFound();
  reactions.splice(reactions.indexOf(removed), 1);
  world.nodes.delete(removed.nodeId);
  return removed;
}

function subjectOf(world: World, subject: ReactionSubject): { place: Place; comment: CommentRecord | null } {
  if ('item' in subject) return { place: requireItem(world, subject.item), comment: null };
  const { comment, ...place } = requireComment(world, subject.comment);
  return { place, comment };
}
