import { Octokit } from '@octokit/rest';
import type { Ref } from '../../src/core/task/identity.ts';
import { type ChildFacts, type PullFacts, sorted, type WorkFacts } from './work-facts.ts';

interface NaiveOptions {
  readonly apiUrl: string;
  readonly token: string;
  readonly umbrella: Ref;
}

type SubIssue = Awaited<ReturnType<Octokit['rest']['issues']['listSubIssues']>>['data'][number];

const SILENT = { debug: () => {}, info: () => {}, warn: () => {}, error: () => {} };

/**
 * Reads an umbrella through REST as one writes it first: list the sub-issues (labels and assignees come along), then ask
 * about each child's blockers and timeline, and about each pull request found there: itself (with its requested
 * reviewers), its reviews, check runs and statuses. It saves what can be saved: pages of 100, nothing read twice.
 */
export async function readNaively(options: NaiveOptions): Promise<WorkFacts> {
  const octokit = new Octokit({ baseUrl: options.apiUrl, auth: options.token, log: SILENT });
  const { owner, repo, number } = options.umbrella;
  await octokit.rest.issues.get({ owner, repo, issue_number: number });
  // Its own rollup comment is somewhere among these.
  await octokit.paginate(octokit.rest.issues.listComments, { owner, repo, issue_number: number, per_page: 100 });
  await readConfig(octokit, { owner, repo });
  await readConfig(octokit, { owner, repo: '.github' });
  const subIssues = await octokit.paginate(octokit.rest.issues.listSubIssues, {
    owner,
    repo,
    issue_number: number,
    per_page: 100,
  });
  const children: Record<string, ChildFacts> = {};
  const pullRequests: Record<string, PullFacts> = {};
  for (const child of subIssues) {
    const facts = await readChild(octokit, child);
    children[keyOf(child)] = facts;
    for (const key of facts.pullRequests) pullRequests[key] ??= await readPullRequest(octokit, key);
  }
  return { children, pullRequests };
}

async function readConfig(octokit: Octokit, place: { readonly owner: string; readonly repo: string }): Promise<void> {
  try {
    await octokit.rest.repos.getContent({ ...place, path: '.github/parasol.yml' });
  } catch (error) {
    if (!(error instanceof Error && 'status' in error && error.status === 404)) throw error;
  }
}

export async function readChild(octokit: Octokit, child: SubIssue): Promise<ChildFacts> {
  const place = { ...placeOf(child.repository_url), issue_number: child.number, per_page: 100 };
  const blockers = await octokit.paginate(octokit.rest.issues.listDependenciesBlockedBy, place);
  const timeline = await octokit.paginate(octokit.rest.issues.listEventsForTimeline, place);
  const pullRequests = timeline.flatMap((event) => {
    const source = 'source' in event ? event.source?.issue : undefined;
    return source?.pull_request && closes(source.body ?? '', child.number) ? [keyOf(source)] : [];
  });
  return {
    state: child.state,
    title: child.title,
    labels: sorted(child.labels.map((label) => (typeof label === 'string' ? label : (label.name ?? '')))),
    assignees: sorted((child.assignees ?? []).map(({ login }) => login)),
    blockers: sorted(blockers.map((blocker) => `${keyOf(blocker)} ${blocker.state}`)),
    pullRequests: sorted([...new Set(pullRequests)]),
  };
}

export async function readPullRequest(octokit: Octokit, key: string): Promise<PullFacts> {
  const [path = '', number] = key.split('#');
  const place = { ...placeOf(path), pull_number: Number(number) };
  const { data: pull } = await octokit.rest.pulls.get(place);
  const reviews = await octokit.paginate(octokit.rest.pulls.listReviews, { ...place, per_page: 100 });
  const commit = { ...placeOf(path), ref: pull.head.sha };
  const runs = await octokit.paginate(octokit.rest.checks.listForRef, { ...commit, per_page: 100 });
  const { data: status } = await octokit.rest.repos.getCombinedStatusForRef({ ...commit, per_page: 100 });
  const opinions = new Map<string, string>();
  for (const { user, state } of reviews) {
    if (state !== 'COMMENTED' && state !== 'PENDING') opinions.set(user?.login ?? '', state.toLowerCase());
  }
  return {
    state: pull.merged ? 'merged' : pull.state,
    isDraft: pull.draft ?? false,
    head: pull.head.sha,
    reviewRequests: sorted((pull.requested_reviewers ?? []).map(({ login }) => login)),
    reviews: sorted([...opinions].map(([login, state]) => `${login} ${state}`)),
    checks: rollUp(runs, status),
    checkCount: runs.length + status.total_count,
  };
}

interface Run {
  readonly status: string;
  readonly conclusion: string | null;
}

function rollUp(runs: readonly Run[], status: { readonly state: string; readonly total_count: number }): string {
  if (runs.length + status.total_count === 0) return 'none';
  const states: string[] = runs.map(({ status: progress, conclusion }) => {
    if (progress !== 'completed') return 'pending';
    return ['success', 'neutral', 'skipped'].includes(conclusion ?? '') ? 'success' : 'failure';
  });
  if (status.total_count > 0)
    states.push(status.state === 'success' || status.state === 'pending' ? status.state : 'failure');
  return ['failure', 'pending', 'success'].find((state) => states.includes(state)) ?? 'none';
}

function closes(body: string, number: number): boolean {
  return new RegExp(`\\b(?:close[sd]?|fix(?:e[sd])?|resolve[sd]?)\\s+#${number}\\b`, 'i').test(body);
}

function keyOf(issue: { readonly repository_url?: string; readonly number: number }): string {
  const { owner, repo } = placeOf(issue.repository_url ?? '');
  return `${owner}/${repo}#${issue.number}`.toLowerCase();
}

/** Owner and name at the end of a path or address. */
function placeOf(url: string): { readonly owner: string; readonly repo: string } {
  const [owner = '', repo = ''] = url.split('/').slice(-2);
  return { owner, repo };
}
