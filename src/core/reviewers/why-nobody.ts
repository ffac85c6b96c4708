import { wasAsked } from './eligibility.ts';
import { loginKey } from './past-change.ts';
import type { Reviewer, ReviewRequest } from './review-facts.ts';

interface NobodyFacts {
  /** Reviewers for whom nobody was found. */
  readonly missing: number;
  readonly reviewers: readonly Reviewer[];
}

/** Why nobody is to be asked for a review, in words for everybody: who is away or full is not told from who is busy otherwise. */
export function whyNobody(request: ReviewRequest, { missing, reviewers }: NobodyFacts): string {
  const { isDraft, isDependencyBot, standing, needs } = request;
  if (isDraft) return 'it is a draft';
  if (isDependencyBot) return 'it only updates dependencies';
  if (missing > 0) {
    if (canAnybody(request, reviewers)) return 'nobody is available for it now';
    const able = whoIsAble(request, reviewers);
    if (able.length > 0)
      return able.every((one) => standing.declined.has(loginKey(one.login)))
        ? `everybody who could review it has declined (${namesOf(able)})`
        : `nobody is left who could review it: ${whatBecameOf(able, standing)}`;
    return needs.length === 0
      ? 'nobody but its authors can be asked here'
      : `nobody who may be asked is known to have what it asks for: ${needs.join(', ')}`;
  }
  const asked = [...standing.askedByPerson, ...standing.askedByUs];
  if (asked.length > 0) return `${asked.join(' and ')} ${asked.length === 1 ? 'is' : 'are'} asked already`;
  return standing.reviewed.length > 0
    ? `${standing.reviewed.join(' and ')} reviewed it already`
    : 'a team is asked already';
}

/**
 * Whether one of these people may be asked, now or once they are back or have room: they did not write it, may see it, have any
 * of what it asks for, and neither declined nor had it before. All of that is public; who is away or full can.
 */
export function canAnybody(request: ReviewRequest, reviewers: readonly Reviewer[]): boolean {
  const { declined } = request.standing;
  return whoIsAble(request, reviewers).some(({ login }) => {
    const key = loginKey(login);
    return !declined.has(key) && !wasAsked(request, key);
  });
}

/** Whether there were people who could review it, and each of them declined, was taken off or has or had it. */
export const isSpent = (request: ReviewRequest, reviewers: readonly Reviewer[]): boolean =>
  whoIsAble(request, reviewers).length > 0 && !canAnybody(request, reviewers);

/** What everybody can read on the pull request, in one part for each thing that became of people. */
function whatBecameOf(able: readonly Reviewer[], standing: ReviewRequest['standing']): string {
  const fates = new Map<string, Reviewer[]>();
  for (const one of able) {
    const fate = fateOf(loginKey(one.login), standing);
    fates.set(fate, [...(fates.get(fate) ?? []), one]);
  }
  return [...fates].map(([fate, people]) => `${namesOf(people)} ${fate}`).join(', ');
}

function fateOf(login: string, standing: ReviewRequest['standing']): string {
  if (standing.declined.has(login)) return 'declined';
  if (standing.removedByPerson.includes(login)) return 'was taken off by a person';
  if (standing.removedByBot.includes(login)) return 'was taken off by a bot';
  if (standing.reviewed.includes(login)) return 'reviewed it';
  return standing.handedOffFrom.includes(login) ? 'was named or asked before' : 'is asked';
}

/** Names in one list. */
const MOST_NAMES = 5;

function namesOf(people: readonly Reviewer[]): string {
  const names = people.slice(0, MOST_NAMES).map(({ login }) => login);
  const more = people.length - names.length;
  return more === 0 ? names.join(' and ') : `${names.join(', ')} and ${more} more`;
}

/** Who could review it, whatever became of it. */
function whoIsAble({ needs, authors }: ReviewRequest, reviewers: readonly Reviewer[]): readonly Reviewer[] {
  const own = new Set(authors.map(loginKey));
  return reviewers.filter(
    ({ login, hasAccess, capability }) =>
      hasAccess !== false &&
      !own.has(loginKey(login)) &&
      (needs.length === 0 || needs.some((tag) => capability.includes(tag))),
  );
}
