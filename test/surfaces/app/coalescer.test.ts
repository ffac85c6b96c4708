import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { createCoalescer } from '../../../src/surfaces/app/coalescer.ts';

beforeEach(() => {
  vi.useFakeTimers();
});
afterEach(() => {
  vi.useRealTimers();
});

function startCoalescer() {
  const sent: { readonly atMs: number; readonly key: number; readonly items: readonly string[] }[] = [];
  const startedAt = Date.now();
  const coalescer = createCoalescer<number, string>({
    quietMs: 500,
    maxWaitMs: 3000,
    flush: (key, items) => sent.push({ atMs: Date.now() - startedAt, key, items }),
  });
  return { coalescer, sent };
}

test('a batch goes out once nothing has come for the quiet time', () => {
  const { coalescer, sent } = startCoalescer();
  coalescer.add(1, ['a']);
  vi.advanceTimersByTime(400);
  coalescer.add(1, ['b', 'c']);
  vi.advanceTimersByTime(2000);
  expect(sent).toEqual([{ atMs: 900, key: 1, items: ['a', 'b', 'c'] }]);
});

test('a burst that does not end is cut at the longest wait', () => {
  const { coalescer, sent } = startCoalescer();
  for (let n = 0; n < 20; n += 1) {
    coalescer.add(1, [String(n)]);
    vi.advanceTimersByTime(200);
  }
  vi.advanceTimersByTime(1000);
  expect(sent.map(({ atMs, items }) => ({ atMs, items: items.length }))).toEqual([
    { atMs: 3000, items: 15 },
    { atMs: 4300, items: 5 },
  ]);
});

test('keys do not wait for each other', () => {
  const { coalescer, sent } = startCoalescer();
  coalescer.add(1, ['a']);
  vi.advanceTimersByTime(300);
  coalescer.add(2, ['b']);
  vi.advanceTimersByTime(1000);
  expect(sent).toEqual([
    { atMs: 500, key: 1, items: ['a'] },
    { atMs: 800, key: 2, items: ['b'] },
  ]);
});

test('a shutdown sends out what has been gathered, once', () => {
  const { coalescer, sent } = startCoalescer();
  coalescer.add(1, ['a']);
  coalescer.add(2, ['b']);
  coalescer.flushNow();
  vi.advanceTimersByTime(5000);
  expect(sent).toEqual([
    { atMs: 0, key: 1, items: ['a'] },
    { atMs: 0, key: 2, items: ['b'] },
  ]);
});
