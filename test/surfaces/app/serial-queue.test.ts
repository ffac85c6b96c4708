import { expect, test } from 'vitest';
import { createSerialQueue, type SerialQueueOptions } from '../../../src/surfaces/app/serial-queue.ts';

type Request = readonly string[];

/** A queue whose runs end only when the test lets them. */
function startQueue(options: Partial<SerialQueueOptions<Request>> = {}) {
  const started: Request[] = [];
  const ends: { readonly succeed: () => void; readonly fail: (cause: Error) => void }[] = [];
  const givenUp: { readonly request: Request; readonly cause: unknown }[] = [];
  const queue = createSerialQueue<Request>({
    concurrency: 2,
    groupOf: () => 'one',
    intervalMs: 0,
    retryDelaysMs: [1, 1],
    merge: (earlier, later) => [...earlier, ...later],
    isWorthRetrying: () => true,
    giveUp: (request, cause) => givenUp.push({ request, cause }),
    run: (request) => {
      started.push(request);
      return new Promise((resolve, reject) => ends.push({ succeed: resolve, fail: reject }));
    },
    ...options,
  });
  return { queue, started, ends, givenUp };
}

const settled = () => new Promise((resolve) => setTimeout(resolve, 10));

test('what arrives for a key during its run makes one more run with all of it', async () => {
  const { queue, started, ends } = startQueue();
  queue.enqueue('a', ['1']);
  await settled();
  for (const name of ['2', '3', '4']) queue.enqueue('a', [name]);
  await settled();
  expect(started).toEqual([['1']]);
  ends[0]?.succeed();
  await settled();
  ends[1]?.succeed();
  await settled();
  expect(started).toEqual([['1'], ['2', '3', '4']]);
});

test('different keys run side by side, as many as allowed', async () => {
  const { queue, started, ends } = startQueue();
  for (const key of ['a', 'b', 'c']) queue.enqueue(key, [key]);
  await settled();
  expect(started).toEqual([['a'], ['b']]);
  ends[0]?.succeed();
  await settled();
  expect(started).toEqual([['a'], ['b'], ['c']]);
});

test('a run that failed for the moment is repeated together with what came since', async () => {
  const { queue, started, ends, givenUp } = startQueue();
  queue.enqueue('a', ['1']);
  await settled();
  queue.enqueue('a', ['2']);
  ends[0]?.fail(new Error('502'));
  await settled();
  ends[1]?.succeed();
  await settled();
  expect({ started, givenUp }).toEqual({ started: [['1'], ['1', '2']], givenUp: [] });
});

test('after the last repetition it gives up, says on what, and goes on with later requests', async () => {
  const { queue, started, ends, givenUp } = startQueue();
  const cause = new Error('502');
  queue.enqueue('a', ['1']);
  for (let n = 0; n < 3; n += 1) {
    await settled();
    ends[n]?.fail(cause);
  }
  await settled();
  queue.enqueue('a', ['2']);
  await settled();
  expect({ started, givenUp }).toEqual({
    started: [['1'], ['1'], ['1'], ['2']],
    givenUp: [{ request: ['1'], cause }],
  });
});

test('what is not worth repeating is given up at once', async () => {
  const { queue, started, ends, givenUp } = startQueue({ isWorthRetrying: () => false });
  const cause = new Error('403');
  queue.enqueue('a', ['1']);
  await settled();
  ends[0]?.fail(cause);
  await settled();
  expect({ started, givenUp }).toEqual({ started: [['1']], givenUp: [{ request: ['1'], cause }] });
});

test('groups do not wait for each other', async () => {
  const { queue, started } = startQueue({ concurrency: 1, groupOf: ([first = '']) => first });
  for (const key of ['a', 'b', 'c']) queue.enqueue(key, [key]);
  await settled();
  expect(started).toEqual([['a'], ['b'], ['c']]);
});

test('runs of a key start an interval apart, the first one at once and the last one always', async () => {
  const startedAt: number[] = [];
  const runs: Request[] = [];
  const run = async (request: Request) => {
    startedAt.push(performance.now());
    runs.push(request);
  };
  const { queue } = startQueue({ intervalMs: 100, run });
  for (const name of ['1', '2', '3', '4']) {
    queue.enqueue('a', [name]);
    await settled();
  }
  expect(runs).toEqual([['1']]);
  await new Promise((resolve) => setTimeout(resolve, 250));
  expect(runs).toEqual([['1'], ['2', '3', '4']]);
  expect((startedAt[1] ?? 0) - (startedAt[0] ?? 0)).toBeGreaterThan(95);
});

test('who is in a hurry waits for no interval', async () => {
  const runs: Request[] = [];
  const { queue } = startQueue({ intervalMs: 60_000, run: async (request) => void runs.push(request) });
  queue.enqueue('a', ['1']);
  await settled();
  queue.enqueue('a', ['2']);
  await settled();
  expect(runs).toEqual([['1']]);
  queue.hurry();
  await settled();
  expect(runs).toEqual([['1'], ['2']]);
});
