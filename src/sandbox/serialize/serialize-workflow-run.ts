import { createHash } from 'node:crypto';
import { checkSuiteIdOf, suiteRuns } from '../check-suites.ts';
import type { CheckRunRecord, RepositoryRecord, WorkflowRunRecord, World } from '../world.ts';
import { type CommitPlace, pullRequestsAt } from './serialize-check-run.ts';
import { serializeHeadCommit } from './serialize-commit.ts';
import { serializeRepository } from './serialize-repository.ts';
import { serializeUser } from './serialize-user.ts';
import { repositoryUrls } from './urls.ts';

/** A run with its attempt of that number, from 1; `status` and `conclusion` are the attempt's. */
export function serializeWorkflowRun(
  world: World,
  { repository, commit, run }: CommitPlace & { readonly run: WorkflowRunRecord },
  number: number,
  baseUrl: string,
) {
  const { html, api } = repositoryUrls(repository, baseUrl);
  const attempt = run.attempts[number - 1];
  const url = `${api}/actions/runs/${run.id}`;
  const own = number === run.attempts.length ? url : `${url}/attempts/${number}`;
  const suite = checkSuiteIdOf(suiteRuns(commit, { app: 'github-actions', workflowRun: run.id }));
  const workflow = workflowId(repository, run.workflow);
  const home = serializeRepository(world, repository, baseUrl);
  const person = serializeUser(world, run.actor, baseUrl);
  return {
    id: run.id,
    name: run.workflow,
    node_id: run.nodeId,
    head_branch: run.headBranch,
    head_sha: run.headSha,
    path: `.github/workflows/${run.workflow.toLowerCase().replaceAll(/[^a-z0-9]+/g, '-')}.yml`,
    display_title: commit.message.split('\n', 1)[0] ?? '',
    run_number: run.runNumber,
    run_attempt: number,
    event: run.event,
    status: attempt?.status ?? 'queued',
    conclusion: attempt?.conclusion ?? null,
    workflow_id: workflow,
    check_suite_id: suite,
    check_suite_node_id: `CS_${suite}`,
    url: own,
    html_url: `${html}/actions/runs/${run.id}${own === url ? '' : `/attempts/${number}`}`,
    pull_requests: pullRequestsAt({ repository, commit }, baseUrl),
    created_at: run.createdAt,
    updated_at: attempt?.completedAt ?? attempt?.startedAt ?? run.createdAt,
    run_started_at: attempt?.startedAt ?? run.createdAt,
    actor: person,
    triggering_actor: person,
    jobs_url: `${own}/jobs`,
    logs_url: `${own}/logs`,
    check_suite_url: `${api}/check-suites/${suite}`,
    artifacts_url: `${url}/artifacts`,
    cancel_url: `${url}/cancel`,
    rerun_url: `${url}/rerun`,
    previous_attempt_url: number > 1 ? `${url}/attempts/${number - 1}` : null,
    workflow_url: `${api}/actions/workflows/${workflow}`,
    head_commit: serializeHeadCommit(world, commit),
    repository: home,
    head_repository: home,
    referenced_workflows: [],
  };
}

/** A job of an attempt: its check run, as Actions shows it. The sandbox keeps no steps. */
export function serializeJob(
  repository: RepositoryRecord,
  { run, number, job }: { readonly run: WorkflowRunRecord; readonly number: number; readonly job: CheckRunRecord },
  baseUrl: string,
) {
  const { html, api } = repositoryUrls(repository, baseUrl);
  return {
    id: job.id,
    run_id: run.id,
    workflow_name: run.workflow,
    head_branch: run.headBranch,
    run_url: `${api}/actions/runs/${run.id}`,
    run_attempt: number,
    node_id: job.nodeId,
    head_sha: run.headSha,
    url: `${api}/actions/jobs/${job.id}`,
    html_url: `${html}/actions/runs/${run.id}/job/${job.id}`,
    status: job.status,
    conclusion: job.conclusion,
    created_at: job.startedAt,
    started_at: job.startedAt,
    completed_at: job.completedAt,
    name: job.name,
    steps: [],
    check_run_url: `${api}/check-runs/${job.id}`,
    labels: [],
    runner_id: null,
    runner_name: null,
    runner_group_id: null,
    runner_group_name: null,
  };
}

/** The world knows workflows by name alone: an id that belongs to it. */
export function workflowId(repository: RepositoryRecord, workflow: string): number {
  const digest = createHash('sha1').update(`${repository.id}:${workflow}`).digest();
  return digest.readUInt32BE(0) % 1_000_000_000;
}
