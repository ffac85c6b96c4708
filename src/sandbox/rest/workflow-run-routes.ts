import { WorldRefusal } from '../actions/world-refusal.ts';
import { isInRange } from '../graphql/search-term.ts';
import { type Answer, ok } from '../http/answer.ts';
import { countedPage } from '../http/pages.ts';
import { serializeJob, serializeWorkflowRun, workflowId } from '../serialize/serialize-workflow-run.ts';
import type { WorkflowRunRecord } from '../world.ts';
import { requireCommit } from './find-commit.ts';
import { type RepositoryCall, reading, repositoryRoutes } from './route.ts';

const READING = reading('actions');
const RUN = '/actions/runs/:run_id';
const ATTEMPT = `${RUN}/attempts/:attempt_number`;

export const WORKFLOW_RUN_ROUTES = repositoryRoutes(
  ['GET', '/actions/runs', 'actions/list-workflow-runs-for-repo', READING, (call) => listRuns(call, () => true)],
  ['GET', '/actions/workflows/:workflow_id/runs', 'actions/list-workflow-runs', READING, listRunsOfWorkflow],
  ['GET', RUN, 'actions/get-workflow-run', READING, getRun],
  ['GET', `${RUN}/jobs`, 'actions/list-jobs-for-workflow-run', READING, listJobs],
  ['GET', ATTEMPT, 'actions/get-workflow-run-attempt', READING, getRun],
  ['GET', `${ATTEMPT}/jobs`, 'actions/list-jobs-for-workflow-run-attempt', READING, listJobs],
);

/** The newest first. `status` is a status or a conclusion, as on GitHub. */
function listRuns(call: RepositoryCall, isOfWorkflow: (run: WorkflowRunRecord) => boolean): Answer {
  const { repository, query } = call;
  const has = (name: string, ...values: readonly (string | null | undefined)[]) =>
    query.get(name) === null || values.includes(query.get(name));
  const created = query.get('created');
  const isWanted = (run: WorkflowRunRecord) => {
    const last = run.attempts.at(-1);
    return (
      isOfWorkflow(run) &&
      has('branch', run.headBranch) &&
      has('head_sha', run.headSha) &&
      has('event', run.event) &&
      has('actor', run.actor) &&
      has('status', last?.status, last?.conclusion) &&
      (created === null || isInRange(run.createdAt, created))
    );
  };
  const runs = repository.workflowRuns.filter(isWanted).toReversed();
  return countedPage(call.url, 'workflow_runs', { items: runs, show: (run) => show(call, run, run.attempts.length) });
}

/** By id or by the name of its file. */
function listRunsOfWorkflow(call: RepositoryCall): Answer {
  const wanted = call.parameters.workflow_id ?? '';
  const fileOf = (name: string) => `${name.toLowerCase().replaceAll(/[^a-z0-9]+/g, '-')}.yml`;
  return listRuns(call, ({ workflow }) =>
    [String(workflowId(call.repository, workflow)), fileOf(workflow)].includes(wanted),
  );
}

function getRun(call: RepositoryCall): Answer {
  const { run, number } = requireRun(call);
  return ok(show(call, run, number));
}

function listJobs(call: RepositoryCall): Answer {
  const { repository, baseUrl } = call;
  const { run, number } = requireRun(call);
  return countedPage(call.url, 'jobs', {
    items: run.attempts[number - 1]?.jobs ?? [],
    show: (job) => serializeJob(repository, { run, number, job }, baseUrl),
  });
}

/** The run and the attempt that a path names; without one the latest. */
function requireRun({ repository, parameters }: RepositoryCall) {
  const run = repository.workflowRuns.find(({ id }) => id === Number(parameters.run_id));
  if (run === undefined) throw new WorldRefusal(404, 'Not Found');
  const number = Number(parameters.attempt_number ?? run.attempts.length);
  const isThere = parameters.attempt_number === undefined || run.attempts[number - 1] !== undefined;
  if (!isThere) throw new WorldRefusal(404, 'Not Found');
  return { run, number };
}

function show({ world, repository, baseUrl }: RepositoryCall, run: WorkflowRunRecord, number: number) {
  const commit = requireCommit(repository, run.headSha);
  return serializeWorkflowRun(world, { repository, commit, run }, number, baseUrl);
}
