import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import type { Octokit } from '@octokit/rest';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { linkBranch } from '../../../src/sandbox/actions/link-branch.ts';
import { pushCommits } from '../../../src/sandbox/actions/push-commits.ts';
import { createRelease } from '../../../src/sandbox/actions/release.ts';
import { beginAttempt, endJobs, startWorkflowRun } from '../../../src/sandbox/actions/run-workflow.ts';
import { addMilestone } from '../../../src/sandbox/create-world.ts';
import type { RequestEntry } from '../../../src/sandbox/http/request-log.ts';
import { REST_ROUTES } from '../../../src/sandbox/rest/rest-routes.ts';
import type { RestRoute } from '../../../src/sandbox/rest/route.ts';
import { type Running, runSmallWorld, signAppToken } from '../http/small-world.ts';
import { type HookServer, startHook } from '../webhooks/hook-server.ts';
import { collectProblems } from './validating-octokit.ts';

const PORT = { owner: 'harbor', repo: 'port' };
const HERE = { ...PORT, repository: 'harbor/port' };

let hook: HookServer;
let running: Running;
let kim: Octokit;
let bot: Octokit;
let app: Octokit;
let problems: readonly (readonly string[])[];

beforeAll(async () => {
  hook = await startHook();
  running = await runSmallWorld({ deliverWebhooks: true });
  running.app.webhookUrl = hook.url;
  kim = running.as('kim-token');
  app = running.as(await signAppToken(running.app));
  const { data } = await app.rest.apps.createInstallationAccessToken({ installation_id: running.installation.id });
  bot = running.as(data.token);
  problems = [kim, bot, app].map(collectProblems);
});

afterAll(() => Promise.all([running.sandbox.close(), hook.close()]));

/** The problems of everything asked so far: each test fails on its own calls. */
function seen(): readonly string[] {
  return problems.flat();
}

describe('every answer fits what GitHub says of it, asked by an unmodified Octokit', () => {
  test('App and installations', async () => {
    await app.rest.apps.getAuthenticated();
    await app.rest.apps.listInstallations();
    await app.rest.apps.getInstallation({ installation_id: running.installation.id });
    await app.rest.apps.getRepoInstallation(PORT);
    await app.rest.apps.getOrgInstallation({ org: 'harbor' });
    await app.rest.apps.getUserInstallation({ username: 'harbor' });
    await app.rest.apps.createInstallationAccessToken({
      installation_id: running.installation.id,
      repositories: ['port'],
      permissions: { issues: 'read' },
    });
    await bot.rest.apps.listReposAccessibleToInstallation();
    expect(seen()).toEqual([]);
  });

  test('accounts, repositories and contents', async () => {
    await kim.rest.users.getAuthenticated();
    await kim.rest.users.getByUsername({ username: 'noor' });
    await kim.rest.repos.listForAuthenticatedUser();
    await kim.rest.repos.get(PORT);
    await kim.rest.repos.getCollaboratorPermissionLevel({ ...PORT, username: 'ravi' });
    await kim.rest.repos.getContent({ ...PORT, path: 'README.md' });
    const content = Buffer.from('version: 1\n').toString('base64');
    const file = { ...PORT, path: '.github/parasol.yml', message: 'Configure' };
    const made = await kim.rest.repos.createOrUpdateFileContents({ ...file, content });
    await kim.rest.repos.getContent({ ...PORT, path: '.github' });
    await kim.rest.repos.getContent({ ...PORT, path: '' });
    const sha = made.data.content?.sha ?? '';
    await kim.rest.repos.createOrUpdateFileContents({ ...file, content: content.replace('MQo=', 'Mgo='), sha });
    const changed = await kim.rest.repos.getContent({ ...PORT, path: file.path });
    const blob = 'sha' in changed.data ? changed.data.sha : '';
    await kim.rest.repos.deleteFile({ ...file, message: 'Unconfigure', sha: blob });
    await kim.rest.rateLimit.get();
    await kim.rest.meta.get();
    expect(seen()).toEqual([]);
  });

  test('issues, labels, milestones, assignees and comments', async () => {
    addMilestone(running.world, running.port, { title: 'v1', dueOn: '2026-06-01T00:00:00Z' });
    await kim.rest.issues.createMilestone({ ...PORT, title: 'v2' });
    await kim.rest.issues.listMilestones(PORT);
    await kim.rest.issues.getMilestone({ ...PORT, milestone_number: 1 });
    await kim.rest.issues.createLabel({ ...PORT, name: 'umbrella', color: 'aabbcc' });
    await kim.rest.issues.listLabelsForRepo(PORT);
    await kim.rest.issues.getLabel({ ...PORT, name: 'lane:api' });
    const issue = { ...PORT, issue_number: 1 };
    await kim.rest.issues.create({
      ...PORT,
      title: 'Quay',
      body: 'Build it',
      labels: ['umbrella'],
      assignees: ['ravi'],
    });
    await kim.rest.issues.get(issue);
    await kim.rest.issues.update({
      ...issue,
      title: 'The quay',
      milestone: 1,
      state: 'closed',
      state_reason: 'completed',
    });
    await kim.rest.issues.update({ ...issue, state: 'open' });
    await kim.rest.issues.addLabels({ ...issue, labels: ['lane:api'] });
    await kim.rest.issues.listLabelsOnIssue(issue);
    await kim.rest.issues.setLabels({ ...issue, labels: ['umbrella', 'lane:api'] });
    await kim.rest.issues.removeLabel({ ...issue, name: 'lane:api' });
    await kim.rest.issues.removeAllLabels(issue);
    await kim.rest.issues.setLabels({ ...issue, labels: ['umbrella'] });
    await kim.rest.issues.deleteLabel({ ...PORT, name: 'lane:api' });
    await kim.rest.issues.addAssignees({ ...issue, assignees: ['kim'] });
    await kim.rest.issues.removeAssignees({ ...issue, assignees: ['kim'] });
    await kim.rest.issues.listAssignees(PORT);
    await kim.rest.issues.checkUserCanBeAssigned({ ...PORT, assignee: 'ravi' });
    const { data: comment } = await bot.rest.issues.createComment({ ...issue, body: 'hello' });
    const one = { ...PORT, comment_id: comment.id };
    await bot.rest.issues.updateComment({ ...one, body: 'hello again' });
    await kim.rest.issues.getComment(one);
    await kim.rest.issues.listComments(issue);
    await kim.rest.issues.listCommentsForRepo(PORT);
    const { data: rocket } = await kim.rest.reactions.createForIssueComment({ ...one, content: 'rocket' });
    await kim.rest.reactions.listForIssueComment(one);
    await kim.rest.reactions.deleteForIssueComment({ ...one, reaction_id: rocket.id });
    const { data: eyes } = await kim.rest.reactions.createForIssue({ ...issue, content: 'eyes' });
    await kim.rest.reactions.listForIssue(issue);
    await kim.rest.reactions.deleteForIssue({ ...issue, reaction_id: eyes.id });
    await bot.rest.issues.deleteComment(one);
    expect(seen()).toEqual([]);
  });

  test('sub-issues and dependencies', async () => {
    const { data: child } = await kim.rest.issues.create({ ...PORT, title: 'Crane' });
    const { data: other } = await kim.rest.issues.create({ ...PORT, title: 'Rails' });
    const parent = { ...PORT, issue_number: 1 };
    await kim.rest.issues.addSubIssue({ ...parent, sub_issue_id: child.id });
    await kim.rest.issues.addSubIssue({ ...parent, sub_issue_id: other.id });
    await kim.rest.issues.listSubIssues(parent);
    await kim.rest.issues.reprioritizeSubIssue({ ...parent, sub_issue_id: other.id, before_id: child.id });
    await kim.rest.issues.getParent({ ...PORT, issue_number: 2 });
    await kim.rest.issues.addBlockedByDependency({ ...PORT, issue_number: 2, issue_id: other.id });
    await kim.rest.issues.listDependenciesBlockedBy({ ...PORT, issue_number: 2 });
    await kim.rest.issues.listDependenciesBlocking({ ...PORT, issue_number: 3 });
    await kim.rest.issues.listForRepo({ ...PORT, state: 'all' });
    await kim.rest.issues.removeDependencyBlockedBy({ ...PORT, issue_number: 2, issue_id: other.id });
    await kim.rest.issues.removeSubIssue({ ...parent, sub_issue_id: other.id });
    expect(seen()).toEqual([]);
  });

  test('pull requests, reviews, commits, checks and statuses', async () => {
    const files = [{ path: 'src/crane.ts', status: 'added' as const, text: 'lift()\n' }];
    linkBranch(running.world, 'kim', { item: { repository: 'harbor/port', number: 2 }, branch: 'crane' });
    const head = pushCommits(running.world, 'ravi', { ...HERE, branch: 'crane', commits: ['Lift'], files });
    const { data: pull } = await running
      .as('ravi-token')
      .rest.pulls.create({ ...PORT, title: 'Crane', body: 'Closes #2', head: 'crane', base: 'main' });
    const one = { ...PORT, pull_number: pull.number };
    await kim.rest.pulls.list(PORT);
    await kim.rest.pulls.get(one);
    await kim.rest.pulls.update({ ...one, title: 'The crane' });
    await kim.rest.pulls.listFiles(one);
    await kim.rest.pulls.listCommits(one);
    await kim.rest.pulls.requestReviewers({ ...one, reviewers: ['kim'] });
    await kim.rest.pulls.listRequestedReviewers(one);
    await kim.rest.pulls.removeRequestedReviewers({ ...one, reviewers: ['kim'] });
    const { data: review } = await kim.rest.pulls.createReview({ ...one, event: 'APPROVE' });
    await kim.rest.pulls.listReviews(one);
    await kim.rest.pulls.getReview({ ...one, review_id: review.id });
    const { data: run } = await bot.rest.checks.create({ ...PORT, name: 'build', head_sha: head });
    const done = { status: 'completed', conclusion: 'success' } as const;
    await bot.rest.checks.update({ ...PORT, check_run_id: run.id, ...done });
    await bot.rest.checks.get({ ...PORT, check_run_id: run.id });
    await bot.rest.checks.listForRef({ ...PORT, ref: 'heads/crane' });
    await bot.rest.checks.listSuitesForRef({ ...PORT, ref: head });
    await kim.rest.repos.createCommitStatus({ ...PORT, sha: head, state: 'success', context: 'ci' });
    await kim.rest.repos.getCombinedStatusForRef({ ...PORT, ref: 'crane' });
    await kim.rest.repos.listCommitStatusesForRef({ ...PORT, ref: head });
    await kim.rest.repos.compareCommitsWithBasehead({ ...PORT, basehead: `main...${head}` });
    await kim.rest.pulls.merge({ ...one, sha: head });
    await kim.rest.pulls.checkIfMerged(one);
    await kim.rest.repos.listCommits(PORT);
    await kim.rest.repos.getCommit({ ...PORT, ref: 'main' });
    await kim.rest.repos.listPullRequestsAssociatedWithCommit({ ...PORT, commit_sha: head });
    await kim.rest.repos.listBranches(PORT);
    await kim.rest.repos.getBranch({ ...PORT, branch: 'main' });
    await kim.rest.git.getRef({ ...PORT, ref: 'heads/main' });
    await kim.rest.git.createRef({ ...PORT, ref: 'refs/heads/rails', sha: head });
    await kim.rest.issues.listForRepo({ ...PORT, state: 'all' });
    expect(seen()).toEqual([]);
  });

  test('tags and releases', async () => {
    const of = { repository: 'harbor/port' };
    createRelease(running.world, 'kim', { ...of, tag: 'v1', name: 'One', body: 'First' });
    createRelease(running.world, 'kim', { ...of, tag: 'v2-rc1', isPrerelease: true });
    createRelease(running.world, 'kim', { ...of, tag: 'v2', isDraft: true });
    await kim.rest.repos.listTags(PORT);
    await kim.rest.repos.listReleases(PORT);
    await kim.rest.repos.getLatestRelease(PORT);
    await kim.rest.repos.getReleaseByTag({ ...PORT, tag: 'v1' });
    await kim.rest.git.getRef({ ...PORT, ref: 'tags/v1' });
    await kim.rest.git.listMatchingRefs({ ...PORT, ref: 'tags/v' });
    expect(seen()).toEqual([]);
  });

  test('workflow runs and rules', async () => {
    const of = { repository: 'harbor/port', workflow: 'CI', event: 'push', headBranch: 'main' };
    const headSha = running.port.branches.get('main') ?? '';
    const run = startWorkflowRun(running.world, 'kim', { ...of, headSha });
    beginAttempt(running.world, 'kim', { ...of, run, jobs: { test: 'in_progress' } });
    await kim.rest.actions.getWorkflowRun({ ...PORT, run_id: run.id });
    endJobs(running.world, 'kim', { ...of, run, jobs: { test: 'failure' } });
    beginAttempt(running.world, 'kim', { ...of, run, jobs: { test: 'queued' } });
    await kim.rest.actions.listWorkflowRunsForRepo(PORT);
    await kim.rest.actions.listWorkflowRuns({ ...PORT, workflow_id: 'ci.yml' });
    await kim.rest.actions.getWorkflowRunAttempt({ ...PORT, run_id: run.id, attempt_number: 1 });
    await kim.rest.actions.listJobsForWorkflowRun({ ...PORT, run_id: run.id });
    await kim.rest.actions.listJobsForWorkflowRunAttempt({ ...PORT, run_id: run.id, attempt_number: 1 });
    running.port.rules.set('main', { checks: ['test'], approvals: 1 });
    await kim.rest.repos.getBranchRules({ ...PORT, branch: 'main' });
    expect(seen()).toEqual([]);
  });

  test('timelines and search', async () => {
    await kim.rest.issues.listEventsForTimeline({ ...PORT, issue_number: 1 });
    await kim.rest.issues.listEventsForTimeline({ ...PORT, issue_number: 2 });
    await kim.rest.issues.listEventsForTimeline({ ...PORT, issue_number: 4 });
    await kim.rest.search.issuesAndPullRequests({ q: 'repo:harbor/port is:issue crane in:title' });
    expect(seen()).toEqual([]);
  });

  test('deliveries of webhooks', async () => {
    await running.sandbox.webhooks?.settled();
    const { data: deliveries } = await app.rest.apps.listWebhookDeliveries();
    await app.rest.apps.redeliverWebhookDelivery({ delivery_id: deliveries[0]?.id ?? 0 });
    await running.sandbox.webhooks?.settled();
    expect(seen()).toEqual([]);
  });

  test('the sandbox knew every operation asked for, and was asked for every one it knows', () => {
    const unasked = REST_ROUTES.filter(
      (route) => !running.sandbox.requests.entries.some((entry) => isOf(route, entry)),
    );
    expect(running.sandbox.requests.unmodelled()).toEqual([]);
    expect(unasked.map(({ method, path }) => `${method} ${path}`)).toEqual([]);
  });
});

/** Whether a request was a successful one to this very route: `repos/get-content` has two. */
function isOf({ method, path, operation }: RestRoute, entry: RequestEntry): boolean {
  const pattern = path.replace(/:\w+(\{[^}]*\})?/g, (_, rest) => (rest === undefined ? '[^/]+' : '.+'));
  const { pathname } = new URL(entry.path, 'http://sandbox');
  const isAnswered = entry.status >= 200 && entry.status < 300;
  const isSame = entry.method === method && entry.operation === operation && isAnswered;
  return isSame && new RegExp(`^/api/v3${pattern}/?$`).test(pathname);
}

/** `GET /repos/{}/{}/issues` to `issues/list-for-repo`, from GitHub's own description. */
function operationIds(): Map<string, string> {
  const file = createRequire(import.meta.url).resolve('@octokit/openapi/generated/api.github.com.json');
  const description: { paths: Record<string, Record<string, { operationId: string }>> } = JSON.parse(
    readFileSync(file, 'utf8'),
  );
  return new Map(
    Object.entries(description.paths).flatMap(([path, methods]) =>
      Object.entries(methods).map(([method, { operationId }]) => [
        `${method.toUpperCase()} ${path.replace(/\{[^}]+\}/g, '{}')}`,
        operationId,
      ]),
    ),
  );
}

describe('the table of routes', () => {
  test("uses GitHub's operation ids for GitHub's methods and paths", () => {
    const described = operationIds();
    const wrong = REST_ROUTES.filter(({ method, path, operation }) => {
      const template = path.replace(/:(\w+)(\{[^}]*\})?/g, '{}');
      const withPath = operation === 'repos/get-content' && !template.endsWith('{}') ? `${template}/{}` : template;
      return described.get(`${method} ${withPath}`) !== operation;
    });
    expect(wrong.map(({ method, path, operation }) => `${method} ${path} ${operation}`)).toEqual([]);
  });
});
