import nock from 'nock';
import { afterEach, describe, expect, it } from 'vitest';
import { clientOfOctokit } from '../../src/github/client-of-octokit.ts';
import { connectWithToken, type TokenConnection } from '../../src/github/connect-with-token.ts';
import { selectList } from '../../src/github/queries/connections.ts';

afterEach(() => nock.cleanAll());

const connect = (connection: Partial<TokenConnection> = {}) =>
  connectWithToken({ token: 'kims-token', pace: 'sandbox', ...connection });

describe('GraphQL', () => {
  it('keeps the rest of an answer of which one field was refused', async () => {
    const error = { type: 'FORBIDDEN', message: 'Resource not accessible by integration', path: ['viewer', 'name'] };
    nock('https://api.github.com')
      .post('/graphql')
      .reply(200, { data: { viewer: { name: null } }, errors: [error] });
    expect(await connect().graphql('{ viewer { name } }')).toEqual({
      data: { viewer: { name: null } },
      problems: [error],
    });
  });

  it('names the feature in preview that a call asks for, beside its variables', async () => {
    nock('https://api.github.com', { reqheaders: { 'graphql-features': 'issue_fields' } })
      .post('/graphql', { query: 'query($id: ID!) { node(id: $id) { id } }', variables: { id: 'I_1' } })
      .reply(200, { data: { node: { id: 'I_1' } } });
    const call = connect().graphql(
      'query($id: ID!) { node(id: $id) { id } }',
      { id: 'I_1' },
      { feature: 'issue_fields' },
    );
    expect(await call).toEqual({ data: { node: { id: 'I_1' } }, problems: [] });
  });

  describe('with a classic token that may not read teams', () => {
    const query = `{ rateLimit { cost } ${selectList('reviewRequests')} }`;
    const refusal = { errors: [{ type: 'INSUFFICIENT_SCOPES', message: "The 'combinedSlug' field requires …" }] };
    const asksTeams = (body: { readonly query: string }) => body.query.includes('Team');
    const github = () => nock('https://api.github.com');

    it('asks again without their names, and asks so from then on', async () => {
      github().post('/graphql', asksTeams).once().reply(200, refusal);
      github()
        .post('/graphql', (body) => !asksTeams(body))
        .twice()
        .reply(200, { data: { rateLimit: { cost: 1 } } });
      const client = connect();
      await client.graphql(query);
      expect(await client.graphql(query)).toEqual({ data: { rateLimit: { cost: 1 } }, problems: [] });
      expect(client.usage()).toEqual({ requests: 3, graphqlCalls: 3, graphqlPoints: 2 });
    });

    it.each([
      ['that does not ask for them', '{ viewer { login } }', 1],
      ['without them, too', query, 2],
    ])('is forbidden, with the scope, where GitHub refuses a query %s', async (_, text, calls) => {
      github().post('/graphql').times(calls).reply(200, refusal);
      const client = connect();
      await expect(client.graphql(text, {}, { tried: 'read octo/harbor#1' })).rejects.toMatchObject({
        code: 'forbidden',
        message: 'GitHub does not let this token read octo/harbor#1: it lacks a scope.',
        hint: expect.stringContaining('read:org'),
      });
      expect(client.usage().graphqlCalls).toBe(calls);
    });
  });

  it.each([
    ['https://api.github.com', {}, 'https://api.github.com', '/graphql'],
    ['an Enterprise Server', { apiUrl: 'https://ghe.example.com/api/v3/' }, 'https://ghe.example.com', '/api/graphql'],
    [
      'an address of its own',
      { apiUrl: 'https://ghe.example.com/rest', graphqlUrl: 'https://ghe.example.com/gql' },
      'https://ghe.example.com',
      '/gql',
    ],
  ])('is asked at the right address of %s', async (_, connection, host, path) => {
    nock(host)
      .post(path)
      .reply(200, { data: { viewer: { login: 'kim' } } });
    const reply = await connect(connection).graphql('{ viewer { login } }');
    expect(reply).toEqual({ data: { viewer: { login: 'kim' } }, problems: [] });
  });

  it('fails whole when GitHub cut the answer for lack of resources', async () => {
    nock('https://api.github.com')
      .post('/graphql')
      .reply(200, { data: { viewer: null }, errors: [{ type: 'RESOURCE_LIMITS_EXCEEDED', message: 'x' }] });
    await expect(connect().graphql('{ viewer { login } }', {}, { retries: 0 })).rejects.toMatchObject({
      code: 'github_unavailable',
    });
  });

  it('says what was tried when there is no answer', async () => {
    nock('https://api.github.com').post('/graphql').reply(401, { message: 'Bad credentials' });
    await expect(connect().graphql('{ viewer { login } }', {}, { tried: 'read octo/harbor#1' })).rejects.toMatchObject({
      code: 'unauthenticated',
      message: 'GitHub did not accept the token (401) on the attempt to read octo/harbor#1.',
    });
  });
});

it('counts requests, GraphQL calls and points', async () => {
  nock('https://api.github.com')
    .post('/graphql')
    .times(2)
    .reply(200, { data: { rateLimit: { cost: 12 } } })
    .get('/repos/octo/harbor')
    .reply(200, {});
  const client = connect();
  await client.graphql('{ rateLimit { cost } }');
  await client.graphql('{ rateLimit { cost } }');
  await client.rest.repos.get({ owner: 'octo', repo: 'harbor' });
  expect(client.usage()).toEqual({ requests: 3, graphqlCalls: 2, graphqlPoints: 24 });
});

it('is the same client for the same Octokit', () => {
  const { rest, paginate } = connect();
  const octokit = { rest, paginate, graphql: async () => ({}), hook: { before: () => {} } };
  expect(clientOfOctokit(octokit)).toBe(clientOfOctokit(octokit));
});

it('refuses an address that is none', () => {
  expect(() => connect({ apiUrl: 'ghe.example.com' })).toThrow('"ghe.example.com" is not an address of a GitHub API.');
});
