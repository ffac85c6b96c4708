/**
 * Makes a readiness report that somebody asked for by `/parasol readiness` say that it holds no longer, once its time is up or
 * its base moved: one edit of the comment that is there, which tells nobody. It is not made anew, because nobody asked for
 * that. Used by the App; reports that are pinned are kept up to date instead (`tell-readiness`).
 */
import { isExpired, planExpiredComment } from '../core/readiness/expire-comment.ts';
import { readinessMarker } from '../core/readiness/readiness-comment.ts';
import type { Ref } from '../core/task/identity.ts';
import { findMarkedComments } from '../github/find-marked-comment.ts';
import { loadBranchHead } from '../github/load-branch-head.ts';
import { loadConfig } from '../github/load-config.ts';
import { applyChanges } from './apply-changes.ts';
import { configInForce } from './config-in-force.ts';
import type { OperationContext } from './operation.ts';
import { selectorHere } from './tell-readiness.ts';

interface AnsweredReport {
  readonly on: Ref;
  /** As it was asked for. */
  readonly scope: string;
  /** The branch that its verdict is about. */
  readonly branch: string;
  /** Where an event told of the branch: the commit that it moved to, which GitHub may not show yet. */
  readonly movedTo?: string | null;
  /** Lets GitHub's replicas catch up. */
  readonly pause: () => Promise<void>;
}

/** `over` as well where nothing stands there any more, and where the configuration wants nothing written. Throws as GitHub fails. */
export async function expireReport(context: OperationContext, report: AnsweredReport): Promise<'over' | 'holds'> {
  const { on, scope, branch } = report;
  const marker = readinessMarker(selectorHere(scope, on));
  const [ownComment] = await findMarkedComments(context.github, on, marker);
  if (ownComment === undefined) return 'over';
  const { config } = configInForce(await loadConfig(context.github, on));
  if (config.readiness.mode === 'off' || isExpired(ownComment.body)) return 'over';
  const head = await loadFreshHead(context, report);
  const planned = planExpiredComment({ on, marker, ownComment, now: context.now(), branch, head });
  const [outcome] = await applyChanges(context, planned);
  if (outcome?.outcome === 'failed' && outcome.code !== 'not_found') throw outcome.cause;
  return outcome === undefined ? 'holds' : 'over';
}

async function loadFreshHead({ github }: OperationContext, { on, branch, movedTo, pause }: AnsweredReport) {
  const first = await loadBranchHead(github, on, branch);
  if (movedTo === undefined || first === movedTo) return first;
  await pause();
  return loadBranchHead(github, on, branch);
}
