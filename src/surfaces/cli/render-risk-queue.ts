import type * as z from 'zod';
import { shorten, visibleLine } from '../../core/markdown.ts';
import { redoAfter } from '../../core/risk/redo-after.ts';
import { redoInCell, redoInWords } from '../../core/risk/redo-words.ts';
import type { riskQueue } from '../../operations/risk-queue.ts';
import { type Column, printTable } from './print-table.ts';
import {
  closingLines,
  counted,
  impactInOrder,
  importsLine,
  namesInWords,
  toldOnce,
  unknownLines,
} from './risk-words.ts';
import { type View, withLimit } from './view.ts';
import { wrapLines } from './wrap-lines.ts';

type Queue = z.output<typeof riskQueue.output>;
type Place = Queue['places'][number];

const LONGEST_TITLE = 48;
const MAX_HELD = 2;

/** The order with its reasons, what it saves, and its beginning as commands. */
export function renderRiskQueue(queue: Queue, given: View): string {
  const view = withLimit(given);
  const { places, base } = queue;
  const about = `${counted(places.length, 'open change')} into ${visibleLine(base.name)}`;
  const table = places.length === 0 ? [] : [printTable(columnsOf(places), places, view), ''];
  const closing = [...asideLines(queue), ...importsLine(queue.imports, view), ...closingLines(queue, view)];
  return [
    ...wrapLines([`${about}: ${reworkInWords(queue)}`], view.width),
    '',
    ...table,
    ...commandLines(queue, view),
    ...wrapLines(closing, view.width),
  ]
    .join('\n')
    .trimEnd();
}

function reworkInWords({
  expected,
  oldestFirst,
  verifiedPairs,
  estimatedPairs,
  proof,
  unknown,
  unlisted,
  ...queue
}: Queue): string {
  const unknownPairs = unknown.length + unlisted;
  if (queue.places.length === 0 && queue.leftOut.length > 0)
    return `all ${queue.leftOut.length} that there are were left out.`;
  if (verifiedPairs + estimatedPairs === 0) {
    const rest = unknownPairs === 0 ? 'so any order will do' : `but ${counted(unknownPairs, 'pair')} may: nobody knows`;
    return `no two of them are known to conflict, ${rest}.`;
  }
  const bases = [
    ...(verifiedPairs > 0 ? [`${verifiedPairs} verified`] : []),
    ...(estimatedPairs > 0 ? [`${estimatedPairs} estimated`] : []),
  ];
  const count = verifiedPairs + estimatedPairs;
  const over = `over ${bases.join(' and ')} ${count === 1 ? 'conflict' : 'conflicts'}`;
  const compared = comparedInWords({ expected, oldestFirst, proof });
  return `${over} this order redoes ${amount(expected)}, oldest first ${amount(oldestFirst)}.${compared}${uncountedInWords(unknownPairs)}`;
}

/** The order keeps more than oldest first does, and counts by weight, so that either number may be the higher. */
function comparedInWords({ expected, oldestFirst, proof }: Pick<Queue, 'expected' | 'oldestFirst' | 'proof'>): string {
  const isDearer = expected.weight > oldestFirst.weight + 1e-9;
  const dearer = isDearer ? ' What is dearer about it is owed to priorities and the cap on the wait.' : '';
  const lighter = !isDearer && expected.hits > oldestFirst.hits + 1e-9 ? ' More of them, but lighter ones.' : '';
  const best = proof === 'optimal' ? ' No order that keeps readiness, priorities and dependencies costs less.' : '';
  return `${dearer}${lighter}${best}`;
}

/** What nobody knows is in neither number. */
const uncountedInWords = (count: number): string =>
  count === 0 ? '' : ` Not counted: ${counted(count, 'pair')} that nobody knows of.`;

const amount = ({ hits, weight }: Queue['expected']): string => `${rounded(hits)} (weight ${weight.toFixed(1)})`;

const rounded = (hits: number): string => (Number.isInteger(hits) ? `${hits}` : `about ${hits.toFixed(1)}`);

function columnsOf(places: readonly Place[]): readonly Column<Place>[] {
  const once = toldOnce(places.flatMap(({ name, heldBy }) => heldBy.map((reason) => ({ name, reason }))));
  return [
    { title: 'Place', cell: ({ place }) => `${place}`, align: 'right', isHeading: true },
    { title: 'Change', cell: ({ name }) => visibleLine(name), isHeading: true },
    {
      title: 'Title',
      cell: ({ title }) => shorten(visibleLine(title), LONGEST_TITLE),
      canShrink: true,
      isHeading: true,
    },
    {
      title: 'Why here',
      cell: ({ name, reason, heldBy }) =>
        whyHere(
          reason,
          heldBy.map((held) => once(name, held)),
        ),
      canShrink: true,
    },
    { title: 'What the choice costs', cell: ({ choice }) => visibleLine(choice ?? ''), canShrink: true },
    { title: 'Redo after', cell: redoCell, canShrink: true },
    { title: 'Weight', cell: ({ weight }) => weight.toFixed(1), align: 'right' },
    { title: 'Impact', cell: ({ impact }) => impactInOrder(impact)[0] ?? '', canShrink: true },
  ];
}

function redoCell({ hitBy, hitChance }: Place): string {
  return redoInCell(redoAfter(hitBy, hitChance), namesInWords);
}

const whyHere = (reason: string, heldBy: readonly string[]): string =>
  [visibleLine(reason), ...heldBy.slice(0, MAX_HELD).map(visibleLine)].join('; ');

function commandLines({ next }: Queue, { colors }: View): readonly string[] {
  if (next.length === 0) return [];
  const lines = next.map(({ command, redo, before }) => {
    const notes = [...redoInWords(redo, namesInWords), ...before.map(visibleLine)].join('; ');
    return `${visibleLine(command)}${notes === '' ? '' : colors.dim(`  # ${notes}`)}`;
  });
  return ['Next merges:', ...lines, ''];
}

function asideLines({ regenerate, unknown, circles }: Queue): readonly string[] {
  const pairs = (all: readonly { readonly a: string; readonly b: string }[]): string =>
    namesInWords(all.map(({ a, b }) => `${a} × ${b}`));
  return [
    ...(regenerate.length > 0 ? [`Only in files to regenerate: ${pairs(regenerate)}.`] : []),
    ...unknownLines(unknown),
    ...circles.map((circle) => `These wait for each other: ${namesInWords(circle)}.`),
  ];
}
