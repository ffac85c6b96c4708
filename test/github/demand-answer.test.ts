import { describe, expect, test } from 'vitest';
import type { GitHubClient, GraphqlProblem } from '../../src/github/client.ts';
import { findMarkedComments } from '../../src/github/find-marked-comment.ts';
import { findTasksOfPullRequests } from '../../src/github/find-tasks-of-pull-request.ts';
import { findUmbrellas } from '../../src/github/find-umbrellas.ts';

const REF = { owner: 'octo', repo: 'harbor', number: 1 };
const OUTAGE: GraphqlProblem = { type: null, message: 'Something went wrong', path: ['repository'] };
const HIDDEN: GraphqlProblem = { type: 'NOT_FOUND', message: 'Could not resolve', path: ['repository'] };

/** Answers every question with `data`, of which GitHub says that `problem` cut it. */
function clientOf(data: unknown, problem: GraphqlProblem): GitHubClient {
  const unused = () => {
    throw new Error('asked by REST');
  };
  return {
    // The shape is what the test is about.
    graphql: async <T>() => ({ data: data as T, problems: [problem] }),
    rest: new Proxy({} as GitHubClient['rest'], { get: unused }),
    paginate: unused as never,
    origin: 'github.com',
    usage: () => ({ requests: 0, graphqlCalls: 0, graphqlPoints: 0 }),
  };
}

const UNAVAILABLE = { code: 'github_unavailable' };

describe('an answer that GitHub could not complete', () => {
  test('is never taken for "no comment of ours", whatever the reason', async () => {
    for (const problem of [OUTAGE, HIDDEN]) {
      const comments = findMarkedComments(clientOf({ repository: null }, problem), REF, '<!-- parasol:rollup v1 -->');
      await expect(comments).rejects.toMatchObject(UNAVAILABLE);
    }
  });

  test('is never taken for an issue that is gone', async () => {
    const subjects = { nodeIds: ['I_1'] };
    await expect(findUmbrellas(clientOf({ nodes: [null] }, OUTAGE), subjects)).rejects.toMatchObject(UNAVAILABLE);
    await expect(findUmbrellas(clientOf({ nodes: [null] }, HIDDEN), subjects)).resolves.toEqual([]);
  });

  test('is never taken for a pull request that is gone', async () => {
    const ask = (problem: GraphqlProblem) => findTasksOfPullRequests(clientOf({ item0: null }, problem), [REF]);
    await expect(ask(OUTAGE)).rejects.toMatchObject(UNAVAILABLE);
  });
});
