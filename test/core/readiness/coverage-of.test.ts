import { expect, test } from 'vitest';
import { coverageOf } from '../../../src/core/readiness/coverage-of.ts';
import type { Gap } from '../../../src/core/reading.ts';

const DENIED: Gap = { cause: 'forbidden', what: 'checks of octo/harbor#2', permission: 'statuses: read, checks: read' };
const LIMITED: Gap = { cause: 'rate_limited', what: 'reviews' };
const CUT: Gap = { cause: 'truncated', what: 'issues' };
const OLD: Gap = { cause: 'not_supported', what: 'rules' };

test.each([
  [[], true, 'ok', null, null],
  [[DENIED], false, 'denied', 'checks of octo/harbor#2', 'checks: read, statuses: read'],
  [[DENIED], true, 'partial', 'checks of octo/harbor#2', 'checks: read, statuses: read'],
  [[CUT], false, 'partial', 'issues', null],
  [[OLD], false, 'unavailable', 'rules', null],
  [
    [CUT, LIMITED, DENIED],
    true,
    'rate_limited',
    'checks of octo/harbor#2, issues, reviews',
    'checks: read, statuses: read',
  ],
] as const)('gaps %#, read at all: %s, are %s', (gaps, isRead, state, missing, permission) => {
  expect(coverageOf({ source: 'checks', gaps, isRead })).toEqual({ source: 'checks', state, missing, permission });
});

test('a source that nothing asks for is not needed, and a long list is counted', () => {
  expect(coverageOf({ source: 'releases', gaps: [], isRead: false, isNeeded: false }).state).toBe('not_needed');
  const gaps = ['e', 'd', 'c', 'b', 'a', 'a'].map((what): Gap => ({ cause: 'unavailable', what }));
  expect(coverageOf({ source: 'tasks', gaps, isRead: false })).toEqual({
    source: 'tasks',
    state: 'unavailable',
    missing: 'a, b, c and 2 more',
    permission: null,
  });
});
