import { refKey } from '../task/identity.ts';
import { loginKey } from './past-change.ts';
import type { Reviewer, ReviewRequest } from './review-facts.ts';
import { reviewGiven } from './review-given.ts';

/** A request with people to whom it was given, or for whom it is meant. */
export interface GivenRequest {
  readonly request: ReviewRequest;
  readonly logins: readonly string[];
}

/** A request that these people have, though GitHub does not show it. */
export function withAsked({ request, logins }: GivenRequest): ReviewRequest {
  const { standing } = request;
  const askedByUs = [...new Set([...standing.askedByUs, ...logins.map(loginKey)])];
  return { ...request, standing: { ...standing, askedByUs } };
}

/** Somebody with the requests that they have, though GitHub does not show it; what waits for them anyway counts once. */
export function withGiven(reviewer: Reviewer, all: readonly GivenRequest[]): Reviewer {
  const isTheirs = ({ logins }: GivenRequest): boolean =>
    logins.some((login) => loginKey(login) === loginKey(reviewer.login));
  const known = new Set(reviewer.waiting.map(({ ref }) => refKey(ref)));
  const given = all.filter((one) => isTheirs(one) && !known.has(refKey(one.request.ref)));
  return {
    ...reviewer,
    waiting: [...reviewer.waiting, ...given.map(({ request }) => reviewGiven(request, reviewer.login))],
  };
}
