import { authorAssociation } from '../../serialize/author-association.ts';
import type { FieldTable } from '../field-table.ts';
import { NotModelled } from '../github-error.ts';
import { isSameLogin } from '../same-login.ts';
import { actor, commitSource, itemSource, type PullRequestSource, pullRequestSource, type Source } from '../source.ts';
import { itemPath } from './item-fields.ts';
import { type ReactionsArguments, reactionPage } from './reaction-fields.ts';

export const issueCommentFields: FieldTable<Source<'IssueComment'>> = {
  id: ({ record }) => record.nodeId,
  databaseId: ({ record }) => record.id,
  fullDatabaseId: ({ record }) => String(record.id),
  body: ({ record }) => record.body,
  bodyText: ({ record }) => record.body,
  author: ({ record }, _args, context) => actor(context, record.author),
  authorAssociation: ({ repository, record }, _args, { world }) => authorAssociation(world, repository, record.author),
  viewerDidAuthor: ({ record }, _args, { viewer }) => isSameLogin(record.author, viewer.login),
  createdAt: ({ record }) => record.createdAt,
  publishedAt: ({ record }) => record.createdAt,
  updatedAt: ({ record }) => record.updatedAt,
  isMinimized: () => false,
  repository: ({ repository }) => ({ type: 'Repository', record: repository }),
  issue: ({ repository, item }) => {
    if (item.kind === 'issue') return itemSource(repository, item);
    throw new NotModelled('IssueComment.issue of a comment on a pull request');
  },
  pullRequest: ({ repository, item }) => (item.kind === 'pull_request' ? itemSource(repository, item) : null),
  url: (source, _args, { baseUrl }) => baseUrl + commentPath(source),
  resourcePath: commentPath,
  reactions: ({ repository, item, record }, args: ReactionsArguments, { viewer }) =>
    reactionPage({ repository, item, comment: record, reactions: record.reactions }, args, viewer),
};

export const pullRequestReviewFields: FieldTable<Source<'PullRequestReview'>> = {
  id: ({ record }) => record.nodeId,
  databaseId: ({ record }) => record.id,
  fullDatabaseId: ({ record }) => String(record.id),
  state: ({ record }) => record.state.toUpperCase(),
  body: ({ record }) => record.body,
  bodyText: ({ record }) => record.body,
  author: ({ record }, _args, context) => actor(context, record.author),
  authorAssociation: ({ repository, record }, _args, { world }) => authorAssociation(world, repository, record.author),
  viewerDidAuthor: ({ record }, _args, { viewer }) => isSameLogin(record.author, viewer.login),
  submittedAt: ({ record }) => record.submittedAt,
  createdAt: ({ record }) => record.submittedAt,
  publishedAt: ({ record }) => record.submittedAt,
  updatedAt: ({ record }) => record.submittedAt,
  commit: ({ repository, record }) => commitSource(repository, record.commitSha),
  pullRequest: reviewedPullRequest,
  repository: ({ repository }) => ({ type: 'Repository', record: repository }),
  url: (source, _args, { baseUrl }) => baseUrl + reviewPath(source),
  resourcePath: reviewPath,
};

function commentPath({ repository, item, record }: Source<'IssueComment'>): string {
  return `${itemPath(itemSource(repository, item))}#issuecomment-${record.id}`;
}

function reviewPath(source: Source<'PullRequestReview'>): string {
  return `${itemPath(reviewedPullRequest(source))}#pullrequestreview-${source.record.id}`;
}

function reviewedPullRequest({ repository, item }: Source<'PullRequestReview'>): PullRequestSource {
  if (item.kind === 'pull_request') return pullRequestSource(repository, item);
  throw new TypeError(`a review on ${repository.name}#${item.number}, which is an issue`);
}
