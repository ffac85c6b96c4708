import { TAKEN_FOR_ABSENT } from './absence-chance.ts';

/** A request that waits on somebody. */
export interface HeldRequest {
  readonly key: string;
  /** 1 while the holder is known to be away, else see `nextAbsenceChance`. */
  readonly absenceChance: number;
  /** Whether the holder's working hours are known: without them silence tells nothing. */
  readonly knowsHours: boolean;
  /** Whether a person asked for this very reviewer. */
  readonly isAskedByPerson: boolean;
  readonly isHandedOff: boolean;
  readonly ageHours: number;
}

/** At most so many of all requests are handed on: whoever assigns at will moves a third of them (see the reference model). */
const MOST_SHARE = 0.1;

/**
 * Which requests to take from who holds them, because that one is away or has gone silent: each at most once, never one that
 * a person asked for, the oldest first, and at most a tenth of the `opened` ones. Evidence is enough; whether the SLA is
 * broken already does not matter.
 */
export function planHandOffs(
  held: readonly HeldRequest[],
  { opened, handedOff }: { readonly opened: number; readonly handedOff: number },
): readonly string[] {
  const left = Math.floor(MOST_SHARE * opened) - handedOff;
  if (left <= 0) return [];
  return held
    .filter((one) => one.absenceChance >= TAKEN_FOR_ABSENT)
    .filter(({ isHandedOff, isAskedByPerson, knowsHours }) => !isHandedOff && !isAskedByPerson && knowsHours)
    .sort((one, other) => other.ageHours - one.ageHours)
    .slice(0, left)
    .map(({ key }) => key);
}
