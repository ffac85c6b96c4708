import { sql } from 'kysely';
import type { Plan } from '../core/plan/plan.ts';
import type { Instant } from '../core/task/facts.ts';
import { asPlan } from './plan-rows.ts';
import type { OriginStore, Store } from './store.ts';

export interface AskedPlan {
  readonly plan: Plan;
  /** Whether the comment that asked for it was answered. */
  readonly isAnswered: boolean;
}

/** Plans made since then because a comment asked for them, oldest first. */
export async function listAskedPlans({ db, origin }: OriginStore, since: Instant): Promise<readonly AskedPlan[]> {
  const rows = await db
    .selectFrom('plans')
    .select(['document', 'status'])
    .where('origin', '=', origin)
    .where('created_at', '>=', since)
    .where(sql<boolean>`document -> 'asked' is not null`)
    .orderBy('created_at')
    .orderBy('id')
    .execute();
  return rows.map(({ document, status }) => ({ plan: asPlan(document), isAnswered: status === ANSWERED }));
}

/** Whether the comment that asked for the plan was answered. */
export async function isAnswered({ db }: Store, planId: string): Promise<boolean> {
  const row = await db.selectFrom('plans').select('status').where('id', '=', planId).executeTakeFirst();
  return row?.status === ANSWERED;
}

/** From now on the plan is nobody's to finish unasked. */
export async function noteAnswered({ db }: Store, planId: string): Promise<void> {
  await db.updateTable('plans').set({ status: ANSWERED }).where('id', '=', planId).execute();
}

const ANSWERED = 'answered';
