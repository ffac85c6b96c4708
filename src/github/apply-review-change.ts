import type { ReviewChange } from '../core/change.ts';
import { UserError } from '../core/failure.ts';
import { formatRef } from '../core/task/identity.ts';
import { type Applied, alreadyThere, applied, vanished } from './applied.ts';
import type { GitHubClient } from './client.ts';
import { loadAskedReviewers } from './load-asked-reviewers.ts';
import { statusOf } from './status-of.ts';
import { vanishedOr } from './write-failure.ts';

/** Asks a person for a review, or takes the request back. What is so already is left alone, and so is who was asked before. */
export async function applyReviewChange(client: GitHubClient, change: ReviewChange): Promise<Applied> {
  const { kind, on, login } = change;
  const asked = await loadAskedReviewers(client, on);
  if (asked === null) return vanished;
  if (has(asked, login) === (kind === 'request_review')) return alreadyThere;
  const wish = { owner: on.owner, repo: on.repo, pull_number: on.number, reviewers: [login] };
  if (kind === 'remove_review_request') {
    return client.rest.pulls
      .removeRequestedReviewers(wish)
      .then(() => applied)
      .catch(vanishedOr(`take the request for a review of ${formatRef(on)} back from ${login}`));
  }
  return client.rest.pulls
    .requestReviewers(wish)
    .then(({ data }) => {
      if (
        has(
          (data.requested_reviewers ?? []).map((user) => user.login),
          login,
        )
      )
        return applied;
      throw new UserError(
        'usage',
        `GitHub did not ask ${login} to review ${formatRef(on)}: only people with access to ${on.owner}/${on.repo} can be.`,
        'Check the spelling, or give them access first.',
      );
    })
    .catch(refusedOr(`ask ${login} to review ${formatRef(on)}`));
}

/** A 422 is about this person; whatever else went wrong is told as for every other write. */
const refusedOr =
  (tried: string) =>
  (error: unknown): Applied => {
    if (statusOf(error) !== 422) return vanishedOr(tried)(error);
    const hint =
      'GitHub lets nobody be asked who opened the pull request or has no access to the repository: ask somebody else.';
    throw new UserError('usage', `GitHub refused the attempt to ${tried} (422).`, hint, { cause: error });
  };

const has = (logins: readonly string[], login: string): boolean =>
  logins.some((one) => one.toLowerCase() === login.toLowerCase());
