import { expect, test } from 'vitest';
import type { LinkEvent } from '../../../../src/core/umbrella/lineage/lineage.ts';
import { parentAt } from '../../../../src/core/umbrella/lineage/parent-at.ts';
import { ref } from '../../build-facts.ts';

const day = (number: number) => `2026-05-0${number}T12:00:00Z`;
const event = (kind: LinkEvent['kind'], parent: number, at: number): LinkEvent => {
  return { kind, other: ref(parent), actor: 'kim', at: day(at) };
};
/** Under #1 from the 2nd to the 4th, under #7 since the 6th. */
const events = [event('added', 1, 2), event('removed', 1, 4), event('added', 7, 6)];
const then = (at: number, rest: Partial<Parameters<typeof parentAt>[0]> = {}) =>
  parentAt({ events, isWhole: true, createdAt: day(1), ...rest }, day(at));

test.each([
  ['before the first link', 1, { kind: 'none' }],
  ['at the very moment of the link', 2, { kind: 'parent', parent: ref(1), since: day(2), by: 'kim' }],
  ['while it lasted', 3, { kind: 'parent', parent: ref(1), since: day(2), by: 'kim' }],
  ['after it was taken away', 5, { kind: 'none' }],
  ['under another one', 8, { kind: 'parent', parent: ref(7), since: day(6), by: 'kim' }],
])('%s', (_when, at, expected) => {
  expect(then(at)).toEqual(expected);
});

test('a first event that takes a parent away tells who it was, nobody knows since when', () => {
  expect(then(2, { events: [event('removed', 1, 4)] })).toEqual({
    kind: 'parent',
    parent: ref(1),
    since: null,
    by: null,
  });
});

test('after the last event that was read of more, nobody knows', () => {
  expect(then(8, { isWhole: false })).toEqual({ kind: 'unknown', reason: 'the timeline is longer than was read' });
  expect(then(3, { isWhole: false })).toMatchObject({ kind: 'parent', parent: ref(1) });
});

test('an issue that did not exist yet had no parent', () => {
  expect(then(2, { createdAt: day(3), events: [event('removed', 1, 4)] })).toEqual({ kind: 'none' });
});
