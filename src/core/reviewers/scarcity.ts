import { instantAt } from '../instant-at.ts';
import { isDependencyBot } from '../risk/is-dependency-bot.ts';
import { REMEMBERED_DAYS } from './infer-pace.ts';
import { loginKey } from './past-change.ts';
import type { PullReviews } from './pull-reviews.ts';
import { capabilityFor, type ReviewBase } from './review-base.ts';
import type { Reviewer, ReviewRequest, Scarcity } from './review-facts.ts';

const DAY_MS = 86_400_000;

export const NOT_SCARCE: Scarcity = { share: 0, tags: [] };

/**
 * For what people are needed because nobody else could have reviewed it, by login in lower case: of the requests of the last 90
 * days, each with what its files ask for, by those who can be asked now, its author left out. Who is no such person is absent.
 */
export function scarcityOf(
  reviewers: readonly Pick<Reviewer, 'login' | 'capability' | 'hasAccess'>[],
  base: Facts,
): ReadonlyMap<string, Scarcity> {
  const holders = holdersByTag(reviewers);
  const since = instantAt(Date.parse(base.now) - REMEMBERED_DAYS * DAY_MS);
  const ofLate = [...base.snapshot.open, ...base.snapshot.past].filter(
    ({ openedAt, author }) => openedAt >= since && !isDependencyBot(author),
  );
  const alone = new Map<string, { requests: number; readonly tags: Set<string> }>();
  for (const pull of ofLate)
    for (const [login, tags] of aloneFor(pull, holders, base)) {
      const one = alone.get(login) ?? { requests: 0, tags: new Set() };
      one.requests += 1;
      for (const tag of tags) one.tags.add(tag);
      alone.set(login, one);
    }
  return new Map(
    [...alone].map(([login, { requests, tags }]) => [
      login,
      { share: requests / ofLate.length, tags: [...tags].sort() },
    ]),
  );
}

type Facts = Pick<ReviewBase, 'snapshot' | 'now' | 'capability'>;

/** Who alone has something that a request asks for, and what. */
function aloneFor(
  pull: PullReviews,
  holders: ReadonlyMap<string, readonly string[]>,
  base: Facts,
): ReadonlyMap<string, readonly string[]> {
  const needs = capabilityFor(pull.base, base)?.needsOf(pull.files.map(({ path }) => path)) ?? [];
  const author = pull.author === null ? null : loginKey(pull.author);
  const alone = new Map<string, readonly string[]>();
  for (const tag of needs) {
    const [only, second] = (holders.get(tag) ?? []).filter((login) => login !== author);
    if (only !== undefined && second === undefined) alone.set(only, [...(alone.get(only) ?? []), tag]);
  }
  return alone;
}

function holdersByTag(
  reviewers: readonly Pick<Reviewer, 'login' | 'capability' | 'hasAccess'>[],
): ReadonlyMap<string, readonly string[]> {
  const holders = new Map<string, string[]>();
  for (const { login, capability, hasAccess } of reviewers)
    for (const tag of hasAccess === false ? [] : capability)
      holders.set(tag, [...(holders.get(tag) ?? []), loginKey(login)]);
  return holders;
}

/** In SLAs of age, as `urgencyOf` counts: what is later by more than one goes first all the same. */
const HEAD_START = 1;

/**
 * How much earlier a request is given out because one person alone can take it: the last place of that person is not for what
 * others can do, too. 0 where nobody or several can. By what all may know: neither absences nor lists show in it.
 */
export function headStartOf(
  { needs, authors }: Pick<ReviewRequest, 'needs' | 'authors'>,
  reviewers: readonly Pick<Reviewer, 'login' | 'capability' | 'hasAccess'>[],
): number {
  const own = new Set(authors.map(loginKey));
  const others = reviewers.filter(({ login, hasAccess }) => hasAccess !== false && !own.has(loginKey(login)));
  const countOf = (need: string): number => others.filter(({ capability }) => capability.includes(need)).length;
  const isForOne = needs.length === 0 ? others.length === 1 : needs.some((need) => countOf(need) === 1);
  return isForOne ? HEAD_START : 0;
}
