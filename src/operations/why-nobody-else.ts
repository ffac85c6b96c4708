import { loginKey } from '../core/reviewers/past-change.ts';
import { rankReviewers } from '../core/reviewers/rank-reviewers.ts';
import type { ReviewRequest } from '../core/reviewers/review-facts.ts';
import { type Ref, refKey } from '../core/task/identity.ts';
import { loadReviewModel } from './load-review-model.ts';
import { chooseBeside, loadSuggestions } from './load-suggestions.ts';
import type { OperationContext } from './operation.ts';
import type { ReviewDesk } from './review-desk.ts';

/**
 * What keeps anybody but these from being asked for this review now, or named for it where people are suggested, in words for
 * everybody; null where somebody is, and where it is not open: then nobody is.
 */
export async function whyNobodyElse(
  context: OperationContext,
  on: Ref,
  chosen: ReadonlySet<string>,
): Promise<string | null> {
  const { model, config, slaSeconds, queued } = await loadReviewModel(context, on);
  const { mode } = config.reviewers;
  const request = model.requests.find(({ ref }) => refKey(ref) === refKey(on));
  if (request === undefined) return null;
  if (mode === 'off' || mode === 'observe') return NOBODY_LOOKED_FOR;
  if (mode === 'suggest') {
    const desk = { context, repository: on, config: config.reviewers, slaSeconds, model, queued };
    return (await isNamedAnew({ ...desk, seenAt: context.now() }, request, chosen)) ? null : NOBODY_ELSE;
  }
  const others = model.reviewers.filter(({ login }) => !chosen.has(loginKey(login)));
  const { candidates } = rankReviewers(request, others, {
    ...{ now: context.now(), slaSeconds, queued, seed: 0, assigns: true },
  });
  return candidates.some(({ hasRoom }) => hasRoom) ? null : NOBODY_ELSE;
}

/** Whether nobody else may, is there or has room, it does not say. */
const NOBODY_ELSE = 'Nobody else can be asked for this review now, so all stays as it is.';

/** Taking a request back would leave it with nobody. */
const NOBODY_LOOKED_FOR =
  'Parasol looks for no reviewers here, so all stays as it is. `reviewers: { mode: suggest }` or `assign` in `.github/parasol.yml` has it look.';

/** Whether a look would name somebody else: whom other comments name has those requests already. */
async function isNamedAnew(desk: ReviewDesk, request: ReviewRequest, chosen: ReadonlySet<string>): Promise<boolean> {
  const { standing, ref } = request;
  const handedOffFrom = [...standing.handedOffFrom, ...chosen];
  const anew: ReviewRequest = { ...request, standing: { ...standing, handedOffFrom } };
  const model = { ...desk.model, requests: desk.model.requests.map((one) => (one === request ? anew : one)) };
  const suggestions = await loadSuggestions({ ...desk, model }, { numbers: new Set([ref.number]), isAtAll: false });
  return chooseBeside(suggestions, { ...desk, model }).some((one) => one.request === anew && one.logins.length > 0);
}
