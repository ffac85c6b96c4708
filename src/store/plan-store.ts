import { sql } from 'kysely';
import { UserError } from '../core/failure.ts';
import { canFollow, type ItemStatus, isAttempt } from '../core/plan/item-status.ts';
import type { Plan } from '../core/plan/plan.ts';
import type { Standing } from '../core/plan/standing.ts';
import type { Instant } from '../core/task/facts.ts';
import { formatRef, type Ref, type RepositoryRef, repositoryKey } from '../core/task/identity.ts';
import type { ItemResult, LedgerEntry } from './ledger-entry.ts';
import { asLedgerEntry, asPlan } from './plan-rows.ts';
import type { OriginStore, Store } from './store.ts';

export interface StoredPlan {
  readonly plan: Plan;
  /** In the plan's order. */
  readonly ledger: readonly LedgerEntry[];
}

/**
 * Keeps a new plan, every item `planned`. The same plan a second time changes nothing; another one of the same id is
 * refused as `internal`.
 */
export async function insertPlan({ db, origin }: OriginStore, plan: Plan): Promise<void> {
  await db.transaction().execute(async (transaction) => {
    const row = {
      id: plan.id,
      origin,
      kind: plan.kind,
      repository: repositoryKey(plan.repository),
      umbrella: plan.umbrella === null ? null : formatRef(plan.umbrella),
      created_at: plan.createdAt,
      created_by: plan.createdBy ?? '',
      document: JSON.stringify(plan),
      status: 'open',
    };
    const inserted = await transaction
      .insertInto('plans')
      .values(row)
      .onConflict((conflict) => conflict.column('id').doNothing())
      .returning('id')
      .executeTakeFirst();
    if (inserted === undefined) return checkIsSame(transaction, plan);
    if (plan.items.length === 0) return;
    const items = plan.items.map(({ id }, position) => ({
      plan_id: plan.id,
      item_id: id,
      position,
      status: 'planned',
    }));
    // PostgreSQL takes 65,535 parameters in one statement.
    for (let from = 0; from < items.length; from += ROWS_AT_ONCE) {
      await transaction
        .insertInto('plan_items')
        .values(items.slice(from, from + ROWS_AT_ONCE))
        .execute();
    }
  });
}

const ROWS_AT_ONCE = 5000;

/** Compared by the database: it keeps the fields of a document in an order of its own. */
async function checkIsSame(transaction: Store['db'], plan: Plan): Promise<void> {
  const same = await transaction
    .selectFrom('plans')
    .select('id')
    .where('id', '=', plan.id)
    .where(sql<boolean>`document = ${JSON.stringify(plan)}::jsonb`)
    .executeTakeFirst();
  if (same !== undefined) return;
  throw new UserError(
    'internal',
    `The store has another plan of the id ${plan.id}, so that this one was not kept.`,
    'Make it again: its id comes from the time too.',
  );
}

/** Forgets a plan and its items; who calls holds it, and has seen that nothing of it was begun. */
export async function deletePlan({ db }: Store, id: string): Promise<void> {
  await db.deleteFrom('plans').where('id', '=', id).execute();
}

/** Whether there is no plan of that id, or one of which nothing was begun. */
export async function isUntouched({ db }: Store, id: string): Promise<boolean> {
  const begun = await db
    .selectFrom('plan_items')
    .select('item_id')
    .where('plan_id', '=', id)
    .where('status', '<>', 'planned')
    .limit(1)
    .executeTakeFirst();
  return begun === undefined;
}

/** The plan and its ledger; throws `not_found` where there is none of that id, `usage` for that of another GitHub. */
export async function loadPlan({ db, origin }: OriginStore, id: string): Promise<StoredPlan> {
  const row = await db.selectFrom('plans').select(['document', 'origin']).where('id', '=', id).executeTakeFirst();
  if (row === undefined) {
    throw new UserError(
      'not_found',
      `There is no plan ${id} in this store.`,
      'parasol plan list shows those there are.',
    );
  }
  if (row.origin !== origin) throw madeForAnother(id, { origin, madeFor: row.origin });
  const rows = await db.selectFrom('plan_items').selectAll().where('plan_id', '=', id).orderBy('position').execute();
  return { plan: asPlan(row.document), ledger: rows.map(asLedgerEntry) };
}

/** The plans of a repository with the items that were done and stand, oldest first. */
export const loadDoneItems = (store: OriginStore, repository: RepositoryRef): Promise<readonly StoredPlan[]> =>
  loadItems(store, repository, ['done']);

/** The same with the items that are in one of these states. */
export async function loadItems(
  { db, origin }: OriginStore,
  repository: RepositoryRef,
  statuses: readonly ItemStatus[],
): Promise<readonly StoredPlan[]> {
  const plans = await db
    .selectFrom('plans')
    .select(['id', 'document'])
    .where('origin', '=', origin)
    .where('repository', '=', repositoryKey(repository))
    .orderBy('created_at')
    .orderBy('id')
    .execute();
  if (plans.length === 0) return [];
  const items = await db
    .selectFrom('plan_items')
    .innerJoin('plans', 'plans.id', 'plan_items.plan_id')
    .selectAll('plan_items')
    .where('plans.origin', '=', origin)
    .where('plans.repository', '=', repositoryKey(repository))
    .where('plan_items.status', 'in', [...statuses])
    .orderBy('plan_items.position')
    .execute();
  return plans.map(({ id, document }) => ({
    plan: asPlan(document),
    ledger: items.filter((one) => one.plan_id === id).map(asLedgerEntry),
  }));
}

function madeForAnother(
  id: string,
  { origin, madeFor }: { readonly origin: string; readonly madeFor: string },
): UserError {
  return new UserError(
    'usage',
    `The plan ${id} was made for ${madeFor}, and this is ${origin}.`,
    `Set GITHUB_API_URL to the API of ${madeFor}, or make the plan again for ${origin}.`,
  );
}

export interface PlanListing {
  readonly plan: Plan;
  readonly counts: Readonly<Partial<Record<ItemStatus, number>>>;
}

/** Newest first, at most 100. */
export async function listPlans(
  { db, origin }: OriginStore,
  repository: RepositoryRef | null,
): Promise<readonly PlanListing[]> {
  const rows = await db
    .selectFrom('plans')
    .select(['id', 'document'])
    .where('origin', '=', origin)
    .$if(repository !== null, (query) =>
      query.where('repository', '=', repository === null ? '' : repositoryKey(repository)),
    )
    .orderBy('created_at', 'desc')
    .orderBy('id')
    .limit(100)
    .execute();
  if (rows.length === 0) return [];
  const counted = await db
    .selectFrom('plan_items')
    .select(({ fn }) => ['plan_id', 'status', fn.countAll<number>().as('items')])
    .where(
      'plan_id',
      'in',
      rows.map(({ id }) => id),
    )
    .groupBy(['plan_id', 'status'])
    .execute();
  return rows.map(({ id, document }) => ({
    plan: asPlan(document),
    counts: Object.fromEntries(
      counted.filter((one) => one.plan_id === id).map(({ status, items }) => [status, Number(items)]),
    ),
  }));
}

/** How many plans of each other GitHub the store has, most first. */
export async function countPlansElsewhere(
  { db, origin }: OriginStore,
  repository: RepositoryRef | null,
): Promise<readonly { readonly origin: string; readonly plans: number }[]> {
  const rows = await db
    .selectFrom('plans')
    .select(({ fn }) => ['origin', fn.countAll<number>().as('plans')])
    .where('origin', '<>', origin)
    .$if(repository !== null, (query) =>
      query.where('repository', '=', repository === null ? '' : repositoryKey(repository)),
    )
    .groupBy('origin')
    .orderBy('plans', 'desc')
    .orderBy('origin')
    .execute();
  return rows.map((row) => ({ origin: row.origin, plans: Number(row.plans) }));
}

export interface ItemRecord {
  readonly planId: string;
  readonly itemId: string;
  /** Who holds the plan: a record of anybody else is refused. */
  readonly holder: string;
  readonly status: ItemStatus;
  readonly at: Instant;
  readonly before?: Standing;
  readonly after?: Standing | null;
  readonly result?: ItemResult;
  readonly reason?: string | null;
}

/**
 * Writes one step of an item into the ledger, in one transaction that sees that the plan is still held and that the step
 * may follow the last one. Throws `store_locked` where another process holds the plan by now.
 */
export async function recordItem({ db }: Store, record: ItemRecord): Promise<void> {
  const { planId, itemId, holder, status, at } = record;
  await db.transaction().execute(async (transaction) => {
    const plan = await transaction
      .selectFrom('plans')
      .select('holder')
      .where('id', '=', planId)
      .forUpdate()
      .executeTakeFirst();
    if (plan?.holder !== holder) throw heldByAnother(planId);
    const item = await transaction
      .selectFrom('plan_items')
      .select(['status', 'attempts'])
      .where('plan_id', '=', planId)
      .where('item_id', '=', itemId)
      .executeTakeFirstOrThrow();
    if (!canFollow(item.status as ItemStatus, status)) {
      throw new Error(`the item ${itemId} of ${planId} cannot become ${status} after ${item.status}`);
    }
    await transaction
      .updateTable('plan_items')
      .set({
        status,
        reason: record.reason ?? null,
        ...(isAttempt(status)
          ? { started_at: at, finished_at: null, attempts: item.attempts + 1 }
          : { finished_at: at }),
        ...(record.before === undefined ? {} : { before: JSON.stringify(record.before) }),
        ...(record.after === undefined ? {} : { after: record.after === null ? null : JSON.stringify(record.after) }),
        ...(record.result === undefined ? {} : { result: JSON.stringify(record.result) }),
      })
      .where('plan_id', '=', planId)
      .where('item_id', '=', itemId)
      .execute();
  });
}

/** The issues that all other items, of whatever plan, made. */
export async function loadIssuesOfOthers(
  { db }: Store,
  { planId, itemId }: Pick<ItemRecord, 'planId' | 'itemId'>,
): Promise<readonly Ref[]> {
  const rows = await db
    .selectFrom('plan_items')
    .selectAll()
    .where('result', 'is not', null)
    .where('status', '!=', 'skipped')
    .where((where) => where.or([where('plan_id', '!=', planId), where('item_id', '!=', itemId)]))
    .execute();
  return rows.flatMap((row) => asLedgerEntry(row).result?.issue ?? []);
}

const heldByAnother = (planId: string): UserError =>
  new UserError(
    'store_locked',
    `Another process has taken over the plan ${planId}.`,
    'Let that one finish; parasol plan show tells how far it is.',
  );
