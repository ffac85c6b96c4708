import { neutralizeInline, visibleLine } from '../src/core/markdown.ts';
import { countUnlikely } from '../src/core/risk/mark-of-finding.ts';
import type { PairRisk } from '../src/core/risk/pair-risk.ts';
import { redoAfter } from '../src/core/risk/redo-after.ts';
import { redoInCell, redoInWords } from '../src/core/risk/redo-words.ts';
import { cellsOfFinding } from '../src/core/risk/render-risk-summary.ts';
import type { RiskQueueReport } from '../src/operations/risk-queue.ts';
import { renderGaps } from './render-gaps.ts';

interface Shown {
  readonly headline: string;
  readonly pairs: readonly PairRisk[];
}

type Place = RiskQueueReport['places'][number];

/** Names that a reader takes in before the rest is counted. */
const MOST_NAMES = 20;

/** The order with its reasons, its beginning as commands, and what conflicts with what in which files. */
export function renderRisk(queue: RiskQueueReport, { headline, pairs }: Shown): string {
  return [
    `### ${neutralizeInline(headline)}`,
    '',
    ...orderTable(queue),
    ...nextCommands(queue),
    ...conflictTable(pairs, queue),
    ...asideLines(queue),
    ...renderGaps(queue.gaps),
    ...queue.remarks.map((remark) => `${neutralizeInline(remark, 500)}\n`),
  ].join('\n');
}

function orderTable({ places, expected, oldestFirst }: RiskQueueReport): readonly string[] {
  if (places.length === 0) return [];
  const amounts = `This order redoes ${rounded(expected.hits)} of them, oldest first ${rounded(oldestFirst.hits)}.`;
  const rows = places.map((place) => `| ${cellsOf(place).join(' | ')} |`);
  return [
    '#### Merge order',
    '',
    amounts,
    '',
    '| | Pull request | Why here | Redo after |',
    '| --: | --- | --- | --- |',
    ...rows,
    '',
  ];
}

const rounded = (hits: number): string => (Number.isInteger(hits) ? `${hits}` : `about ${hits.toFixed(1)}`);

function cellsOf({ place, name, title, reason, heldBy, hitBy, hitChance }: Place): readonly string[] {
  const why = [reason, ...heldBy.slice(0, 2)].map((words) => neutralizeInline(words, 120)).join('; ');
  return [
    `${place}`,
    `${name} ${neutralizeInline(title, 80)}`,
    why,
    redoInCell(redoAfter(hitBy, hitChance), (names) => names.join(', ')),
  ];
}

function nextCommands({ next }: RiskQueueReport): readonly string[] {
  if (next.length === 0) return [];
  const lines = next.map((one) => `${one.command}${noteOf(one)}`.replaceAll('`', ''));
  return ['#### Next merges', '', '```sh', ...lines, '```', ''];
}

/** What has to be done before, as a comment behind the command: whoever copies it sees that. */
function noteOf({ redo, before }: RiskQueueReport['next'][number]): string {
  const notes = [...redoInWords(redo, firstNames), ...before].map(visibleLine).join('; ');
  return notes === '' ? '' : `  # ${notes}`;
}

function conflictTable(pairs: readonly PairRisk[], { base }: RiskQueueReport): readonly string[] {
  const head = `| Pair | Files (lines of <code>${neutralizeInline(base.name, 120)}</code>) | How it is known |`;
  const rows = pairs.flatMap(({ a, b, finding }) => {
    const told = cellsOfFinding(finding);
    return told === null ? [] : [{ rank: told.rank, text: `| ${a} × ${b} | ${told.files} | ${told.how} |` }];
  });
  const few = unlikelyLine(countUnlikely(pairs));
  if (rows.length === 0) return few;
  const sorted = rows.toSorted((one, other) => one.rank - other.rank).map(({ text }) => text);
  return ['#### What meets what', '', head, '| --- | --- | --- |', ...sorted, '', ...few];
}

const unlikelyLine = (count: number): readonly string[] =>
  count === 0
    ? []
    : [`${count} ${count === 1 ? 'pair' : 'pairs'} estimated below 50 % not shown; matrix.json has all.`, ''];

function asideLines({ leftOut, circles }: RiskQueueReport): readonly string[] {
  const reasons = [...new Set(leftOut.map(({ why }) => why))];
  return [
    ...reasons.map((reason) => {
      const names = leftOut.filter(({ why }) => why === reason).map(({ name }) => name);
      const sorted = names.toSorted((one, other) => one.localeCompare(other, 'en', { numeric: true }));
      const more = names.length > MOST_NAMES ? ` and ${names.length - MOST_NAMES} more` : '';
      return `Left out, ${reason} (${names.length}): ${sorted.slice(0, MOST_NAMES).join(', ')}${more}.\n`;
    }),
    ...circles.map((circle) => `These wait for each other: ${circle.join(', ')}.\n`),
  ];
}

/** More edges than a reader can follow. */
const MOST_EDGES = 40;

/** Who conflicts with whom, in Mermaid: whole lines are verified, dotted ones estimated. Names are `#12`. */
export function conflictGraph(conflicts: readonly PairRisk[]): readonly string[] {
  const edges = conflicts.slice(0, MOST_EDGES).flatMap(({ a, b, finding }) => {
    const line = finding.basis === 'verified' ? '---' : '-.-';
    return isNumber(a) && isNumber(b) ? [`    ${nodeOf(a)} ${line} ${nodeOf(b)}`] : [];
  });
  if (edges.length === 0) return [];
  const left = conflicts.length - edges.length;
  return ['```mermaid', 'graph LR', ...edges, '```', ...(left > 0 ? [`… and ${left} more.`] : []), ''];
}

const isNumber = (name: string): boolean => /^#\d+$/.test(name);
const nodeOf = (name: string): string => `p${name.slice(1)}["${name}"]`;

function firstNames(names: readonly string[]): string {
  const more = names.length > MOST_NAMES ? ` and ${names.length - MOST_NAMES} more` : '';
  return `${names.slice(0, MOST_NAMES).join(', ')}${more}`;
}
