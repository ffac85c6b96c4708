/**
 * Answers `/parasol waive [#12|criterion …] until YYYY-MM-DD [on SHA]: reason`. The comment itself is the waiver, which every
 * report reads; nothing is kept here. The answer says what it covers, until when and by whose right, or why it sets nothing
 * aside: its author has no write access, it cannot be read, its day is over.
 *
 * As in reports, the right of whoever wrote the comment counts, in the repository where it stands. A waiver holds for what
 * fails, never for what nobody knows.
 */
import type { Command } from '../core/commands.ts';
import { inWords } from '../core/in-words.ts';
import { neutralizeInline } from '../core/markdown.ts';
import { parseWaiver, type WaiverWords } from '../core/readiness/parse-waiver.ts';
import { formatRef, type Ref, refKey } from '../core/task/identity.ts';
import { type AskedCommands, mayWrite, type Said } from './command-answer.ts';
import type { OperationContext } from './operation.ts';

interface WaiveCommand {
  readonly context: OperationContext;
  readonly asked: AskedCommands;
  readonly command: Command;
}

export async function runWaive({ context, asked, command }: WaiveCommand): Promise<Said> {
  const { on, author } = asked;
  const parsed = parseWaiver(command, on);
  if ('problem' in parsed) return refused(`${inertProblem(parsed.problem)}. ${FORM}`);
  const [first] = parsed.waivers;
  if (first === undefined) return refused(FORM);
  if (!(await mayWrite(context, on, author))) return refused(`${nameOf(author)} has no write access here. ${WHO_MAY}`);
  const { until } = first;
  if (Date.parse(until) <= Date.parse(context.now()))
    return refused(`${dayOf(until)} is over. Name a day that is not.`);
  return { ok: true, text: acceptedText(parsed.waivers, first, asked) };
}

const refused = (why: string): Said => ({ ok: false, text: `Nothing is waived: ${why}` });

const FORM = 'A waiver is written so: `/parasol waive #12 until 2026-12-01: reason`, with items, criteria or both.';

const WHO_MAY = 'Somebody who has it may write the same comment.';

/** Whoever wrote it is named without being told of it. */
const nameOf = (login: string): string => neutralizeInline(login, 60);

const dayOf = (until: string): string => until.slice(0, 10);

/** The words of the problem are ours, what stands between its backticks is not. */
const inertProblem = (problem: string): string =>
  problem
    .split('`')
    .map((part, place) => (place % 2 === 0 ? part : `<code>${neutralizeInline(part, 60)}</code>`))
    .join('');

function acceptedText(waivers: readonly WaiverWords[], first: WaiverWords, { on, author }: AskedCommands): string {
  const { sha, until } = first;
  const base = sha === null ? '' : `, as long as ${sha.slice(0, 7)} is the newest commit of the base`;
  return [
    `Waived until the end of ${dayOf(until)} (UTC)${base}, by ${nameOf(author)}, who has write access here:`,
    '',
    ...waivers.map((waiver) => `- ${coverOf(waiver, on)}`),
    '',
    `It sets failures aside, never what is unknown, and then they block again.${placeNote(waivers, on)}`,
  ].join('\n');
}

function coverOf({ item, criterion }: WaiverWords, on: Ref): string {
  const name = criterion === null ? 'all that fails' : inWords(criterion);
  if (item === null) return `${name}, on every item in scope`;
  return `${name}, on ${refKey(item) === refKey(on) ? 'this' : neutralizeInline(formatRef(item, on), 120)}`;
}

/** Reports read comments of what is in the way, and of their umbrella. */
function placeNote(waivers: readonly WaiverWords[], on: Ref): string {
  const isHere = waivers.every(({ item }) => item !== null && refKey(item) === refKey(on));
  return isHere
    ? ''
    : ' A report reads it where this is its umbrella, or is in the way itself; one of another repository only for items of this one.';
}
