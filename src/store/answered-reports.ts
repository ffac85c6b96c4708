import type { Instant } from '../core/task/facts.ts';
import type { Ref } from '../core/task/identity.ts';
import type { OriginStore } from './store.ts';

/** The report of a scope under an issue or pull request. */
export interface AnsweredPlace {
  readonly on: Ref;
  /** As it is called there, however it was written (`selectorHere`). */
  readonly scope: string;
}

export interface AnsweredReport extends AnsweredPlace {
  /** What its verdict is about. */
  readonly branch: string;
  readonly sha: string | null;
  readonly expiresAt: Instant | null;
  /** It says that it holds no longer. */
  readonly isOver: boolean;
}

/** Puts down a report that was written, in place of the one that stood there. */
export async function noteAnsweredReport(
  { db, origin }: OriginStore,
  { report, at }: { readonly report: AnsweredReport; readonly at: Instant },
): Promise<void> {
  const { scope, branch, sha, expiresAt, isOver } = report;
  const told = { scope, branch, sha, expires_at: expiresAt, is_over: isOver, written_at: at };
  await db
    .insertInto('answered_reports')
    .values({ ...keyOf(origin, report), ...told })
    .onConflict((conflict) => conflict.columns(['origin', 'owner', 'repo', 'number', 'scope_key']).doUpdateSet(told))
    .execute();
}

/** Notes that a report says that it holds no longer. */
export async function endAnsweredReport({ db, origin }: OriginStore, place: AnsweredPlace): Promise<void> {
  const key = keyOf(origin, place);
  await db
    .updateTable('answered_reports')
    .set({ is_over: true })
    .where(({ and }) => and(key))
    .execute();
}

/** Forgets a report that is there no more, or is kept up to date from now on. */
export async function forgetAnsweredReport({ db, origin }: OriginStore, place: AnsweredPlace): Promise<void> {
  const key = keyOf(origin, place);
  await db
    .deleteFrom('answered_reports')
    .where(({ and }) => and(key))
    .execute();
}

/** The latest ones, the oldest of them first. */
export async function loadAnsweredReports(
  { db, origin }: OriginStore,
  most: number,
): Promise<readonly AnsweredReport[]> {
  const rows = await db
    .selectFrom('answered_reports')
    .selectAll()
    .where('origin', '=', origin)
    .orderBy('written_at', 'desc')
    .limit(most)
    .execute();
  return rows.reverse().map(({ owner, repo, number, scope, branch, sha, expires_at: expiresAt, is_over: isOver }) => {
    return { on: { owner, repo, number }, scope, branch, sha, expiresAt, isOver };
  });
}

/** GitHub's names are the same in any case. */
const keyOf = (origin: string, { on, scope }: AnsweredPlace) => ({
  origin,
  owner: on.owner.toLowerCase(),
  repo: on.repo.toLowerCase(),
  number: on.number,
  scope_key: scope.toLowerCase(),
});
