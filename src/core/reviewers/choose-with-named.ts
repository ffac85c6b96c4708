import { refKey } from '../task/identity.ts';
import { chooseForAll, type ForAllOptions, type RequestChoice } from './choose-for-all.ts';
import { loginKey } from './past-change.ts';
import { rankReviewers } from './rank-reviewers.ts';
import type { Reviewer, ReviewRequest } from './review-facts.ts';
import { stillNamed } from './still-named.ts';
import { type GivenRequest, withAsked, withGiven } from './with-given.ts';

/**
 * `chooseForAll` beside suggestions that stand: whoever is named for a request is chosen for it, as long as they could be, and takes
 * a place at it; so does who is named for a request that is not among these. Nobody is named where nothing is `named`.
 */
export function chooseWithNamed(
  requests: readonly ReviewRequest[],
  reviewers: readonly Reviewer[],
  { named, ...options }: ForAllOptions & { readonly named: readonly GivenRequest[] },
): readonly RequestChoice[] {
  const asGiven = new Map(requests.map((request) => [refKey(request.ref), request]));
  const told = named.map((one) => ({ ...one, request: asGiven.get(refKey(one.request.ref)) ?? one.request }));
  const kept = stillNamed(
    told.map((one) => withoutPassedOver(one, options)),
    reviewers,
    options,
  );
  const loginsOf = new Map(kept.map(({ request, logins }) => [refKey(request.ref), logins]));
  const choices = chooseForAll(
    requests.map((request) => withAsked({ request, logins: loginsOf.get(refKey(request.ref)) ?? [] })),
    reviewers.map((one) => withGiven(one, kept)),
    options,
  );
  return choices.map((choice, place) => {
    const request = requests[place] ?? choice.request;
    const logins = new Set((loginsOf.get(refKey(request.ref)) ?? []).map(loginKey));
    if (logins.size === 0) return { ...choice, request };
    const { candidates } = rankReviewers(request, reviewers, options);
    const chosen = [...candidates.filter(({ login }) => logins.has(loginKey(login))), ...choice.chosen];
    return { ...choice, request, chosen };
  });
}

function withoutPassedOver({ request, logins }: GivenRequest, { passedOver }: ForAllOptions): GivenRequest {
  const out = new Set(passedOver?.(request));
  return { request, logins: logins.filter((login) => !out.has(loginKey(login))) };
}
