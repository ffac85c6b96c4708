import type { ItemStatus } from '../core/plan/item-status.ts';
import type { Standing } from '../core/plan/standing.ts';
import type { Instant } from '../core/task/facts.ts';
import type { Ref } from '../core/task/identity.ts';

/** What became of one item so far. */
export interface LedgerEntry {
  readonly itemId: string;
  readonly status: ItemStatus;
  /** How often a write for it was begun. */
  readonly attempts: number;
  /** What GitHub showed before the first write; null before that. */
  readonly before: Standing | null;
  /** How a created issue looked right after. */
  readonly after: Standing | null;
  readonly result: ItemResult | null;
  readonly reason: string | null;
  readonly startedAt: Instant | null;
  readonly finishedAt: Instant | null;
}

export interface ItemResult {
  /** The effect stands on GitHub, by us or because it stood there before. */
  readonly stands: boolean;
  /** The issue that the item made or found. */
  readonly issue: Ref | null;
}
