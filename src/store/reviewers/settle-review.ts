import type { Selectable } from 'kysely';
import type { DeclineReason } from '../../core/reviewers/review-facts.ts';
import type { Instant } from '../../core/task/facts.ts';
import { type Ref, refKey } from '../../core/task/identity.ts';
import { lockByName } from '../advisory-lock.ts';
import type { AssignmentState, Database } from '../database.ts';
import { leaseTime } from '../lease-time.ts';
import type { OriginStore } from '../store.ts';
import { LIVE } from './load-unseen-places.ts';
import { requestLock } from './request-lock.ts';

/** Somebody's place at a request. */
export interface ReviewPlace {
  readonly request: Ref;
  readonly login: string;
  /** Null: the database's (`lease-time.ts`). */
  readonly now: Instant | null;
}

/** Whether the place is still theirs: ask just before GitHub is told. */
export async function isHeld({ db, origin }: OriginStore, { request, login }: ReviewPlace): Promise<boolean> {
  const row = await db
    .selectFrom('review_assignments')
    .select('state')
    .where('origin', '=', origin)
    .where('request', '=', refKey(request))
    .where('login', '=', login.toLowerCase())
    .executeTakeFirst();
  return row?.state === 'held';
}

/**
 * Notes that GitHub was told, and that whoever is relieved has the request no more. False where the place is no longer theirs,
 * because a person took the request away or they declined meanwhile: what GitHub was told is then to be taken back.
 */
export const confirmAsked = (store: OriginStore, place: ReviewPlace): Promise<boolean> =>
  inTurn(store, place.request, async (inside) => {
    const asked = await move(inside, place, { from: ['held'], to: 'asked' });
    if (asked === null) return false;
    const relieved = asked.handed_off_from;
    if (relieved !== null) await move(inside, { ...place, login: relieved }, { from: ['asked'], to: 'handed_off' });
    return true;
  });

/** Gives the place back, because GitHub was not told. Nobody was relieved then. */
export const withdrawHeld = async (store: OriginStore, place: ReviewPlace): Promise<boolean> =>
  inTurn(store, place.request, async (inside) => {
    const change = { from: ['held'], to: 'withdrawn', handed_off_from: null } as const;
    return (await move(inside, place, change)) !== null;
  });

/** Notes that their review is there; false where they had no place of ours. */
export const noteReviewed = (store: OriginStore, place: ReviewPlace): Promise<boolean> =>
  inTurn(store, place.request, async (inside) => {
    return (await move(inside, place, { from: LIVE, to: 'reviewed' })) !== null;
  });

/** Notes that GitHub asks them no more, and nobody knows why; false where they had no place of ours. */
export const notePlaceGone = (store: OriginStore, place: ReviewPlace): Promise<boolean> =>
  inTurn(store, place.request, async (inside) => {
    return (await move(inside, place, { from: ['asked'], to: 'withdrawn' })) !== null;
  });

/** Notes that nobody is asked any more, because the pull request is closed. It waits in no queue either. */
export async function closeRequest(store: OriginStore, request: Ref, given: Instant | null): Promise<void> {
  await inTurn(store, request, async ({ db, origin }) => {
    await db
      .updateTable('review_assignments')
      .set({ state: 'closed', changed_at: await leaseTime(db, given) })
      .where('origin', '=', origin)
      .where('request', '=', refKey(request))
      .where('state', 'in', LIVE)
      .execute();
    await db.deleteFrom('review_queue').where('origin', '=', origin).where('request', '=', refKey(request)).execute();
  });
}

/** Keeps that this person does not review this one: they are not asked for it again. False where they had no place of ours. */
export const noteDecline = (store: OriginStore, place: ReviewPlace, reason: DeclineReason): Promise<boolean> =>
  refuse(store, place, { kind: 'declined', reason });

/** Keeps that a person took the request away from them, which is final. False where they had no place of ours. */
export const noteRemoval = (store: OriginStore, place: ReviewPlace): Promise<boolean> =>
  refuse(store, place, { kind: 'removed', reason: null });

export interface Reroll extends Omit<ReviewPlace, 'login'> {
  /** Everybody whom Parasol chose. */
  readonly logins: readonly string[];
  /** Which comment said so, and as of when. */
  readonly words: string;
}

/** Keeps that a person wants others than these. False, and nothing is kept, where the same words did it before. */
export const noteReroll = (store: OriginStore, { request, logins, words, now }: Reroll): Promise<boolean> =>
  inTurn(store, request, async (inside) => {
    const key = { origin: store.origin, request: refKey(request), words };
    const noted = await inside.db
      .insertInto('review_rerolls')
      .values({ ...key, at: await leaseTime(inside.db, now) })
      .onConflict((conflict) => conflict.doNothing())
      .returning('words')
      .executeTakeFirst();
    if (noted === undefined) return false;
    for (const login of logins) await keepRefusal(inside, { request, login, now }, { kind: 'rerolled', reason: null });
    return true;
  });

/** Whether these words had others looked for already. */
export async function isRerolledBy(
  { db, origin }: OriginStore,
  { request, words }: Pick<Reroll, 'request' | 'words'>,
): Promise<boolean> {
  const row = await db
    .selectFrom('review_rerolls')
    .select('words')
    .where('origin', '=', origin)
    .where('request', '=', refKey(request))
    .where('words', '=', words)
    .executeTakeFirst();
  return row !== undefined;
}

interface Refusal {
  readonly kind: 'declined' | 'removed' | 'rerolled';
  readonly reason: DeclineReason | null;
}

const refuse = (store: OriginStore, place: ReviewPlace, refusal: Refusal): Promise<boolean> =>
  inTurn(store, place.request, (inside) => keepRefusal(inside, place, refusal));

async function keepRefusal(
  inside: OriginStore,
  { request, login, now }: ReviewPlace,
  { kind, reason }: Refusal,
): Promise<boolean> {
  const at = await leaseTime(inside.db, now);
  const key = { origin: inside.origin, request: refKey(request), login: login.toLowerCase(), kind };
  await inside.db
    .insertInto('review_refusals')
    .values({ ...key, reason, at })
    .onConflict((conflict) => conflict.columns(['origin', 'request', 'login', 'kind']).doUpdateSet({ reason, at }))
    .execute();
  return (await move(inside, { request, login, now: at }, { from: LIVE, to: kind })) !== null;
}

interface Move {
  readonly from: readonly AssignmentState[];
  readonly to: AssignmentState;
  readonly handed_off_from?: null;
}

/** One after the other with all who assign this request, so that of two that arrive at one moment the second sees the first. */
const inTurn = <T>(store: OriginStore, request: Ref, work: (inside: OriginStore) => Promise<T>): Promise<T> =>
  store.db.transaction().execute(async (db) => {
    await lockByName(db, requestLock(store, request));
    return work({ ...store, db });
  });

/** Null where the place is in no state to be moved from. */
async function move(
  { db, origin }: OriginStore,
  { request, login, now }: ReviewPlace,
  { from, to: state, ...more }: Move,
): Promise<Selectable<Database['review_assignments']> | null> {
  const moved = await db
    .updateTable('review_assignments')
    .set({ state, ...more, changed_at: await leaseTime(db, now) })
    .where('origin', '=', origin)
    .where('request', '=', refKey(request))
    .where('login', '=', login.toLowerCase())
    .where('state', 'in', [...from])
    .returningAll()
    .executeTakeFirst();
  return moved ?? null;
}
