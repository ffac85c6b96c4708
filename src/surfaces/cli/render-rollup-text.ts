import { visibleLine } from '../../core/markdown.ts';
import { progressBar } from '../../core/progress-bar.ts';
import { formatRef } from '../../core/task/identity.ts';
import { countWords, percentWords } from '../../core/umbrella/progress-words.ts';
import type { ChildRollup, Progress, Rollup } from '../../core/umbrella/rollup.ts';
import { doneText } from './done-text.ts';
import { nearText, shownTitle } from './near-text.ts';
import { printTable } from './print-table.ts';
import { childColumns } from './render-child-columns.ts';
import { renderNotes } from './render-notes.ts';
import type { Colors, View } from './view.ts';
import { wrapLines } from './wrap-lines.ts';

/** The whole rollup for a terminal: headline, verdict with its reasons, what needs attention, one table per lane, coverage. */
export function renderRollupText(rollup: Rollup, view: View): string {
  const prose = (lines: readonly string[]): readonly string[] => wrapLines(lines, view.width);
  const parts = [
    prose(renderHeadline(rollup, view)),
    prose(renderVerdict(rollup, view)),
    prose(renderAttention(rollup, view)),
    ...renderLanes(rollup, view),
    prose(renderNotes(rollup, view)),
  ];
  return parts
    .filter((lines) => lines.length > 0)
    .map((lines) => lines.join('\n'))
    .join('\n\n');
}

/** Title and progress: also the compact form that the demo prints at each step. */
export function renderHeadline({ umbrella, progress, wholeTree }: Rollup, { colors }: View): readonly string[] {
  const id = umbrella.plannedId === null ? '' : `${visibleLine(umbrella.plannedId)}  `;
  return [
    `${colors.bold(shownTitle(umbrella))}  ${colors.dim(`${id}${formatRef(umbrella.ref)}`)}`,
    `${colors.green(progressBar(progress.percentComplete, 24))}  ${progressText(progress)}`,
    ...(wholeTree === null ? [] : [colors.dim(`Whole tree: ${progressText(wholeTree)}`)]),
  ];
}

function progressText(progress: Progress): string {
  if (progress.total === 0) return 'no sub-issues yet';
  const counts = countWords(progress.counts).join(', ');
  return `${percentWords(progress)}, ${progress.complete} of ${progress.relevant} complete${counts === '' ? '' : ` (${counts})`}`;
}

/** So many reasons fit beside what comes after them; `--json` has all. */
const MOST_REASONS = 12;

function renderVerdict({ integration, umbrella }: Rollup, { colors }: View): readonly string[] {
  const { reasons, notJudged, verdict } = integration;
  const shown = reasons.slice(0, MOST_REASONS).map(({ effect, text }) => {
    return `  ${effect === 'blocks' ? colors.red('x') : colors.yellow('?')} ${nearText(text, umbrella.ref)}`;
  });
  const rest = reasons.length - shown.length;
  return [
    `Integration: ${verdictText(verdict, colors)}`,
    ...shown,
    ...(rest === 0 ? [] : [colors.dim(`  and ${rest} more (--json lists all)`)]),
    ...(notJudged.length === 0 ? [] : [colors.dim(`  not judged: ${notJudged.join(', ')}`)]),
  ];
}

function verdictText(verdict: Rollup['integration']['verdict'], colors: Colors): string {
  if (verdict === 'go') return colors.green('go');
  return verdict === 'no_go' ? colors.red('no go') : colors.yellow('unknown');
}

function renderAttention({ attention, umbrella }: Rollup, { colors }: View): readonly string[] {
  if (attention.length === 0) return [];
  const items = attention.map(({ ref, why, action }) => {
    const actors = action.actors.length === 0 ? '' : ` (${action.actors.map(visibleLine).join(', ')})`;
    const what = colors.bold(nearText(action.text, umbrella.ref));
    return `  ${formatRef(ref, umbrella.ref)}  ${nearText(why, umbrella.ref)}: ${what}${actors}`;
  });
  return [colors.bold('Needs attention'), ...items];
}

function renderLanes(rollup: Rollup, view: View): readonly (readonly string[])[] {
  const hasLanes = rollup.lanes.some(({ name }) => name !== null);
  if (!hasLanes) return [renderGroup('Children', rollup.children, rollup, view), hiddenChildren(rollup)];
  const lanes = rollup.lanes.map(({ name, progress }) => {
    const done = doneText(progress.complete, progress.relevant, progress.counts.dropped);
    const title = `${name === null ? 'No lane' : `Lane ${visibleLine(name)}`}  ${done}`;
    const children = rollup.children.filter((child) => child.lane === name);
    return renderGroup(title, children, rollup, view);
  });
  return [...lanes, hiddenChildren(rollup)];
}

function renderGroup(title: string, children: readonly ChildRollup[], rollup: Rollup, view: View): readonly string[] {
  const table = children.length === 0 ? [] : [printTable(childColumns(rollup, view.colors), children, view)];
  return table.length === 0 && title === 'Children' ? [] : [view.colors.bold(title), ...table];
}

function hiddenChildren({ privateChildren, unreadChildren }: Rollup): readonly string[] {
  return [
    ...(privateChildren === 0 ? [] : [`${privateChildren} private ${privateChildren === 1 ? 'task' : 'tasks'}`]),
    ...(unreadChildren === 0 ? [] : [`${unreadChildren} ${unreadChildren === 1 ? 'task' : 'tasks'} not readable`]),
  ];
}
