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
  /** Why nobody could look for them; null where they were read, or there is no store that could hold any. */
  readonly unread: string | null;
}

/**
 * What reviewers told Parasol and what it did: absences, capacities, refusals and assignments. The store that there is is
 * opened for it, and none is made. Whoever gets this must tell nobody of an absence.
 */
export async function readKeptReviews(
  context: OperationContext,
  { logins, requests }: { readonly logins: readonly string[]; readonly requests: readonly Ref[] },
): Promise<KeptReviews> {
  if (!isStoreThere(context)) return { kept: NOTHING_KEPT_OF_REVIEWS, unread: null };
  try {
    const store = await storeOf(context);
    const absences = await loadAbsences(store, logins, context.now());
    const capacities = await loadCapacities(store, logins);
    const told = await loadStandings(store, requests);
    const standings = new Map([...told].map(([key, one]) => [key, { ...NOTHING_KEPT, ...one }] as const));
    return { kept: { absences, capacities, standings }, unread: null };
  } catch (cause) {
    if (!(cause instanceof UserError)) throw cause;
    return { kept: NOTHING_KEPT_OF_REVIEWS, unread: `what reviewers told Parasol could not be read: ${cause.message}` };
  }
}
