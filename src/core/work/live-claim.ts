import * as z from 'zod';
import type { Instant } from '../task/facts.ts';

/** An agent's hold on a task. It ends by itself when its lease runs out. */
export interface LiveClaim {
  /** Apart from any GitHub login: many agents may share one. */
  readonly agent: string;
  /** Higher for each claim of the same task: whoever comes with a lower one has lost it. */
  readonly token: number;
  readonly since: Instant;
  readonly until: Instant;
}

const claimSignSchema = z.discriminatedUnion('as', [
  z.object({ as: z.literal('assignee'), login: z.string() }).readonly(),
  z.object({ as: z.literal('label'), label: z.string() }).readonly(),
]);

/** What a claim has put on the issue, to be taken away with it. */
export type ClaimSign = z.output<typeof claimSignSchema>;

/** As it was stored; null for what is none. */
export function parseClaimSign(value: unknown): ClaimSign | null {
  const parsed = claimSignSchema.safeParse(value);
  return parsed.success ? parsed.data : null;
}
