import pc from 'picocolors';
import { expect, test } from 'vitest';
import { queueLegend, queueLines } from '../../../src/surfaces/cli/render-review-queue.ts';

type Output = Parameters<typeof queueLines>[0];
type Row = Output['queue'][number];

const row = (number: number, more: Partial<Row> = {}): Row => ({
  ref: { owner: 'octo', repo: 'harbor', number },
  title: 'Work',
  ...{ needs: [], missing: 1, effort: 1.24, isOverdue: false, waitsFor: 'somebody_available' },
  ...{ readyAt: '2026-03-17T14:00:00Z', dueAt: '2026-03-19T15:00:00Z', why: 'nobody is available for it now' },
  ...more,
});

const output = (queue: readonly Row[]): Output => ({ queue, repository: 'octo/harbor', now: '2026-03-18T14:00:00Z' });
const lines = (queue: readonly Row[], width = 80): readonly string[] =>
  queueLines(output(queue), { colors: pc.createColors(false), width });

test('what waits stands by what it needs, groups and rows as they are given out', () => {
  const late = { isOverdue: true, dueAt: '2026-03-16T10:00:00Z', readyAt: '2026-03-14T10:00:00Z' };
  const rows = [
    row(4, { needs: ['octo/tides', 'db'], ...late }),
    row(9, { missing: 2, dueAt: null }),
    row(5, { needs: ['octo/tides', 'db'], title: 'Say \u001b[31mno' }),
    row(7, { needs: ['crane'], waitsFor: 'somebody_able' }),
    row(8, { waitsFor: 'somebody_able' }),
  ];
  expect(lines(rows)).toEqual([
    'Waiting, as nobody who could review it is available now:',
    '  octo/tides and db:',
    '    #4 Work (effort 1.2, late by 2d, waiting 4d)',
    '    #5 Say [31mno (effort 1.2, due in 1d, waiting 1d)',
    '  anybody will do:',
    '    #9 Work (effort 1.2, waiting 1d, 2 reviewers missing)',
    'Waiting, as nobody who can be asked here is known to be able to review it:',
    '  crane:',
    '    #7 Work (effort 1.2, due in 1d, waiting 1d)',
    '  anybody but its authors:',
    '    #8 Work (effort 1.2, due in 1d, waiting 1d)',
  ]);
});

test('of a long queue the first fifteen are shown, and no line is wider than the view', () => {
  const long = lines(Array.from({ length: 17 }, (_, index) => row(index + 1, { title: 'Tell the tides' })));
  expect([long.length, long.at(-1)]).toEqual([18, '  and 2 more']);
  const narrow = lines([row(1, { title: 'Store the heights of the tides by the hour' })], 50);
  expect(narrow).toEqual([
    'Waiting, as nobody who could review it is',
    '  available now:',
    '  anybody will do:',
    '    #1 Store the heights of the tides by the hour',
    '      (effort 1.2, due in 1d, waiting 1d)',
  ]);
});

test('the order is explained where something waits for somebody to be available, and nothing is said where nothing does', () => {
  const legends = [[], [row(1, { waitsFor: 'somebody_able' })], [row(1)]].map((queue) => queueLegend(output(queue)));
  expect([lines([]), legends.map(({ length }) => length)]).toEqual([[], [0, 0, 1]]);
});
