import pc from 'picocolors';
import { expect, test } from 'vitest';
import { renderReviewersLoad } from '../../../src/surfaces/cli/render-reviewers-load.ts';

type Output = Parameters<typeof renderReviewersLoad>[0];

const learned = (value: number) => ({ value, basis: 'history' }) as const;

const output = (more: Partial<Output> = {}): Output => ({
  repository: 'octo/harbor',
  now: '2026-03-18T14:00:00Z',
  slaHours: 48,
  reviewers: [
    {
      login: 'kim',
      ...{ open: 2, effort: 2, days: 1, oldestAt: null, overdue: 0, atRisk: 1, isBusy: false, waiting: [] },
      ...{ capacity: learned(1.5), turn: learned(8), pace: learned(2) },
    },
  ],
  others: [],
  unasked: [],
  queue: [],
  leftOut: { drafts: 0, dependencyBots: 0, teams: 0, notTheirTurn: 0, withoutAccess: 0 },
  ownAbsence: null,
  gaps: [],
  remarks: [],
  ...more,
});

const render = (more: Partial<Output> = {}, isColored = false): string =>
  renderReviewersLoad(output(more), { colors: pc.createColors(isColored), width: 80 });

test('a full bar is the capacity, and what waits beyond it stands behind', () => {
  expect(render()).toMatch(/^kim +█{10} \+0\.5 +2 +1\.5 +2\.0 +1\.0 +1$/m);
});

test('bars are half as wide where the table would not fit otherwise, and blocks come last', () => {
  const named = (login: string) => {
    const [kim] = output().reviewers;
    const row =
      kim === undefined ? [] : [{ ...kim, login, isBusy: true, overdue: 1, oldestAt: '2026-03-18T09:00:00Z' }];
    return render({ reviewers: row }).split('\n').slice(0, 4);
  };
  const [short, longest] = [named('kim-quay'), named('kim-of-the-north-quay')];
  expect(short[1]).toMatch(/^kim-quay +█{5} \+0\.5 +2 /);
  expect(longest).toEqual([
    'kim-of-the-north-quay',
    '    Load █████ +0.5 · Open 2 · Of 1.5 · Effort 2.0 · Days 1.0 · Oldest 5h',
    '      Late 1 · At risk 1 · GitHub busy',
    '',
  ]);
});

test('a column in which nothing stands is left out, colours or not', () => {
  expect([render(), render({}, true)].map((text) => /^Reviewer.*Late/m.test(text))).toEqual([false, false]);
});

test.each([
  [
    { until: '2026-04-01T00:00:00Z', level: 'off' as const },
    'You are away until 2026-04-01T00:00:00Z; nobody else sees this.',
  ],
  [
    { until: null, level: 'finish_only' as const },
    'You are asked for nothing new until you end it; nobody else sees this.',
  ],
])('whoever is away is told so', (ownAbsence, words) => {
  expect([render({ ownAbsence }).includes(words), render().includes('You are')]).toEqual([true, false]);
});
