import { accountOfAgent } from './agent-of-pull.ts';
import { hasRoom } from './choose-reviewer.ts';
import { loginKey } from './past-change.ts';
import { type Eligibility, INELIGIBLE, type Ineligible, type ReviewRequest } from './review-facts.ts';
import type { ReviewerNow } from './reviewer-now.ts';

/** What decides besides the two. */
export interface EligibilitySituation {
  /** Both soften the cap, see `hasRoom`. */
  readonly ageOverSla: number;
  readonly overload: number;
  /** Whether whoever is chosen is asked at once (mode `assign`): then access that nobody could read counts as none. */
  readonly assigns: boolean;
}

/**
 * Whether somebody may be asked for a review, with every reason against it. `missing_capability` is having none of those that the
 * request needs. `asked_before` is also who reviewed already, from whom it was handed on, and from whom a person took it away,
 * so that what a person removed is never put back; a bot's removal is not fought either.
 *
 * Who opened it is the author, also for an agent; `same_agent` is an account of the agent's name, where the agent wrote it under
 * somebody else's.
 */
export function assessEligibility(
  request: ReviewRequest,
  person: ReviewerNow,
  situation: EligibilitySituation,
): Eligibility {
  const reasons = reasonsAgainst(request, person, situation);
  const { login } = person.reviewer;
  return reasons.length === 0 ? { login, isEligible: true } : { login, isEligible: false, reasons };
}

/** Whether a person may be asked as soon as there is room: what a place in the queue waits for. */
export const waitsForRoom = (eligibility: Eligibility): boolean =>
  !eligibility.isEligible && eligibility.reasons.every((reason) => reason === 'at_capacity');

function reasonsAgainst(
  request: ReviewRequest,
  { reviewer, key: login, isAway: away, state }: ReviewerNow,
  { assigns, ageOverSla, overload }: EligibilitySituation,
): readonly Ineligible[] {
  const { standing } = request;
  const declined = standing.declined.get(login);
  const place = request.authors.findIndex((author) => loginKey(author) === login);
  const checks: Readonly<Record<Ineligible, boolean>> = {
    author: place === 0,
    co_author: place > 0,
    same_agent: place === -1 && request.agent !== null && accountOfAgent(request.agent) === login,
    conflict: declined === 'conflict',
    missing_capability: request.needs.length > 0 && !request.needs.some((tag) => reviewer.capability.includes(tag)),
    away,
    at_capacity: !hasRoom(state, { ageOverSla, overload }),
    asked_before: wasAsked(request, login),
    declined: declined !== undefined && declined !== 'conflict',
    no_access: assigns ? reviewer.hasAccess !== true : reviewer.hasAccess === false,
  };
  return INELIGIBLE.filter((reason) => checks[reason]);
}

/** Whether somebody has or had a request and is not asked again; `login` as a key. */
export function wasAsked({ standing }: ReviewRequest, login: string): boolean {
  const { askedByPerson, askedByUs, removedByPerson, removedByBot, reviewed, handedOffFrom } = standing;
  const all = [askedByPerson, askedByUs, removedByPerson, removedByBot, reviewed, handedOffFrom];
  return all.some((logins) => logins.includes(login));
}
