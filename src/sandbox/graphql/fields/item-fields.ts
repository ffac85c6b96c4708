import { mentionsIn } from '../../../core/mentions-in.ts';
import { authorAssociation } from '../../serialize/author-association.ts';
import type { CommentRecord, LabelRecord } from '../../world.ts';
import { connect, type PageArguments } from '../connection.ts';
import type { FieldTable } from '../field-table.ts';
import type { GraphqlContext } from '../graphql-context.ts';
import { byOrder, type Order } from '../order.ts';
import { isSameLogin } from '../same-login.ts';
import { actor, type ItemSource, type Source } from '../source.ts';
import { timelineOf } from '../timeline.ts';
import { type ReactionsArguments, reactionPage } from './reaction-fields.ts';

interface LabelsArguments extends PageArguments {
  readonly orderBy?: Order<'CREATED_AT' | 'NAME'> | null;
}

interface CommentsArguments extends PageArguments {
  readonly orderBy?: Order<'UPDATED_AT'> | null;
}

/** `/octo/harbor/issues/12`, or `/octo/harbor/pull/12`. */
export function itemPath({ type, repository, record }: ItemSource): string {
  return `/${repository.owner}/${repository.name}/${type === 'Issue' ? 'issues' : 'pull'}/${record.number}`;
}

/** What issues and pull requests have in common. */
export const itemFields: FieldTable<ItemSource> = {
  id: ({ record }) => record.nodeId,
  databaseId: ({ record }) => record.id,
  fullDatabaseId: ({ record }) => String(record.id),
  number: ({ record }) => record.number,
  title: ({ record }) => record.title,
  body: ({ record }) => record.body,
  bodyText: ({ record }) => record.body,
  url: (source, _args, { baseUrl }) => baseUrl + itemPath(source),
  resourcePath: itemPath,
  repository: ({ repository }) => ({ type: 'Repository', record: repository }),
  author: ({ record }, _args, context) => actor(context, record.author),
  authorAssociation: ({ repository, record }, _args, { world }) => authorAssociation(world, repository, record.author),
  viewerDidAuthor: ({ record }, _args, { viewer }) => isSameLogin(record.author, viewer.login),
  locked: ({ record }) => record.locked,
  createdAt: ({ record }) => record.createdAt,
  publishedAt: ({ record }) => record.createdAt,
  updatedAt: ({ record }) => record.updatedAt,
  closed: ({ record }) => record.state !== 'open',
  closedAt: ({ record }) => record.closedAt,
  labels: (source, args: LabelsArguments) => labelsOf(source, args),
  // People only: GitHub shows assigned bots in `assignedActors` alone, because this list is one of users.
  assignees: ({ record }, args: PageArguments, context) => {
    const people = accountsOf([...record.assignees], context).filter(({ type }) => type === 'User');
    return connect(people, args, { keyOf: (account) => account.record.id });
  },
  assignedActors: ({ record }, args: PageArguments, context) =>
    connect(accountsOf([...record.assignees], context), args, { keyOf: (account) => account.record.id }),
  participants: ({ record }, args: PageArguments, context) =>
    connect(participantsOf(record, context), args, { keyOf: ({ record: account }) => account.id }),
  milestone: ({ repository, record }) => {
    const milestone = record.milestone === null ? undefined : repository.milestones.get(record.milestone);
    return milestone === undefined ? null : { type: 'Milestone', repository, record: milestone };
  },
  comments: (source, args: CommentsArguments) =>
    connect(orderedComments(source.record.comments, args.orderBy), args, {
      keyOf: (comment) => comment.id,
      toSource: (comment) => commentSource(source, comment),
    }),
  reactions: ({ repository, record }, args: ReactionsArguments, { viewer }) =>
    reactionPage({ repository, item: record, comment: null, reactions: record.reactions }, args, viewer),
  timelineItems: timelineOf,
};

export function commentSource({ repository, record: item }: ItemSource, record: CommentRecord): Source<'IssueComment'> {
  return { type: 'IssueComment', repository, item, record };
}

function labelsOf({ repository, record }: ItemSource, args: LabelsArguments): unknown {
  const labels: LabelRecord[] = [];
  for (const name of record.labels) {
    const label = repository.labels.get(name.toLowerCase());
    if (label !== undefined) labels.push(label);
  }
  labels.sort(
    byOrder(args.orderBy ?? { field: 'CREATED_AT', direction: 'ASC' }, {
      CREATED_AT: (label) => label.id,
      NAME: (label) => label.name.toLowerCase(),
    }),
  );
  return connect(labels, args, {
    keyOf: (label) => label.id,
    toSource: (label) => ({ type: 'Label', repository, record: label }),
  });
}

/** Author, assignees, commenters and mentioned: people only, because the list is one of users. */
function participantsOf(item: ItemSource['record'], context: GraphqlContext) {
  const { author, assignees, comments, body } = item;
  const texts = [body, ...comments.map((comment) => comment.body)];
  const logins = [author, ...assignees, ...comments.map((comment) => comment.author), ...texts.flatMap(mentionsIn)];
  const distinct = new Map(accountsOf(logins, context).map((account) => [account.record.id, account]));
  return [...distinct.values()].filter(({ type }) => type === 'User');
}

function accountsOf(logins: readonly string[], context: GraphqlContext) {
  return logins.flatMap((login) => actor(context, login) ?? []);
}

function orderedComments(
  comments: readonly CommentRecord[],
  order: CommentsArguments['orderBy'],
): readonly CommentRecord[] {
  return order ? [...comments].sort(byOrder(order, { UPDATED_AT: (comment) => comment.updatedAt })) : comments;
}
