import type { Instant } from '../task/facts.ts';
import { type Ref, sameRef } from '../task/identity.ts';
import { isAway } from './is-away.ts';
import type { Reviewer } from './review-facts.ts';
import { silenceOf, timeIsRunningOut } from './silence-of.ts';

/**
 * Chance, 0 to 1, by which a request is handed on from who holds it. Absences that were announced are private, so they are left
 * aside: who is away goes silent like everybody who told nobody, and loses the request by that, and at the same moment. Only
 * whoever is `off` and showed a sign all the same loses it when two thirds of its time have gone by, since it must not run out with
 * somebody who said so. That one moment can be told from silence, by whoever compares it with the signs of that person.
 */
export function handOffChance(holder: Reviewer, request: Ref, now: Instant): number {
  const silence = silenceOf({ ...holder, absences: [] }, now);
  const isOff = isAway(
    holder.absences.filter(({ level }) => level === 'off'),
    now,
  );
  const waiting = holder.waiting.find(({ ref }) => sameRef(ref, request));
  return isOff && waiting !== undefined && timeIsRunningOut(waiting, now) ? 1 : silence;
}
