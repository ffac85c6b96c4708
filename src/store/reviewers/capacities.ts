import type { OriginStore } from '../store.ts';

/** Keeps how many reviews may wait for a person at once, as that person said; null takes the word back. */
export async function noteCapacity({ db, origin }: OriginStore, login: string, capacity: number | null): Promise<void> {
  const key = login.toLowerCase();
  if (capacity === null) {
    await db.deleteFrom('reviewer_capacities').where('origin', '=', origin).where('login', '=', key).execute();
    return;
  }
  await db
    .insertInto('reviewer_capacities')
    .values({ origin, login: key, capacity })
    .onConflict((conflict) => conflict.columns(['origin', 'login']).doUpdateSet({ capacity }))
    .execute();
}

/** By login in lower case; who said nothing is not among them. */
export async function loadCapacities(
  { db, origin }: OriginStore,
  logins: readonly string[],
): Promise<ReadonlyMap<string, number>> {
  const keys = logins.map((login) => login.toLowerCase());
  if (keys.length === 0) return new Map();
  const rows = await db
    .selectFrom('reviewer_capacities')
    .select(['login', 'capacity'])
    .where('origin', '=', origin)
    .where('login', 'in', keys)
    .execute();
  return new Map(rows.map(({ login, capacity }) => [login, capacity]));
}
