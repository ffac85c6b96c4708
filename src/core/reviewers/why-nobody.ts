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

/** Whether one of these people, its authors aside, may be asked and has any of what it asks for; who is away or full does. */
export function canAnybody({ needs, authors }: ReviewRequest, reviewers: readonly Reviewer[]): boolean {
  const own = new Set(authors.map(loginKey));
  const others = reviewers.filter(({ login, hasAccess }) => hasAccess !== false && !own.has(loginKey(login)));
  return needs.length === 0
    ? others.length > 0
    : others.some(({ capability }) => needs.some((tag) => capability.includes(tag)));
}
