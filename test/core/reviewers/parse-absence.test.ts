import { expect, test } from 'vitest';
import { parseAbsence } from '../../../src/core/reviewers/parse-absence.ts';

const NOW = '2026-11-23T09:00:00Z';
const parse = (range: string, now = NOW) => parseAbsence(range, { level: 'off', now });

test('an absence is whole days, the last one among them', () => {
  expect(parse('2026-12-20..2027-01-03')).toEqual({
    from: '2026-12-20T00:00:00Z',
    until: '2027-01-04T00:00:00Z',
    level: 'off',
  });
});

test('one day is an absence too, and so is one that has begun', () => {
  expect(parse('2026-11-23')).toEqual({ from: '2026-11-23T00:00:00Z', until: '2026-11-24T00:00:00Z', level: 'off' });
  expect(parse('2026-11-01..2026-11-23')).toMatchObject({ until: '2026-11-24T00:00:00Z' });
});

test.each([
  ['2026-02-30..2026-03-04', 'those are no days'],
  ['tomorrow', 'those are no days'],
  ['2026-12-20..', 'those are no days'],
  ['2026-12-20..2026-12-22..2026-12-24', 'those are no days'],
  ['2026-12-22..2026-12-20', 'it ends before it begins'],
  ['2026-11-20..2026-11-22', 'it is over already'],
  ['2026-12-20..2028-12-20', 'it is longer than 400 days'],
  ['2126-12-20..2127-01-03', 'it begins more than two years from now'],
  ['9999-12-31', 'it begins more than two years from now'],
])('%s is refused, and the reason does not repeat it', (range, problem) => {
  expect(parse(range)).toEqual({ problem });
});
