import { loginKey } from '../core/reviewers/past-change.ts';

/** How asking for one review went so far. */
export interface ReviewTry {
  /** Logins in lower case whom the store had no place for, or GitHub refused. As they are not asked again here, every try asks fewer. */
  readonly passedOver: readonly string[];
  /** How many of them GitHub refused. */
  readonly refusals: number;
}

export const FIRST_TRY: ReviewTry = { passedOver: [], refusals: 0 };

/** Where GitHub refuses three people it is hardly about them. */
const MOST_REFUSALS = 3;

/** Whom to pass over next time; null where there is none, as nobody was lost, or GitHub refused too many. */
export function nextTry(
  { passedOver, refusals }: ReviewTry,
  { lost = [], refused }: { readonly lost?: readonly string[]; readonly refused: readonly string[] },
): ReviewTry | null {
  const next = {
    passedOver: [...new Set([...passedOver, ...[...lost, ...refused].map(loginKey)])],
    refusals: refusals + refused.length,
  };
  return next.passedOver.length === passedOver.length || next.refusals >= MOST_REFUSALS ? null : next;
}
