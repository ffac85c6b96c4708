import { checkSuiteIdOf, checkSuitesIn, latestRuns, placeOfCheckRun } from '../../check-suites.ts';
import type { AppRecord, CheckRunRecord, RepositoryRecord } from '../../world.ts';
import { connect, type PageArguments } from '../connection.ts';
import type { FieldTable } from '../field-table.ts';
import { GithubError } from '../github-error.ts';
import { requireRead } from '../graphql-context.ts';
import type { CheckSuiteSource, CommitSource, Source } from '../source.ts';
import { currentStatuses, rollupContexts, rollupStateOf, type StatusRollupSource } from '../status-rollup.ts';
import { syntheticNodeId } from '../synthetic-node-id.ts';

interface CheckRunsArguments extends PageArguments {
  readonly filterBy?: {
    readonly appId?: number | null;
    readonly checkName?: string | null;
    readonly checkType?: 'ALL' | 'LATEST' | null;
    readonly status?: string | null;
  } | null;
}

export const statusCheckRollupFields: FieldTable<StatusRollupSource> = {
  id: ({ commit }) => syntheticNodeId('StatusCheckRollup', commit.record.sha),
  commit: ({ commit }) => commit,
  state: ({ commit }) => rollupStateOf(commit.record),
  contexts: rollupContexts,
};

export const checkRunFields: FieldTable<Source<'CheckRun'>> = {
  id: ({ record }) => record.nodeId,
  databaseId: ({ record }) => record.id,
  name: ({ record }) => record.name,
  status: ({ record }) => record.status.toUpperCase(),
  conclusion: ({ record }) => record.conclusion?.toUpperCase() ?? null,
  startedAt: ({ record }) => record.startedAt,
  completedAt: ({ record }) => record.completedAt,
  title: ({ record }) => record.output?.title ?? null,
  summary: ({ record }) => record.output?.summary ?? null,
  url: (source, _args, { baseUrl }) => baseUrl + checkRunPath(source),
  permalink: (source, _args, { baseUrl }) => baseUrl + checkRunPath(source),
  detailsUrl: (source, _args, { baseUrl }) => baseUrl + checkRunPath(source),
  resourcePath: checkRunPath,
  repository: ({ repository }) => ({ type: 'Repository', record: repository }),
  isRequired: ({ repository, record }, args: OnPullRequest) => isRequired(repository, record.name, args),
  checkSuite: ({ repository, commit, record }) => suiteOf({ type: 'Commit', repository, record: commit }, record),
};

export const statusContextFields: FieldTable<Source<'StatusContext'>> = {
  id: ({ record }) => record.nodeId,
  context: ({ record }) => record.context,
  state: ({ record }) => record.state.toUpperCase(),
  description: ({ record }) => record.description,
  createdAt: ({ record }) => record.createdAt,
  isRequired: ({ repository, record }, args: OnPullRequest) => isRequired(repository, record.context, args),
  targetUrl: () => null,
  commit: ({ repository, commit }) => ({ type: 'Commit', repository, record: commit }),
};

export const checkSuiteFields: FieldTable<CheckSuiteSource> = {
  id: ({ commit, app, workflowRun = '' }) => syntheticNodeId('CheckSuite', `${commit.sha}:${app}:${workflowRun}`),
  databaseId: ({ runs }) => checkSuiteIdOf(runs),
  workflowRun: ({ repository, workflowRun }, _args, context) => {
    const run = repository.workflowRuns.find(({ id }) => id === workflowRun);
    if (run === undefined) return null;
    requireRead(context, repository, 'actions');
    return { type: 'WorkflowRun', repository, record: run };
  },
  status: ({ runs }) => (latestRuns(runs).every((run) => run.status === 'completed') ? 'COMPLETED' : 'IN_PROGRESS'),
  conclusion: ({ runs }) => suiteConclusion(runs),
  createdAt: ({ runs, commit }) => runs[0]?.startedAt ?? commit.committedAt,
  updatedAt: ({ runs, commit }) => runs.at(-1)?.completedAt ?? runs.at(-1)?.startedAt ?? commit.committedAt,
  app: ({ app }, _args, { world }) => appSource([...world.apps.values()].find(({ slug }) => slug === app)),
  commit: ({ repository, commit }) => ({ type: 'Commit', repository, record: commit }),
  repository: ({ repository }) => ({ type: 'Repository', record: repository }),
  checkRuns: ({ repository, commit, runs }, { filterBy, ...page }: CheckRunsArguments, { world }) =>
    connect(
      (filterBy?.checkType === 'LATEST' ? latestRuns(runs) : runs).filter(
        (run) =>
          (filterBy?.appId == null || world.apps.get(filterBy.appId)?.slug === run.app) &&
          (filterBy?.checkName == null || run.name === filterBy.checkName) &&
          (filterBy?.status == null || run.status.toUpperCase() === filterBy.status),
      ),
      page,
      { keyOf: (run) => run.id, toSource: (record) => ({ type: 'CheckRun', repository, commit, record }) },
    ),
};

export const statusFields: FieldTable<CommitSource> = {
  id: ({ record }) => syntheticNodeId('Status', record.sha),
  state: ({ record }) => rollupStateOf({ ...record, checkRuns: [] }),
  commit: (source) => source,
  context: (source, args: { readonly name: string }) =>
    statusContexts(source).find((context) => context.record.context === args.name) ?? null,
  contexts: statusContexts,
};

export const appFields: FieldTable<{ readonly record: AppRecord }> = {
  id: ({ record }) => syntheticNodeId('App', String(record.id)),
  databaseId: ({ record }) => record.id,
  name: ({ record }) => record.name,
  slug: ({ record }) => record.slug,
  url: ({ record }, _args, { baseUrl }) => `${baseUrl}/apps/${record.slug}`,
};

interface OnPullRequest {
  readonly pullRequestId?: string | null;
  readonly pullRequestNumber?: number | null;
}

/** Whether the rules of the pull request's base ask for the check. */
function isRequired(
  { pullRequests, rules }: RepositoryRecord,
  check: string,
  { pullRequestId: id, pullRequestNumber: number }: OnPullRequest,
): boolean {
  if (id == null && number == null) {
    throw new GithubError('UNPROCESSABLE', 'Please provide a pull request ID or pull request number.');
  }
  const pull = [...pullRequests.values()].find((one) => one.nodeId === id || one.number === number);
  if (pull === undefined) throw new GithubError('NOT_FOUND', 'Could not resolve to a PullRequest.');
  return rules.get(pull.baseRefName)?.checks.includes(check) ?? false;
}

/** A commit's check suites, one for each workflow run and for each other app that reported on it. */
export function checkSuitesOf(commit: CommitSource): readonly CheckSuiteSource[] {
  return checkSuitesIn(commit.record).map(([first]) => suiteOf(commit, first));
}

function suiteOf({ repository, record }: CommitSource, { app, workflowRun }: CheckRunRecord): CheckSuiteSource {
  const runs = record.checkRuns.filter((run) => run.app === app && run.workflowRun === workflowRun);
  return { type: 'CheckSuite', repository, commit: record, app, workflowRun, runs };
}

function suiteConclusion(all: readonly CheckRunRecord[]): string | null {
  const runs = latestRuns(all);
  if (runs.some((run) => run.status !== 'completed')) return null;
  const worst = runs.find((run) => !['success', 'neutral', 'skipped'].includes(run.conclusion ?? ''));
  return (worst?.conclusion ?? 'success').toUpperCase();
}

function statusContexts({ repository, record: commit }: CommitSource): readonly Source<'StatusContext'>[] {
  return currentStatuses(commit).map((record) => ({ type: 'StatusContext', repository, commit, record }));
}

function appSource(record: AppRecord | undefined) {
  return record === undefined ? null : { type: 'App', record };
}

function checkRunPath({ repository, record }: Source<'CheckRun'>): string {
  return `/${repository.owner}/${repository.name}/${placeOfCheckRun(record)}`;
}
