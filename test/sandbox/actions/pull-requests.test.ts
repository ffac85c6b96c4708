import { expect, test } from 'vitest';
import { connectIssue } from '../../../src/sandbox/actions/closing-references.ts';
import {
  closePullRequest,
  editPullRequest,
  reopenPullRequest,
} from '../../../src/sandbox/actions/edit-pull-request.ts';
import { linkBranch } from '../../../src/sandbox/actions/link-branch.ts';
import { mergePullRequest } from '../../../src/sandbox/actions/merge-pull-request.ts';
import { type NewPullRequest, openPullRequest } from '../../../src/sandbox/actions/open-pull-request.ts';
import { pushCommits, pushToDefaultBranch, putFile } from '../../../src/sandbox/actions/push-commits.ts';
import { reportCheckRun } from '../../../src/sandbox/actions/report-checks.ts';
import { requestReview } from '../../../src/sandbox/actions/request-review.ts';
import { dismissReview, submitReview } from '../../../src/sandbox/actions/submit-review.ts';
import { addAccount, addRepository } from '../../../src/sandbox/create-world.ts';
import { reviewDecision } from '../../../src/sandbox/review-decision.ts';
import { makeSampleWorld } from '../sample-world.ts';
import { refusalOf } from './refusal-of.ts';

function start() {
  const sample = makeSampleWorld();
  const open = (input: Partial<NewPullRequest> = {}) =>
    openPullRequest(sample.world, 'ravi', { repository: 'octo/home', title: 'Work', branch: 'work', ...input });
  const messages = (shas: readonly string[]) => shas.map((sha) => sample.home.commits.get(sha)?.message);
  return { ...sample, open, messages };
}

test('a pull request without commits gets one named after it, on top of the base', () => {
  const { open, home, messages } = start();
  const pull = open();
  const root = home.branches.get('main') ?? '';
  expect([messages(pull.commits), pull.baseSha, home.branches.get('work')]).toEqual([['Work'], root, pull.headSha]);
  expect(home.commits.get(pull.headSha)?.parents).toEqual([root]);
});

test('a pull request from a pushed branch has the commits of the branch', () => {
  const { open, world, issue, messages } = start();
  linkBranch(world, 'kim', { item: issue('One'), branch: 'work' });
  pushCommits(world, 'ravi', { repository: 'octo/home', branch: 'work', commits: ['A', 'B'] });
  expect(messages(open().commits)).toEqual(['A', 'B']);
});

test('closing keywords count towards the default branch only, for existing issues, in any spelling', () => {
  const { open, world, issue, at, vault } = start();
  for (const title of ['1', '2', '3', '4', '5']) issue(title);
  issue('Hidden', 'octo/vault');
  const body =
    'Closes #1, fixed: octo/vault#1, RESOLVES https://example.test/octo/home/issues/2, see #3, `closes #4`, closes #99';
  const pull = open({ body });
  expect(pull.closingIssues).toEqual([at(1), at(1, 'octo/vault'), at(2)]);
  expect(vault.issues.get(1)?.timeline).toMatchObject([{ kind: 'cross_referenced_event', willClose: true }]);
  editPullRequest(world, 'ravi', { item: at(pull.number), base: 'release' });
  expect(pull.closingIssues).toEqual([]);
  editPullRequest(world, 'ravi', { item: at(pull.number), base: 'main', body: 'Closes #5' });
  expect(pull.closingIssues).toEqual([at(5)]);
});

test('an issue linked by hand stays linked whatever body and base say', () => {
  const { open, world, issue, at, home } = start();
  const item = issue('By hand');
  const pull = open();
  connectIssue(world, 'ravi', { pullRequest: at(pull.number), issue: item });
  editPullRequest(world, 'ravi', { item: at(pull.number), base: 'release', body: 'Nothing' });
  expect([pull.closingIssues, home.issues.get(1)?.timeline.map(({ kind }) => kind)]).toEqual([
    [item],
    ['connected_event'],
  ]);
  expect(refusalOf(() => connectIssue(world, 'ravi', { pullRequest: at(pull.number), issue: item }))).toEqual([
    422,
    'The issue is already linked',
  ]);
});

test('a merge closes its issues in its own name and puts its files on the default branch', () => {
  const { open, world, issue, at, home } = start();
  issue('Task');
  const pull = open({
    body: 'Closes #1',
    files: [
      { path: 'a.md', status: 'added', text: 'A' },
      { path: 'README.md', status: 'removed' },
    ],
  });
  mergePullRequest(world, 'kim', { item: at(2) });
  expect(pull).toMatchObject({
    state: 'merged',
    mergedBy: 'kim',
    mergedAt: world.now(),
    mergeCommitSha: home.branches.get('main'),
  });
  expect(home.issues.get(1)).toMatchObject({ state: 'closed', stateReason: 'completed', closedBy: 'kim' });
  expect(home.issues.get(1)?.timeline.at(-1)).toMatchObject({ kind: 'closed_event', subject: { item: at(2) } });
  expect([...home.files]).toEqual([['a.md', 'A']]);
  expect(home.commits.get(pull.mergeCommitSha ?? '')?.parents).toEqual([pull.baseSha, pull.headSha]);
});

test('a merge into another branch closes nothing and leaves the default branch alone', () => {
  const { open, world, issue, at, home } = start();
  issue('Task');
  const before = home.branches.get('main');
  open({ body: 'Closes #1', base: 'release', files: [{ path: 'a.md', status: 'added', text: 'A' }] });
  mergePullRequest(world, 'kim', { item: at(2), method: 'squash' });
  const head = home.branches.get('release') ?? '';
  expect([home.issues.get(1)?.state, home.files.has('a.md'), home.branches.get('main')]).toEqual([
    'open',
    false,
    before,
  ]);
  expect(home.commits.get(head)).toMatchObject({ message: 'Work (#2)', parents: [before] });
});

test('a rebase merge puts commits of its own on the base branch, and each is found by its pull request', () => {
  const { open, world, home, at, messages } = start();
  const root = home.branches.get('main') ?? '';
  const pull = open({ commits: ['A', 'B'], files: [{ path: 'a.ts', text: 'a' }] });
  mergePullRequest(world, 'kim', { item: at(1), method: 'rebase' });
  const landed = pull.rebasedCommits ?? [];
  expect([messages(landed), landed.some((sha) => pull.commits.includes(sha))]).toEqual([['A', 'B'], false]);
  expect(landed.map((sha) => home.commits.get(sha)?.parents)).toEqual([[root], landed.slice(0, 1)]);
  expect([pull.mergeCommitSha, home.branches.get('main')]).toEqual([landed[1], landed[1]]);
  expect(home.files.get('a.ts')).toBe('a');
});

test('what GitHub would not merge is refused with 405', () => {
  const { open, world, at } = start();
  const merge = (number: number) => refusalOf(() => mergePullRequest(world, 'kim', { item: at(number) }));
  open({ draft: true, branch: 'draft' });
  open({ branch: 'conflict' }).mergeable = 'conflicting';
  open({ branch: 'unreviewed', requiredApprovals: 1 });
  open({ branch: 'refused', requiredApprovals: 1 });
  submitReview(world, 'kim', { item: at(4), state: 'changes_requested', body: 'No' });
  open({ branch: 'closed' });
  closePullRequest(world, 'ravi', { item: at(5) });
  expect([1, 2, 3, 4, 5].map(merge)).toEqual([
    [405, 'Pull Request is still a draft'],
    [405, 'Merge conflict'],
    [405, 'At least 1 approving review is required by reviewers with write access.'],
    [405, 'Changes were requested by a reviewer.'],
    [405, 'Pull Request is not mergeable'],
  ]);
});

test('a closed pull request opens again, a merged one does not', () => {
  const { open, world, at } = start();
  const pull = open();
  closePullRequest(world, 'ravi', { item: at(1) });
  expect([pull.state, pull.closedAt, pull.mergedAt]).toEqual(['closed', world.now(), null]);
  reopenPullRequest(world, 'ravi', { item: at(1) });
  mergePullRequest(world, 'ravi', { item: at(1) });
  expect(refusalOf(() => reopenPullRequest(world, 'ravi', { item: at(1) }))).toEqual([
    422,
    'Cannot reopen a merged pull request',
  ]);
});

test('one branch has one open pull request into each base', () => {
  const { open } = start();
  const first = open();
  expect(refusalOf(() => open())).toEqual([422, 'A pull request already exists for octo:work.']);
  expect(open({ base: 'release' })).toMatchObject({ baseRefName: 'release', headRefName: first.headRefName });
  expect(refusalOf(() => open({ base: 'release' }))).toEqual([422, 'A pull request already exists for octo:work.']);
});

test('the review decision counts the latest word of each person who may write', () => {
  const { open, world, at, home } = start();
  const pull = open({ requiredApprovals: 1 });
  const decision = () => reviewDecision(home, pull);
  requestReview(world, 'ravi', { item: at(1), reviewers: ['kim'] });
  submitReview(world, 'noor', { item: at(1), state: 'approved' });
  const seen = [decision()];
  submitReview(world, 'kim', { item: at(1), state: 'changes_requested', body: 'No' });
  seen.push(decision());
  submitReview(world, 'kim', { item: at(1), state: 'commented', body: 'Hm' });
  seen.push(decision());
  const { id } = submitReview(world, 'kim', { item: at(1), state: 'approved' });
  seen.push(decision());
  dismissReview(world, 'ravi', { item: at(1), review: id });
  seen.push(decision());
  pull.requiredApprovals = 0;
  seen.push(decision());
  expect(seen).toEqual([
    'REVIEW_REQUIRED',
    'CHANGES_REQUESTED',
    'CHANGES_REQUESTED',
    'APPROVED',
    'REVIEW_REQUIRED',
    null,
  ]);
  expect(pull.reviewRequests).toEqual([]);
});

test('a push to a fork moves the pull request that comes from it', () => {
  const { open, world, home, messages } = start();
  addAccount(world, { login: 'noor' });
  const fork = addRepository(world, { owner: 'noor', name: 'home', forkOf: 'octo/home' });
  const pull = open({ headRepository: 'noor/home', commits: ['First'] });
  const before = pull.headSha;
  pushCommits(world, 'noor', {
    repository: 'noor/home',
    branch: 'work',
    commits: ['Second'],
    files: [{ path: 'x.ts' }],
  });
  expect([messages(pull.commits), fork.branches.get('work'), home.branches.has('work')]).toEqual([
    ['First', 'Second'],
    pull.headSha,
    false,
  ]);
  expect([pull.headSha === before, pull.files.map(({ path }) => path)]).toEqual([false, ['x.ts']]);
});

test('a force-push puts its commits in place of those of the branch', () => {
  const { world, home, open, messages } = start();
  const main = home.branches.get('main');
  const pull = open({ commits: ['One', 'Two'], files: [{ path: 'x.ts' }] });
  const [dropped = ''] = pull.commits;
  pushCommits(world, 'ravi', { repository: 'octo/home', branch: 'work', commits: ['Better'], forced: true });
  const head = home.commits.get(pull.headSha);
  expect({ commits: messages(pull.commits), files: pull.files, parents: head?.parents }).toEqual({
    commits: ['Better'],
    files: [],
    parents: [main],
  });
  expect([home.branches.get('work'), home.commits.has(dropped)]).toEqual([pull.headSha, true]);
});

test('pushes to the default branch change its files and close what their messages name', () => {
  const { world, issue, at, home } = start();
  issue('Task');
  const files = [{ path: 'b.md', previousPath: 'README.md', status: 'renamed' as const, text: 'B' }];
  const sha = pushToDefaultBranch(world, 'kim', { repository: 'octo/home', commits: ['Move', 'Fixes #1'], files });
  expect([...home.files]).toEqual([['b.md', 'B']]);
  expect(home.issues.get(1)?.timeline).toMatchObject([{ kind: 'closed_event', subject: { sha } }]);
  putFile(world, 'kim', { repository: 'octo/home', path: 'b.md', text: null });
  expect([home.files.size, home.commits.get(home.branches.get('main') ?? '')?.message]).toEqual([0, 'Delete b.md']);
  expect(
    refusalOf(() => pushCommits(world, 'kim', { repository: at(1).repository, branch: 'x', commits: [] })),
  ).toEqual([422, 'a push needs at least one commit']);
});

test('a check run goes on until it completes; then the same name starts a new one', () => {
  const { open, world, home } = start();
  const { headSha: sha } = open();
  const report = (conclusion?: 'failure' | 'success') =>
    reportCheckRun(world, 'ravi', { repository: 'octo/home', sha, name: 'test', conclusion: conclusion ?? null });
  const first = report();
  expect(report('failure')).toBe(first);
  report('success');
  expect(home.commits.get(sha)?.checkRuns.map(({ status, conclusion }) => [status, conclusion])).toEqual([
    ['completed', 'failure'],
    ['completed', 'success'],
  ]);
  expect(refusalOf(() => reportCheckRun(world, 'ravi', { repository: 'octo/home', sha: 'no', name: 'x' }))).toEqual([
    422,
    'No commit found for SHA: no',
  ]);
});

test('the same story gives the same shas and ids', () => {
  const tell = () => {
    const { open, world } = start();
    const { headSha, id, nodeId } = open();
    return { headSha, id, nodeId, next: world.nextId };
  };
  expect(tell()).toEqual(tell());
});
