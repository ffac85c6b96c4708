import type { Config } from '../config.ts';
import { refKey } from '../task/identity.ts';
import { buildReviewRequest } from './build-review-request.ts';
import { buildReviewer } from './build-reviewer.ts';
import { loginKey, type PastChange } from './past-change.ts';
import type { PullReviews } from './pull-reviews.ts';
import { type ReviewModelOptions, reviewBaseOf } from './review-base.ts';
import type { Reviewer, ReviewRequest } from './review-facts.ts';
import type { ReviewSnapshot } from './review-snapshot.ts';
import { reviewerPool } from './reviewer-pool.ts';
import { NOT_SCARCE, scarcityOf } from './scarcity.ts';

/** Everything that the choice goes by, of one repository. */
export interface ReviewModel {
  readonly requests: readonly ReviewRequest[];
  readonly reviewers: readonly Reviewer[];
  /** Requests by `refKey` as GitHub told of them. */
  readonly pulls: ReadonlyMap<string, PullReviews>;
  readonly past: readonly PastChange[];
  /** Whether people are among the reviewers of whom only their access is known, see `reviewerPool`. */
  readonly isEverybody: boolean;
}

/** Facts to people and requests: what the configuration and the store say goes before what the past shows. */
export function buildReviewModel(snapshot: ReviewSnapshot, options: ReviewModelOptions): ReviewModel {
  const base = reviewBaseOf(snapshot, options);
  const { config, now, owners } = base;
  const { logins, isEverybody } = reviewerPool(snapshot, { config, owners, now });
  const people = logins.map((login) => buildReviewer(login, base));
  const scarcities = scarcityOf(people, base);
  return {
    requests: snapshot.open.map((pull) =>
      withoutVacantOwners(buildReviewRequest(pull, base), { people, config, hasTeams: snapshot.teams.known }),
    ),
    reviewers: people.map((one) => ({ ...one, scarcity: scarcities.get(loginKey(one.login)) ?? NOT_SCARCE })),
    pulls: new Map(snapshot.open.map((pull) => [refKey(pull.ref), pull])),
    past: base.past,
    isEverybody,
  };
}

/**
 * Leaves out what only the authors own by CODEOWNERS, or who cannot be asked here: GitHub asks none of them either, and then
 * anybody may review it. So is a capability that the configuration gives to nobody else here. One that it gives to nobody stays, and so does a
 * team that could not be read: where nobody has it, nobody is asked. An absence changes nothing.
 */
function withoutVacantOwners(request: ReviewRequest, { people, config, hasTeams }: Owners): ReviewRequest {
  const authors = new Set(request.authors.map(loginKey));
  const others = people.filter(({ login, hasAccess }) => hasAccess !== false && !authors.has(loginKey(login)));
  const isGiven = (tag: string): boolean => Object.values(config.people).some((one) => one.capability.includes(tag));
  const isKept = (tag: string): boolean =>
    (Object.hasOwn(config.capabilities, tag) && !isGiven(tag)) || (!hasTeams && tag.includes('/'));
  const isHad = (tag: string): boolean => others.some(({ capability }) => capability.includes(tag));
  const needs = request.needs.filter((tag) => isKept(tag) || isHad(tag));
  return { ...request, needs, vacantOwners: request.needs.filter((tag) => !needs.includes(tag)) };
}

interface Owners {
  readonly people: readonly Reviewer[];
  readonly config: Config['reviewers'];
  /** Whether the teams could be read. */
  readonly hasTeams: boolean;
}
