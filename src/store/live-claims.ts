import type { Instant } from '../core/task/facts.ts';
import type { Ref } from '../core/task/identity.ts';
import { umbrellaOf } from './claim-store.ts';
import type { OriginStore } from './store.ts';

/** A claim as far as a rollup shows it. */
export interface LiveClaimRow {
  /** `refKey`. */
  readonly task: string;
  /** The one that it was claimed under. */
  readonly umbrella: Ref;
  readonly token: number;
  readonly expiresAt: Instant;
}

/** Every claim that holds now, of all repositories of this GitHub. */
export async function loadLiveClaims({ db, origin }: OriginStore, now: Instant): Promise<readonly LiveClaimRow[]> {
  const rows = await db
    .selectFrom('claims')
    .select(['task', 'umbrella', 'token', 'expires_at'])
    .where('origin', '=', origin)
    .where('released_at', 'is', null)
    .where('expires_at', '>', now)
    .orderBy('task')
    .execute();
  return rows.map((row) => ({
    task: row.task,
    umbrella: umbrellaOf(row),
    token: row.token,
    expiresAt: row.expires_at,
  }));
}
