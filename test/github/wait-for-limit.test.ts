import { expect, it } from 'vitest';
import { waitForLimit } from '../../src/github/wait-for-limit.ts';

/** As `@octokit/graphql` throws it; the reset is so many seconds from now. */
function limited(resetInSeconds: number, type = 'RATE_LIMITED'): Error {
  const headers = { 'x-ratelimit-reset': String(Math.floor(Date.now() / 1000) + resetInSeconds) };
  return Object.assign(new Error('x'), { name: 'GraphqlResponseError', errors: [{ type }], headers });
}

function failing(times: number, error: () => Error) {
  const calls: number[] = [];
  const call = async () => {
    calls.push(performance.now());
    if (calls.length <= times) throw error();
    return 'answer';
  };
  return { calls, call };
}

it('repeats the call after the reset', async () => {
  const { calls, call } = failing(1, () => limited(-1));
  expect(await waitForLimit(call)).toBe('answer');
  expect((calls[1] ?? 0) - (calls[0] ?? 0)).toBeGreaterThan(950);
});

it.each([
  ['a limit that lasts longer than a quarter of an hour', () => limited(1000)],
  ['a refusal', () => limited(-1, 'FORBIDDEN')],
  ['a bug', () => new TypeError('a bug')],
])('passes %s on at once', async (_, error) => {
  const { calls, call } = failing(1, error);
  await expect(waitForLimit(call)).rejects.toBeInstanceOf(Error);
  expect(calls).toHaveLength(1);
});

it('gives up after three repeats', { timeout: 10_000 }, async () => {
  const { calls, call } = failing(9, () => limited(-1));
  await expect(waitForLimit(call)).rejects.toMatchObject({ name: 'GraphqlResponseError' });
  expect(calls).toHaveLength(4);
});
