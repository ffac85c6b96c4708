import type { Config } from '../core/config.ts';
import { UserError } from '../core/failure.ts';
import { type KeptReviewFacts, NOTHING_KEPT_OF_REVIEWS } from '../core/reviewers/review-base.ts';
import { NOTHING_KEPT } from '../core/reviewers/standing-of-pull.ts';
import type { Ref } from '../core/task/identity.ts';
import { loadAbsences } from '../store/reviewers/absences.ts';
import { loadCapacities } from '../store/reviewers/capacities.ts';
import { loadStandings } from '../store/reviewers/load-standings.ts';
import type { OperationContext } from './operation.ts';
import { isStoreThere, storeOf } from './store-of.ts';

interface KeptReviews {
  readonly kept: KeptReviewFacts;
  /** What is not known because nobody could look, in a sentence; null where it was read, or nothing can be there. */
  readonly unread: string | null;
}

interface Wanted {
  readonly logins: readonly string[];
  readonly requests: readonly Ref[];
  readonly mode: Config['reviewers']['mode'];
}

const NO_STORE_READ =
  'No store was read here. What the App keeps in its own is missing: declines of suggestions, rerolls, absences, and how much people said may wait for them. DATABASE_URL or PARASOL_DATA names that store.';

/**
 * What reviewers told Parasol and what it did: absences, capacities, refusals and assignments. The store that there is is
 * opened for it, and none is made. Where the App finds reviewers, a reader without a store is told so, because the App's
 * may hold what is missing here. Whoever gets this must tell nobody of an absence.
 */
export async function readKeptReviews(
  context: OperationContext,
  { logins, requests, mode }: Wanted,
): Promise<KeptReviews> {
  if (!isStoreThere(context)) {
    const canHoldMore = context.isStoreFresh !== true && (mode === 'suggest' || mode === 'assign');
    return { kept: NOTHING_KEPT_OF_REVIEWS, unread: canHoldMore ? NO_STORE_READ : null };
  }
  try {
    const store = await storeOf(context);
    const absences = await loadAbsences(store, logins, context.now());
    const capacities = await loadCapacities(store, logins);
    const told = await loadStandings(store, requests);
    const standings = new Map([...told].map(([key, one]) => [key, { ...NOTHING_KEPT, ...one }] as const));
    return { kept: { absences, capacities, standings }, unread: null };
  } catch (cause) {
    if (!(cause instanceof UserError)) throw cause;
    return { kept: NOTHING_KEPT_OF_REVIEWS, unread: `What reviewers told Parasol could not be read: ${cause.message}` };
  }
}
