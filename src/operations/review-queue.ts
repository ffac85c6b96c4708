import * as z from 'zod';
import type { RequestChoice } from '../core/reviewers/choose-for-all.ts';
import { chooseWithNamed } from '../core/reviewers/choose-with-named.ts';
import { isBreached } from '../core/reviewers/review-deadline.ts';
import type { Reviewer } from '../core/reviewers/review-facts.ts';
import { type UngivenReview, ungivenReviews } from '../core/reviewers/ungiven-reviews.ts';
import { canAnybody } from '../core/reviewers/why-nobody.ts';
import type { LoadedReviews } from './load-review-model.ts';
import type { OperationContext } from './operation.ts';
import { choiceOptions } from './review-choice.ts';
import { refSchema } from './rollup-schema.ts';

export const queueSchema = z
  .array(
    z
      .object({
        ref: refSchema,
        title: z.string(),
        needs: z
          .array(z.string())
          .readonly()
          .describe('owners and capabilities that nobody has who is at it; empty where anybody will do'),
        missing: z.int().describe('reviewers that are missing'),
        effort: z.number().describe('units: 0.6 for an empty change to about 2, for who knows it'),
        readyAt: z.string().describe('since when it waits'),
        dueAt: z.string().nullable(),
        isOverdue: z.boolean(),
        waitsFor: z
          .enum(['somebody_available', 'somebody_able'])
          .describe(
            '`somebody_able`: nobody who may be asked has what it needs, nobody but its authors can be asked, or whoever could has declined or had it before',
          ),
        why: z.string(),
      })
      .readonly(),
  )
  .readonly()
  .describe(
    'what is left when everything that lacks a reviewer is given out now, in the order in which it is given out when somebody is available again: latest for its size, where what one person alone can review counts as later by an SLA, then the earliest deadline',
  );

/**
 * What would wait if everything that lacks a reviewer were given out now, of what one of these people could review. It is chosen
 * as the App and `suggest --all` choose, from what was read already.
 */
export function queueOf(
  context: OperationContext,
  loaded: LoadedReviews,
  people: readonly Reviewer[],
): z.output<typeof queueSchema> {
  const { model } = loaded;
  const isAll = people.length === model.reviewers.length;
  return givenNow(context, loaded)
    .ungiven.filter(({ request }) => isAll || canAnybody(request, people))
    .map(({ request: { ref, title, effort, openedAt, dueAt }, needs, missing, why, isReviewable }) => ({
      ...{ ref, title, needs, missing, why, dueAt },
      effort,
      readyAt: openedAt,
      isOverdue: isBreached(dueAt, context.now()),
      waitsFor: isReviewable ? 'somebody_available' : 'somebody_able',
    }));
}

/** Everything that lacks a reviewer, given out now; and what of it is left. */
export function givenNow(
  context: OperationContext,
  loaded: LoadedReviews,
): { readonly choices: readonly RequestChoice[]; readonly ungiven: readonly UngivenReview[] } {
  const { model, named } = loaded;
  const { requests, reviewers } = model;
  const options = choiceOptions(context, loaded, { isForAll: true });
  const choices = chooseWithNamed(requests, reviewers, { ...options, named });
  return { choices, ungiven: ungivenReviews(choices, { ...options, reviewers }) };
}
