import type { ReactionRecord, World } from '../world.ts';
import { serializeUser } from './serialize-user.ts';

/** One reaction. */
export function serializeReaction(world: World, reaction: ReactionRecord, baseUrl: string) {
  return {
    id: reaction.id,
    node_id: reaction.nodeId,
    user: serializeUser(world, reaction.user, baseUrl),
    content: reaction.content,
    created_at: reaction.createdAt,
  };
}

/** How often each reaction was given, as issues and comments carry it. */
export function serializeReactionCounts(reactions: readonly ReactionRecord[], subjectUrl: string) {
  const count = (content: ReactionRecord['content']) => reactions.filter((one) => one.content === content).length;
  return {
    url: `${subjectUrl}/reactions`,
    total_count: reactions.length,
    '+1': count('+1'),
    '-1': count('-1'),
    laugh: count('laugh'),
    hooray: count('hooray'),
    confused: count('confused'),
    heart: count('heart'),
    rocket: count('rocket'),
    eyes: count('eyes'),
  };
}
