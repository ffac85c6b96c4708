import type * as z from 'zod';
import { visibleLine } from '../../core/markdown.ts';
import { WHOLE_HISTORY } from '../../git/whole-history.ts';
import type { riskLearn } from '../../operations/risk-learn.ts';
import { type Column, printTable } from './print-table.ts';
import { counted } from './risk-words.ts';
import type { View } from './view.ts';
import { wrapLines } from './wrap-lines.ts';

type Learned = z.output<typeof riskLearn.output>;

/** How many merges were done again, and the files that conflicted most in them. */
export function renderRiskLearn(learned: Learned, view: View): string {
  const { base, merges, conflicted, unknown, files, keptIn, notKept, learnedFor } = learned;
  const name = visibleLine(base.name);
  const missing = [...(unknown === 0 ? [] : [`${unknown} could not be done again.`]), ...shallowLine(learned)];
  if (merges === 0) {
    const lines = [nothingInWords(learned), ...missing];
    return wrapLines([...lines, 'There is nothing to learn from; estimates go on without a history.'], view.width).join(
      '\n',
    );
  }
  const were = `${counted(merges, 'merge')} of ${name} ${merges === 1 ? 'was' : 'were'} done again`;
  const summary = `${were}: ${conflicted} conflicted, so that somebody resolved ${conflicted === 1 ? 'it' : 'them'}.`;
  const table = files.length === 0 ? [] : [printTable(COLUMNS, files, view), ''];
  const kept =
    keptIn === null ? [] : [view.colors.dim(`Kept for ${visibleLine(learnedFor)} in ${visibleLine(keptIn)}`)];
  const lost =
    notKept === null
      ? []
      : [
          `It is not kept, so estimates go on without it. ${visibleLine(notKept)}. Set XDG_CACHE_HOME to a folder that you may write to.`,
        ];
  return [...wrapLines([summary, ...missing, ...lost], view.width), '', ...table, ...kept].join('\n');
}

/** Of a history that was cut off nobody can say that it was squashed. */
function nothingInWords({ base, commits, unknown, shallow }: Learned): string {
  const held = `The ${commits === 1 ? 'one commit' : `${commits} commits`} of ${visibleLine(base.name)}`;
  const holds = `${held} ${shallow ? 'that the clone has ' : ''}${commits === 1 ? 'holds' : 'hold'}`;
  if (unknown > 0) return `${holds} no merge that could be done again.`;
  return shallow ? `${holds} no merge.` : `${holds} no merge: its pull requests were squashed or rebased onto it.`;
}

const shallowLine = ({ shallow }: Learned): readonly string[] =>
  shallow ? [`The clone is shallow: what came before is not here; ${WHOLE_HISTORY}.`] : [];

const COLUMNS: readonly Column<Learned['files'][number]>[] = [
  { title: 'Conflicts', cell: ({ conflicts }) => `${conflicts}`, align: 'right' },
  { title: 'Merges', cell: ({ merges }) => `${merges}`, align: 'right' },
  { title: 'Last', cell: ({ lastConflictAt }) => lastConflictAt?.slice(0, 10) ?? '' },
  { title: 'File', cell: ({ path }) => visibleLine(path), isHeading: true, canShrink: true },
];
