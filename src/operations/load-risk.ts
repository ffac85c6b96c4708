import { UserError } from '../core/failure.ts';
import type { OperationContext } from './operation.ts';
import { repositoryOf } from './repository-input.ts';
import { withClone } from './risk-clone.ts';
import type { RiskFacts, RiskWish } from './risk-facts.ts';
import { riskOfClone } from './risk-of-clone.ts';
import { riskOfGitHub } from './risk-of-github.ts';

/**
 * What is known of how open changes of one base branch meet: from a clone alone, without a request; or of GitHub's pull
 * requests, verified by a clone that has their commits and estimated where none has. Nothing is written to a clone. Throws
 * `usage` where a clone is named by somebody else than who runs this process, and where refs are named for GitHub's.
 */
export async function loadRisk(context: OperationContext, wish: RiskWish): Promise<RiskFacts> {
  const { clone } = wish;
  if (wish.heads !== undefined && (clone === undefined || wish.repository !== undefined)) throw headsOnGitHub();
  if (clone === undefined)
    return riskOfGitHub(context, { repository: repositoryOf(context, wish.repository), clone: null }, wish);
  return withClone(context, { path: clone, seconds: wish.seconds, isFetched: wish.isFetched }, (opened) =>
    wish.repository === undefined
      ? riskOfClone(context, opened, wish)
      : riskOfGitHub(context, { repository: repositoryOf(context, wish.repository), clone: opened }, wish),
  );
}

function headsOnGitHub(): UserError {
  const hint = 'Leave `heads` out; or ask a clone without GitHub: parasol risk queue --repo PATH --heads PATTERN.';
  return new UserError('usage', '`heads` names refs of a clone, and on GitHub the open pull requests are read.', hint);
}
