import { loginKey } from './past-change.ts';
import type { Reviewer, ReviewRequest } from './review-facts.ts';

export interface SeatsLeft {
  /** Reviewers still to find. */
  readonly count: number;
  /** Capabilities that nobody who reviews has yet. */
  readonly needs: readonly string[];
}

/**
 * What is still to be found for a request that gets `count` reviewers, with those who are asked or have reviewed. Whom a person
 * asked counts before anybody else and is never replaced: where they are enough, nobody is added, also not for a capability.
 */
export function seatsLeft(request: ReviewRequest, count: number, reviewers: readonly Reviewer[]): SeatsLeft {
  const { askedByPerson, askedByUs, reviewed, removedByPerson, handedOffFrom, declined } = request.standing;
  const isOut = (login: string): boolean =>
    declined.has(login) || removedByPerson.includes(login) || handedOffFrom.includes(login);
  const there = new Set([...askedByPerson, ...askedByUs, ...reviewed].filter((login) => !isOut(login)));
  const left = Math.max(0, count - there.size);
  if (left === 0 && askedByPerson.some((login) => there.has(login))) return { count: 0, needs: [] };
  const had = new Set(
    reviewers.filter(({ login }) => there.has(loginKey(login))).flatMap(({ capability }) => capability),
  );
  const needs = request.needs.filter((tag) => !had.has(tag));
  return { count: left, needs };
}
