import { expect, test } from 'vitest';
import { refKey } from '../../src/core/task/identity.ts';
import { contradicts } from '../../src/operations/stale-read.ts';
import type { CommentExpectation, IssueExpectation } from '../../src/operations/subject.ts';

const ref = (number: number) => ({ owner: 'octo', repo: 'harbor', number });
const EARLIER = '2026-05-04T09:00:00Z';
const LATER = '2026-05-04T09:00:05Z';

const open = { state: 'open', parent: ref(1), updatedAt: EARLIER } as const;
const snapshot = {
  ownComment: null,
  tasks: new Map([
    [refKey(ref(1)), { ...open, parent: null }],
    [refKey(ref(2)), open],
    [refKey(ref(3)), { ...open, updatedAt: LATER }],
  ]),
};

const cases: readonly [title: string, expectation: Omit<IssueExpectation, 'updatedAt'>, isContradicted: boolean][] = [
  ['an event says closed, the snapshot says open', { ref: ref(2), state: 'closed' }, true],
  ['both say open', { ref: ref(2), state: 'open' }, false],
  ['the snapshot is newer than the event', { ref: ref(3), state: 'closed' }, false],
  ['a child that was added is not there', { ref: ref(9), childOf: ref(1) }, true],
  ['a child that was added is there', { ref: ref(2), childOf: ref(1) }, false],
  ['a child was added to another umbrella', { ref: ref(9), childOf: ref(8) }, false],
  ['a child that was removed is still there', { ref: ref(2), noChildOf: ref(1) }, true],
  ['a child that was removed is gone', { ref: ref(9), noChildOf: ref(1) }, false],
];

test.each(cases)('%s', (_title, expectation, isContradicted) => {
  expect(contradicts(snapshot, { ...expectation, updatedAt: EARLIER })).toBe(isContradicted);
});

test.each([
  ['older than the event, whatever it was about', { ref: ref(2) }, true],
  ['as old as the event', { ref: ref(3) }, false],
] as const)('an issue is %s', (_title, expectation, isContradicted) => {
  expect(contradicts(snapshot, { ...expectation, updatedAt: LATER })).toBe(isContradicted);
});

const comments: readonly [title: string, expectation: CommentExpectation, isContradicted: boolean][] = [
  ['deleted, and is still shown', { commentId: 7, formerBody: null }, true],
  ['edited, and is still shown as before', { commentId: 7, formerBody: 'now' }, true],
  ['edited, and is shown so', { commentId: 7, formerBody: 'before' }, false],
  ['deleted, and another one is shown', { commentId: 8, formerBody: null }, false],
];

test.each(comments)('our comment was %s', (_title, expectation, isContradicted) => {
  expect(contradicts({ ...snapshot, ownComment: { id: 7, body: 'now' } }, expectation)).toBe(isContradicted);
});
