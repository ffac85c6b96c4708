import { describe, expect, it } from 'vitest';
import { known, unknown } from '../../src/core/reading.ts';
import { mapPullRequest } from '../../src/github/map-pull-request.ts';
import { mergePullRequests } from '../../src/github/merge-pull-requests.ts';
import type { ContextNode, PullRequestNode } from '../../src/github/nodes.ts';
import { createUnread } from '../../src/github/unread.ts';

const NODE: PullRequestNode = {
  id: 'PR_3',
  number: 3,
  url: 'https://github.com/octo/harbor/pull/3',
  title: 'Gate',
  body: '',
  state: 'MERGED',
  isDraft: false,
  createdAt: '2026-03-01T00:00:00Z',
  updatedAt: '2026-03-02T00:00:00Z',
  mergedAt: '2026-03-02T00:00:00Z',
  closedAt: '2026-03-02T00:00:00Z',
  baseRefName: 'main',
  headRefName: 'gate',
  headRefOid: 'abc',
  mergeable: 'UNKNOWN',
  reviewDecision: 'APPROVED',
  author: null,
  mergedBy: { login: 'kim' },
  mergeCommit: { oid: 'def' },
  headRepository: null,
  repository: { name: 'harbor', owner: { login: 'octo' }, visibility: 'PUBLIC', defaultBranchRef: { name: 'main' } },
};

const map = (part: Partial<PullRequestNode>) => mapPullRequest({ ...NODE, ...part }, createUnread());
const notAskedFor = (what: string) => unknown({ cause: 'truncated', what: `${what} of octo/harbor#3 (not asked for)` });

it('maps the scalars alone; what was not asked for is unknown', () => {
  expect(map({})).toEqual({
    nodeId: 'PR_3',
    ref: { owner: 'octo', repo: 'harbor', number: 3 },
    url: 'https://github.com/octo/harbor/pull/3',
    title: 'Gate',
    body: '',
    stated: { closing: [], taskLines: [], reverting: [], revertedCommits: [] },
    visibility: 'public',
    state: 'merged',
    isDraft: false,
    author: null,
    createdAt: '2026-03-01T00:00:00Z',
    updatedAt: '2026-03-02T00:00:00Z',
    mergedAt: '2026-03-02T00:00:00Z',
    mergedBy: 'kim',
    closedAt: '2026-03-02T00:00:00Z',
    readyAt: null,
    baseRefName: 'main',
    isDefaultBase: true,
    headRefName: 'gate',
    headRepository: null,
    headSha: 'abc',
    mergeCommitSha: 'def',
    mergeable: 'unknown',
    reviewDecision: 'approved',
    reviewRequests: notAskedFor('review requests'),
    reviews: notAskedFor('reviews'),
    checks: notAskedFor('checks'),
    commits: known([]),
  });
});

it('names requested people and teams, and takes the last time it became ready', () => {
  const reviewRequests = {
    nodes: [{ requestedReviewer: { login: 'noor' } }, { requestedReviewer: { combinedSlug: 'octo/crane' } }],
  };
  const readyEvents = { nodes: [{ createdAt: '2026-03-01T05:00:00Z' }] };
  expect(map({ reviewRequests, readyEvents })).toMatchObject({
    reviewRequests: known(['noor', 'octo/crane']),
    readyAt: '2026-03-01T05:00:00Z',
  });
});

it('shows a request for a team that it may not read, or that has no name, as one of a team', () => {
  const reviewRequests = { nodes: [{ requestedReviewer: null }, { requestedReviewer: {} }] };
  const unread = createUnread();
  const node = { ...NODE, reviewRequests };
  const path = ['reviewRequests', 'nodes', 0, 'requestedReviewer'];
  unread.note({ data: node, problems: [{ type: 'FORBIDDEN', message: 'no', path }] });
  expect(mapPullRequest(node, unread).reviewRequests).toEqual(
    known(['a team that cannot be read', 'a team that cannot be read']),
  );
});

describe('checks', () => {
  const run = (name: string, status: string, conclusion: string | null): ContextNode => ({
    __typename: 'CheckRun',
    name,
    status,
    conclusion,
    url: `https://github.com/${name}`,
  });
  const rollup = (nodes: (ContextNode | null)[]) => ({
    state: 'FAILURE' as const,
    contexts: { totalCount: nodes.length, nodes },
  });

  it('are none when nothing reported', () => {
    expect(map({ statusCheckRollup: null }).checks).toEqual(known({ state: 'none', total: 0, unfinished: [] }));
  });

  it('list what is not successful, neutral or skipped', () => {
    const status = { __typename: 'StatusContext', context: 'deploy', state: 'ERROR', targetUrl: null } as const;
    const statusCheckRollup = rollup([
      run('green', 'COMPLETED', 'SUCCESS'),
      run('skipped', 'COMPLETED', 'SKIPPED'),
      run('running', 'IN_PROGRESS', null),
      run('timed-out', 'COMPLETED', 'TIMED_OUT'),
      status,
    ]);
    expect(map({ statusCheckRollup }).checks).toEqual(
      known({
        state: 'failure',
        total: 5,
        unfinished: [
          { name: 'running', outcome: 'pending', url: 'https://github.com/running' },
          { name: 'timed-out', outcome: 'failure', url: 'https://github.com/timed-out' },
          { name: 'deploy', outcome: 'failure', url: null },
        ],
      }),
    );
  });

  it.each([
    ['none', 'COMPLETED', []],
    ['success', 'COMPLETED', [run('green', 'COMPLETED', 'SUCCESS')]],
    ['pending', 'COMPLETED', [run('running', 'IN_PROGRESS', null)]],
    ['failure', 'COMPLETED', [run('red', 'COMPLETED', 'FAILURE'), run('running', 'IN_PROGRESS', null)]],
  ])("are %s where Parasol's own words are left aside", (state, status, others) => {
    const own = ['parasol/risk', 'parasol/readiness'].map((name) => run(name, status, 'FAILURE'));
    const statusCheckRollup = rollup([...own, ...others]);
    expect(map({ statusCheckRollup }).checks).toMatchObject(known({ state, total: others.length }));
  });

  it('are what GitHub says of a list that was cut, whatever it shows', () => {
    const statusCheckRollup = {
      state: 'FAILURE' as const,
      contexts: { totalCount: 30, nodes: [run('parasol/risk', 'COMPLETED', 'FAILURE')] },
    };
    expect(map({ statusCheckRollup }).checks).toMatchObject(known({ state: 'failure', total: 30 }));
  });

  it('are unknown when one kind is refused, and name the permission for that kind', () => {
    const unread = createUnread();
    const node = { ...NODE, statusCheckRollup: rollup([run('green', 'COMPLETED', 'SUCCESS'), null]) };
    const path = ['statusCheckRollup', 'contexts', 'nodes', 1];
    unread.note({ data: node, problems: [{ type: 'FORBIDDEN', message: 'no', path }] });
    expect(mapPullRequest(node, unread).checks).toEqual(
      unknown({ cause: 'forbidden', what: 'checks of octo/harbor#3', permission: 'statuses: read' }),
    );
  });
});

describe('a pull request read twice', () => {
  const early = map({ title: 'Old', updatedAt: '2026-03-01T00:00:00Z', reviewRequests: { nodes: [] } });
  const commit = { oid: 'abc', message: 'one', committedDate: '2026-03-01T00:00:00Z' };
  const late = map({ title: 'New', commits: { nodes: [{ commit }] } });

  it('keeps the newer scalars and of each list the reading that says more, in either order', () => {
    const expected = {
      title: 'New',
      reviewRequests: known([]),
      commits: known([{ sha: 'abc', message: 'one', committedAt: '2026-03-01T00:00:00Z' }]),
    };
    expect(mergePullRequests(early, late)).toMatchObject(expected);
    expect(mergePullRequests(late, early)).toMatchObject(expected);
  });

  it('lets a later refusal stand', () => {
    const refused = { ...late, checks: unknown({ cause: 'forbidden', what: 'checks' }) };
    expect(mergePullRequests(early, refused).checks).toEqual(refused.checks);
  });
});
