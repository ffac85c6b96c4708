import { expect, test } from 'vitest';
import { addBlockedBy } from '../../../src/sandbox/actions/block-issue.ts';
import { closeIssue } from '../../../src/sandbox/actions/close-issue.ts';
import { createComment } from '../../../src/sandbox/actions/comment.ts';
import { addSubIssue } from '../../../src/sandbox/actions/link-sub-issue.ts';
import { mergePullRequest } from '../../../src/sandbox/actions/merge-pull-request.ts';
import { openIssue } from '../../../src/sandbox/actions/open-issue.ts';
import { openPullRequest } from '../../../src/sandbox/actions/open-pull-request.ts';
import { addReaction } from '../../../src/sandbox/actions/react.ts';
import { reportCheckRun, reportStatus } from '../../../src/sandbox/actions/report-checks.ts';
import { submitReview } from '../../../src/sandbox/actions/submit-review.ts';
import { addRepository } from '../../../src/sandbox/create-world.ts';
import { serializeApp } from '../../../src/sandbox/serialize/serialize-app.ts';
import { serializeBranch } from '../../../src/sandbox/serialize/serialize-branch.ts';
import { serializeCheckRun, serializeCheckSuite } from '../../../src/sandbox/serialize/serialize-check-run.ts';
import { serializeComment } from '../../../src/sandbox/serialize/serialize-comment.ts';
import { serializeCommit } from '../../../src/sandbox/serialize/serialize-commit.ts';
import { serializeContent } from '../../../src/sandbox/serialize/serialize-content.ts';
import { serializeFile } from '../../../src/sandbox/serialize/serialize-file.ts';
import { serializeInstallation } from '../../../src/sandbox/serialize/serialize-installation.ts';
import { serializeIssue, serializePullRequestAsIssue } from '../../../src/sandbox/serialize/serialize-issue.ts';
import { serializeLabels } from '../../../src/sandbox/serialize/serialize-label.ts';
import { serializeMilestoneOf } from '../../../src/sandbox/serialize/serialize-milestone.ts';
import { serializePermission } from '../../../src/sandbox/serialize/serialize-permission.ts';
import {
  serializePullRequest,
  serializeSimplePullRequest,
} from '../../../src/sandbox/serialize/serialize-pull-request.ts';
import { serializeReaction } from '../../../src/sandbox/serialize/serialize-reaction.ts';
import { serializeFullRepository, serializeRepository } from '../../../src/sandbox/serialize/serialize-repository.ts';
import { serializeReview } from '../../../src/sandbox/serialize/serialize-review.ts';
import { serializeCombinedStatus, serializeStatus } from '../../../src/sandbox/serialize/serialize-status.ts';
import { serializeTimelineEntry } from '../../../src/sandbox/serialize/serialize-timeline.ts';
import { serializeUser } from '../../../src/sandbox/serialize/serialize-user.ts';
import { validateResponse } from '../openapi-validator.ts';
import { makeSampleWorld } from '../sample-world.ts';

const BASE = 'http://127.0.0.1:4000';
const API = `${BASE}/api/v3/repos/octo/home`;

/** Issue #1 with children and a blocker, a private child, a fork's pull request #3 that closes #2, all with trimmings. */
function furnish() {
  const sample = makeSampleWorld();
  const { world, home, vault, issue, at } = sample;
  const parent = issue('Parent');
  const body = 'Text';
  openIssue(world, 'ravi', {
    repository: 'octo/home',
    title: 'Child',
    body,
    labels: ['bug'],
    assignees: ['ravi'],
    milestone: 1,
    issueType: 'Task',
  });
  addSubIssue(world, 'kim', { parent, child: at(2) });
  addSubIssue(world, 'kim', { parent, child: issue('Hidden', 'octo/vault') });
  addBlockedBy(world, 'kim', { blocked: parent, blocker: at(2) });
  const comment = createComment(world, 'ravi', { item: parent, body: 'Hi' });
  const reaction = addReaction(world, 'kim', { comment: comment.id, content: '+1' });
  addRepository(world, { owner: 'noor', name: 'home', forkOf: 'octo/home' });
  const pull = openPullRequest(world, 'noor', {
    repository: 'octo/home',
    headRepository: 'noor/home',
    branch: 'work',
    title: 'Work',
    body: 'Closes #2',
    reviewers: ['ravi'],
    teamReviewers: ['core'],
    requiredApprovals: 1,
    files: [{ path: 'a b.ts', status: 'renamed', previousPath: 'c.ts', additions: 3, deletions: 1 }],
  });
  const review = submitReview(world, 'kim', { item: at(3), state: 'approved' });
  const sha = pull.headSha;
  const run = reportCheckRun(world, 'noor', { repository: 'octo/home', sha, name: 'test', conclusion: 'failure' });
  const status = reportStatus(world, 'noor', { repository: 'octo/home', sha, context: 'ci', state: 'pending' });
  const commit = home.commits.get(sha);
  const [first, second] = [home.issues.get(1), home.issues.get(2)];
  if (commit === undefined || first === undefined || second === undefined) throw new Error('the sample is incomplete');
  return {
    ...sample,
    vault,
    pull,
    review,
    run,
    status,
    comment,
    reaction,
    first,
    second,
    place: { repository: home, commit },
  };
}

test('everything that REST answers fits the description of GitHub', () => {
  const { world, home, app, installation, pull, review, run, status, comment, reaction, first, second, place } =
    furnish();
  const suite = serializeCheckSuite(world, place, run, BASE);
  const timeline = [...first.timeline, ...second.timeline].map((entry) =>
    serializeTimelineEntry(world, home, entry, BASE),
  );
  const readme = { path: 'README.md', text: home.files.get('README.md') ?? '' };
  const answers: readonly (readonly [string, unknown])[] = [
    ['/repos/o/r', serializeFullRepository(world, home, BASE)],
    ['/orgs/{org}/repos', [serializeRepository(world, home, BASE)]],
    [
      '/repos/o/r/issues',
      [serializeIssue(world, home, first, BASE), serializePullRequestAsIssue(world, home, pull, BASE)],
    ],
    ['/repos/o/r/issues/2', serializeIssue(world, home, second, BASE)],
    ['/repos/o/r/issues/1/comments', [serializeComment(world, { repository: home, item: first }, comment, BASE)]],
    ['/repos/o/r/issues/comments/1/reactions', [serializeReaction(world, reaction, BASE)]],
    ['/repos/o/r/issues/1/timeline', timeline],
    ['/repos/o/r/labels', serializeLabels(home, home.labels.keys(), BASE)],
    ['/repos/o/r/milestones/1', serializeMilestoneOf(world, home, 1, BASE)],
    ['/repos/o/r/pulls', [serializeSimplePullRequest(world, home, pull, BASE)]],
    ['/repos/o/r/pulls/3', serializePullRequest(world, home, pull, BASE)],
    [
      '/repos/o/r/pulls/3/files',
      pull.files.map((file) => serializeFile(home, file, { sha: pull.headSha, since: pull.baseSha, baseUrl: BASE })),
    ],
    ['/repos/o/r/pulls/3/reviews', [serializeReview(world, { repository: home, pull }, review, BASE)]],
    ['/repos/o/r/commits', [serializeCommit(world, home, place.commit, BASE)]],
    ['/repos/o/r/commits/x/check-runs', { total_count: 1, check_runs: [serializeCheckRun(world, place, run, BASE)] }],
    ['/repos/o/r/commits/x/check-suites', { total_count: 1, check_suites: [suite] }],
    ['/repos/o/r/commits/x/status', serializeCombinedStatus(world, place, BASE)],
    ['/repos/o/r/commits/x/statuses', [serializeStatus(world, place, status, BASE)]],
    ['/repos/o/r/branches', [serializeBranch(home, 'main', home.branches.get('main') ?? '', BASE)]],
    ['/repos/o/r/contents/README.md', serializeContent(home, readme, { ref: 'main', baseUrl: BASE })],
    ['/repos/o/r/collaborators/kim/permission', serializePermission(world, 'kim', 'maintain', BASE)],
    ['/repos/o/r/assignees', [serializeUser(world, 'kim', BASE)]],
    ['/app', serializeApp(world, app, BASE)],
    // The description of the list wants an account that is a user and an enterprise at once: nothing can fit it.
    ['/app/installations/1', serializeInstallation(world, installation, app, BASE)],
  ];
  const problems = answers.flatMap(([path, body]) =>
    validateResponse('GET', path, 200, JSON.parse(JSON.stringify(body))).map((problem) => `${path} ${problem}`),
  );
  expect(problems).toEqual([]);
});

test('an issue tells its parent, its counts and what it waits for', () => {
  const { world, home, first, second, vault } = furnish();
  closeIssue(world, 'kim', { item: { repository: 'octo/vault', number: 1 } });
  expect(serializeIssue(world, home, first, BASE)).toMatchObject({
    url: `${API}/issues/1`,
    html_url: `${BASE}/octo/home/issues/1`,
    sub_issues_summary: { total: 2, completed: 1, percent_completed: 50 },
    issue_dependencies_summary: { blocked_by: 1, total_blocked_by: 1, blocking: 0, total_blocking: 0 },
    author_association: 'MEMBER',
    body: null,
  });
  expect('parent_issue_url' in serializeIssue(world, home, first, BASE)).toBe(false);
  expect(serializeIssue(world, home, second, BASE).parent_issue_url).toBe(`${API}/issues/1`);
  const hidden = vault.issues.get(1);
  expect(hidden && serializeIssue(world, vault, hidden, BASE).parent_issue_url).toBe(`${API}/issues/1`);
});

test('addresses follow the root: github.com has its API elsewhere', () => {
  const { world, home, first } = furnish();
  expect(serializeIssue(world, home, first, 'https://github.com')).toMatchObject({
    url: 'https://api.github.com/repos/octo/home/issues/1',
    html_url: 'https://github.com/octo/home/issues/1',
  });
});

test('a pull request tells fork and base, sizes, and whether it can be merged', () => {
  const { world, home, pull, at } = furnish();
  const shown = () => serializePullRequest(world, home, pull, BASE);
  expect(shown()).toMatchObject({
    state: 'open',
    merged: false,
    mergeable: true,
    mergeable_state: 'clean',
    head: { label: 'noor:work', repo: { full_name: 'noor/home', fork: true } },
    base: { label: 'octo:main', repo: { full_name: 'octo/home', forks_count: 1 } },
    requested_reviewers: [{ login: 'ravi' }],
    requested_teams: [{ slug: 'core' }],
    additions: 3,
    changed_files: 1,
  });
  mergePullRequest(world, 'kim', { item: at(3) });
  expect(shown()).toMatchObject({ state: 'closed', merged: true, mergeable: null, merged_by: { login: 'kim' } });
  pull.headRepository = 'gone/home';
  expect(shown().head).toMatchObject({ label: 'gone:work', repo: null });
});

test('a check of a fork names no pull request, a check of an own branch does', () => {
  const { world, home, run, place } = furnish();
  expect(serializeCheckRun(world, place, run, BASE).pull_requests).toEqual([]);
  const own = openPullRequest(world, 'ravi', { repository: 'octo/home', branch: 'own', title: 'Own' });
  const ownRun = reportCheckRun(world, 'ravi', { repository: 'octo/home', sha: own.headSha, name: 'test' });
  const commit = home.commits.get(own.headSha) ?? place.commit;
  expect(serializeCheckRun(world, { repository: home, commit }, ownRun, BASE).pull_requests).toMatchObject([
    { number: 4 },
  ]);
});

test('a check suite is as bad as its worst run, and open while one is', () => {
  const { world, home, place } = furnish();
  const { sha } = place.commit;
  const result = () => {
    const { status, conclusion } = serializeCheckSuite(world, place, { app: 'github-actions' }, BASE);
    return [status, conclusion];
  };
  const seen = [result()];
  reportCheckRun(world, 'kim', { repository: `${home.owner}/${home.name}`, sha, name: 'lint' });
  seen.push(result());
  reportCheckRun(world, 'kim', { repository: 'octo/home', sha, name: 'lint', conclusion: 'success' });
  seen.push(result());
  expect(seen).toEqual([
    ['completed', 'failure'],
    ['in_progress', null],
    ['completed', 'failure'],
  ]);
});

test('the combined status counts the newest of each context; none at all is pending', () => {
  const { world, home, place } = furnish();
  const report = (context: string, state: 'success' | 'error') =>
    reportStatus(world, 'kim', { repository: 'octo/home', sha: place.commit.sha, context, state });
  const state = (commit = place.commit) => serializeCombinedStatus(world, { repository: home, commit }, BASE).state;
  const seen = [state()];
  report('ci', 'success');
  seen.push(state());
  report('deploy', 'error');
  seen.push(state());
  const root = home.commits.get(home.branches.get('main') ?? '') ?? place.commit;
  seen.push(state(root));
  expect(seen).toEqual(['pending', 'success', 'failure', 'pending']);
});

test('somebody who left is shown as ghost, a bot by its App', () => {
  const { world } = furnish();
  expect(serializeUser(world, 'nobody', BASE)).toMatchObject({ login: 'ghost', type: 'User' });
  expect(serializeUser(world, 'parasol[bot]', BASE)).toMatchObject({
    login: 'parasol[bot]',
    type: 'Bot',
    html_url: `${BASE}/apps/parasol`,
  });
});

test('the older permission word hides triage and maintain', () => {
  const { world } = furnish();
  const words = (['read', 'triage', 'write', 'maintain', 'admin', null] as const).map((role) => {
    const { permission, role_name } = serializePermission(world, 'kim', role, BASE);
    return [permission, role_name];
  });
  expect(words).toEqual([
    ['read', 'read'],
    ['read', 'triage'],
    ['write', 'write'],
    ['write', 'maintain'],
    ['admin', 'admin'],
    ['none', 'none'],
  ]);
});
