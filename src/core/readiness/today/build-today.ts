import type { Instant } from '../../task/facts.ts';
import { assessWork } from '../../umbrella/assess-work.ts';
import type { Audience } from '../../umbrella/audience.ts';
import { compareNames, compareText } from '../compare-refs.ts';
import { mayBeShown } from '../redact.ts';
import { conflictLines } from './conflict-lines.ts';
import { mergeLines } from './merge-lines.ts';
import { missingLines } from './missing-lines.ts';
import { startLines } from './start-lines.ts';
import { TODAY_KINDS, type TodayLine } from './today-line.ts';
import type { DraftLine, TodayFacts, TodayView } from './today-view.ts';

/** More is no list for a morning. */
const MAX_LINES = 15;

/** So many of each kind come before any kind gets more. */
const FIRST_OF_EACH = 3;

export interface Today {
  readonly lines: readonly TodayLine[];
  /** How many more there are. */
  readonly more: number;
  /** How many name something that the readers may not see; none of them is among the lines. */
  readonly hidden: number;
}

/**
 * What somebody has to do today: at most 15 lines, each with one actor and one action. What needs nobody is no line: not
 * checks that run, not reviews that were just asked for, not work that goes on. Oldest first within a kind.
 */
export function buildToday(facts: TodayFacts): Today {
  const view: TodayView = { ...facts, work: assessWork(facts.snapshot, facts.config) };
  const all = [...missingLines(view), ...conflictLines(view), ...mergeLines(view), ...startLines(view)];
  const shown = all.filter((line) => isShown(line, facts.audience));
  const lines = pickLines(shown.map((line) => withAge(line, facts.now)));
  return { lines, more: shown.length - lines.length, hidden: all.length - shown.length };
}

function isShown({ ref, url, why, actor, action }: DraftLine, audience: Audience): boolean {
  const texts = [ref, url, why, actor.name, action.text, action.command, action.url];
  return texts.every((text) => text === null || mayBeShown(text, audience));
}

const withAge = (line: DraftLine, now: Instant): TodayLine => ({
  ...line,
  age_seconds: line.since === null ? null : Math.max(0, Math.floor((Date.parse(now) - Date.parse(line.since)) / 1000)),
});

function pickLines(lines: readonly TodayLine[]): readonly TodayLine[] {
  const byKind = TODAY_KINDS.map((kind) => lines.filter((line) => line.kind === kind).toSorted(byAge));
  const picked = byKind.map((group) => Math.min(group.length, FIRST_OF_EACH));
  let room = MAX_LINES - picked.reduce((sum, count) => sum + count, 0);
  return byKind.flatMap((group, index) => {
    const extra = Math.min(room, group.length - (picked[index] ?? 0));
    room -= extra;
    return group.slice(0, (picked[index] ?? 0) + extra);
  });
}

/** What can be started keeps its order: the one that most tasks wait for first. */
function byAge(a: TodayLine, b: TodayLine): number {
  if (a.kind === 'start') return 0;
  return compareText(a.since ?? LAST, b.since ?? LAST) || compareNames(a.ref, b.ref);
}

/** Later than any time that is known. */
const LAST = '~';
