import type { Viewer } from '../../access/viewer.ts';
import type { ReactionRecord } from '../../world.ts';
import { type Connection, connect, type PageArguments } from '../connection.ts';
import type { FieldTable } from '../field-table.ts';
import { isSameLogin } from '../same-login.ts';
import { actor, type Source } from '../source.ts';

export interface ReactionsArguments extends PageArguments {
  readonly content?: string | null;
}

const REACTIONS: Readonly<Record<ReactionRecord['content'], string>> = {
  '+1': 'THUMBS_UP',
  '-1': 'THUMBS_DOWN',
  laugh: 'LAUGH',
  confused: 'CONFUSED',
  heart: 'HEART',
  hooray: 'HOORAY',
  rocket: 'ROCKET',
  eyes: 'EYES',
};

export const reactionFields: FieldTable<Source<'Reaction'>> = {
  id: ({ record }) => record.nodeId,
  databaseId: ({ record }) => record.id,
  content: ({ record }) => REACTIONS[record.content],
  createdAt: ({ record }) => record.createdAt,
  user: ({ record }, _args, context) => {
    const account = actor(context, record.user);
    return account?.type === 'User' ? account : null;
  },
};

interface ReactedTo extends Pick<Source<'Reaction'>, 'repository' | 'item' | 'comment'> {
  readonly reactions: readonly ReactionRecord[];
}

/** A page of the reactions to a comment, or to the item itself when there is no comment. */
export function reactionPage(
  { reactions, ...place }: ReactedTo,
  { content, ...page }: ReactionsArguments,
  viewer: Viewer,
): Connection {
  const wanted = reactions.filter((reaction) => content == null || REACTIONS[reaction.content] === content);
  return connect(wanted, page, {
    keyOf: (reaction) => reaction.id,
    toSource: (record): Source<'Reaction'> => ({ type: 'Reaction', ...place, record }),
    extras: { viewerHasReacted: wanted.some((reaction) => isSameLogin(reaction.user, viewer.login)) },
  });
}
