import { expect, it } from 'vitest';
import type { GitHubClient, GraphqlProblem } from '../../src/github/client.ts';
import { connectWithToken } from '../../src/github/connect-with-token.ts';
import { startGathering } from '../../src/github/gathering.ts';
import { createSweepMemory } from '../../src/github/sweep-memory.ts';
import { sweepPullRequests } from '../../src/github/sweep-pull-requests.ts';

const REPOSITORY = { owner: 'octo', repo: 'harbor' };
const SINCE = '2020-01-01T00:00:00Z';

/** Answers one pull request a page, each changed two minutes before the one before it, and never ends. */
function endlessClient(problems: readonly GraphqlProblem[] = []) {
  const asked = { pages: 0 };
  const graphql = async (_query: string, { after }: { after?: unknown } = {}) => {
    asked.pages += 1;
    const number = Number(after ?? 0) + 1;
    const updatedAt = new Date(Date.parse('2026-03-02T09:00:00Z') - number * 120_000).toISOString();
    const pageInfo = { hasNextPage: true, endCursor: `${number}` };
    return { data: { repository: { pullRequests: { nodes: [pullRequest(number, updatedAt)], pageInfo } } }, problems };
  };
  return { asked, client: { ...connectWithToken({ token: null }), graphql } as GitHubClient };
}

const pullRequest = (number: number, updatedAt: string) => ({
  id: `PR_${number}`,
  number,
  title: `Gate ${number}`,
  state: 'OPEN',
  updatedAt: updatedAt.replace('.000Z', 'Z'),
  repository: { name: 'harbor', owner: { login: 'octo' }, visibility: 'PUBLIC', defaultBranchRef: { name: 'main' } },
});

async function sweep(client: GitHubClient) {
  const gathering = startGathering(client);
  await sweepPullRequests(gathering, REPOSITORY, SINCE);
  return { pullRequests: gathering.pullRequests.size, gaps: gathering.gaps.map(({ cause }) => cause) };
}

it('a sweep that was cut is remembered as one: the next is short, and the rest stays a gap', async () => {
  const { asked, client } = endlessClient();
  const first = await sweep(client);
  expect([first, asked.pages]).toEqual([{ pullRequests: 50, gaps: ['truncated'] }, 50]);
  const second = await sweep(client);
  expect([second, asked.pages]).toEqual([{ pullRequests: 50, gaps: ['truncated'] }, 52]);
});

it('an answer with a refusal in it is not remembered', async () => {
  const refusal = { type: 'FORBIDDEN', message: 'no', path: ['repository', 'pullRequests', 'nodes', 0, 'author'] };
  const { asked, client } = endlessClient([refusal]);
  await sweep(client);
  await sweep(client);
  expect(asked.pages).toBe(100);
});

it('what was read says nothing about earlier times, nor anything to another client', () => {
  const memory = createSweepMemory();
  const [client, other] = [connectWithToken({ token: null }), connectWithToken({ token: null })];
  const swept = { since: '2026-03-02T00:00:00Z', isCut: false };
  memory.keep(client, REPOSITORY, swept);
  expect(memory.recall(client, { owner: 'OCTO', repo: 'Harbor' }, '2026-03-03T00:00:00Z')).toBe(swept);
  expect(memory.recall(client, REPOSITORY, '2026-03-01T00:00:00Z')).toBeNull();
  expect(memory.recall(other, REPOSITORY, '2026-03-03T00:00:00Z')).toBeNull();
});

it('twenty repositories are remembered, those least used forgotten first', () => {
  const memory = createSweepMemory();
  const client = connectWithToken({ token: null });
  const repositories = Array.from({ length: 21 }, (_, n) => ({ owner: 'octo', repo: `harbor-${n}` }));
  for (const repository of repositories) memory.keep(client, repository, { since: SINCE, isCut: false });
  const forgotten = repositories.filter((repository) => memory.recall(client, repository, SINCE) === null);
  expect(forgotten).toEqual([{ owner: 'octo', repo: 'harbor-0' }]);
});
