/**
 * Says whom to ask for a review, and why.
 *
 *     parasol reviewers suggest 41
 *     parasol reviewers suggest --all             every open pull request that lacks a reviewer, as one batch
 *     parasol reviewers suggest --all --write     and asks them
 *
 * Whoever a person asked stays, whoever a person took off is not asked again, and who declined is not either. For all at once
 * nobody is found in the place of whom a person took off, but in mode `suggest`. Drafts and
 * updates of dependencies are left out. Whom a suggestion on GitHub names stays, where this token or the App of the configuration's
 * `app` wrote it. Of one pull request it also says where giving out all at once would give its reviewer to
 * another. Without --write nothing is written.
 */
import * as z from 'zod';
import { changeSchema } from './change-schema.ts';
import type { Operation, OperationContext } from './operation.ts';
import { remarksOnBatch } from './remark-on-batch.ts';
import { changesOf, choiceInput, choiceOutput, chooseFor, loadChoice, toldChoices } from './review-choice.ts';

const output = z.object({
  ...choiceOutput,
  changes: z.array(changeSchema).readonly().describe('what asking them is'),
});

export const reviewersSuggest: Operation<typeof choiceInput, typeof output> = {
  name: 'reviewers.suggest',
  summary: 'Say whom to ask for a review: of one pull request, or of all that lack a reviewer.',
  effect: 'read',
  needsStore: true,
  input: choiceInput,
  output,
  run: suggest,
};

async function suggest(
  context: OperationContext,
  asked: z.output<typeof choiceInput>,
): Promise<z.output<typeof output>> {
  const choice = await loadChoice(context, asked, 'suggest');
  const choices = chooseFor(context, choice.loaded, {
    requests: choice.requests,
    isForAll: choice.pull === null,
  });
  const { shown, told } = toldChoices(choice, choices);
  const { assignee } = choice.loaded.config.reviewers;
  const remarks = [...told.remarks, ...remarksOnBatch(context, choice, choices)];
  return { ...told, remarks, changes: shown.flatMap((one) => changesOf(one, assignee)) };
}
