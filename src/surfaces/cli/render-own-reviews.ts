import type * as z from 'zod';
import type { reviewersAway } from '../../operations/reviewers-away.ts';
import type { reviewersCapacity } from '../../operations/reviewers-capacity.ts';
import { endOfWorld } from './next-of-plan.ts';
import type { View } from './view.ts';

/** What is kept of one's own absences. */
export function renderAway({ login, did, absences }: z.output<typeof reviewersAway.output>, view: View): string {
  const head = {
    kept: 'Kept in this store, for nobody else to see. An App goes by it only if it uses the same store.',
    ended: 'Ended.',
    nothing: null,
  }[did];
  const own = absences.map(({ from, until, level }) => {
    const [first, last] = [dayOf(from), until === null ? null : lastOf(until)];
    const ends =
      last === null ? `from ${first} until you end it` : first === last ? `on ${first}` : `from ${first} to ${last}`;
    return `${login} is away ${ends}: ${LEVELS[level]}`;
  });
  const all = own.length === 0 ? [`${login} is not away, and no absence is kept.`] : own;
  const ends = did === 'kept' ? endOfWorld('absences', view) : [];
  return lines([...(head === null ? [] : [view.colors.bold(head)]), ...all, ...ends]);
}

const LEVELS = { off: 'asked for nothing', finish_only: 'what waits stays, nothing new comes' } as const;

export function renderCapacity({ login, capacity }: z.output<typeof reviewersCapacity.output>, view: View): string {
  const kept = capacity === null ? [] : ['Kept in this store, for nobody else to see.'];
  return lines([capacityText(login, capacity), ...kept, ...endOfWorld('capacities', view)]);
}

function capacityText(login: string, capacity: number | null): string {
  if (capacity === null) return `For ${login} the configuration and the past say how many reviews may wait.`;
  if (capacity === 0) return `${login} is asked for nothing new, and keeps what waits.`;
  return `${capacity} ${capacity === 1 ? 'review' : 'reviews'} may wait for ${login} at once before others go first.`;
}

/** Absences begin and end with days, but for those that were ended. */
const dayOf = (instant: string): string => (instant.endsWith('T00:00:00Z') ? instant.slice(0, 10) : instant);

const lastOf = (until: string): string =>
  until.endsWith('T00:00:00Z') ? new Date(Date.parse(until) - 1000).toISOString().slice(0, 10) : until;

const lines = (all: readonly string[]): string => all.map((line) => `${line}\n`).join('');
