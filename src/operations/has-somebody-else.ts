import { loginKey } from '../core/reviewers/past-change.ts';
import { rankReviewers } from '../core/reviewers/rank-reviewers.ts';
import type { ReviewRequest } from '../core/reviewers/review-facts.ts';
import { type Ref, refKey } from '../core/task/identity.ts';
import { loadReviewModel } from './load-review-model.ts';
import { chooseBeside, loadSuggestions } from './load-suggestions.ts';
import type { OperationContext } from './operation.ts';
import type { ReviewDesk } from './review-desk.ts';

/**
 * Whether anybody but these could be asked for this review now, or named for it where people are suggested. True where it is not
 * open: then nobody is.
 */
export async function hasSomebodyElse(
  context: OperationContext,
  on: Ref,
  chosen: ReadonlySet<string>,
): Promise<boolean> {
  const { model, config, slaSeconds, queued } = await loadReviewModel(context, on);
  const request = model.requests.find(({ ref }) => refKey(ref) === refKey(on));
  if (request === undefined) return true;
  if (config.reviewers.mode === 'suggest') {
    const desk = { context, repository: on, config: config.reviewers, slaSeconds, model, queued };
    return isNamedAnew({ ...desk, seenAt: context.now() }, request, chosen);
  }
  const others = model.reviewers.filter(({ login }) => !chosen.has(loginKey(login)));
  const assigns = config.reviewers.mode === 'assign';
  const { candidates } = rankReviewers(request, others, {
    ...{ now: context.now(), slaSeconds, queued, seed: 0, assigns },
  });
  return candidates.some(({ hasRoom }) => hasRoom);
}

/** Whether a look would name somebody else: whom other comments name has those requests already. */
async function isNamedAnew(desk: ReviewDesk, request: ReviewRequest, chosen: ReadonlySet<string>): Promise<boolean> {
  const { standing, ref } = request;
  const handedOffFrom = [...standing.handedOffFrom, ...chosen];
  const anew: ReviewRequest = { ...request, standing: { ...standing, handedOffFrom } };
  const model = { ...desk.model, requests: desk.model.requests.map((one) => (one === request ? anew : one)) };
  const suggestions = await loadSuggestions({ ...desk, model }, { numbers: new Set([ref.number]), isAtAll: false });
  return chooseBeside(suggestions, { ...desk, model }).some((one) => one.request === anew && one.logins.length > 0);
}
