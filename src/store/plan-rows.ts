import * as z from 'zod';
import { ITEM_STATUSES } from '../core/plan/item-status.ts';
import type { Plan } from '../core/plan/plan.ts';
import type { Standing } from '../core/plan/standing.ts';
import type { ItemResult, LedgerEntry } from './ledger-entry.ts';

const statusSchema = z.enum(ITEM_STATUSES);

interface ItemRow {
  readonly item_id: string;
  readonly status: string;
  readonly attempts: number;
  readonly before: unknown;
  readonly after: unknown;
  readonly result: unknown;
  readonly reason: string | null;
  readonly started_at: string | null;
  readonly finished_at: string | null;
}

/** The two columns hold what this program wrote into them; a newer one would have been refused when the store was opened. */
export const asPlan = (document: unknown): Plan => document as Plan;

export const asLedgerEntry = (row: ItemRow): LedgerEntry => ({
  itemId: row.item_id,
  status: statusSchema.parse(row.status),
  attempts: row.attempts,
  before: row.before as Standing | null,
  after: row.after as Standing | null,
  result: row.result as ItemResult | null,
  reason: row.reason,
  startedAt: row.started_at,
  finishedAt: row.finished_at,
});
