import { describeChange } from '../describe-change.ts';
import { UserError } from '../failure.ts';
import { neutralizeInline, visibleLine } from '../markdown.ts';
import type { Plan, PlanEvidence, PlanItem } from './plan.ts';

/** What a person decided in a checklist. */
export interface Review {
  readonly planId: string;
  /** Ids of the ticked items, in the order of the file, each once. */
  readonly ticked: readonly string[];
}

/** A plan as a Markdown checklist: whoever edits it ticks what is to be applied; `parseReviewFile` reads it back. */
export function renderReviewFile(plan: Pick<Plan, 'id' | 'items' | 'notes' | 'repository'>): string {
  const lines = [
    `# Plan ${plan.id} for ${plan.repository.owner}/${plan.repository.repo}`,
    '',
    `Tick what is to be applied, then run \`parasol plan apply ${plan.id} --review FILE\`. A line that is gone is not applied. Ticks choose and words change nothing: a ticked line whose words differ is refused.`,
    '',
    planLine(plan.id),
    '',
    ...plan.items.map((item) => itemLine(item, plan)),
    ...(plan.notes.length === 0
      ? []
      : ['', '## Left alone', '', ...plan.notes.map(({ text }) => `- ${neutralizeInline(text)}`)]),
  ];
  return `${lines.join('\n')}\n`;
}

const planLine = (id: string): string => `<!-- plan ${id} -->`;

function itemLine(item: PlanItem, plan: Pick<Plan, 'repository'>): string {
  return `- [${item.selected ? 'x' : ' '}] ${wordsFor(item, plan)} <!-- ${item.id} -->`;
}

function wordsFor(item: PlanItem, { repository }: Pick<Plan, 'repository'>): string {
  const [evidence] = item.evidence;
  const reason = evidence === undefined ? '' : ` — ${evidenceText(evidence)}`;
  // Ours to read: numbers stay as they are, whatever else titles hold is made inert.
  const words = neutralizeInline(describeChange(item.change, repository), 200).replaceAll('#\u200b', '#');
  return `${words}${reason}`;
}

function evidenceText({ rule, quote, confidence }: PlanEvidence): string {
  const sure = confidence === null ? rule : `${rule}, ${confidence.toFixed(2)}`;
  return quote === '' ? `(${sure})` : `"${neutralizeInline(quote, 120)}" (${sure})`;
}

const PLAN_LINE = /^\s*<!-- plan (p-[0-9a-f]{8}(?:[0-9a-f]{4})?) -->\s*$/;
/** Of any list: a tick that is not seen would silently not be applied. */
const BOX = /^\s*(?:[-*+]|\d{1,9}[.)])[ \t]+\[(.)\]/;
const ITEM_END = /<!-- ([a-z0-9][a-z0-9._-]{0,79}) -->\s*$/i;

/** Reads an edited checklist. Throws `usage` that names file and line: `review.md:12`. */
export function parseReviewFile(text: string, file: string): Review {
  const ticks = new Map<string, boolean>();
  let planId: string | null = null;
  for (const [index, line] of text.split('\n').entries()) {
    const place = `${file}:${index + 1}`;
    planId ??= PLAN_LINE.exec(line)?.[1] ?? null;
    const box = readBox(line, place);
    if (box === null) continue;
    if (ticks.has(box.id)) throw wrong(place, `${box.id} stands here a second time`, 'Keep one of the two lines.');
    ticks.set(box.id, box.isTicked);
  }
  if (planId === null) throw wrong(file, 'no line names the plan', 'Put the line <!-- plan p-… --> back.');
  return { planId, ticked: [...ticks].flatMap(([id, isTicked]) => (isTicked ? [id] : [])) };
}

function readBox(line: string, place: string): { readonly id: string; readonly isTicked: boolean } | null {
  const mark = BOX.exec(line)?.[1];
  if (mark === undefined) return null;
  const id = ITEM_END.exec(line)?.[1];
  if (id === undefined) {
    throw wrong(place, 'this line has a box and no item', 'Put its <!-- id --> back at the end, or remove the line.');
  }
  if (![' ', 'x', 'X'].includes(mark)) throw wrong(place, `[${mark}] is no tick`, 'Write [x] or [ ].');
  return { id, isTicked: mark !== ' ' };
}

/**
 * Throws `usage` when the file is about another plan, holds what this plan has not, or ticks a line whose words are not
 * the plan's: whoever wrote another parent there would else get the old one. The line is named.
 */
export function checkReview(
  review: Review,
  plan: Pick<Plan, 'id' | 'items' | 'repository'>,
  source: { readonly text: string; readonly file: string },
): void {
  if (review.planId !== plan.id) {
    throw wrong(source.file, `it is about ${review.planId}, not ${plan.id}`, 'Give the checklist of this plan.');
  }
  const known = new Map(plan.items.map((item) => [item.id, item]));
  const ticked = new Set(review.ticked);
  for (const [index, line] of source.text.split('\n').entries()) {
    const id = BOX.test(line) ? ITEM_END.exec(line)?.[1] : undefined;
    if (id === undefined) continue;
    const place = `${source.file}:${index + 1}`;
    const item = known.get(id);
    if (item === undefined) throw wrong(place, `the plan has no item ${id}`, 'parasol plan show lists its items.');
    if (ticked.has(id)) checkWords(line, place, { item, words: wordsFor(item, plan) });
  }
}

function checkWords(line: string, place: string, { item, words }: { item: PlanItem; words: string }): void {
  const found = line.replace(BOX, '').replace(ITEM_END, '');
  if (visibleLine(found) === visibleLine(words)) return;
  throw wrong(
    place,
    `the words of ${item.id} were changed, and a changed line is not honoured: the plan says "${visibleLine(words)}"`,
    'Put these words back, or remove the tick and make what you want yourself, such as with parasol umbrella link.',
  );
}

const wrong = (place: string, what: string, hint: string): UserError =>
  new UserError('usage', `${place}: ${what}.`, hint);
