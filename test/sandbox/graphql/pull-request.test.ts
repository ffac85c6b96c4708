import { beforeEach, describe, expect, it } from 'vitest';
import { mergePullRequest } from '../../../src/sandbox/actions/merge-pull-request.ts';
import { pushCommits } from '../../../src/sandbox/actions/push-commits.ts';
import { reportCheckRun, reportStatus } from '../../../src/sandbox/actions/report-checks.ts';
import { requestReview } from '../../../src/sandbox/actions/request-review.ts';
import { submitReview } from '../../../src/sandbox/actions/submit-review.ts';
import { addAccount, addRepository, advanceClock } from '../../../src/sandbox/create-world.ts';
import type { PullRequestRecord, World } from '../../../src/sandbox/world.ts';
import { BASE_URL, dataOf } from './ask.ts';
import { HARBOR, harborWorld, inHarbor, issue, pullRequest, START } from './harbor-world.ts';

let world: World;

beforeEach(() => {
  world = harborWorld();
});

const pullData = (selection: string, number = 1) =>
  (
    dataOf(
      world,
      `{ repository(owner: "octo", name: "harbor") { pullRequest(number: ${number}) { ${selection} } } }`,
    ) as {
      repository: { pullRequest: Record<string, unknown> };
    }
  ).repository.pullRequest;

describe('a pull request', () => {
  it('shows everything that the world knows of it', () => {
    issue(world, 'Quay');
    const record = pullRequest(world, 'Build quay', {
      body: 'closes #1',
      draft: true,
      commits: ['first', 'second\n\nwith a body'],
      files: [
        { path: 'quay.ts', status: 'added', additions: 10 },
        { path: 'old.ts', status: 'removed', additions: 0, deletions: 3 },
      ],
    });
    expect(
      pullData(
        `id number url state isDraft merged mergedAt mergeable mergeStateStatus reviewDecision isCrossRepository
        baseRefName headRefName headRefOid headRef { name } headRepository { nameWithOwner } baseRef { name }
        additions deletions changedFiles author { login } mergeCommit { oid } statusCheckRollup { state }
        files(first: 5) { nodes { path changeType additions deletions } }
        commits(last: 1) { totalCount nodes { commit { oid messageHeadline messageBody author { name user { login } } } } }
        closingIssuesReferences(first: 5) { nodes { number } }`,
        2,
      ),
    ).toEqual({
      id: record.nodeId,
      number: 2,
      url: `${BASE_URL}/octo/harbor/pull/2`,
      state: 'OPEN',
      isDraft: true,
      merged: false,
      mergedAt: null,
      mergeable: 'MERGEABLE',
      mergeStateStatus: 'DRAFT',
      reviewDecision: null,
      isCrossRepository: false,
      baseRefName: 'main',
      headRefName: 'Build-quay',
      headRefOid: record.headSha,
      headRef: { name: 'Build-quay' },
      headRepository: { nameWithOwner: 'octo/harbor' },
      baseRef: { name: 'main' },
      additions: 10,
      deletions: 3,
      changedFiles: 2,
      author: { login: 'ravi' },
      mergeCommit: null,
      statusCheckRollup: null,
      files: {
        nodes: [
          { path: 'quay.ts', changeType: 'ADDED', additions: 10, deletions: 0 },
          { path: 'old.ts', changeType: 'DELETED', additions: 0, deletions: 3 },
        ],
      },
      commits: {
        totalCount: 2,
        nodes: [
          {
            commit: {
              oid: record.headSha,
              messageHeadline: 'second',
              messageBody: 'with a body',
              author: { name: 'ravi', user: { login: 'ravi' } },
            },
          },
        ],
      },
      closingIssuesReferences: { nodes: [{ number: 1 }] },
    });
  });

  it('shows its merge', () => {
    const record = pullRequest(world, 'Build quay');
    advanceClock(world, 60);
    mergePullRequest(world, 'kim', { item: inHarbor(record) });
    expect(pullData('state merged mergedAt mergedBy { login } closed mergeable mergeCommit { oid }')).toEqual({
      state: 'MERGED',
      merged: true,
      mergedAt: '2026-05-04T09:01:00Z',
      mergedBy: { login: 'kim' },
      closed: true,
      mergeable: 'UNKNOWN',
      mergeCommit: { oid: record.mergeCommitSha },
    });
  });

  it('comes from a fork, or from one that is gone', () => {
    addAccount(world, { login: 'lena' });
    addRepository(world, { owner: 'lena', name: 'harbor', forkOf: HARBOR });
    const record = pullRequest(world, 'Patch', { headRepository: 'lena/harbor' });
    const selection = 'isCrossRepository headRepository { nameWithOwner } headRepositoryOwner { login }';
    expect(pullData(selection)).toEqual({
      isCrossRepository: true,
      headRepository: { nameWithOwner: 'lena/harbor' },
      headRepositoryOwner: { login: 'lena' },
    });
    record.headRepository = null;
    expect(pullData(selection)).toEqual({
      isCrossRepository: true,
      headRepository: null,
      headRepositoryOwner: null,
    });
  });
});

describe('reviews', () => {
  let record: PullRequestRecord;
  const review = (login: string, state: 'approved' | 'changes_requested' | 'commented') =>
    submitReview(world, login, { item: inHarbor(record), state, body: 'text' });
  const decision = () => pullData('reviewDecision mergeStateStatus');

  beforeEach(() => {
    record = pullRequest(world, 'Build quay', { requiredApprovals: 1 });
  });

  it('decide by the latest opinion of each writer', () => {
    expect(decision()).toEqual({ reviewDecision: 'REVIEW_REQUIRED', mergeStateStatus: 'BLOCKED' });
    review('lena', 'approved');
    expect(decision()).toEqual({ reviewDecision: 'REVIEW_REQUIRED', mergeStateStatus: 'BLOCKED' });
    review('noor', 'changes_requested');
    review('kim', 'approved');
    expect(decision()).toEqual({ reviewDecision: 'CHANGES_REQUESTED', mergeStateStatus: 'BLOCKED' });
    review('noor', 'approved');
    review('noor', 'commented');
    expect(decision()).toEqual({ reviewDecision: 'APPROVED', mergeStateStatus: 'CLEAN' });
  });

  it('are listed as all, as latest and as latest opinions', () => {
    review('noor', 'approved');
    review('lena', 'approved');
    review('noor', 'commented');
    review('kim', 'commented');
    requestReview(world, 'ravi', { item: inHarbor(record), reviewers: ['kim'] });
    const list = '{ nodes { author { login } state } }';
    const noor = (state: string) => ({ author: { login: 'noor' }, state });
    const lena = { author: { login: 'lena' }, state: 'APPROVED' };
    expect(
      pullData(`all: reviews(first: 9) { totalCount } approved: reviews(first: 9, states: [APPROVED], author: "noor") ${list}
        latestReviews(first: 9) ${list} latestOpinionatedReviews(first: 9) ${list}
        writers: latestOpinionatedReviews(first: 9, writersOnly: true) ${list}`),
    ).toEqual({
      all: { totalCount: 4 },
      approved: { nodes: [noor('APPROVED')] },
      // kim is asked again, so kim's old review is no longer the latest word.
      latestReviews: { nodes: [lena, noor('COMMENTED')] },
      latestOpinionatedReviews: { nodes: [noor('APPROVED'), lena] },
      writers: { nodes: [noor('APPROVED')] },
    });
  });

  it('are asked of people and teams', () => {
    world.repositories.get(HARBOR)?.teams.set('pilots', ['kim', 'noor']);
    requestReview(world, 'ravi', { item: inHarbor(record), reviewers: ['noor'], teams: ['pilots'] });
    expect(
      pullData(`reviewRequests(first: 5) { totalCount nodes { asPerson: requestedReviewer { ... on User { login } }
        requestedReviewer { __typename ... on Team { combinedSlug members(first: 5) { nodes { login } } } } } }`),
    ).toEqual({
      reviewRequests: {
        totalCount: 2,
        nodes: [
          { asPerson: { login: 'noor' }, requestedReviewer: { __typename: 'User' } },
          {
            asPerson: {},
            requestedReviewer: {
              __typename: 'Team',
              combinedSlug: 'octo/pilots',
              members: { nodes: [{ login: 'kim' }, { login: 'noor' }] },
            },
          },
        ],
      },
    });
  });
});

describe('checks', () => {
  let record: PullRequestRecord;
  const run = (name: string, conclusion: 'success' | 'failure' | 'skipped' | null) =>
    reportCheckRun(world, 'ravi', { repository: HARBOR, sha: record.headSha, name, conclusion });
  const status = (context: string, state: 'success' | 'pending' | 'error') =>
    reportStatus(world, 'ravi', { repository: HARBOR, sha: record.headSha, context, state });
  const state = () => pullData('statusCheckRollup { state } mergeStateStatus');

  beforeEach(() => {
    record = pullRequest(world, 'Build quay');
  });

  it('roll up to the worst of all', () => {
    expect(state()).toEqual({ statusCheckRollup: null, mergeStateStatus: 'CLEAN' });
    run('lint', 'skipped');
    status('deploy', 'success');
    expect(state()).toEqual({ statusCheckRollup: { state: 'SUCCESS' }, mergeStateStatus: 'CLEAN' });
    run('test', null);
    expect(state()).toEqual({ statusCheckRollup: { state: 'PENDING' }, mergeStateStatus: 'UNSTABLE' });
    run('build', 'failure');
    expect(state()).toEqual({ statusCheckRollup: { state: 'FAILURE' }, mergeStateStatus: 'UNSTABLE' });
    status('deploy', 'error');
    expect(state()).toEqual({ statusCheckRollup: { state: 'ERROR' }, mergeStateStatus: 'UNSTABLE' });
  });

  it('count each name once, as last reported, by state', () => {
    run('test', 'failure');
    run('test', 'success');
    run('lint', null);
    status('deploy', 'pending');
    status('deploy', 'success');
    const counts = pullData(`statusCheckRollup { contexts(first: 9) { totalCount checkRunCount statusContextCount
      checkRunCountsByState { state count } statusContextCountsByState { state count }
      nodes { __typename ... on CheckRun { name status conclusion checkSuite { app { slug } checkRuns(first: 9) { totalCount } } } ... on StatusContext { context state } } } }`);
    expect(counts).toEqual({
      statusCheckRollup: {
        contexts: {
          totalCount: 3,
          checkRunCount: 2,
          statusContextCount: 1,
          checkRunCountsByState: [
            { state: 'SUCCESS', count: 1 },
            { state: 'IN_PROGRESS', count: 1 },
          ],
          statusContextCountsByState: [{ state: 'SUCCESS', count: 1 }],
          nodes: [
            {
              __typename: 'CheckRun',
              name: 'test',
              status: 'COMPLETED',
              conclusion: 'SUCCESS',
              checkSuite: { app: null, checkRuns: { totalCount: 3 } },
            },
            {
              __typename: 'CheckRun',
              name: 'lint',
              status: 'IN_PROGRESS',
              conclusion: null,
              checkSuite: { app: null, checkRuns: { totalCount: 3 } },
            },
            { __typename: 'StatusContext', context: 'deploy', state: 'SUCCESS' },
          ],
        },
      },
    });
  });

  it('stay with the commit that they ran on', () => {
    run('test', 'success');
    pushCommits(world, 'ravi', { repository: HARBOR, branch: record.headRefName, commits: ['more'] });
    const selection = `statusCheckRollup { state } commits(first: 5) { nodes { commit {
      statusCheckRollup { state } status { state } checkSuites(first: 5) { totalCount nodes { status conclusion } } } } }`;
    expect(pullData(selection)).toEqual({
      statusCheckRollup: null,
      commits: {
        nodes: [
          {
            commit: {
              statusCheckRollup: { state: 'SUCCESS' },
              status: null,
              checkSuites: { totalCount: 1, nodes: [{ status: 'COMPLETED', conclusion: 'SUCCESS' }] },
            },
          },
          { commit: { statusCheckRollup: null, status: null, checkSuites: { totalCount: 0, nodes: [] } } },
        ],
      },
    });
  });
});

describe("a repository's pull requests", () => {
  it('come by state, branch and order', () => {
    pullRequest(world, 'one');
    pullRequest(world, 'two', { base: 'release' });
    advanceClock(world, 60);
    pushCommits(world, 'ravi', { repository: HARBOR, branch: 'one', commits: ['more'] });
    const list = '{ nodes { title } }';
    expect(
      dataOf(
        world,
        `{ repository(owner: "octo", name: "harbor") { createdAt
        head: pullRequests(first: 5, headRefName: "two") ${list} base: pullRequests(first: 5, baseRefName: "main") ${list}
        open: pullRequests(first: 5, states: [OPEN], orderBy: { field: UPDATED_AT, direction: DESC }) ${list}
        merged: pullRequests(first: 5, states: [MERGED]) ${list} } }`,
      ),
    ).toEqual({
      repository: {
        createdAt: START,
        head: { nodes: [{ title: 'two' }] },
        base: { nodes: [{ title: 'one' }] },
        open: { nodes: [{ title: 'one' }, { title: 'two' }] },
        merged: { nodes: [] },
      },
    });
  });
});
