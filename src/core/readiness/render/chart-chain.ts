import { escapeXml } from '../../escape-xml.ts';
import { inWords } from '../../in-words.ts';
import { visibleLine } from '../../markdown.ts';
import type { RepositoryRef } from '../../task/identity.ts';
import { shortenRefs } from '../../task/shorten-refs.ts';
import type { ReadinessReport } from '../report-schema.ts';
import { CHART_WIDTH, chartFrame, chartLabel } from './chart-frame.ts';
import { fitLabel, labelUnits } from './fit-label.ts';
import { counted } from './report-words.ts';

const ROW = 34;
const MAX_TASKS = 12;
/** Where names begin, where states end, and what is between them. */
const [LEFT, RIGHT, GAP] = [30, CHART_WIDTH - 8, 12];

/** The longest chain from top to bottom: each task waits for the one above it; null below two. */
export function chartChain(
  { metrics, items }: Pick<ReadinessReport, 'metrics' | 'items'>,
  near: RepositoryRef,
): string | null {
  const chain = metrics.longest_chain;
  if (chain.length < 2) return null;
  const known = new Map(items.map((item) => [item.ref, item]));
  const shown = chain.slice(0, MAX_TASKS);
  const rest = chain.length - shown.length;
  const rows = shown.map((ref) => {
    const item = known.get(ref);
    return {
      name: visibleLine(`${shortenRefs(ref, near)} ${item?.title ?? ''}`),
      state: inWords(item?.state ?? ''),
    };
  });
  const height = ROW * (rows.length + (rest > 0 ? 1 : 0)) + 8;
  return chartFrame({
    id: 'chain',
    title: 'Longest chain',
    description: `Each waits for the one before it: ${rows.map(({ name }) => name).join('; ')}${rest > 0 ? `; ${rest} more` : ''}.`,
    height,
    parts: [
      `<line class="grid" x1="14" x2="14" y1="${middleOf(0)}" y2="${middleOf(rows.length - (rest > 0 ? 0 : 1))}"/>`,
      ...rows.flatMap(({ name, state }, index) => [
        `<circle class="dot" cx="14" cy="${middleOf(index)}" r="5"><title>${escapeXml(name)}</title></circle>`,
        chartLabel({ x: LEFT, y: middleOf(index) + 4, text: fitLabel(name, RIGHT - LEFT - GAP - labelUnits(state)) }),
        chartLabel({ x: RIGHT, y: middleOf(index) + 4, text: state, anchor: 'end', dim: true }),
      ]),
      ...(rest > 0
        ? [chartLabel({ x: LEFT, y: middleOf(rows.length) + 4, text: counted(rest, 'more task'), dim: true })]
        : []),
    ],
  });
}

const middleOf = (index: number): number => index * ROW + ROW / 2;
