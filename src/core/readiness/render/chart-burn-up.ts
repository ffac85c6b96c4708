import { scaleLinear } from 'd3-scale';
import type { Metrics } from '../report-schema.ts';
import { CHART_WIDTH, chartFrame, chartLabel, rounded } from './chart-frame.ts';
import { labelUnits } from './fit-label.ts';
import { counted } from './report-words.ts';

const HEIGHT = 220;
const [TOP, RIGHT, BOTTOM, GAP] = [12, 16, 28, 8];

/** Tasks in scope as a line, complete ones as an area below it, day by day; null below two days. */
export function chartBurnUp(days: Metrics['burn_up']): string | null {
  const [first, last] = [days[0], days.at(-1)];
  if (first === undefined || last === undefined || days.length < 2) return null;
  const most = Math.max(1, ...days.map(({ scope }) => scope));
  const y = scaleLinear([0, most], [HEIGHT - BOTTOM, TOP]).nice(4);
  const ticks = y.ticks(4).filter(Number.isInteger);
  const left = GAP + Math.max(...ticks.map((tick) => labelUnits(`${tick}`)));
  const x = scaleLinear([0, days.length - 1], [left, CHART_WIDTH - RIGHT]);
  const line = (read: (day: Metrics['burn_up'][number]) => number): string =>
    days.map((day, index) => `${rounded(x(index))} ${rounded(y(read(day)))}`).join('L');
  const complete = line((day) => day.complete);
  return chartFrame({
    id: 'burn-up',
    title: 'Burn-up',
    description: `From ${first.day} to ${last.day}: ${first.complete} of ${counted(first.scope, 'task')} complete, then ${last.complete} of ${last.scope}.`,
    height: HEIGHT,
    parts: [
      ...ticks.map((tick) => {
        const at = rounded(y(tick));
        const rule = `<line class="grid" x1="${left}" x2="${CHART_WIDTH - RIGHT}" y1="${at}" y2="${at}"/>`;
        return rule + chartLabel({ x: left - GAP, y: at + 4, text: `${tick}`, anchor: 'end', dim: true });
      }),
      `<path class="area" d="M${left} ${rounded(y(0))}L${complete}L${CHART_WIDTH - RIGHT} ${rounded(y(0))}Z"/>`,
      `<path class="line" d="M${complete}"/>`,
      `<path class="line whole" d="M${line((day) => day.scope)}"/>`,
      chartLabel({ x: left, y: HEIGHT - 8, text: dayWords(first.day), dim: true }),
      chartLabel({ x: CHART_WIDTH - RIGHT, y: HEIGHT - 8, text: dayWords(last.day), anchor: 'end', dim: true }),
    ],
  });
}

const MONTHS = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec'];

/** `8 May`. */
function dayWords(day: string): string {
  const [, month, date] = day.split('-').map(Number);
  return `${date} ${MONTHS[(month ?? 1) - 1]}`;
}
