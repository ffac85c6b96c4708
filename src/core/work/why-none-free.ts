import { inWords } from '../in-words.ts';
import { visibleLine } from '../markdown.ts';
import type { Instant } from '../task/facts.ts';
import type { NextTask, NextTasks, NoSuchLane } from '../umbrella/next-tasks.ts';

export interface NothingFree {
  /** When the first of the leases in the way runs out; null when waiting for leases would not help. */
  readonly retryAt: Instant | null;
  /** One sentence: what there is instead. */
  readonly reason: string;
}

/** Why nobody can be given a task, and when to ask again. */
export function whyNoneFree(tasks: Omit<NextTasks, 'free'>): NothingFree {
  const leases = tasks.taken.flatMap((one) => (one.claim !== null && isHeldByClaim(one) ? [one.claim.until] : []));
  const [first = null] = leases.toSorted((a, b) => Date.parse(a) - Date.parse(b));
  const reason = `Nothing is free: ${notFreeWords(tasks) || 'there is no task'}.`;
  return { retryAt: first, reason: tasks.noSuchLane === undefined ? reason : noLaneText(tasks.noSuchLane) };
}

/** One sentence that names the lanes there are. */
export function noLaneText({ asked, lanes }: NoSuchLane): string {
  const there = lanes.length === 0 ? 'its tasks have no lanes' : `its lanes are ${lanes.join(', ')}`;
  return visibleLine(`No task of this umbrella is in the lane ${asked}: ${there}.`);
}

/** `2 blocked, 1 claimed by agents`: what is not to be had, by kind; empty where everything is. */
export function notFreeWords({ taken, overlapping, unread }: Omit<NextTasks, 'free'>): string {
  const counts = new Map<string, number>();
  for (const one of taken) counts.set(wordsFor(one), (counts.get(wordsFor(one)) ?? 0) + 1);
  if (overlapping.length > 0) counts.set('left out for files that others are changing', overlapping.length);
  if (unread > 0) counts.set('could not be read', unread);
  const parts = [...counts].toSorted(([a], [b]) => (a < b ? -1 : 1)).map(([words, count]) => `${count} ${words}`);
  return parts.join(', ');
}

function wordsFor(one: NextTask): string {
  if (one.closedAbove !== null) return 'below a closed umbrella';
  return isHeldByClaim(one) ? 'claimed by agents' : inWords(one.state.state);
}

/** Whether the end of a lease would make it free: not that of a task which is closed, blocked or under review by now. */
const isHeldByClaim = ({ claim, state, closedAbove }: NextTask): boolean =>
  claim !== null && closedAbove === null && (state.state === 'in_progress' || state.state === 'unblocked');
