import { expect, test } from 'vitest';
import { removeReviewRequest, requestReview } from '../../../src/sandbox/actions/request-review.ts';
import { submitReview } from '../../../src/sandbox/actions/submit-review.ts';
import { addAccount, addRepository, advanceClock } from '../../../src/sandbox/create-world.ts';
import { loadWorldFile } from '../../../src/sandbox/load-world/load-world-file.ts';
import type { World } from '../../../src/sandbox/world.ts';
import { ask, dataOf, installation, person } from './ask.ts';
import { HARBOR, harborWorld, inHarbor, pullRequest, START, VAULT } from './harbor-world.ts';

const withTeams = (): World => {
  const world = harborWorld();
  world.repositories.get(HARBOR)?.teams.set('pilots', ['kim']);
  world.repositories.get(VAULT)?.teams.set('pilots', ['ravi']);
  world.repositories.get(VAULT)?.teams.set('keepers', ['ravi']);
  return world;
};

const TEAMS = `{ organization(login: "octo") { viewerIsAMember teams(first: 5) { nodes {
  slug members(first: 5) { nodes { login } } repositories(first: 5, query: "har") { nodes { name } }
} } } }`;

test("a pull request's timeline says who asked whom and who took it back", () => {
  const world = withTeams();
  const item = inHarbor(pullRequest(world, 'Build', { files: [{ path: 'a.ts' }] }));
  requestReview(world, 'ravi', { item, reviewers: ['noor'], teams: ['pilots'] });
  advanceClock(world, 60);
  removeReviewRequest(world, 'kim', { item, reviewers: ['noor'], teams: ['pilots'] });
  const query = `{ repository(owner: "octo", name: "harbor") { pullRequest(number: 1) {
    timelineItems(first: 9, itemTypes: [REVIEW_REQUESTED_EVENT, REVIEW_REQUEST_REMOVED_EVENT]) { nodes { __typename
      ... on ReviewRequestedEvent { createdAt actor { login } requestedReviewer { ... on User { login } ... on Team { slug } } }
      ... on ReviewRequestRemovedEvent { createdAt actor { login } requestedReviewer { ... on User { login } ... on Team { slug } } }
    } } } } }`;
  const [asked, removed] = [
    { __typename: 'ReviewRequestedEvent', createdAt: START, actor: { login: 'ravi' } },
    { __typename: 'ReviewRequestRemovedEvent', createdAt: '2026-05-04T09:01:00Z', actor: { login: 'kim' } },
  ];
  expect(dataOf(world, query)).toEqual({
    repository: {
      pullRequest: {
        timelineItems: {
          nodes: [
            { ...asked, requestedReviewer: { login: 'noor' } },
            { ...asked, requestedReviewer: { slug: 'pilots' } },
            { ...removed, requestedReviewer: { login: 'noor' } },
            { ...removed, requestedReviewer: { slug: 'pilots' } },
          ],
        },
      },
    },
  });
});

test('members see the teams of an organization, of which one name is one team in all its repositories', () => {
  expect(dataOf(withTeams(), TEAMS)).toEqual({
    organization: {
      viewerIsAMember: true,
      teams: {
        nodes: [
          {
            slug: 'pilots',
            members: { nodes: [{ login: 'kim' }, { login: 'ravi' }] },
            repositories: { nodes: [{ name: 'harbor' }] },
          },
          { slug: 'keepers', members: { nodes: [{ login: 'ravi' }] }, repositories: { nodes: [] } },
        ],
      },
    },
  });
});

test('outsiders see no team, and an App without members: read not what they are', () => {
  const world = withTeams();
  addAccount(world, { login: 'visitor' });
  expect(ask(world, person('visitor'), TEAMS)).toEqual({
    data: { organization: { viewerIsAMember: false, teams: { nodes: [] } } },
  });
  expect(ask(world, installation(world, { metadata: 'read' }), TEAMS)).toMatchObject({
    errors: [
      { type: 'FORBIDDEN', path: ['organization', 'teams', 'nodes', 0, 'slug'] },
      { type: 'FORBIDDEN', path: ['organization', 'teams', 'nodes', 1, 'slug'] },
    ],
  });
});

test('a search finds what waits for somebody, through a team or by name, and what somebody reviewed', () => {
  const world = withTeams();
  addRepository(world, { owner: 'elsewhere', name: 'quay' });
  const [first, second] = ['One', 'Two'].map((title) => inHarbor(pullRequest(world, title, { files: [] })));
  if (first === undefined || second === undefined) throw new Error('no pull requests');
  requestReview(world, 'ravi', { item: first, teams: ['pilots'] });
  requestReview(world, 'ravi', { item: second, reviewers: ['noor'] });
  submitReview(world, 'kim', { item: second, state: 'commented', body: 'Nice.' });
  const found = (text: string) =>
    dataOf(
      world,
      `{ search(query: "is:pr is:open archived:false ${text}", type: ISSUE, first: 5) { nodes { ... on PullRequest { number } } } }`,
    );
  expect(
    ['review-requested:kim', 'user-review-requested:kim', 'review-requested:NOOR', 'reviewed-by:kim'].map(found),
  ).toEqual([
    { search: { nodes: [{ number: 1 }] } },
    { search: { nodes: [] } },
    { search: { nodes: [{ number: 2 }] } },
    { search: { nodes: [{ number: 2 }] } },
  ]);
});

test("a commit's authors are its author and those whom its message names by GitHub's own address", () => {
  const world = harborWorld();
  const trailers =
    'Co-authored-by: Noor <42+noor@users.noreply.github.com>\nCo-authored-by: Somebody <who@example.org>';
  pullRequest(world, 'Build', { commits: [`Build\n\n${trailers}`] });
  const query = `{ repository(owner: "octo", name: "harbor") { pullRequest(number: 1) { commits(first: 1) {
    nodes { commit { authors(first: 5) { nodes { user { login } } } } } } } } }`;
  expect(dataOf(world, query)).toMatchObject({
    repository: {
      pullRequest: {
        commits: {
          nodes: [{ commit: { authors: { nodes: [{ user: { login: 'ravi' } }, { user: { login: 'noor' } }] } } }],
        },
      },
    },
  });
});

test('a world file says who is busy, and who was asked and taken off later', () => {
  const text = `now: 2026-03-10T00:00:00Z
owners: { octo: Octo }
users: { kim: Kim, ravi: { name: Ravi, busy: true, status: Exams }, noor: { name: Noor } }
repositories:
  octo/home:
    collaborators: { kim: admin, ravi: write, noor: write }
    teams: { core: [kim] }
    pull_requests:
      - title: Build
        by: kim
        opened: -3d
        branch: build
        requests: [{ at: -2d, ask: [ravi, noor, 'team:core'] }, { at: -1d, by: noor, remove: [ravi, 'team:core'] }]
`;
  const world = loadWorldFile({ path: 'w.yml', text, now: null });
  const pull = world.repositories.get('octo/home')?.pullRequests.get(1);
  expect([...world.accounts.values()].map(({ status }) => status)).toEqual([
    undefined,
    undefined,
    { message: 'Exams', isBusy: true },
    undefined,
  ]);
  expect(pull?.reviewRequests).toMatchObject([{ login: 'noor', team: null, requestedAt: '2026-03-08T00:00:00Z' }]);
  expect(pull?.timeline.map(({ kind, actor, subject }) => [kind, actor, subject])).toEqual([
    ['review_requested_event', 'kim', { login: 'ravi' }],
    ['review_requested_event', 'kim', { login: 'noor' }],
    ['review_requested_event', 'kim', { team: 'core' }],
    ['review_request_removed_event', 'noor', { login: 'ravi' }],
    ['review_request_removed_event', 'noor', { team: 'core' }],
  ]);
});
