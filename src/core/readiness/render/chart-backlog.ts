import { scaleLinear } from 'd3-scale';
import { visibleLine } from '../../markdown.ts';
import type { Metrics } from '../report-schema.ts';
import { CHART_WIDTH, chartFrame, chartLabel, rounded } from './chart-frame.ts';
import { fitLabel, labelUnits } from './fit-label.ts';
import { counted } from './report-words.ts';

const ROW = 28;
const LABEL = 190;
/** Between a name, its bar and its count. */
const GAP = 10;
const MAX_REVIEWERS = 10;

/** Reviews that each person or team owes, the longest bar first, those over their time apart; null where nobody owes one. */
export function chartBacklog(backlog: Metrics['review_backlog']): string | null {
  if (backlog.length === 0) return null;
  const shown = backlog.slice(0, MAX_REVIEWERS);
  const rest = backlog.length - shown.length;
  const counts = Math.max(...shown.map((one) => labelUnits(shortCount(one))));
  const most = Math.max(1, ...shown.map(({ open }) => open));
  const x = scaleLinear([0, most], [0, CHART_WIDTH - LABEL - GAP - counts]);
  return chartFrame({
    id: 'backlog',
    title: 'Review backlog',
    description: `${shown.map((one) => `${visibleLine(one.reviewer)}: ${countWords(one)}`).join('; ')}.`,
    height: ROW * (shown.length + (rest > 0 ? 1 : 0)) + 8,
    parts: [
      ...shown.flatMap((one, index) => {
        const top = index * ROW + 6;
        const [late, whole] = [rounded(x(one.over_sla)), rounded(x(one.open))];
        return [
          chartLabel({ x: LABEL - GAP, y: top + 13, text: fitLabel(one.reviewer, LABEL - GAP), anchor: 'end' }),
          `<rect class="bar" x="${LABEL}" y="${top}" width="${whole}" height="18"/>`,
          late === 0 ? '' : `<rect class="bar late" x="${LABEL}" y="${top}" width="${late}" height="18"/>`,
          chartLabel({ x: LABEL + whole + GAP, y: top + 13, text: shortCount(one), dim: true }),
        ];
      }),
      ...(rest > 0
        ? [chartLabel({ x: LABEL, y: shown.length * ROW + 20, text: counted(rest, 'more reviewer'), dim: true })]
        : []),
    ],
  });
}

type Backlog = Metrics['review_backlog'][number];

const countWords = ({ open, over_sla: late }: Backlog): string =>
  late === 0 ? counted(open, 'review') : `${counted(open, 'review')}, ${late} over SLA`;

const shortCount = ({ open, over_sla: late }: Backlog): string =>
  late === 0 ? `${open}` : `${open}, ${late} over SLA`;
