import { type ForAllOptions, seatsMissing } from './choose-for-all.ts';
import { loginKey } from './past-change.ts';
import { rankReviewers } from './rank-reviewers.ts';
import type { Reviewer } from './review-facts.ts';
import { type GivenRequest, withGiven } from './with-given.ts';

/**
 * Whom suggestions go on naming, in the order given: who could be chosen for it now, were it named nowhere. Each name takes a place
 * of that person, the oldest request first, so that who is full, away or wants nothing more loses names alike. Never more than are
 * missing: several where that takes people who know different things.
 */
export function stillNamed(
  suggested: readonly GivenRequest[],
  reviewers: readonly Reviewer[],
  options: ForAllOptions,
): readonly GivenRequest[] {
  const kept = new Map<GivenRequest, GivenRequest>();
  for (const one of suggested.toSorted(byAge)) {
    const people = one.logins.length === 0 ? [] : reviewers.map((person) => withGiven(person, [...kept.values()]));
    kept.set(one, { request: one.request, logins: namesLeft(one, people, options) });
  }
  return suggested.map((one) => kept.get(one) ?? { ...one, logins: [] });
}

const byAge = ({ request: one }: GivenRequest, { request: other }: GivenRequest): number =>
  Date.parse(one.openedAt) - Date.parse(other.openedAt) || one.ref.number - other.ref.number;

function namesLeft(
  { request, logins }: GivenRequest,
  reviewers: readonly Reviewer[],
  options: ForAllOptions,
): readonly string[] {
  const missing = seatsMissing(request, reviewers, options);
  if (missing === null) return [];
  const named = new Set(logins.map(loginKey));
  return rankReviewers(request, reviewers, options)
    .candidates.filter(({ login, hasRoom }) => hasRoom && named.has(loginKey(login)))
    .map(({ login }) => login)
    .slice(0, Math.max(missing.count, missing.needs.length));
}
