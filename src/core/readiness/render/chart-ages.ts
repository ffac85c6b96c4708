import { scaleBand, scaleLinear } from 'd3-scale';
import type { ReportedItem } from '../report-schema.ts';
import { CHART_WIDTH, chartFrame, chartLabel, rounded } from './chart-frame.ts';

const HEIGHT = 220;
const [TOP, BOTTOM] = [24, 28];

/** Upper ends in days: the wider, the older, as a day matters less the longer something waits. */
const BINS = [1, 2, 3, 5, 8, 13, 21, Number.POSITIVE_INFINITY];
const NAMES = BINS.map((end, index) => {
  const start = BINS[index - 1] ?? 0;
  return end === Number.POSITIVE_INFINITY ? `${start}+ d` : `${start}–${end} d`;
});

/** How long what was implemented took, or has been waiting, to be merged; null where no clock ran. */
export function chartAges(items: readonly ReportedItem[]): string | null {
  const counts = countByAge(items);
  const total = counts.reduce((sum, { merged, waiting }) => sum + merged + waiting, 0);
  if (total === 0) return null;
  const x = scaleBand(NAMES, [8, CHART_WIDTH - 8]).padding(0.18);
  const y = scaleLinear(
    [0, Math.max(...counts.map(({ merged, waiting }) => merged + waiting))],
    [0, HEIGHT - TOP - BOTTOM],
  );
  const foot = HEIGHT - BOTTOM;
  return chartFrame({
    id: 'ages',
    title: 'Age of what is implemented',
    description: `${counts
      .flatMap(({ name, merged, waiting }) =>
        merged + waiting === 0 ? [] : [`${name}: ${merged} merged, ${waiting} waiting`],
      )
      .join('; ')}.`,
    height: HEIGHT,
    parts: [
      `<line class="grid" x1="8" x2="${CHART_WIDTH - 8}" y1="${foot}" y2="${foot}"/>`,
      ...counts.flatMap(({ name, merged, waiting }) => {
        const [left, width] = [x(name) ?? 0, x.bandwidth()];
        const bar = (look: string, from: number, count: number): string =>
          count === 0
            ? ''
            : `<rect class="${look}" x="${rounded(left)}" width="${rounded(width)}" y="${rounded(foot - y(from + count))}" height="${rounded(y(count))}"/>`;
        const middle = left + width / 2;
        const all = merged + waiting;
        return [
          bar('bar', 0, merged),
          bar('bar late', merged, waiting),
          all === 0 ? '' : chartLabel({ x: middle, y: foot - y(all) - 6, text: `${all}`, anchor: 'middle' }),
          chartLabel({ x: middle, y: HEIGHT - 8, text: name, anchor: 'middle', dim: true }),
        ];
      }),
    ],
  });
}

interface AgeCount {
  readonly name: string;
  readonly merged: number;
  readonly waiting: number;
}

/** Of tasks, whose clocks know what was excused; of pull requests where no task has any. */
function countByAge(items: readonly ReportedItem[]): readonly AgeCount[] {
  const timed = items.filter(({ clocks }) => clocks?.age_seconds != null);
  const tasks = timed.filter(({ kind }) => kind === 'task');
  const chosen = tasks.length > 0 ? tasks : timed;
  return NAMES.map((name, index) => {
    const inBin = chosen.filter(({ clocks }) => binOf(clocks?.age_seconds ?? 0) === index);
    const merged = inBin.filter(({ clocks }) => clocks?.merged_at != null).length;
    return { name, merged, waiting: inBin.length - merged };
  });
}

const binOf = (seconds: number): number => BINS.findIndex((end) => seconds / 86_400 < end);
