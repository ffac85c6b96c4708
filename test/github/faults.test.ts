import { describe, expect, it } from 'vitest';
import { loadUmbrella } from '../../src/github/load-umbrella.ts';
import { connect, operationsOf, UMBRELLA, umbrellaWorld } from './umbrella-world.ts';

const withoutSweep = { pullRequestSweep: false };

describe('when GitHub runs out of time', () => {
  it('the page halves until it fits, and the rest follows in pages of that size', async () => {
    const { sandbox, client } = await connect(umbrellaWorld(60));
    sandbox.faults.graphqlTimeoutWhenNodesOver(8_000);
    const { tasks, gaps } = await loadUmbrella(client, UMBRELLA, withoutSweep);
    expect([tasks.size, gaps]).toEqual([61, []]);
    const answered = sandbox.requests.entries.filter(({ status }) => status === 200).map(({ operation }) => operation);
    expect(answered).toEqual(['Umbrella', 'FurtherPages', 'FurtherPages']);
  });

  it('a single 502 costs one smaller page', async () => {
    const { sandbox, client } = await connect(umbrellaWorld(60));
    sandbox.faults.failNext({ status: 502 });
    const { tasks } = await loadUmbrella(client, UMBRELLA, withoutSweep);
    expect(tasks.size).toBe(61);
    expect(operationsOf(sandbox)).toEqual(['Umbrella', 'Umbrella', 'FurtherPages']);
  });

  it('a call that hangs counts as such', async () => {
    const { sandbox, client } = await connect(umbrellaWorld(3), { timeoutMs: 400 });
    sandbox.faults.hangNext({ ms: 3_000 });
    expect((await loadUmbrella(client, UMBRELLA, withoutSweep)).tasks.size).toBe(4);
  });

  it('gives up below five children, naming what it tried', async () => {
    const { sandbox, client } = await connect(umbrellaWorld(3));
    sandbox.faults.failNext({ status: 502, times: 50 });
    await expect(loadUmbrella(client, UMBRELLA, withoutSweep)).rejects.toMatchObject({
      code: 'github_unavailable',
      message: 'GitHub answered 502 on the attempt to read octo/harbor#1.',
    });
  });
});

it('an outage of another kind is waited out at the same size', async () => {
  const { sandbox, client } = await connect(umbrellaWorld(3));
  sandbox.faults.failNext({ status: 503, times: 2 });
  expect((await loadUmbrella(client, UMBRELLA, withoutSweep)).tasks.size).toBe(4);
});

describe('at a rate limit', () => {
  it('a secondary limit is waited out as long as GitHub says', async () => {
    const { sandbox, client } = await connect(umbrellaWorld(3));
    sandbox.faults.secondaryLimit({ retryAfterSeconds: 1 });
    const start = performance.now();
    expect((await loadUmbrella(client, UMBRELLA, withoutSweep)).tasks.size).toBe(4);
    expect(performance.now() - start).toBeGreaterThan(950);
  });

  it('a primary limit that ends soon is waited out', async () => {
    const { sandbox, client } = await connect(umbrellaWorld(3));
    sandbox.faults.primaryLimit({ resetInSeconds: 1 });
    expect((await loadUmbrella(client, UMBRELLA, withoutSweep)).tasks.size).toBe(4);
  });

  it('one that lasts longer than a quarter of an hour fails at once, with the time of its end', async () => {
    const { sandbox, client } = await connect(umbrellaWorld(3));
    sandbox.faults.primaryLimit({ resetInSeconds: 3_000 });
    await expect(loadUmbrella(client, UMBRELLA, withoutSweep)).rejects.toMatchObject({
      code: 'rate_limited',
      hint: expect.stringMatching(/^Try again after \d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ\.$/),
    });
  });
});

it('a server that is not there is said to be unreachable', async () => {
  const { sandbox, client } = await connect(umbrellaWorld(3));
  await sandbox.close();
  await expect(loadUmbrella(client, UMBRELLA, withoutSweep)).rejects.toMatchObject({
    code: 'github_unavailable',
    message: 'GitHub could not be reached (ECONNREFUSED) on the attempt to read octo/harbor#1.',
  });
});

it('a token that GitHub does not know is said to be refused', async () => {
  const { client } = await connect(umbrellaWorld(3), { token: 'made-up' });
  await expect(loadUmbrella(client, UMBRELLA)).rejects.toMatchObject({ code: 'unauthenticated' });
});
