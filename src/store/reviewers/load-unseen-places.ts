import type { Instant } from '../../core/task/facts.ts';
import type { AssignmentState } from '../database.ts';
import type { OriginStore } from '../store.ts';

/** When and of what GitHub told whose reviews wait. */
export interface SeenReviews {
  /** When GitHub began to be read, by the store's clock. */
  readonly seenAt: Instant;
  /** `repositoryKey`s that it told of: of all others only the store tells what waits. */
  readonly repositories: ReadonlySet<string>;
}

/** Places that somebody has at a request; so far. */
export const LIVE = ['held', 'asked'] as const;

/** Who held a place and told GitHub nothing for so long is gone. Longer than a write and its retries take. */
export const HELD_MS = 120_000;
/** GitHub may answer stale just after an event: what was assigned so shortly before it was read counts as well. */
const LAG_MS = 60_000;

/** Whether somebody has the place: GitHub was told, or is about to be. */
export function isLive({ state, changed_at }: { state: AssignmentState; changed_at: Instant }, now: Instant): boolean {
  return state === 'asked' || (state === 'held' && Date.parse(changed_at) > Date.parse(now) - HELD_MS);
}

/** By login in lower case: `refKey`s of what Parasol gave these people and GitHub has perhaps not shown. Who has none is absent. */
export async function loadUnseenPlaces(
  { db, origin }: OriginStore,
  logins: readonly string[],
  { seenAt, repositories, now }: SeenReviews & { readonly now: Instant },
): Promise<ReadonlyMap<string, readonly string[]>> {
  const places = new Map<string, readonly string[]>();
  if (logins.length === 0) return places;
  const rows = await db
    .selectFrom('review_assignments')
    .selectAll()
    .where('origin', '=', origin)
    .where(
      'login',
      'in',
      logins.map((login) => login.toLowerCase()),
    )
    .where('state', 'in', LIVE)
    .execute();
  for (const row of rows) {
    const isUnseen = !repositories.has(row.repository) || Date.parse(row.assigned_at) >= Date.parse(seenAt) - LAG_MS;
    if (isUnseen && isLive(row, now)) places.set(row.login, [...(places.get(row.login) ?? []), row.request]);
  }
  return places;
}
