import { describe, expect, it } from 'vitest';
import { executeGraphql } from '../../../src/sandbox/graphql/execute-graphql.ts';
import { fieldTableOf } from '../../../src/sandbox/graphql/field-tables.ts';
import { githubSchema } from '../../../src/sandbox/graphql/github-schema.ts';
import { ask, BASE_URL, dataOf, person } from './ask.ts';
import { harborWorld, issue } from './harbor-world.ts';

describe('a field that the sandbox does not model', () => {
  it('fails the whole answer, so that it never reads as nothing there', () => {
    const world = harborWorld();
    const { number } = issue(world, 'Quay');
    const query = `{ repository(owner: "octo", name: "harbor") { name issue(number: ${number}) { title projectItems(first: 1) { totalCount } } } }`;
    expect(ask(world, person('kim'), query)).toEqual({
      errors: [
        {
          type: 'NOT_MODELLED',
          message: 'not modelled: Issue.projectItems',
          path: ['repository', 'issue', 'projectItems'],
          locations: [{ line: 1, column: 77 }],
        },
      ],
    });
  });

  it('fails for search qualifiers and other searches, too', () => {
    const world = harborWorld();
    issue(world, 'Quay');
    const messages = [
      '{ search(query: "linked:pr", type: ISSUE, first: 1) { issueCount } }',
      '{ search(query: "harbor", type: REPOSITORY, first: 1) { repositoryCount } }',
    ].map((query) => ask(world, person('kim'), query).errors);
    expect(messages).toMatchObject([
      [{ message: 'not modelled: search qualifier linked:' }],
      [{ message: 'not modelled: Query.search(type: REPOSITORY)' }],
    ]);
  });

  it('is the only kind of field outside the tables: every table entry is in the schema', () => {
    const schema = githubSchema();
    const strangers = Object.values(schema.getTypeMap()).flatMap((type) => {
      if (!('getFields' in type) || type.name.endsWith('Payload')) return [];
      const fields = type.getFields();
      const isShared = /(Connection|Edge)$/.test(type.name);
      return Object.keys(fieldTableOf(type.name) ?? {})
        .filter((name) => !(name in fields) && !isShared)
        .map((name) => `${type.name}.${name}`);
    });
    expect(strangers).toEqual([]);
  });
});

describe('a query that cannot run', () => {
  const world = harborWorld();

  it("names an unknown field with GitHub's code", () => {
    expect(ask(world, person('kim'), '{ viewer { shoeSize } }')).toEqual({
      errors: [
        {
          message: "Field 'shoeSize' doesn't exist on type 'User'",
          locations: [{ line: 1, column: 12 }],
          extensions: { code: 'undefinedField', typeName: 'User', fieldName: 'shoeSize' },
        },
      ],
    });
  });

  it('is answered with status 200 and errors alone, at the cost of one point', () => {
    const request = { world, viewer: person('kim'), baseUrl: BASE_URL };
    const answers = [
      '{ viewer {',
      'query($n: Int!) { viewer { login } }',
      'query A { viewer { login } } query B { viewer { login } }',
    ];
    const shapes = answers.map((query) => {
      const { status, body, cost } = executeGraphql({ ...request, query });
      return { status, keys: Object.keys(body), cost };
    });
    const refused = { status: 200, keys: ['errors'], cost: { points: 1, nodes: 0 } };
    expect(shapes).toEqual([refused, refused, refused]);
  });

  it('runs the operation that is named', () => {
    const { body } = executeGraphql({
      world,
      viewer: person('kim'),
      baseUrl: BASE_URL,
      query: 'query A { viewer { login } } query B { user(login: "ravi") { login isViewer } }',
      operationName: 'B',
    });
    expect(body).toEqual({ data: { user: { login: 'ravi', isViewer: false } } });
  });
});

describe('what does not exist', () => {
  it("is null with GitHub's NOT_FOUND, and leaves the rest of the answer", () => {
    const world = harborWorld();
    const first = issue(world, 'Quay');
    const query = `query($ids: [ID!]!) {
      repository(owner: "octo", name: "harbor") { name issue(number: 9) { id } pullRequest(number: 9) { id } issueOrPullRequest(number: 9) { __typename } }
      gone: repository(owner: "octo", name: "nowhere") { id }
      nodes(ids: $ids) { id } repositoryOwner(login: "nobody") { id } user(login: "octo") { id } organization(login: "kim") { id } }`;
    const { data, errors } = ask(world, person('kim'), query, { ids: [first.nodeId, 'I_none'] });
    expect(data).toEqual({
      repository: { name: 'harbor', issue: null, pullRequest: null, issueOrPullRequest: null },
      gone: null,
      nodes: [{ id: first.nodeId }, null],
      repositoryOwner: null,
      user: null,
      organization: null,
    });
    const seen = (errors as { type: string; path: unknown; message: string }[]).map(({ type, path, message }) => [
      type,
      path,
      message,
    ]);
    expect(seen).toEqual([
      ['NOT_FOUND', ['repository', 'issue'], 'Could not resolve to an Issue with the number of 9.'],
      ['NOT_FOUND', ['repository', 'pullRequest'], 'Could not resolve to a PullRequest with the number of 9.'],
      [
        'NOT_FOUND',
        ['repository', 'issueOrPullRequest'],
        'Could not resolve to an issue or pull request with the number of 9.',
      ],
      ['NOT_FOUND', ['gone'], "Could not resolve to a Repository with the name 'octo/nowhere'."],
      ['NOT_FOUND', ['nodes', 1], "Could not resolve to a node with the global id of 'I_none'"],
      ['NOT_FOUND', ['user'], "Could not resolve to a User with the login of 'octo'."],
      ['NOT_FOUND', ['organization'], "Could not resolve to an Organization with the login of 'kim'."],
    ]);
  });
});

describe('accounts', () => {
  it('show their repositories, and a bot without its suffix', () => {
    const world = harborWorld();
    const query = `{ repositoryOwner(login: "OCTO") { __typename login url repositories(first: 5, orderBy: { field: NAME, direction: DESC }) {
      totalCount nodes { nameWithOwner isPrivate visibility } } } }`;
    expect(dataOf(world, query)).toEqual({
      repositoryOwner: {
        __typename: 'Organization',
        login: 'octo',
        url: `${BASE_URL}/octo`,
        repositories: {
          totalCount: 2,
          nodes: [
            { nameWithOwner: 'octo/vault', isPrivate: true, visibility: 'PRIVATE' },
            { nameWithOwner: 'octo/harbor', isPrivate: false, visibility: 'PUBLIC' },
          ],
        },
      },
    });
    const bot = world.accounts.get('parasol[bot]');
    expect(dataOf(world, `{ node(id: "${bot?.nodeId}") { __typename ... on Bot { login url } } }`)).toEqual({
      node: { __typename: 'Bot', login: 'parasol', url: `${BASE_URL}/apps/parasol` },
    });
  });
});
