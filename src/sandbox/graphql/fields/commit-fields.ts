import { historyOfPath } from '../../files-at.ts';
import type { CommitRecord, RepositoryRecord } from '../../world.ts';
import { connect, type PageArguments } from '../connection.ts';
import type { FieldTable } from '../field-table.ts';
import { objectAtPath } from '../git-object.ts';
import { canSeeRepository, type GraphqlContext, pullRequestsOfCommit, requireRead } from '../graphql-context.ts';
import { byOrder, type Order } from '../order.ts';
import { actor, type CommitSource, commitSource, pullRequestSource } from '../source.ts';
import { rollupOf } from '../status-rollup.ts';
import { checkSuitesOf } from './check-fields.ts';

interface HistoryArguments extends PageArguments {
  readonly since?: string | null;
  readonly until?: string | null;
  readonly path?: string | null;
}

interface PullRequestsArguments extends PageArguments {
  readonly orderBy?: Order<'CREATED_AT' | 'UPDATED_AT'> | null;
}

interface CheckSuitesArguments extends PageArguments {
  readonly filterBy?: { readonly appId?: number | null; readonly checkName?: string | null } | null;
}

const headline = (message: string): string => message.split('\n', 1)[0] ?? '';

export const commitFields: FieldTable<CommitSource> = {
  id: ({ record }) => record.nodeId,
  oid: ({ record }) => record.sha,
  abbreviatedOid: ({ record }) => record.sha.slice(0, 7),
  message: ({ record }) => record.message,
  messageHeadline: ({ record }) => headline(record.message),
  messageBody: ({ record }) => record.message.slice(headline(record.message).length).trim(),
  committedDate: ({ record }) => record.committedAt,
  authoredDate: ({ record }) => record.committedAt,
  author: ({ record }) => record,
  /** Who wrote it, and whom its message names as co-author by GitHub's own address. */
  authors: ({ record }, args: PageArguments) =>
    connect([record.author, ...coAuthorsOf(record.message)], args, {
      keyOf: (login) => login,
      toSource: (login) => ({ ...record, author: login }),
    }),
  committer: ({ record }) => record,
  repository: ({ repository }) => ({ type: 'Repository', record: repository }),
  url: (source, _args, { baseUrl }) => baseUrl + commitPath(source),
  commitUrl: (source, _args, { baseUrl }) => baseUrl + commitPath(source),
  resourcePath: commitPath,
  parents: ({ repository, record }, args: PageArguments) =>
    connect(
      record.parents.flatMap((sha) => commitSource(repository, sha) ?? []),
      args,
      { keyOf: (parent) => parent.record.sha },
    ),
  file: ({ repository, record }, { path }: { readonly path: string }, context) => {
    requireRead(context, repository, 'contents');
    return objectAtPath(repository, record.sha, path);
  },
  history: (source, args: HistoryArguments, context) => {
    requireRead(context, source.repository, 'contents');
    return connect(historyOf(source, args), args, {
      keyOf: (record) => record.sha,
      toSource: (record): CommitSource => ({ type: 'Commit', repository: source.repository, record }),
    });
  },
  statusCheckRollup: (source, _args, context) => rollupOf(source, context),
  status: (source, _args, context) => {
    requireRead(context, source.repository, 'statuses');
    return source.record.statuses.length === 0 ? null : source;
  },
  checkSuites: (source, { filterBy, ...page }: CheckSuitesArguments, context) => {
    requireRead(context, source.repository, 'checks');
    const suites = checkSuitesOf(source).filter(
      ({ app, runs }) =>
        (filterBy?.appId == null || context.world.apps.get(filterBy.appId)?.slug === app) &&
        (filterBy?.checkName == null || runs.some((run) => run.name === filterBy.checkName)),
    );
    return connect(suites, page, { keyOf: ({ app, workflowRun = '' }) => `${app}:${workflowRun}` });
  },
  associatedPullRequests,
};

/** A commit's author as git knows it: the world keeps the login alone, so there is no address. */
export const gitActorFields: FieldTable<CommitRecord> = {
  name: ({ author }, _args, context) => actor(context, author)?.record.name ?? author,
  date: ({ committedAt }) => committedAt,
  user: ({ author }, _args, context) => {
    const account = actor(context, author);
    return account?.type === 'User' ? account : null;
  },
};

const CO_AUTHOR = /^co-authored-by:.*<(?:\d+\+)?([a-z0-9-]+(?:\[bot\])?)@users\.noreply\.github\.com>\s*$/gim;

const coAuthorsOf = (message: string): readonly string[] =>
  [...message.matchAll(CO_AUTHOR)].flatMap(([, login]) => login ?? []);

function commitPath({ repository, record }: CommitSource): string {
  return `/${repository.owner}/${repository.name}/commit/${record.sha}`;
}

/** The commit and all its ancestors, or those of them that changed a path, newest first. */
function historyOf(
  { repository, record }: CommitSource,
  { since, until, path }: HistoryArguments,
): readonly CommitRecord[] {
  const from = since == null ? Number.NEGATIVE_INFINITY : Date.parse(since);
  const to = until == null ? Number.POSITIVE_INFINITY : Date.parse(until);
  const commits = path == null ? ancestorsOf(repository, record) : [...historyOfPath(repository, record, path)];
  return commits
    .filter(({ committedAt }) => Date.parse(committedAt) >= from && Date.parse(committedAt) <= to)
    .sort(byOrder({ field: 'COMMITTED_AT', direction: 'DESC' }, { COMMITTED_AT: (commit) => commit.committedAt }));
}

function ancestorsOf(repository: RepositoryRecord, start: CommitRecord): CommitRecord[] {
  const found = new Map([[start.sha, start]]);
  for (const commit of found.values()) {
    for (const sha of commit.parents) {
      const parent = repository.commits.get(sha);
      if (parent !== undefined) found.set(sha, parent);
    }
  }
  return [...found.values()];
}

function associatedPullRequests(
  { record }: CommitSource,
  args: PullRequestsArguments,
  context: GraphqlContext,
): unknown {
  const found = pullRequestsOfCommit(context, record.sha).filter(({ repository }) =>
    canSeeRepository(context, repository),
  );
  for (const { repository } of found) requireRead(context, repository, 'pull_requests');
  const order = args.orderBy ?? { field: 'CREATED_AT', direction: 'ASC' };
  const ordered = found.toSorted(
    byOrder(order, {
      CREATED_AT: (placed) => placed.record.createdAt,
      UPDATED_AT: (placed) => placed.record.updatedAt,
    }),
  );
  return connect(ordered, args, {
    keyOf: (placed) => placed.record.id,
    toSource: ({ repository, record: pullRequest }) => pullRequestSource(repository, pullRequest),
  });
}
