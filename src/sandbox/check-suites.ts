import type { CheckRunRecord, CommitRecord } from './world.ts';

type Suite = Pick<CheckRunRecord, 'app' | 'workflowRun'>;

/** The check runs of a commit by suite: each workflow run has its own, any other app one for the commit. */
export function checkSuitesIn({
  checkRuns,
}: CommitRecord): readonly (readonly [CheckRunRecord, ...CheckRunRecord[]])[] {
  const suites = new Map<string, [CheckRunRecord, ...CheckRunRecord[]]>();
  for (const run of checkRuns) {
    const key = `${run.app}/${run.workflowRun ?? ''}`;
    const suite = suites.get(key);
    if (suite === undefined) suites.set(key, [run]);
    else suite.push(run);
  }
  return [...suites.values()];
}

/** All runs of one suite, earlier attempts included. */
export function suiteRuns({ checkRuns }: CommitRecord, { app, workflowRun }: Suite): readonly CheckRunRecord[] {
  return checkRuns.filter((run) => run.app === app && run.workflowRun === workflowRun);
}

/**
 * The latest run of each name in a suite: a re-run hides the one before. Jobs of two workflow runs both show; GitHub's own
 * command line sorts them out by workflow and event (`eliminateDuplicates` in cli/cli, `pkg/cmd/pr/checks/aggregate.go`).
 */
export function latestRuns(runs: readonly CheckRunRecord[]): readonly CheckRunRecord[] {
  return [...new Map(runs.map((run) => [`${run.app}/${run.workflowRun ?? ''}/${run.name}`, run])).values()];
}

const SUITE_IDS = 1_000_000_000;

/** A suite has no record of its own: its id comes from its first run's. */
export function checkSuiteIdOf(runs: readonly CheckRunRecord[]): number {
  return SUITE_IDS + (runs[0]?.id ?? 0);
}

/** The worst conclusion counts, in this order. */
const WORST_FIRST = ['failure', 'timed_out', 'action_required', 'cancelled', 'success', 'neutral', 'skipped'] as const;

/** What check runs that have all ended come to. */
export function worstConclusion(runs: readonly CheckRunRecord[]): CheckRunRecord['conclusion'] {
  return WORST_FIRST.find((one) => runs.some((run) => run.conclusion === one)) ?? null;
}

/** The page of a check run below that of its repository: one of a workflow lies below its run's. */
export const placeOfCheckRun = ({ id, workflowRun }: Pick<CheckRunRecord, 'id' | 'workflowRun'>): string =>
  workflowRun == null ? `runs/${id}` : `actions/runs/${workflowRun}/job/${id}`;
