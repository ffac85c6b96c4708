import { inWords } from '../in-words.ts';
import type { Instant } from '../task/facts.ts';
import type { NextTask } from '../umbrella/next-tasks.ts';

interface NothingFree {
  /** When the first of the leases in the way runs out; null when waiting for leases would not help. */
  readonly retryAt: Instant | null;
  /** One sentence: what there is instead. */
  readonly reason: string;
}

/** Why nobody can be given a task, and when to ask again. `taken`: every task that was looked at. */
export function whyNoneFree(taken: readonly NextTask[], unread: number): NothingFree {
  const leases = taken.flatMap(({ claim }) => (claim === null ? [] : [claim.until]));
  const [first = null] = leases.toSorted((a, b) => Date.parse(a) - Date.parse(b));
  const counts = new Map<string, number>();
  for (const one of taken) counts.set(wordsFor(one), (counts.get(wordsFor(one)) ?? 0) + 1);
  if (unread > 0) counts.set('could not be read', unread);
  const parts = [...counts].toSorted(([a], [b]) => (a < b ? -1 : 1)).map(([words, count]) => `${count} ${words}`);
  const reason = parts.length === 0 ? 'there is no task' : parts.join(', ');
  return { retryAt: first, reason: `Nothing is free: ${reason}.` };
}

const wordsFor = ({ claim, state }: NextTask): string => (claim === null ? inWords(state.state) : 'claimed by agents');
