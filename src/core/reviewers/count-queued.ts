import { chooseForAll, type ForAllOptions } from './choose-for-all.ts';
import type { Reviewer, ReviewRequest } from './review-facts.ts';
import { canAnybody } from './why-nobody.ts';

/**
 * How many of these requests would wait for somebody to have room, were all given out now: by as much the caps give way
 * (`ForAllOptions.queued`). By the facts alone, so that whoever gives them out, and whenever, finds the same. What nobody could
 * review waits for no room and is not counted; who is away and who wants nothing more are waited for alike.
 */
export const countQueued = (
  requests: readonly ReviewRequest[],
  reviewers: readonly Reviewer[],
  options: Omit<ForAllOptions, 'queued'>,
): number =>
  chooseForAll(requests, reviewers, { ...options, queued: 0 }).filter(
    ({ request, missing }) => missing > 0 && canAnybody(request, reviewers),
  ).length;
