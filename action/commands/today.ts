/**
 * Publishes the morning list: what somebody has to do today, at most 15 lines, each with who, what and where.
 *
 *     on: { schedule: [{ cron: '0 6 * * 1-5' }] }
 *     with: { command: today }
 *
 * Which open pull requests collide is told by trial merges in a clone of its own. It names only what every reader of the
 * repository may see, and decides nothing.
 */
import { buildMarker } from '../../src/core/marker.ts';
import {
  nothingWords,
  renderTodayMarkdown,
  TODAY_TITLES,
} from '../../src/core/readiness/today/render-today-markdown.ts';
import type { TodayKind, TodayLine } from '../../src/core/readiness/today/today-line.ts';
import type { Reading } from '../../src/core/reading.ts';
import { today as listToday } from '../../src/operations/today.ts';
import type { ActionCommand, ActionJob, ActionReport, ReportedFinding } from '../action-command.ts';

export const today: ActionCommand = { isJudge: false, run: reportToday };

async function reportToday({ context, cloneAtHand }: ActionJob): Promise<ActionReport> {
  const clone = await cloneAtHand();
  const list = await listToday.run(context, { audience: 'umbrella_readers', ...folderOf(clone) });
  const { lines, more, gaps } = list;
  const count = lines.length + more;
  const told = count === 1 ? '1 thing waits for somebody' : `${count} things wait for somebody`;
  return {
    decision: null,
    headline: count === 0 ? nothingWords(gaps) : `${told} today`,
    blockingCount: 0,
    markdown: renderTodayMarkdown(list),
    charts: [],
    files: [{ name: 'report.json', text: `${JSON.stringify(list, null, 2)}\n` }],
    findings: lines.map(findingOf),
    outputs: {},
    comment: { kind: 'report', marker: buildMarker('today', 1) },
  };
}

const folderOf = (clone: Reading<string>): { clone?: string } => (clone.known ? { clone: clone.value } : {});

const LEVELS: Readonly<Record<TodayKind, ReportedFinding['level']>> = {
  missing: 'warning',
  conflict: 'warning',
  merge: 'notice',
  start: 'notice',
};

const findingOf = ({ kind, ref, why, action, actor }: TodayLine): ReportedFinding => ({
  level: LEVELS[kind],
  title: `${TODAY_TITLES[kind]}: ${ref}`,
  text: `${why}. Next: ${action.text} (${actor.name})`,
});
