import type { ExpressionBuilder, Selectable } from 'kysely';
import { instantAt } from '../../core/instant-at.ts';
import { REMEMBERED_DAYS } from '../../core/reviewers/infer-pace.ts';
import type { Absence } from '../../core/reviewers/review-facts.ts';
import type { Instant } from '../../core/task/facts.ts';
import { lockByName } from '../advisory-lock.ts';
import type { Database } from '../database.ts';
import type { OriginStore } from '../store.ts';

interface Own {
  readonly login: string;
  readonly now: Instant;
}

/** How long one that is over is still of use: as far as the balance of who took on what looks back. */
const KEPT_MS = REMEMBERED_DAYS * 86_400_000;

/**
 * Keeps it beside those there are; saying it twice changes nothing, and of the same days the level that was said last counts. What
 * is long over is forgotten.
 */
export async function noteAbsence(store: OriginStore, { login, now }: Own, absence: Absence): Promise<void> {
  const { from, until, level } = absence;
  await store.db.transaction().execute(async (db) => {
    const inside = { ...store, db };
    await lockByName(db, `absences ${store.origin} ${login.toLowerCase()}`);
    await db
      .deleteFrom('reviewer_absences')
      .where((row) => row.and([isOf(inside, login)(row), row('ends_at', '<=', keptSince(now))]))
      .execute();
    const known = (await loadAbsences(inside, [login], now)).get(login.toLowerCase()) ?? [];
    if (known.some((one) => one.from === from && one.until === until && one.level === level)) return;
    await db
      .deleteFrom('reviewer_absences')
      .where((row) => row.and([isOf(inside, login)(row), row('starts_at', '=', from), row('ends_at', '=', until)]))
      .execute();
    await db
      .insertInto('reviewer_absences')
      .values({ origin: store.origin, login: login.toLowerCase(), level, starts_at: from, ends_at: until })
      .execute();
  });
}

/**
 * Ends what holds now; where nothing does, forgets what is to come. Answers with what it ended or forgot, as it was.
 */
export async function endAbsences(store: OriginStore, { login, now }: Own): Promise<readonly Absence[]> {
  return store.db.transaction().execute(async (db) => {
    await lockByName(db, `absences ${store.origin} ${login.toLowerCase()}`);
    const inside = { ...store, db };
    const all = (await loadAbsences(inside, [login], now)).get(login.toLowerCase()) ?? [];
    const open = all.filter(({ until }) => until === null || Date.parse(until) > Date.parse(now));
    const holding = open.filter(({ from }) => Date.parse(from) <= Date.parse(now));
    const isLeft = (row: Row) => row.or([row('ends_at', 'is', null), row('ends_at', '>', now)]);
    if (holding.length === 0) {
      await db
        .deleteFrom('reviewer_absences')
        .where((row) => row.and([isOf(inside, login)(row), row('starts_at', '>', now)]))
        .execute();
      return open;
    }
    await db
      .updateTable('reviewer_absences')
      .set({ ends_at: now })
      .where((row) => row.and([isOf(inside, login)(row), isLeft(row), row('starts_at', '<=', now)]))
      .execute();
    return holding;
  });
}

/** By login in lower case, earliest first; those that ended within ninety days are among them. None of it is for others. */
export async function loadAbsences(
  { db, origin }: OriginStore,
  logins: readonly string[],
  now: Instant,
): Promise<ReadonlyMap<string, readonly Absence[]>> {
  const keys = logins.map((login) => login.toLowerCase());
  if (keys.length === 0) return new Map();
  const rows = await db
    .selectFrom('reviewer_absences')
    .selectAll()
    .where('origin', '=', origin)
    .where('login', 'in', keys)
    .where((row) => row.or([row('ends_at', 'is', null), row('ends_at', '>', keptSince(now))]))
    .orderBy('starts_at')
    .orderBy('id')
    .execute();
  const owners = new Set(rows.map(({ login }) => login));
  return new Map([...owners].map((owner) => [owner, rows.filter(({ login }) => login === owner).map(asAbsence)]));
}

type Row = ExpressionBuilder<Database, 'reviewer_absences'>;

const isOf =
  ({ origin }: OriginStore, login: string) =>
  (row: Row) =>
    row.and([row('origin', '=', origin), row('login', '=', login.toLowerCase())]);

const keptSince = (now: Instant): Instant => instantAt(Date.parse(now) - KEPT_MS);

const asAbsence = ({ starts_at, ends_at, level }: Selectable<Database['reviewer_absences']>): Absence => ({
  from: starts_at,
  until: ends_at,
  level,
});
