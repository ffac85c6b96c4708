import type { Instant } from '../task/facts.ts';
import { type Ref, refKey } from '../task/identity.ts';

/** Whether the SLA has passed. */
export const isBreached = (dueAt: Instant | null, now: Instant): boolean =>
  dueAt !== null && Date.parse(dueAt) <= Date.parse(now);

export interface Deadline {
  readonly ref: Ref;
  readonly openedAt: Instant;
  readonly dueAt: Instant | null;
}

/** Orders requests by their deadline, the earliest first; without one they come last, by age. */
export function byDeadline(one: Deadline, other: Deadline): number {
  const [due, otherDue] = [one, other].map(({ dueAt }) =>
    dueAt === null ? Number.POSITIVE_INFINITY : Date.parse(dueAt),
  );
  if (due !== otherDue) return (due ?? 0) - (otherDue ?? 0);
  const age = Date.parse(one.openedAt) - Date.parse(other.openedAt);
  return age !== 0 ? age : refKey(one.ref) < refKey(other.ref) ? -1 : 1;
}
