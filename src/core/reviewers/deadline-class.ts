import type { Instant } from '../task/facts.ts';
import { type Ref, refKey } from '../task/identity.ts';

/** The priority classes of requests by their deadlines, the first goes first. */
export const DEADLINE_CLASSES = ['breached', 'due', 'later'] as const;
export type DeadlineClass = (typeof DEADLINE_CLASSES)[number];

/** Within a day, the time in which most people get to it or do not. Chosen, not measured. */
const DUE_HOURS = 24;

/** `breached`: the SLA has passed; `due`: it does within 24 hours. */
export function deadlineClassOf(dueAt: Instant | null, now: Instant): DeadlineClass {
  if (dueAt === null) return 'later';
  const hoursLeft = (Date.parse(dueAt) - Date.parse(now)) / 3_600_000;
  if (hoursLeft <= 0) return 'breached';
  return hoursLeft <= DUE_HOURS ? 'due' : 'later';
}

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
