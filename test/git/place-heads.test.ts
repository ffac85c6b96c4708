import { setImmediate as later } from 'node:timers';
import { expect, test } from 'vitest';
import { readCommitGraph } from '../../src/core/risk/standing.ts';
import { placeHeads } from '../../src/git/place-heads.ts';

const heads = Array.from({ length: 200 }, (_, index) => ({ commit: `h${index}` }));
const graph = readCommitGraph(heads.map(({ commit }) => `${commit} m`).join('\n'));

test('without a signal every head is placed', async () => {
  const placed = await placeHeads(graph, heads, undefined);
  expect(placed.map((one) => one?.mergeBases)).toEqual(heads.map(() => ['m']));
});

test('a signal that comes meanwhile is heard, and what was placed by then is kept', async () => {
  const timeUp = new AbortController();
  later(() => timeUp.abort());
  const placed = await placeHeads(graph, heads, timeUp.signal);
  const known = placed.filter((one) => one !== null).length;
  expect([known > 0, known < 200]).toEqual([true, true]);
  expect(placed.map((one) => one === null)).toEqual(heads.map((_, place) => place >= known));
});
