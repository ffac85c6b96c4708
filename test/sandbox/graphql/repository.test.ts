import { beforeEach, describe, expect, it } from 'vitest';
import { mergePullRequest } from '../../../src/sandbox/actions/merge-pull-request.ts';
import { pushToDefaultBranch, putFile } from '../../../src/sandbox/actions/push-commits.ts';
import { addMilestone, advanceClock } from '../../../src/sandbox/create-world.ts';
import type { RepositoryRecord, World } from '../../../src/sandbox/world.ts';
import { ask, BASE_URL, dataOf, person } from './ask.ts';
import { HARBOR, harborWorld, inHarbor, issue, pullRequest } from './harbor-world.ts';

let world: World;
let harbor: RepositoryRecord;

beforeEach(() => {
  world = harborWorld();
  const found = world.repositories.get(HARBOR);
  if (!found) throw new Error('no harbor');
  harbor = found;
});

const repositoryData = (selection: string) =>
  (
    dataOf(world, `{ repository(owner: "Octo", name: "Harbor") { ${selection} } }`) as {
      repository: Record<string, unknown>;
    }
  ).repository;

describe('a repository', () => {
  it('is found whatever the case of its name', () => {
    expect(
      repositoryData(
        'id databaseId name nameWithOwner url isPrivate visibility isArchived isFork hasIssuesEnabled isInOrganization viewerPermission owner { __typename login }',
      ),
    ).toEqual({
      id: harbor.nodeId,
      databaseId: harbor.id,
      name: 'harbor',
      nameWithOwner: 'octo/harbor',
      url: `${BASE_URL}/octo/harbor`,
      isPrivate: false,
      visibility: 'PUBLIC',
      isArchived: false,
      isFork: false,
      hasIssuesEnabled: true,
      isInOrganization: true,
      viewerPermission: 'ADMIN',
      owner: { __typename: 'Organization', login: 'octo' },
    });
  });

  it('lists labels, milestones, issue types and collaborators', () => {
    addMilestone(world, harbor, { title: 'v1' });
    addMilestone(world, harbor, { title: 'v2', state: 'closed' });
    const quay = issue(world, 'Quay');
    quay.milestone = 1;
    quay.labels.add('lane:api');
    const query = `labels(first: 5, query: "lane", orderBy: { field: NAME, direction: DESC }) { nodes { name } }
      label(name: "LANE:API") { name color issues(first: 5) { totalCount } pullRequests(first: 5) { totalCount } }
      milestones(first: 5, states: [OPEN]) { nodes { number title closed issues(first: 5) { nodes { title } } } } milestone(number: 9) { id }
      issueTypes(first: 5) { nodes { name isEnabled } } issueType(name: "Bug") { name }
      collaborators(first: 2) { totalCount edges { permission node { login } } }`;
    expect(repositoryData(query)).toEqual({
      labels: { nodes: [{ name: 'lane:docs' }, { name: 'lane:api' }] },
      label: { name: 'lane:api', color: 'ededed', issues: { totalCount: 1 }, pullRequests: { totalCount: 0 } },
      milestones: { nodes: [{ number: 1, title: 'v1', closed: false, issues: { nodes: [{ title: 'Quay' }] } }] },
      milestone: null,
      issueTypes: { nodes: ['Task', 'Bug', 'Feature'].map((name) => ({ name, isEnabled: true })) },
      issueType: { name: 'Bug' },
      collaborators: {
        totalCount: 3,
        edges: [
          { permission: 'ADMIN', node: { login: 'kim' } },
          { permission: 'WRITE', node: { login: 'ravi' } },
        ],
      },
    });
  });

  it('shows its collaborators to those who may push', () => {
    const query =
      '{ repository(owner: "octo", name: "harbor") { collaborators(first: 5) { totalCount } viewerPermission } }';
    expect(ask(world, person('lena'), query)).toMatchObject({
      data: { repository: { collaborators: null, viewerPermission: 'READ' } },
      errors: [{ type: 'FORBIDDEN', message: 'Must have push access to view repository collaborators.' }],
    });
  });
});

describe('git objects', () => {
  it('are files and folders of the default branch', () => {
    putFile(world, 'kim', { repository: HARBOR, path: '.github/parasol.yml', text: 'version: 1\n' });
    const file =
      '{ __typename ... on Blob { text byteSize isBinary isTruncated oid } ... on Tree { entries { name path type object { __typename } } } }';
    expect(
      repositoryData(`file: object(expression: "HEAD:.github/parasol.yml") ${file} branch: object(expression: "main:README.md") ${file}
        root: object(expression: "HEAD:") ${file} folder: object(expression: "main:.github/") ${file}
        none: object(expression: "HEAD:nothing.md") ${file} noBranch: object(expression: "nowhere:README.md") ${file}`),
    ).toEqual({
      file: {
        __typename: 'Blob',
        text: 'version: 1\n',
        byteSize: 11,
        isBinary: false,
        isTruncated: false,
        // What `git hash-object` prints for this text.
        oid: 'b82551848c644f63b8517a7bdf8be9a992e6f4da',
      },
      branch: expect.objectContaining({ text: '# Harbor\n' }),
      root: {
        __typename: 'Tree',
        entries: [
          { name: '.github', path: '.github', type: 'tree', object: { __typename: 'Tree' } },
          { name: 'README.md', path: 'README.md', type: 'blob', object: { __typename: 'Blob' } },
        ],
      },
      folder: {
        __typename: 'Tree',
        entries: [{ name: 'parasol.yml', path: '.github/parasol.yml', type: 'blob', object: { __typename: 'Blob' } }],
      },
      none: null,
      noBranch: null,
    });
  });

  it('have a history, with the text of each version', () => {
    const put = (text: string | null) =>
      putFile(world, 'kim', { repository: HARBOR, path: '.github/parasol.yml', text, message: `say ${text}` });
    const shas = ['one', 'two', null].map(put).reverse();
    const version = 'oid file(path: ".github/parasol.yml") { oid object { ... on Blob { text } } }';
    const data = repositoryData(
      `defaultBranchRef { target { ... on Commit { history(first: 2, path: ".github/parasol.yml") { totalCount nodes { ${version} } } } } }`,
    );
    const nodes = [
      { oid: shas[0], file: null },
      { oid: shas[1], file: { oid: expect.any(String), object: { text: 'two' } } },
    ];
    expect(data).toEqual({ defaultBranchRef: { target: { history: { totalCount: 3, nodes } } } });
  });

  it('are those of a pull request at its head, made up where its story gives no text', () => {
    const files = [{ path: 'a.md', text: 'told\n' }, { path: 'b.md' }];
    const { number } = pullRequest(world, 'Words', { files });
    const at = (path: string) => `object(expression: "refs/pull/${number}/head:${path}") { ... on Blob { text } }`;
    expect(repositoryData(`told: ${at('a.md')} kept: ${at('README.md')} none: ${at('c.md')}`)).toEqual({
      told: { text: 'told\n' },
      kept: { text: '# Harbor\n' },
      none: null,
    });
    expect(repositoryData(at('b.md'))).toEqual({ object: { text: expect.stringMatching(/1 of b\.md\n$/) } });
  });

  it('say so when a text is cut off', () => {
    putFile(world, 'kim', { repository: HARBOR, path: 'big.txt', text: 'x'.repeat(600_000) });
    const { object } = repositoryData(
      'object(expression: "HEAD:big.txt") { ... on Blob { byteSize isTruncated text } }',
    ) as {
      object: { byteSize: number; isTruncated: boolean; text: string };
    };
    expect([object.byteSize, object.isTruncated, object.text.length]).toEqual([600_000, true, 524_288]);
  });

  it('are commits and branches with their history', () => {
    pushToDefaultBranch(world, 'kim', { repository: HARBOR, commits: ['one'] });
    advanceClock(world, 3600);
    const head = pushToDefaultBranch(world, 'kim', { repository: HARBOR, commits: ['two\n\nRefs #1'] });
    pullRequest(world, 'feature/a');
    const commit = '{ ... on Commit { oid abbreviatedOid messageHeadline parents(first: 1) { totalCount } } }';
    const { defaultBranchRef, ...rest } = repositoryData(`
      defaultBranchRef { name prefix target { ... on Commit { committedDate url history(first: 5, since: "2026-05-04T09:30:00Z") { totalCount nodes { message } } } } }
      head: object(expression: "HEAD") ${commit} oid: object(oid: "${head}") ${commit}
      ref(qualifiedName: "refs/heads/main") { name } none: ref(qualifiedName: "nowhere") { name }
      refs(refPrefix: "refs/heads/", first: 5) { nodes { name } } feature: refs(refPrefix: "refs/heads/feature/", first: 5) { nodes { name } }
      tags: refs(refPrefix: "refs/tags/", first: 5) { totalCount }`);
    expect(defaultBranchRef).toEqual({
      name: 'main',
      prefix: 'refs/heads/',
      target: {
        committedDate: '2026-05-04T10:00:00Z',
        url: `${BASE_URL}/octo/harbor/commit/${head}`,
        history: { totalCount: 1, nodes: [{ message: 'two\n\nRefs #1' }] },
      },
    });
    const two = { oid: head, abbreviatedOid: head.slice(0, 7), messageHeadline: 'two', parents: { totalCount: 1 } };
    expect(rest).toEqual({
      head: two,
      oid: two,
      ref: { name: 'main' },
      none: null,
      refs: { nodes: [{ name: 'feature/a' }, { name: 'main' }] },
      feature: { nodes: [{ name: 'feature/a' }] },
      tags: { totalCount: 0 },
    });
  });

  it('know the pull requests that a commit came with', () => {
    const fix = pullRequest(world, 'Fix', { commits: ['first'] });
    mergePullRequest(world, 'kim', { item: inHarbor(fix) });
    const selection = '{ ... on Commit { associatedPullRequests(first: 5) { nodes { number } } } }';
    const found = { associatedPullRequests: { nodes: [{ number: fix.number }] } };
    expect(
      repositoryData(
        `merge: object(oid: "${fix.mergeCommitSha}") ${selection} first: object(oid: "${fix.commits[0]}") ${selection}`,
      ),
    ).toEqual({ merge: found, first: found });
  });
});
