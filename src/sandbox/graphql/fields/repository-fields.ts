import { hasRole, isAssignable, permits, roleOf } from '../../access/viewer.ts';
import { latestOf } from '../../latest-release.ts';
import type { LabelRecord, MilestoneRecord, ReleaseRecord, RepositoryRecord } from '../../world.ts';
import { connect, type PageArguments } from '../connection.ts';
import type { FieldTable } from '../field-table.ts';
import { objectOfExpression, objectOfOid } from '../git-object.ts';
import { GithubError } from '../github-error.ts';
import { accountOf, type GraphqlContext, keyOf, requireRead, visibleRepository } from '../graphql-context.ts';
import { type IssuesArguments, listIssues, listPullRequests, type PullRequestsArguments } from '../item-lists.ts';
import { byOrder, type Order } from '../order.ts';
import {
  actor,
  type CommitSource,
  commitSource,
  type IssueSource,
  issueSource,
  type PullRequestSource,
  pullRequestSource,
  type RefSource,
  refSource,
  type Source,
  tagSource,
} from '../source.ts';

type RepositorySource = Source<'Repository'>;

interface Numbered {
  readonly number: number;
}

interface LabelsArguments extends PageArguments {
  readonly query?: string | null;
  readonly orderBy?: Order<'CREATED_AT' | 'NAME' | 'ISSUE_COUNT'> | null;
}

interface MilestonesArguments extends PageArguments {
  readonly query?: string | null;
  readonly states?: readonly string[] | null;
  readonly orderBy?: Order<'CREATED_AT' | 'DUE_DATE' | 'NUMBER' | 'UPDATED_AT'> | null;
}

interface RefsArguments extends PageArguments {
  readonly refPrefix: string;
  readonly query?: string | null;
  readonly direction?: 'ASC' | 'DESC' | null;
  readonly orderBy?: Order<'ALPHABETICAL' | 'TAG_COMMIT_DATE'> | null;
}

interface ReleasesArguments extends PageArguments {
  readonly orderBy?: Order<'CREATED_AT' | 'NAME'> | null;
}

const pathOf = ({ record }: RepositorySource): string => `/${record.owner}/${record.name}`;

export const repositoryFields: FieldTable<RepositorySource> = {
  /** Queues are not modelled: what they ask for is (`requestMergeGroup`). */
  mergeQueue: ({ record }, _args, context) => {
    requireRead(context, record, 'merge_queues');
    return null;
  },
  id: ({ record }) => record.nodeId,
  databaseId: ({ record }) => record.id,
  name: ({ record }) => record.name,
  nameWithOwner: ({ record }) => `${record.owner}/${record.name}`,
  owner: ({ record }, _args, context) => actor(context, record.owner),
  description: ({ record }) => record.description ?? null,
  url: (source, _args, { baseUrl }) => baseUrl + pathOf(source),
  resourcePath: pathOf,
  isPrivate: ({ record }) => record.visibility !== 'public',
  visibility: ({ record }) => record.visibility.toUpperCase(),
  isArchived: () => false,
  mergeCommitAllowed: ({ record }) => record.mergeMethods.includes('merge'),
  squashMergeAllowed: ({ record }) => record.mergeMethods.includes('squash'),
  rebaseMergeAllowed: ({ record }) => record.mergeMethods.includes('rebase'),
  viewerDefaultMergeMethod: ({ record }) => (record.mergeMethods[0] ?? 'merge').toUpperCase(),
  isDisabled: () => false,
  isLocked: () => false,
  hasIssuesEnabled: () => true,
  isFork: ({ record }) => record.forkOf != null,
  isEmpty: ({ record }) => record.branches.size === 0,
  isInOrganization: ({ record }, _args, context) => accountOf(context, record.owner)?.type === 'Organization',
  parent: ({ record }, _args, context) => {
    const parent = record.forkOf == null ? null : visibleRepository(context, record.forkOf);
    return parent === null ? null : { type: 'Repository', record: parent };
  },
  createdAt: ({ record }) => record.createdAt,
  pushedAt: ({ record }) => record.pushedAt ?? null,
  viewerPermission: ({ record }, _args, { world, viewer }) =>
    viewer.kind === 'user' && viewer.login !== null
      ? (roleOf(world, viewer.login, keyOf(record))?.toUpperCase() ?? null)
      : null,
  collaborators,
  assignableUsers,
  watchers,
  issue: ({ record }, { number }: Numbered, context) => {
    requireRead(context, record, 'issues');
    return findIssue({ type: 'Repository', record }, number) ?? unresolved(`an Issue with the number of ${number}`);
  },
  pullRequest: ({ record }, { number }: Numbered, context) => {
    requireRead(context, record, 'pull_requests');
    const found = findPullRequest({ type: 'Repository', record }, number);
    return found ?? unresolved(`a PullRequest with the number of ${number}`);
  },
  issueOrPullRequest: (source, { number }: Numbered, context) => {
    const item = findIssue(source, number) ?? findPullRequest(source, number);
    if (item === null) return unresolved(`an issue or pull request with the number of ${number}`);
    requireRead(context, source.record, item.type === 'Issue' ? 'issues' : 'pull_requests');
    return item;
  },
  issues: ({ record }, args: IssuesArguments, context) => {
    requireRead(context, record, 'issues');
    return listIssues(record, args);
  },
  pullRequests: ({ record }, args: PullRequestsArguments, context) => {
    requireRead(context, record, 'pull_requests');
    return listPullRequests(record, args);
  },
  label: ({ record: repository }, { name }: { readonly name: string }) => {
    const record = repository.labels.get(name.toLowerCase());
    return record === undefined ? null : { type: 'Label', repository, record };
  },
  labels,
  milestone: ({ record: repository }, { number }: Numbered) => {
    const record = repository.milestones.get(number);
    return record === undefined ? null : { type: 'Milestone', repository, record };
  },
  milestones,
  issueType: ({ record }, { name }: { readonly name: string }) =>
    record.issueTypes.has(name) ? { type: 'IssueType', repository: record, name } : null,
  issueTypes: ({ record }, args: PageArguments) =>
    connect([...record.issueTypes], args, {
      keyOf: (name) => name,
      toSource: (name) => ({ type: 'IssueType', repository: record, name }),
    }),
  defaultBranchRef: ({ record }) => refSource(record, record.defaultBranch),
  ref: ({ record }, { qualifiedName }: { readonly qualifiedName: string }) => {
    const tag = /^(?:refs\/)?tags\/(.+)$/.exec(qualifiedName)?.[1];
    const branch = qualifiedName.replace(/^(?:refs\/)?heads\//, '');
    return tag === undefined ? (refSource(record, branch) ?? tagSource(record, branch)) : tagSource(record, tag);
  },
  refs,
  latestRelease: (source, _args, context) => {
    requireRead(context, source.record, 'contents');
    return latestRelease(source);
  },
  release: ({ record: repository }, { tagName }: { readonly tagName: string }, context) => {
    requireRead(context, repository, 'contents');
    const record = repository.releases.find(({ tag, isDraft }) => tag === tagName && !isDraft);
    return record === undefined ? null : { type: 'Release', repository, record };
  },
  releases: (source, args: ReleasesArguments, context) => {
    requireRead(context, source.record, 'contents');
    return releases(source, args, context);
  },
  object: (source, args: { readonly expression?: string | null; readonly oid?: string | null }, context) => {
    requireRead(context, source.record, 'contents');
    if (args.oid != null) return objectOfOid(source.record, args.oid);
    return args.expression == null ? null : objectOfExpression(source.record, args.expression);
  },
};

function findIssue({ record }: RepositorySource, number: number): IssueSource | null {
  const issue = record.issues.get(number);
  return issue === undefined ? null : issueSource(record, issue);
}

function findPullRequest({ record }: RepositorySource, number: number): PullRequestSource | null {
  const pullRequest = record.pullRequests.get(number);
  return pullRequest === undefined ? null : pullRequestSource(record, pullRequest);
}

function unresolved(what: string): never {
  throw new GithubError('NOT_FOUND', `Could not resolve to ${what}.`);
}

function labels({ record: repository }: RepositorySource, args: LabelsArguments): unknown {
  const query = args.query?.toLowerCase() ?? '';
  const sortKeys = {
    CREATED_AT: (label: LabelRecord) => label.id,
    NAME: (label: LabelRecord) => label.name.toLowerCase(),
    ISSUE_COUNT: (label: LabelRecord) => countWithLabel(repository, label),
  };
  const found = [...repository.labels.values()].filter((label) => label.name.toLowerCase().includes(query));
  return connect(found.sort(byOrder(args.orderBy ?? { field: 'CREATED_AT', direction: 'ASC' }, sortKeys)), args, {
    keyOf: (label) => label.id,
    toSource: (record) => ({ type: 'Label', repository, record }),
  });
}

function countWithLabel(repository: RepositorySource['record'], label: LabelRecord): number {
  return [...repository.issues.values()].filter((issue) => issue.labels.has(label.name)).length;
}

function milestones({ record: repository }: RepositorySource, args: MilestonesArguments): unknown {
  const query = args.query?.toLowerCase() ?? '';
  const sortKeys = {
    CREATED_AT: (milestone: MilestoneRecord) => milestone.createdAt,
    DUE_DATE: (milestone: MilestoneRecord) => milestone.dueOn ?? '9999',
    NUMBER: (milestone: MilestoneRecord) => milestone.number,
    UPDATED_AT: (milestone: MilestoneRecord) => milestone.createdAt,
  };
  const found = [...repository.milestones.values()].filter(
    ({ title, state }) =>
      title.toLowerCase().includes(query) && (!args.states || args.states.includes(state.toUpperCase())),
  );
  return connect(found.sort(byOrder(args.orderBy ?? { field: 'NUMBER', direction: 'ASC' }, sortKeys)), args, {
    keyOf: (milestone) => milestone.id,
    toSource: (record) => ({ type: 'Milestone', repository, record }),
  });
}

function refs({ record }: RepositorySource, args: RefsArguments): unknown {
  const prefix = `refs/${args.refPrefix.replace(/^refs\//, '')}`;
  const all = [
    ...[...record.branches.keys()].map((name) => ({ ref: `refs/heads/${name}`, source: refSource(record, name) })),
    ...[...record.tags.keys()].map((name) => ({ ref: `refs/tags/${name}`, source: tagSource(record, name) })),
  ];
  const found = all.filter(({ ref, source }) => ref.startsWith(prefix) && source?.name.includes(args.query ?? ''));
  const byCommit = ({ source }: (typeof all)[number]) => commitOf(source)?.record.committedAt ?? '';
  const sortKeys = { ALPHABETICAL: ({ ref }: (typeof all)[number]) => ref, TAG_COMMIT_DATE: byCommit };
  const order = args.orderBy ?? { field: 'ALPHABETICAL', direction: args.direction ?? 'ASC' };
  return connect(found.sort(byOrder(order, sortKeys)), args, {
    keyOf: ({ ref }) => ref,
    toSource: ({ source }) => source,
  });
}

function commitOf(ref: RefSource | null): CommitSource | null {
  if (ref === null) return null;
  const { repository, kind, name } = ref;
  return commitSource(repository, (kind === 'tag' ? repository.tags : repository.branches).get(name) ?? null);
}

function latestRelease({ record: repository }: RepositorySource): Source<'Release'> | null {
  const record = latestOf(repository);
  return record === null ? null : { type: 'Release', repository, record };
}

function releases({ record: repository }: RepositorySource, args: ReleasesArguments, context: GraphqlContext): unknown {
  const sortKeys = { CREATED_AT: (one: ReleaseRecord) => one.createdAt, NAME: (one: ReleaseRecord) => one.name ?? '' };
  const order = args.orderBy ?? { field: 'CREATED_AT', direction: 'DESC' };
  const found = repository.releases.filter((one) => !one.isDraft || mayWrite(context, repository)).toReversed();
  return connect(found.sort(byOrder(order, sortKeys)), args, {
    keyOf: ({ id }) => id,
    toSource: (record) => ({ type: 'Release', repository, record }),
  });
}

/** Drafts are for those who could publish them. */
function mayWrite({ world, viewer }: GraphqlContext, repository: RepositoryRecord): boolean {
  return permits(world, viewer, keyOf(repository), 'contents', 'write');
}

/** People whose login or name holds the query. */
function assignableUsers(
  { record }: RepositorySource,
  args: PageArguments & { readonly query?: string | null },
  context: GraphqlContext,
): unknown {
  const { world } = context;
  const query = args.query?.toLowerCase() ?? '';
  const people = [...world.accounts.values()].filter(
    ({ login, name }) => `${login} ${name ?? ''}`.toLowerCase().includes(query) && isAssignable(world, record, login),
  );
  return connect(people, args, { keyOf: ({ id }) => id, toSource: ({ login }) => actor(context, login) });
}

/** Collaborators: GitHub lets whoever is given access watch the repository. REST counts them as `subscribers_count`. */
function watchers({ record }: RepositorySource, args: PageArguments, context: GraphqlContext): unknown {
  const people = [...record.collaborators.keys()].flatMap((login) => actor(context, login) ?? []);
  return connect(people, args, { keyOf: ({ record: account }) => account.id });
}

function collaborators({ record }: RepositorySource, args: PageArguments, context: GraphqlContext): unknown {
  const { world, viewer } = context;
  if (viewer.kind === 'user' && !hasRole(world, viewer.login ?? '', keyOf(record), 'write')) {
    throw new GithubError('FORBIDDEN', 'Must have push access to view repository collaborators.');
  }
  const people = [...record.collaborators].flatMap(([login, role]) => {
    const account = actor(context, login);
    return account === null ? [] : [{ account, role }];
  });
  return connect(people, args, {
    keyOf: ({ account }) => account.record.id,
    toSource: ({ account }) => account,
    extras: { permissions: people.map(({ role }) => role.toUpperCase()) },
  });
}
