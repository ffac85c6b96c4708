import * as z from 'zod';
import { UserError } from '../core/failure.ts';
import type { ReviewRequest } from '../core/reviewers/review-facts.ts';
import { formatRef, parseRef, type Ref, sameRef } from '../core/task/identity.ts';
import type { LoadedReviews } from './load-review-model.ts';
import type { OperationContext } from './operation.ts';
import { gapSchema } from './rollup-schema.ts';

/** What the operations about reviewers have in common. */
export const repositoryInput = z.string().describe('owner/repo; the default repository when left out').optional();

export const reviewsOutput = {
  repository: z.string(),
  gaps: z.array(gapSchema).readonly().describe('what could not be read'),
  remarks: z.array(z.string()).readonly(),
};

/** A figure and where it comes from. */
export const learnedSchema = z
  .object({ value: z.number(), basis: z.enum(['configured', 'history', 'default', 'said']) })
  .readonly();

/** The pull request that somebody typed; throws `usage` for what is none. */
export function pullRefOf({ defaultRepository }: OperationContext, text: string): Ref {
  const ref = parseRef(text, { defaultRepository, ids: [] });
  if (ref !== null && 'number' in ref) return ref;
  throw new UserError('usage', `"${text}" is no pull request.`, 'Write it as #41, owner/repo#41, or its address.');
}

/** The request of an open pull request; throws `usage` where none of that number is open. */
export function requestOf({ model }: LoadedReviews, ref: Ref): ReviewRequest {
  const found = model.requests.find((request) => sameRef(request.ref, ref));
  if (found !== undefined) return found;
  throw new UserError(
    'usage',
    `${formatRef(ref)} is no open pull request.`,
    'It may be closed, merged, an issue, or in another repository: write owner/repo#41 for one elsewhere.',
  );
}
