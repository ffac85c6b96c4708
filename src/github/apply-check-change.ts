import type { CheckChange } from '../core/change.ts';
import { UserError } from '../core/failure.ts';
import { type Applied, alreadyThere } from './applied.ts';
import type { GitHubClient } from './client.ts';
import { findOwnCheck } from './find-own-check.ts';
import { githubFailure } from './github-failure.ts';
import { checkLength } from './sent-text.ts';
import { statusOf } from './status-of.ts';

/**
 * Makes the one check run of that name on the commit, or changes the one that is there. Fails with `forbidden` for a token
 * that is no App's, and with `not_found` for a commit that GitHub does not have.
 */
export async function applyCheckChange(client: GitHubClient, change: CheckChange): Promise<Applied> {
  const { repository, sha, name, conclusion, title, summary } = change;
  const tried = `report ${name} on ${sha.slice(0, 7)} in ${repository.owner}/${repository.repo}`;
  checkLength(summary, tried);
  const standing = await findOwnCheck(client, change);
  if (standing?.conclusion === conclusion && standing.title === title && standing.summary === summary)
    return { ...alreadyThere, id: standing.id, url: standing.url };
  const result = { status: 'completed', conclusion, output: { title, summary } } as const;
  const call =
    standing === null
      ? client.rest.checks.create({ ...repository, name, head_sha: sha, ...result, request: { retries: 0 } })
      : client.rest.checks.update({ ...repository, check_run_id: standing.id, ...result });
  const { data } = await call.catch((error: unknown) => {
    if (statusOf(error) === 403) throw appsOnly(tried, error);
    throw githubFailure(error, tried);
  });
  return { outcome: 'applied', url: data.html_url, id: data.id };
}

function appsOnly(tried: string, cause: unknown): UserError {
  return new UserError(
    'forbidden',
    `GitHub does not let this token ${tried}.`,
    'Only an App with the permission `checks: write` may make check runs.',
    { cause },
  );
}
