import { instantAt } from '../../core/instant-at.ts';
import type { Instant } from '../../core/task/facts.ts';
import { type Ref, refKey, repositoryKey } from '../../core/task/identity.ts';
import { lockByNames } from '../advisory-lock.ts';
import { leaseTime } from '../lease-time.ts';
import type { OriginStore } from '../store.ts';
import { isLive, loadUnseenPlaces, type SeenReviews } from './load-unseen-places.ts';
import { requestLock } from './request-lock.ts';

/** With what GitHub was read of for `waiting`. */
export interface ReviewWish extends SeenReviews {
  readonly request: Ref;
  /** How many of those whom Parasol asks should be at it, with these removals in mind. */
  readonly count: number;
  /** Logins in lower case from whom a person took the request away, as `count` knows; absent: nobody. One that came since counts for one less. */
  readonly removed?: ReadonlySet<string>;
  /** Best first. */
  readonly candidates: readonly ReviewCandidate[];
  /** Null: the database's (`lease-time.ts`). */
  readonly now: Instant | null;
  /** One of those asked is to be relieved; absent: nobody. */
  readonly handOff?: HandOff;
}

export interface ReviewCandidate {
  readonly login: string;
  /** How many may wait for this person at once, for a request as old as this one. */
  readonly cap: number;
  /** `refKey`s of what waits for this person, as GitHub said. */
  readonly waiting: ReadonlySet<string>;
}

interface HandOff {
  readonly from: string;
  /** Of the requests of the repository in the last ninety days, 0 to 1. */
  readonly maxShare: number;
}

const SHARE_MS = 90 * 86_400_000;

/**
 * Takes a place with the first candidates who have room, who have not declined, and from whom nobody took the request away;
 * empty where there is none, or nobody more is wanted. Who is answered here is `held`: GitHub is to be told, then
 * `confirmAsked`.
 *
 * All callers who ask for one request wait for each other, and so do all who would give to one person: whatever their number,
 * nobody gets more than the cap, and no request is given twice.
 */
export async function assignUnderCap(store: OriginStore, wish: ReviewWish): Promise<readonly string[]> {
  return store.db.transaction().execute(async (db) => {
    const inside = { ...store, db };
    const names = wish.candidates.map(({ login }) => `reviewer ${store.origin} ${login.toLowerCase()}`);
    // The request first, then people by name: always in this order, so that no two wait for each other.
    await lockByNames(db, [requestLock(store, wish.request)]);
    await lockByNames(db, [...new Set(names)].toSorted());
    const now = await leaseTime(db, wish.now);
    const standing = await loadStanding(inside, wish, now);
    const wanted = await countWanted(inside, wish, { standing, now });
    const loads = await loadLoads(inside, wish, now);
    const chosen = wish.candidates
      .filter(({ login }) => !standing.closedTo.has(login.toLowerCase()))
      .filter(({ login, cap }) => (loads.get(login.toLowerCase())?.size ?? 0) < cap)
      .slice(0, wanted)
      .map(({ login }) => login);
    for (const login of chosen) await hold(inside, wish, { login, now });
    return chosen;
  });
}

interface Standing {
  readonly live: ReadonlySet<string>;
  /** Who is not given the request, whatever their room. */
  readonly closedTo: ReadonlySet<string>;
  /** From whom a person took the request away. */
  readonly removed: readonly string[];
  readonly isHandedOff: boolean;
}

async function loadStanding({ db, origin }: OriginStore, { request }: ReviewWish, now: Instant): Promise<Standing> {
  const key = refKey(request);
  const rows = await db
    .selectFrom('review_assignments')
    .selectAll()
    .where('origin', '=', origin)
    .where('request', '=', key)
    .execute();
  const refusals = await db
    .selectFrom('review_refusals')
    .select(['login', 'kind'])
    .where('origin', '=', origin)
    .where('request', '=', key)
    .execute();
  const live = new Set(rows.filter((row) => isLive(row, now)).map(({ login }) => login));
  const relieved = rows.filter(({ state }) => state === 'handed_off').map(({ login }) => login);
  return {
    live,
    closedTo: new Set([...live, ...relieved, ...refusals.map(({ login }) => login)]),
    removed: refusals.filter(({ kind }) => kind === 'removed').map(({ login }) => login),
    isHandedOff: rows.some(({ handed_off_from: from }) => from !== null),
  };
}

interface Turn {
  readonly standing: Standing;
  readonly now: Instant;
}

/** A hand-off wants one more than there are, once per request and for a bounded share of them. */
async function countWanted(store: OriginStore, wish: ReviewWish, { standing, now }: Turn): Promise<number> {
  const { count, handOff, removed = new Set() } = wish;
  const lately = standing.removed.filter((login) => !removed.has(login)).length;
  if (handOff === undefined) return Math.max(0, count - lately - standing.live.size);
  if (standing.isHandedOff || !standing.live.has(handOff.from.toLowerCase())) return 0;
  return (await isShareLeft(store, wish, { handOff, now })) ? 1 : 0;
}

async function isShareLeft(
  { db, origin }: OriginStore,
  { request }: ReviewWish,
  { handOff, now }: { readonly handOff: HandOff; readonly now: Instant },
): Promise<boolean> {
  // Two requests of one repository may be handed off at the same moment.
  await lockByNames(db, [`hand-offs ${origin} ${repositoryKey(request)}`]);
  const { opened, handedOff } = await countHandOffs({ db, origin }, repositoryKey(request), now);
  return handedOff + 1 <= handOff.maxShare * opened;
}

/** Requests of a repository that Parasol gave to somebody within ninety days, and how many of them it handed on. */
export async function countHandOffs(
  { db, origin }: Pick<OriginStore, 'db' | 'origin'>,
  repository: string,
  now: Instant,
): Promise<{ readonly opened: number; readonly handedOff: number }> {
  return db
    .selectFrom('review_assignments')
    .select(({ fn }) => [
      fn.count<number>('request').distinct().as('opened'),
      fn.count<number>('handed_off_from').as('handedOff'),
    ])
    .where('origin', '=', origin)
    .where('repository', '=', repository)
    .where('assigned_at', '>', instantAt(Date.parse(now) - SHARE_MS))
    .executeTakeFirstOrThrow();
}

/** By login in lower case: `refKey`s of what waits, as GitHub said or as was given since. */
async function loadLoads(
  store: OriginStore,
  { candidates, request, repositories, seenAt }: ReviewWish,
  now: Instant,
): Promise<ReadonlyMap<string, ReadonlySet<string>>> {
  const loads = new Map(candidates.map(({ login, waiting }) => [login.toLowerCase(), new Set(waiting)]));
  const unseen = await loadUnseenPlaces(store, [...loads.keys()], { repositories, seenAt, now });
  for (const [login, requests] of unseen) for (const key of requests) loads.get(login)?.add(key);
  for (const load of loads.values()) load.delete(refKey(request));
  return loads;
}

async function hold(
  { db, origin }: OriginStore,
  { request, handOff }: ReviewWish,
  { login, now }: { readonly login: string; readonly now: Instant },
): Promise<void> {
  const values = {
    state: 'held' as const,
    assigned_at: now,
    changed_at: now,
    handed_off_from: handOff?.from.toLowerCase() ?? null,
  };
  const key = { origin, request: refKey(request), login: login.toLowerCase() };
  await db
    .insertInto('review_assignments')
    .values({ ...key, repository: repositoryKey(request), ...values })
    .onConflict((conflict) => conflict.columns(['origin', 'request', 'login']).doUpdateSet(values))
    .execute();
}
