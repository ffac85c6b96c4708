import type { Instant } from '../task/facts.ts';
import type { ScoredCandidate } from './choose-reviewer.ts';
import { loginKey } from './past-change.ts';
import type { ReviewRequest } from './review-facts.ts';
import { leastUnits, urgencyOf } from './urgency.ts';

/** How late a request is for its size, see `urgencyOf`: for whoever of the candidates has room and knows it best. */
export function urgencyOfRequest(
  { openedAt, effort, familiarity }: Pick<ReviewRequest, 'openedAt' | 'effort' | 'familiarity'>,
  candidates: readonly Pick<ScoredCandidate, 'login' | 'hasRoom'>[],
  { now, slaSeconds }: { readonly now: Instant; readonly slaSeconds: number },
): number {
  const free = candidates.filter(({ hasRoom }) => hasRoom);
  const known = free.map(({ login }) => familiarity.get(loginKey(login)) ?? 0);
  return urgencyOf({
    ageHours: Math.max(0, Date.parse(now) - Date.parse(openedAt)) / 3_600_000,
    slaHours: slaSeconds / 3600,
    units: leastUnits(effort, known),
  });
}
