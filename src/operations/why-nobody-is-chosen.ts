import { waitingWords } from '../core/reviewers/render-waiting.ts';
import { type Ref, sameRef } from '../core/task/identity.ts';
import { loadReviewModel } from './load-review-model.ts';
import type { OperationContext } from './operation.ts';
import { givenNow } from './review-queue.ts';

/**
 * What keeps somebody else from being looked for where Parasol chose nobody, in words for everybody; null where somebody can
 * be chosen now.
 */
export async function whyNobodyIsChosen(context: OperationContext, on: Ref): Promise<string | null> {
  const loaded = await loadReviewModel(context, on);
  const { mode } = loaded.config.reviewers;
  if (mode === 'off' || mode === 'observe') return NOBODY_CHOSEN;
  const { choices, ungiven } = givenNow(context, loaded);
  if (choices.some(({ request, chosen }) => sameRef(request.ref, on) && chosen.length > 0)) return null;
  const waiting = ungiven.find(({ request }) => sameRef(request.ref, on));
  return waiting === undefined ? NOBODY_CHOSEN : waitingWords(waiting);
}

const NOBODY_CHOSEN = 'Nobody whom Parasol chose is asked here. Whom a person asked stays asked.';
