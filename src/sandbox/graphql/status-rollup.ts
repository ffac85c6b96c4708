import { latestRuns } from '../check-suites.ts';
import type { CheckRunRecord, CommitRecord, StatusRecord } from '../world.ts';
import { type Connection, connect, type PageArguments } from './connection.ts';
import { forbidden } from './github-error.ts';
import { type GraphqlContext, mayRead } from './graphql-context.ts';
import type { CommitSource } from './source.ts';

export interface StatusRollupSource {
  readonly type: 'StatusCheckRollup';
  readonly commit: CommitSource;
}

const PASSING = new Set(['success', 'neutral', 'skipped']);

/**
 * The checks and statuses of a commit in one; null when nothing reported. Reading any of it takes `checks` or
 * `statuses`; with only one of them the other kind's contexts are refused one by one.
 */
export function rollupOf(commit: CommitSource | null, context: GraphqlContext): StatusRollupSource | null {
  if (commit === null) return null;
  const { repository, record } = commit;
  if (!mayRead(context, repository, 'checks') && !mayRead(context, repository, 'statuses')) throw forbidden();
  const isEmpty = record.checkRuns.length === 0 && record.statuses.length === 0;
  return isEmpty ? null : { type: 'StatusCheckRollup', commit };
}

/** The worst of all: a failure wins over what is pending, that over success. Null when nothing reported. */
export function rollupStateOf(commit: CommitRecord): 'SUCCESS' | 'PENDING' | 'FAILURE' | 'ERROR' | null {
  const [runs, statuses] = [currentRuns(commit), currentStatuses(commit)];
  if (runs.length === 0 && statuses.length === 0) return null;
  if (statuses.some((status) => status.state === 'error')) return 'ERROR';
  if (runs.some(hasFailed) || statuses.some((status) => status.state === 'failure')) return 'FAILURE';
  const isPending =
    runs.some((run) => run.status !== 'completed') || statuses.some((status) => status.state === 'pending');
  return isPending ? 'PENDING' : 'SUCCESS';
}

/** Check runs first, then statuses, with GitHub's counts by state. */
export function rollupContexts(
  { commit }: StatusRollupSource,
  args: PageArguments,
  context: GraphqlContext,
): Connection {
  const { repository, record } = commit;
  const [runs, statuses] = [currentRuns(record), currentStatuses(record)];
  const contexts = [
    ...runs.map((run) => ({ type: 'CheckRun', repository, commit: record, record: run })),
    ...statuses.map((status) => ({ type: 'StatusContext', repository, commit: record, record: status })),
  ];
  const isForbidden = {
    CheckRun: !mayRead(context, repository, 'checks'),
    StatusContext: !mayRead(context, repository, 'statuses'),
  };
  return connect(contexts, args, {
    keyOf: (source) => source.record.id,
    toSource: (source) =>
      isForbidden[source.type === 'CheckRun' ? 'CheckRun' : 'StatusContext'] ? forbidden() : source,
    extras: {
      checkRunCount: runs.length,
      statusContextCount: statuses.length,
      checkRunCountsByState: countByState(runs.map(runState)),
      statusContextCountsByState: countByState(statuses.map((status) => status.state.toUpperCase())),
    },
  });
}

/** The latest run of each app and name: a re-run hides the one before. */
function currentRuns(commit: CommitRecord): readonly CheckRunRecord[] {
  return latestRuns(commit.checkRuns);
}

/** The latest status of each context. */
export function currentStatuses(commit: CommitRecord): readonly StatusRecord[] {
  return [...new Map(commit.statuses.map((status) => [status.context, status])).values()];
}

function hasFailed(run: CheckRunRecord): boolean {
  return run.status === 'completed' && !PASSING.has(run.conclusion ?? '');
}

function runState(run: CheckRunRecord): string {
  return (run.status === 'completed' ? (run.conclusion ?? 'completed') : run.status).toUpperCase();
}

function countByState(states: readonly string[]): readonly { readonly state: string; readonly count: number }[] {
  const counts = new Map<string, number>();
  for (const state of states) counts.set(state, (counts.get(state) ?? 0) + 1);
  return [...counts].map(([state, count]) => ({ state, count }));
}
