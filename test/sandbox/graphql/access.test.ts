import { beforeEach, describe, expect, it } from 'vitest';
import { addBlockedBy } from '../../../src/sandbox/actions/block-issue.ts';
import { addSubIssue } from '../../../src/sandbox/actions/link-sub-issue.ts';
import { openIssue } from '../../../src/sandbox/actions/open-issue.ts';
import { reportCheckRun, reportStatus } from '../../../src/sandbox/actions/report-checks.ts';
import { requestReview } from '../../../src/sandbox/actions/request-review.ts';
import type { IssueRecord, Permissions, World } from '../../../src/sandbox/world.ts';
import { ask, dataOf, installation, person } from './ask.ts';
import { HARBOR, harborWorld, inHarbor, inVault, issue, pullRequest, VAULT } from './harbor-world.ts';

const LINKS = `{ repository(owner: "octo", name: "harbor") { issue(number: 1) {
  subIssues(first: 5) { totalCount nodes { title } } subIssuesSummary { total completed percentCompleted }
  blockedBy(first: 5) { totalCount nodes { title } } issueDependenciesSummary { blockedBy totalBlockedBy }
  timelineItems(first: 50) { totalCount nodes { __typename } } parent { title } } } }`;

let world: World;
let umbrella: IssueRecord;

beforeEach(() => {
  world = harborWorld();
  umbrella = issue(world, 'Umbrella');
});

describe('a private repository', () => {
  it('does not exist for strangers', () => {
    const secret = issue(world, 'Secret', VAULT);
    const query = `{ repository(owner: "octo", name: "vault") { id } node(id: "${secret.nodeId}") { id } }`;
    const { data, errors } = ask(world, person('lena'), query);
    expect(data).toEqual({ repository: null, node: null });
    expect(errors).toMatchObject([
      {
        type: 'NOT_FOUND',
        path: ['repository'],
        message: "Could not resolve to a Repository with the name 'octo/vault'.",
      },
      { type: 'NOT_FOUND', path: ['node'] },
    ]);
  });

  it('hides its sub-issues, blockers and mentions, and shows only in the summaries', () => {
    const open = issue(world, 'Open');
    const secret = issue(world, 'Secret', VAULT);
    for (const child of [inHarbor(open), inVault(secret)]) {
      addSubIssue(world, 'kim', { parent: inHarbor(umbrella), child });
      addBlockedBy(world, 'kim', { blocked: inHarbor(umbrella), blocker: child });
    }
    openIssue(world, 'kim', { repository: VAULT, title: 'Mentions', body: `see ${HARBOR}#1` });
    const summaries = {
      subIssuesSummary: { total: 2, completed: 0, percentCompleted: 0 },
      issueDependenciesSummary: { blockedBy: 2, totalBlockedBy: 2 },
      parent: null,
    };
    expect(ask(world, person('lena'), LINKS)).toEqual({
      data: {
        repository: {
          issue: {
            ...summaries,
            subIssues: { totalCount: 1, nodes: [{ title: 'Open' }] },
            blockedBy: { totalCount: 1, nodes: [{ title: 'Open' }] },
            timelineItems: {
              totalCount: 2,
              nodes: [{ __typename: 'SubIssueAddedEvent' }, { __typename: 'BlockedByAddedEvent' }],
            },
          },
        },
      },
    });
    expect(dataOf(world, LINKS)).toMatchObject({
      repository: {
        issue: {
          ...summaries,
          subIssues: { totalCount: 2, nodes: [{ title: 'Open' }, { title: 'Secret' }] },
          // Latest dependency first, as on GitHub.
          blockedBy: { totalCount: 2, nodes: [{ title: 'Secret' }, { title: 'Open' }] },
          timelineItems: { totalCount: 5 },
        },
      },
    });
  });

  it('hides a parent', () => {
    const secret = issue(world, 'Secret', VAULT);
    addSubIssue(world, 'kim', { parent: inVault(secret), child: inHarbor(umbrella) });
    const query = '{ repository(owner: "octo", name: "harbor") { issue(number: 1) { parent { title } } } }';
    expect(ask(world, person('lena'), query)).toEqual({ data: { repository: { issue: { parent: null } } } });
    expect(dataOf(world, query)).toEqual({ repository: { issue: { parent: { title: 'Secret' } } } });
  });

  it('hides its pull requests among those that close a task', () => {
    pullRequest(world, 'Fix in the open', { body: 'closes #1' });
    pullRequest(world, 'Fix in secret', { repository: VAULT, body: `closes ${HARBOR}#1` });
    const query = `{ repository(owner: "octo", name: "harbor") { issue(number: 1) {
      closedByPullRequestsReferences(first: 5) { nodes { title } } } } }`;
    const titlesFor = (login: string) =>
      JSON.stringify(ask(world, person(login), query).data).match(/Fix in \w+ ?\w*/g);
    expect([titlesFor('lena'), titlesFor('kim')]).toEqual([['Fix in the open'], ['Fix in the open', 'Fix in secret']]);
  });
});

describe('an installation without a permission', () => {
  const refusal = (path: readonly (string | number)[]) => ({
    type: 'FORBIDDEN',
    path,
    message: 'Resource not accessible by integration',
    locations: expect.any(Array),
    extensions: { saml_failure: false },
  });

  const askWith = (permissions: Permissions, selection: string) =>
    ask(world, installation(world, permissions), `{ repository(owner: "octo", name: "harbor") { ${selection} } }`);

  it('reads issues but not the pull requests that close them', () => {
    pullRequest(world, 'Fix', { body: 'closes #1' });
    const selection =
      'issue(number: 1) { title closedByPullRequestsReferences(first: 1) { nodes { id } } } pullRequests(first: 1) { totalCount }';
    const answer = askWith({ issues: 'read' }, selection);
    expect(answer).toEqual({
      // A list of pull requests may not be null, so the refusal reaches up to the repository.
      data: { repository: null },
      errors: [
        refusal(['repository', 'issue', 'closedByPullRequestsReferences']),
        refusal(['repository', 'pullRequests']),
      ],
    });
  });

  it('loses exactly the field when it may be null', () => {
    pullRequest(world, 'Fix', { body: 'closes #1' });
    const selection =
      'issue(number: 1) { title closedByPullRequestsReferences(first: 1) { nodes { id } } } object(expression: "HEAD:README.md") { id }';
    expect(askWith({ issues: 'read' }, selection)).toEqual({
      data: { repository: { issue: { title: 'Umbrella', closedByPullRequestsReferences: null }, object: null } },
      errors: [refusal(['repository', 'issue', 'closedByPullRequestsReferences']), refusal(['repository', 'object'])],
    });
  });

  it('is refused the pull request behind a cross-reference, not the rest of the timeline', () => {
    pullRequest(world, 'Mentions', { body: 'see #1' });
    const selection =
      'issue(number: 1) { timelineItems(first: 5) { nodes { __typename ... on CrossReferencedEvent { source { __typename } } } } }';
    const nodes = (...events: unknown[]) => ({ repository: { issue: { timelineItems: { nodes: events } } } });
    expect(askWith({ issues: 'read' }, selection)).toEqual({
      data: nodes(null),
      errors: [refusal(['repository', 'issue', 'timelineItems', 'nodes', 0, 'source'])],
    });
    expect(askWith({ issues: 'read', pull_requests: 'read' }, selection)).toEqual({
      data: nodes({ __typename: 'CrossReferencedEvent', source: { __typename: 'PullRequest' } }),
    });
  });

  it('reads check runs with checks, statuses with statuses, and neither without both', () => {
    const { headSha: sha, number } = pullRequest(world, 'Fix');
    reportCheckRun(world, 'ravi', { repository: HARBOR, sha, name: 'test', conclusion: 'success' });
    reportStatus(world, 'ravi', { repository: HARBOR, sha, context: 'deploy', state: 'pending' });
    const selection = `pullRequest(number: ${number}) { statusCheckRollup { state contexts(first: 5) { nodes { __typename } } } }`;
    const path = ['repository', 'pullRequest', 'statusCheckRollup'];
    const rollup = (...nodes: unknown[]) => ({
      repository: { pullRequest: { statusCheckRollup: { state: 'PENDING', contexts: { nodes } } } },
    });
    const [run, status] = [{ __typename: 'CheckRun' }, { __typename: 'StatusContext' }];
    const pulls = { pull_requests: 'read' } as const;
    expect(askWith(pulls, selection)).toEqual({
      data: { repository: { pullRequest: { statusCheckRollup: null } } },
      errors: [refusal(path)],
    });
    expect(askWith({ ...pulls, checks: 'read' }, selection)).toEqual({
      data: rollup(run, null),
      errors: [refusal([...path, 'contexts', 'nodes', 1])],
    });
    expect(askWith({ ...pulls, statuses: 'read' }, selection)).toEqual({
      data: rollup(null, status),
      errors: [refusal([...path, 'contexts', 'nodes', 0])],
    });
    expect(askWith({ ...pulls, checks: 'read', statuses: 'read' }, selection)).toEqual({ data: rollup(run, status) });
  });

  it('sees of a team only with members: read what it is', () => {
    const { number } = pullRequest(world, 'Fix');
    world.repositories.get(HARBOR)?.teams.set('crane', ['kim']);
    requestReview(world, 'ravi', { item: { repository: HARBOR, number }, teams: ['crane'] });
    const selection = (fields: string) =>
      `pullRequest(number: ${number}) { reviewRequests(first: 5) { nodes { requestedReviewer { __typename ${fields} } } } }`;
    const shown = (requestedReviewer: unknown) => ({
      repository: { pullRequest: { reviewRequests: { nodes: [{ requestedReviewer }] } } },
    });
    const named = selection('... on Team { combinedSlug }');
    const pulls = { pull_requests: 'read' } as const;
    expect(askWith(pulls, selection(''))).toEqual({ data: shown({ __typename: 'Team' }) });
    expect(askWith(pulls, named)).toEqual({
      data: shown(null),
      errors: [
        refusal(['repository', 'pullRequest', 'reviewRequests', 'nodes', 0, 'requestedReviewer', 'combinedSlug']),
      ],
    });
    expect(askWith({ ...pulls, members: 'read' }, named)).toEqual({
      data: shown({ __typename: 'Team', combinedSlug: 'octo/crane' }),
    });
  });

  it('is refused history and check suites, too', () => {
    const sha = world.repositories.get(HARBOR)?.branches.get('main') ?? pullRequest(world, 'Fix').headSha;
    const id = world.repositories.get(HARBOR)?.commits.get(sha)?.nodeId;
    const query = `{ node(id: "${id}") { ... on Commit { history(first: 1) { totalCount } checkSuites(first: 1) { totalCount } } } }`;
    const asked = (permissions: Permissions) => ask(world, installation(world, permissions), query);
    expect(asked({ issues: 'read' })).toEqual({ data: { node: null }, errors: [refusal(['node'])] });
    expect(asked({ contents: 'read' })).toEqual({
      data: { node: { history: { totalCount: expect.any(Number) }, checkSuites: null } },
      errors: [refusal(['node', 'checkSuites'])],
    });
  });
});

describe('a classic token', () => {
  const query =
    '{ repository(owner: "octo", name: "harbor") { name pullRequests(first: 1) { nodes { reviewRequests(first: 1) { nodes { requestedReviewer { ... on Team { slug } } } } } } } }';

  it('without read:org is refused a whole query that speaks of teams, and no other', () => {
    const viewer = { ...person('kim'), scopes: ['repo'] };
    expect(ask(world, viewer, query)).toEqual({
      errors: [
        {
          type: 'INSUFFICIENT_SCOPES',
          message: "The 'slug' field needs the scope read:org, which this token was not granted.",
        },
      ],
    });
    expect(ask(world, viewer, query.replace('slug', '__typename'))).toMatchObject({
      data: { repository: { name: 'harbor' } },
    });
  });

  it('with read:org may ask', () => {
    const viewer = { ...person('kim'), scopes: ['repo', 'read:org'] };
    expect(ask(world, viewer, query)).toMatchObject({ data: { repository: { name: 'harbor' } } });
  });
});
