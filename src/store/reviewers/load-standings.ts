import type { ReviewStanding } from '../../core/reviewers/review-facts.ts';
import { type Ref, refKey } from '../../core/task/identity.ts';
import type { OriginStore } from '../store.ts';

/** What the store knows of a request; GitHub's timeline tells the rest. */
export type KeptStanding = Pick<ReviewStanding, 'askedByUs' | 'removedByPerson' | 'declined' | 'handedOffFrom'>;

/** By `refKey`; requests of which nothing is kept are not among them. Logins in lower case, by name. */
export async function loadStandings(
  { db, origin }: OriginStore,
  requests: readonly Ref[],
): Promise<ReadonlyMap<string, KeptStanding>> {
  const keys = requests.map(refKey);
  if (keys.length === 0) return new Map();
  const assignments = await db
    .selectFrom('review_assignments')
    .select(['request', 'login', 'state'])
    .where('origin', '=', origin)
    .where('request', 'in', keys)
    .orderBy('login')
    .execute();
  const refusals = await db
    .selectFrom('review_refusals')
    .select(['request', 'login', 'kind', 'reason'])
    .where('origin', '=', origin)
    .where('request', 'in', keys)
    .orderBy('login')
    .execute();
  const known = new Set([...assignments, ...refusals].map(({ request }) => request));
  return new Map(
    [...known].map((key) => {
      const given = assignments.filter(({ request }) => request === key);
      const refused = refusals.filter(({ request }) => request === key);
      const standing: KeptStanding = {
        askedByUs: given.filter(({ state }) => state === 'held' || state === 'asked').map(({ login }) => login),
        removedByPerson: refused.filter(({ kind }) => kind === 'removed').map(({ login }) => login),
        declined: new Map(refused.flatMap(({ login, reason }) => (reason === null ? [] : [[login, reason]]))),
        handedOffFrom: given.filter(({ state }) => state === 'handed_off').map(({ login }) => login),
      };
      return [key, standing];
    }),
  );
}
