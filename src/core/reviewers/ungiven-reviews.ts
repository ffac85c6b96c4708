import { type ForAllOptions, type RequestChoice, seatsMissing } from './choose-for-all.ts';
import type { Reviewer, ReviewRequest } from './review-facts.ts';
import { canAnybody, whyNobody } from './why-nobody.ts';
import { withAsked } from './with-given.ts';

/** A review for which nobody is to be asked now, as everybody may read it. */
export interface UngivenReview {
  readonly request: ReviewRequest;
  /** Capabilities that nobody has who is asked, is chosen now or has reviewed; empty where anybody will do. */
  readonly needs: readonly string[];
  /** Reviewers that are missing. */
  readonly missing: number;
  /** Without a word on who is full, away or has said that nothing more may wait for them: the three look alike. */
  readonly why: string;
  /** Whether anybody who may be asked has what it needs. Nobody's room helps what nobody can review. */
  readonly isReviewable: boolean;
}

type QueueOptions = Pick<ForAllOptions, 'count' | 'spared'> & { readonly reviewers: readonly Reviewer[] };

/** What the choices leave waiting, in the order in which `chooseForAll` gives it out when there is room again. */
export const ungivenReviews = (
  choices: readonly RequestChoice[],
  { reviewers, ...options }: QueueOptions,
): readonly UngivenReview[] =>
  choices
    .filter(({ place }) => place !== null)
    .toSorted((one, other) => (one.place ?? 0) - (other.place ?? 0))
    .map(({ request, chosen, missing }) => ({
      ...{ request, missing },
      needs: seatsMissing(withChosen(request, chosen), reviewers, options)?.needs ?? [],
      why: whyNobody(request, { missing, reviewers }),
      isReviewable: canAnybody(request, reviewers),
    }));

const withChosen = (request: ReviewRequest, chosen: RequestChoice['chosen']): ReviewRequest =>
  withAsked({ request, logins: chosen.map(({ login }) => login) });
