import { planReviewerComment } from '../core/reviewers/plan-reviewer-comment.ts';
import { SUGGESTION_MARKER } from '../core/reviewers/render-suggestion.ts';
import { type RepositoryRef, refKey } from '../core/task/identity.ts';
import { findAllMarkedComments } from '../github/find-all-marked-comments.ts';
import { loadOpenPullRequests } from '../github/load-open-pull-requests.ts';
import { applyChanges, type ChangeOutcome } from './apply-changes.ts';
import type { OperationContext } from './operation.ts';

/** Deletes what was said of the reviewers of pull requests that are closed: they need nobody, and nobody is found for them. */
export async function clearSuggestions(
  context: OperationContext,
  { owner, repo }: RepositoryRef,
  numbers: readonly number[],
): Promise<readonly ChangeOutcome[]> {
  const found = await findAllMarkedComments(context.github, { owner, repo }, { numbers, marker: SUGGESTION_MARKER });
  const changes = numbers.flatMap((number) => {
    const on = { owner, repo, number };
    return planReviewerComment(on, { body: null, comments: found.get(refKey(on)) ?? [] });
  });
  return applyChanges(context, changes);
}

/** The same for all that are open in a repository, where nobody is named or asked any more. */
export async function clearAllSuggestions(
  context: OperationContext,
  repository: RepositoryRef,
): Promise<readonly ChangeOutcome[]> {
  const open = await loadOpenPullRequests(context.github, repository);
  const numbers = open.map(({ ref }) => ref.number);
  return clearSuggestions(context, repository, numbers);
}
