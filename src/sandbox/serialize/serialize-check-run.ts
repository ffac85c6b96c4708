import { checkSuiteIdOf, latestRuns, placeOfCheckRun, suiteRuns, worstConclusion } from '../check-suites.ts';
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
    html_url: `${html}/${placeOfCheckRun(run)}`,
    details_url: `${html}/${placeOfCheckRun(run)}`,
    status: run.status,
    conclusion: run.conclusion,
    started_at: run.startedAt,
    completed_at: run.completedAt,
    output: { ...run.output, annotations_count: 0, annotations_url: `${url}/annotations` },
    check_suite: { id: checkSuiteIdOf(suiteRuns(place.commit, run)) },
    app: serializeAppOfSlug(world, run.app, baseUrl),
    pull_requests: pullRequestsAt(place, baseUrl),
  };
}

/** The same in a delivery, which carries the suite. */
export function serializeCheckRunForWebhook(world: World, place: CommitPlace, run: CheckRunRecord, baseUrl: string) {
  const { repository, head_commit, latest_check_runs_count, ...suite } = serializeCheckSuite(
    world,
    place,
    run,
    baseUrl,
  );
  return { ...serializeCheckRun(world, place, run, baseUrl), check_suite: suite };
}

/** What one app, or one workflow run, reports on one commit: its check runs taken together. */
export function serializeCheckSuite(
  world: World,
  place: CommitPlace,
  suite: Pick<CheckRunRecord, 'app' | 'workflowRun'>,
  baseUrl: string,
) {
  const { commit, repository } = place;
  const { api } = repositoryUrls(repository, baseUrl);
  const { app } = suite;
  const runs = suiteRuns(commit, suite);
  const id = checkSuiteIdOf(runs);
  const url = `${api}/check-suites/${id}`;
  return {
    id,
    node_id: `CS_${id}`,
    head_branch: headBranch(place),
    head_sha: commit.sha,
    ...suiteResult(latestRuns(runs)),
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

const NO_COMMIT = '0'.repeat(40);

function suiteResult(runs: readonly CheckRunRecord[]) {
  const isDone = runs.every(({ status }) => status === 'completed');
  if (!isDone)
    return { status: runs.some(({ status }) => status !== 'queued') ? 'in_progress' : 'queued', conclusion: null };
  return { status: 'completed', conclusion: worstConclusion(runs) };
}

/** Open pull requests whose head it is. */
export function pullRequestsAt({ repository, commit }: CommitPlace, baseUrl: string) {
  const home = `${repository.owner}/${repository.name}`.toLowerCase();
  return [...repository.pullRequests.values()]
    .filter((pull) => pull.state === 'open' && pull.headSha === commit.sha && pull.headRepository === home)
    .map((pull) => serializeMinimalPullRequest(repository, pull, baseUrl));
}

function headBranch({ repository, commit }: CommitPlace): string | null {
  return [...repository.branches].find(([, sha]) => sha === commit.sha)?.[0] ?? null;
}

const later = (one: string, other: string) => (one > other ? one : other);
