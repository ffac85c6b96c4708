import { orderMerges } from '../../src/core/risk/order/order-merges.ts';
import { isoOf, neighboursOf } from './order-rivals.ts';
import type { RecordedChange, RecordedRepository } from './recorded-backlogs.ts';

export interface QueueRun {
  /** Days from entering the backlog to the merge, for each change. */
  readonly waits: readonly number[];
  /** Changes that had to be redone, because something that conflicts with them merged while they waited. */
  readonly hits: number;
}

/** Oldest first, or our order with a cap (null: without one). */
type Policy = 'fifo' | { readonly maxWaitDays: number | null };

interface Waiting {
  readonly change: RecordedChange;
  readonly enteredAt: number;
  isHit: boolean;
}

/**
 * A repository's recorded history with another order of merging: everything enters when it was opened, or at the first
 * recorded merge if it was open then; at each recorded merge one change is merged, the first of the order made anew from
 * what waits at that moment and the rate of the 30 days before it.
 */
export function simulateQueue(repository: RecordedRepository, policy: Policy): QueueRun {
  const neighbours = neighboursOf(repository.conflicts);
  const times = repository.changes.map(({ mergedAt }) => mergedAt).sort((one, other) => one - other);
  const start = times[0] ?? 0;
  const arrivals: readonly Waiting[] = repository.changes
    .map((change) => ({ change, enteredAt: Math.max(change.openedAt, start), isHit: false }))
    .sort((one, other) => one.enteredAt - other.enteredAt);
  const waits: number[] = [];
  let backlog: readonly Waiting[] = [];
  let arrived = 0;
  for (const at of times) {
    const come = arrivals.slice(arrived).filter(({ enteredAt }) => enteredAt <= at);
    arrived += come.length;
    backlog = [...backlog, ...come];
    const first =
      policy === 'fifo' ? backlog[0] : firstOf(backlog, repository, { at, perDay: rateBefore(times, at), policy });
    if (first === undefined) throw new Error(`nothing is left to merge in ${repository.name}`);
    waits.push(at - first.enteredAt);
    backlog = backlog.filter((one) => one !== first);
    for (const one of backlog) if (neighbours.get(one.change.name)?.has(first.change.name)) one.isHit = true;
  }
  return { waits, hits: arrivals.filter(({ isHit }) => isHit).length };
}

/** Merges a day in the 30 days before, or since the first one; null on the first day, which tells nothing yet. */
function rateBefore(times: readonly number[], at: number): number | null {
  const days = Math.min(30, at - (times[0] ?? at));
  return days < 1 ? null : times.filter((time) => time > at - days && time <= at).length / days;
}

interface Moment {
  readonly at: number;
  readonly perDay: number | null;
  readonly policy: { readonly maxWaitDays: number | null };
}

/** What was hit already is no longer worth sparing. */
function firstOf(backlog: readonly Waiting[], { conflicts }: RecordedRepository, moment: Moment): Waiting | undefined {
  const { places } = orderMerges(
    backlog.map(({ change, enteredAt, isHit }) => ({
      name: change.name,
      weight: isHit ? 0 : 1,
      enteredAt: isoOf(enteredAt),
      priority: 0,
      ready: true,
      after: [],
    })),
    conflicts.map(([a, b]) => ({ a, b, probability: 1 })),
    { now: isoOf(moment.at), maxWaitDays: moment.policy.maxWaitDays, mergesPerDay: moment.perDay },
  );
  return backlog.find(({ change }) => change.name === places[0]?.name);
}
