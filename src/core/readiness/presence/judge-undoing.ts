import type { BaseStep } from './base-line.ts';
import { numberOf, titleOf } from './stated-reverts.ts';
import type { Undoing } from './undoing.ts';

/** Whether somebody undid a change on purpose, or nobody noticed. */
export type Judgement =
  | { readonly isSilent: true }
  /** `isWeak`: only because too little speaks for it. */
  | { readonly isSilent: false; readonly isWeak: boolean; readonly why: string };

/** A branch that is older than this is rebased or given up; what is undone later is a change of mind. */
const LONGEST_BRANCH_DAYS = 60;
const DAY_MS = 86_400_000;
/** So many changes taken back at once are no change of mind, whatever the message says. */
const SWEEPING = 3;

interface Line {
  readonly steps: readonly BaseStep[];
  /** Whether the step of a place says that it reverts an earlier one. */
  readonly isRevert: (place: number) => boolean;
  /** How many earlier changes a step takes back by large parts (`countSweeps`). */
  readonly sweepOf: (place: number) => number;
}

/** Judges an undoing by what its step could know and says of itself. */
export function judgeUndoing(undoing: Undoing, { steps, isRevert, sweepOf }: Line): Judgement {
  const [victim, by] = [steps[undoing.victim], steps[undoing.by]];
  if (victim === undefined || by === undefined) return knowing('it cannot be read');
  if (by.begunOn !== null && by.begunOn >= undoing.victim) return knowing('its branch was begun on top of it');
  if (isLongAfter(by, victim)) return knowing('it came long after');
  if (names(by, victim)) return knowing('it names it');
  if (sweepOf(undoing.by) >= SWEEPING && isStrong(undoing)) return { isSilent: true };
  if (by.messages.some((message) => SPEAKS_OF_UNDOING.test(message)))
    return knowing('it says that it undoes something');
  if (undoing.isAll) return knowing('it does nothing else');
  if (isRevert(undoing.victim) && undoing.victims === 1) return knowing('what it undoes was a revert');
  if (areRelated(by, victim)) return knowing('both are about the same');
  return isStrong(undoing)
    ? { isSilent: true }
    : { isSilent: false, isWeak: true, why: 'too little of it is gone to tell' };
}

/**
 * How many changes each step takes back by half and more, counting those alone where lines come back: nobody has that many
 * second thoughts at once, a stale tree has.
 */
export function countSweeps(undoings: readonly Undoing[]): ReadonlyMap<number, number> {
  const counts = new Map<number, number>();
  for (const undoing of undoings) {
    if (undoing.share < LEAST_SHARE_REMOVED || !bringsBack(undoing)) continue;
    counts.set(undoing.by, (counts.get(undoing.by) ?? 0) + 1);
  }
  return counts;
}

const isLongAfter = (by: BaseStep, victim: BaseStep): boolean =>
  Date.parse(by.at) - Date.parse(victim.at) > LONGEST_BRANCH_DAYS * DAY_MS;

const knowing = (why: string): Judgement => ({ isSilent: false, isWeak: false, why });

const SPEAKS_OF_UNDOING =
  /\b(?:revert(?:s|ed|ing)?|undo(?:es|ing)?|undid|roll(?:s|ed|ing)?[ -]?back|back(?:s|ed|ing)?[ -]?out|go(?:es|ing)? back to|switch(?:es|ed|ing)? back|bring(?:s|ing)? back|re-?(?:add|enable|land|apply|instate|introduce)\w*|second attempt)\b/i;

function names(by: BaseStep, victim: BaseStep): boolean {
  const number = numberOf(victim.messages[0] ?? '');
  const text = by.messages.join('\n');
  return text.includes(victim.sha.slice(0, 7)) || (number !== null && new RegExp(`#${number}(?!\\d)`).test(text));
}

/** Words that say what a change is about, not what kind of change it is. */
const COMMON = new Set(
  'build chore docs feat fix refactor test tests style perf release multiple with from into that this when auto merge pull request update updates support added adds remove removes make code branch main master'.split(
    ' ',
  ),
);

/** So many of the words of the shorter title are in the other. */
const RELATED = 0.5;

function areRelated(by: BaseStep, victim: BaseStep): boolean {
  const [one, other] = [wordsOf(by), wordsOf(victim)];
  const common = [...one].filter((word) => other.has(word)).length;
  return common >= 2 && common >= RELATED * Math.min(one.size, other.size);
}

function wordsOf({ messages }: BaseStep): ReadonlySet<string> {
  const message = messages[0] ?? '';
  // Behind the words of a merge stands the title of what it merges.
  const isMerge = /^(?:merge pull request|auto merge of)/i.test(message);
  const title = isMerge ? (message.split(/\n+/)[1] ?? '') : titleOf(message);
  const words = title.toLowerCase().match(/[\p{L}\p{N}_-]{4,}/gu) ?? [];
  return new Set(words.filter((word) => !COMMON.has(word)));
}

/** Below this share the change is still there by and large. */
const LEAST_SHARE = 0.05;
/** Lines that only go may just have been taken out; so much of the change has to be gone with them. */
const LEAST_SHARE_REMOVED = 0.5;
const FEWEST_LINES = 2;

/** Lines that come back are hardly ever a coincidence. A file that is deleted says nothing by itself. */
function isStrong(undoing: Undoing): boolean {
  const { removed, restored } = keptLines(undoing);
  if (removed + restored < FEWEST_LINES) return restored > 0 && undoing.share >= LEAST_SHARE_REMOVED;
  if (restored > 0) return undoing.share >= LEAST_SHARE;
  const all = sum(undoing.files.map((file) => file.removed));
  return undoing.share * (removed / Math.max(1, all)) >= LEAST_SHARE_REMOVED;
}

/** Whether lines come back in a file that is still there. */
export const bringsBack = (undoing: Undoing): boolean => keptLines(undoing).restored > 0;

function keptLines({ files }: Undoing): { readonly removed: number; readonly restored: number } {
  const kept = files.filter(({ isDeleted }) => !isDeleted);
  return { removed: sum(kept.map(({ removed }) => removed)), restored: sum(kept.map(({ restored }) => restored)) };
}

const sum = (numbers: readonly number[]): number => numbers.reduce((total, number) => total + number, 0);
