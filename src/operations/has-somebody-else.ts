import { loginKey } from '../core/reviewers/past-change.ts';
import { rankReviewers } from '../core/reviewers/rank-reviewers.ts';
import { type Ref, refKey } from '../core/task/identity.ts';
import { loadReviewModel } from './load-review-model.ts';
import type { OperationContext } from './operation.ts';

/** Whether anybody but these could be asked for this review now. True where it is not open: then nobody is. */
export async function hasSomebodyElse(
  context: OperationContext,
  on: Ref,
  chosen: ReadonlySet<string>,
): Promise<boolean> {
  const { model, config, slaSeconds } = await loadReviewModel(context, on);
  const request = model.requests.find(({ ref }) => refKey(ref) === refKey(on));
  if (request === undefined) return true;
  const others = model.reviewers.filter(({ login }) => !chosen.has(loginKey(login)));
  const assigns = config.reviewers.mode === 'assign';
  const { candidates } = rankReviewers(request, others, {
    ...{ now: context.now(), slaSeconds, queued: 0, seed: 0, assigns },
  });
  return candidates.some(({ hasRoom }) => hasRoom);
}
