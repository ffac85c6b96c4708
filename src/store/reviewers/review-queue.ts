import type { Selectable } from 'kysely';
import type { Instant } from '../../core/task/facts.ts';
import { type Ref, refKey, repositoryKey } from '../../core/task/identity.ts';
import type { Database } from '../database.ts';
import { leaseTime } from '../lease-time.ts';
import type { OriginStore } from '../store.ts';
import { refOfKey } from './load-standings.ts';

/** A request that waits for somebody to have room. */
export interface QueuedReview {
  readonly request: Ref;
  /** Capability tags that whoever reviews it must have. */
  readonly needs: readonly string[];
  readonly dueAt: Instant | null;
  readonly queuedAt: Instant;
}

/** Puts a request into the queue, or says anew what it needs; it keeps its age. `now` null: the database's. */
export async function queueReview(
  { db, origin }: OriginStore,
  { request, needs, dueAt }: Omit<QueuedReview, 'queuedAt'>,
  now: Instant | null,
): Promise<void> {
  const values = { needs: JSON.stringify(needs), due_at: dueAt };
  await db
    .insertInto('review_queue')
    .values({
      origin,
      request: refKey(request),
      repository: repositoryKey(request),
      queued_at: await leaseTime(db, now),
      ...values,
    })
    .onConflict((conflict) => conflict.columns(['origin', 'request']).doUpdateSet(values))
    .execute();
}

export async function leaveQueue({ db, origin }: OriginStore, request: Ref): Promise<void> {
  await db.deleteFrom('review_queue').where('origin', '=', origin).where('request', '=', refKey(request)).execute();
}

/** All that waits on this GitHub: the earliest deadline first, then whatever waits longest. */
export async function loadReviewQueue({ db, origin }: OriginStore): Promise<readonly QueuedReview[]> {
  const rows = await db
    .selectFrom('review_queue')
    .selectAll()
    .where('origin', '=', origin)
    .orderBy('due_at', (by) => by.asc().nullsLast())
    .orderBy('queued_at')
    .orderBy('request')
    .execute();
  return rows.map(asQueued);
}

function asQueued({ request, needs, due_at, queued_at }: Selectable<Database['review_queue']>): QueuedReview {
  const tags = Array.isArray(needs) ? needs.filter((tag): tag is string => typeof tag === 'string') : [];
  return { request: refOfKey(request), needs: tags, dueAt: due_at, queuedAt: queued_at };
}
