import { UserError } from '../core/failure.ts';
import type { OperationContext } from './operation.ts';
import { withClone } from './risk-clone.ts';
import type { RiskFacts, RiskWish } from './risk-facts.ts';
import { riskOfClone } from './risk-of-clone.ts';

/**
 * What is known of how open changes of one base branch meet, from a clone alone: no request is made, and nothing written
 * to it. Throws `usage` without a clone, and where the caller is not who runs this process.
 */
export async function loadRisk(context: OperationContext, wish: RiskWish): Promise<RiskFacts> {
  const { clone } = wish;
  if (clone !== undefined && wish.repository === undefined)
    return withClone(context, clone, (opened) => riskOfClone(context, opened, wish));
  throw new UserError('usage', 'There is no clone to look into.', 'Name one: --repo PATH.');
}
