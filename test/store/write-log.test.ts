import { expect, test } from 'vitest';
import { bookWrite, loadWriteTimes } from '../../src/store/write-log.ts';
import { describeOnBothStores } from './on-both-stores.ts';

const AT = '2026-03-02T10:00:00.250Z';
const SINCE = '2026-03-02T09:00:00Z';
const one = { at: AT, since: SINCE, waitAfter: () => 0 };

describeOnBothStores('the writes of a store', (store) => {
  test('are put down as begun, and counted from a moment on', async () => {
    expect(await bookWrite(store(), one)).toBe(0);
    expect(await loadWriteTimes(store(), SINCE)).toEqual([Date.parse(AT)]);
    expect(await loadWriteTimes(store(), '2026-03-02T11:00:00Z')).toEqual([]);
  });

  test('are not put down while they must wait', async () => {
    expect(await bookWrite(store(), { ...one, waitAfter: () => 700 })).toBe(700);
    expect(await loadWriteTimes(store(), SINCE)).toEqual([]);
  });

  test('see each other, however many are begun at the same moment', async () => {
    const waitAfter = (writes: readonly number[]): number => writes.length * 1000;
    const waits = await Promise.all(Array.from({ length: 5 }, () => bookWrite(store(), { ...one, waitAfter })));
    expect(waits.toSorted()).toEqual([0, 1000, 1000, 1000, 1000]);
  });

  test('are forgotten once they count no more', async () => {
    await bookWrite(store(), { ...one, at: '2026-03-02T08:59:59Z' });
    await bookWrite(store(), one);
    expect(await loadWriteTimes(store(), '2026-01-01T00:00:00Z')).toEqual([Date.parse(AT)]);
  });
});
