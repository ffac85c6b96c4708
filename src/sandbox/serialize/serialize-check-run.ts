import type { CheckRunRecord, CommitRecord, RepositoryRecord, World } from '../world.ts';
import { serializeAppOfSlug } from './serialize-app.ts';
import { serializeHeadCommit } from './serialize-commit.ts';
import { serializeMinimalPullRequest } from './serialize-pull-request.ts';
import { serializeRepository } from './serialize-repository.ts';
import { repositoryUrls } from './urls.ts';

export interface CommitPlace {
  readonly repository: RepositoryRecord;
  readonly commit: CommitRecord;
}

/** A check run as REST shows it. Pull requests from forks are missing from it, as on GitHub. */
export function serializeCheckRun(world: World, place: CommitPlace, run: CheckRunRecord, baseUrl: string) {
  const { html, api } = repositoryUrls(place.repository, baseUrl);
  const url = `${api}/check-runs/${run.id}`;
  return {
    id: run.id,
    name: run.name,
    node_id: run.nodeId,
    head_sha: place.commit.sha,
    external_id: '',
    url,
    html_url: `${html}/runs/${run.id}`,
    details_url: `${html}/runs/${run.id}`,
    status: run.status,
    conclusion: run.conclusion,
    started_at: run.startedAt,
    completed_at: run.completedAt,
    output: { ...run.output, annotations_count: 0, annotations_url: `${url}/annotations` },
    check_suite: { id: checkSuiteId(place.commit, run.app) },
    app: serializeAppOfSlug(world, run.app, baseUrl),
    pull_requests: pullRequestsAt(place, baseUrl),
  };
}

/** The same in a delivery, which carries the suite. */
export function serializeCheckRunForWebhook(world: World, place: CommitPlace, run: CheckRunRecord, baseUrl: string) {
  const { repository, head_commit, latest_check_runs_count, ...suite } = serializeCheckSuite(
    world,
    place,
    run.app,
    baseUrl,
  );
  return { ...serializeCheckRun(world, place, run, baseUrl), check_suite: suite };
}

/** What one app reports on one commit: its runs taken together. */
export function serializeCheckSuite(world: World, place: CommitPlace, app: string, baseUrl: string) {
  const { commit, repository } = place;
  const { api } = repositoryUrls(repository, baseUrl);
  const id = checkSuiteId(commit, app);
  const runs = commit.checkRuns.filter((one) => one.app === app);
  const url = `${api}/check-suites/${id}`;
  return {
    id,
    node_id: `CS_${id}`,
    head_branch: headBranch(place),
    head_sha: commit.sha,
    ...suiteResult(runs),
    url,
    before: commit.parents[0] ?? NO_COMMIT,
    after: commit.sha,
    pull_requests: pullRequestsAt(place, baseUrl),
    app: serializeAppOfSlug(world, app, baseUrl),
    created_at: runs[0]?.startedAt ?? commit.committedAt,
    updated_at: runs.map((one) => one.completedAt ?? one.startedAt).reduce(later, commit.committedAt),
    repository: serializeRepository(world, repository, baseUrl),
    latest_check_runs_count: runs.length,
    check_runs_url: `${url}/check-runs`,
    head_commit: serializeHeadCommit(world, commit),
    rerequestable: true,
    runs_rerequestable: true,
  };
}

/** A suite has no record of its own: its id comes from its first run's. */
function checkSuiteId(commit: CommitRecord, app: string): number {
  return SUITE_IDS + (commit.checkRuns.find((one) => one.app === app)?.id ?? 0);
}

const SUITE_IDS = 1_000_000_000;
const NO_COMMIT = '0'.repeat(40);

/** The worst conclusion counts, in this order. */
const CONCLUSIONS = ['failure', 'timed_out', 'action_required', 'cancelled', 'success', 'neutral', 'skipped'] as const;

function suiteResult(runs: readonly CheckRunRecord[]) {
  const isDone = runs.every(({ status }) => status === 'completed');
  if (!isDone)
    return { status: runs.some(({ status }) => status !== 'queued') ? 'in_progress' : 'queued', conclusion: null };
  const conclusion = CONCLUSIONS.find((one) => runs.some((run) => run.conclusion === one)) ?? null;
  return { status: 'completed', conclusion };
}

function pullRequestsAt({ repository, commit }: CommitPlace, baseUrl: string) {
  const home = `${repository.owner}/${repository.name}`.toLowerCase();
  return [...repository.pullRequests.values()]
    .filter((pull) => pull.state === 'open' && pull.headSha === commit.sha && pull.headRepository === home)
    .map((pull) => serializeMinimalPullRequest(repository, pull, baseUrl));
}

function headBranch({ repository, commit }: CommitPlace): string | null {
  return [...repository.branches].find(([, sha]) => sha === commit.sha)?.[0] ?? null;
}

const later = (one: string, other: string) => (one > other ? one : other);
