import type { CheckChange } from '../core/change.ts';
import type { GitHubClient } from './client.ts';
import { githubFailure } from './github-failure.ts';
import { VIEWER } from './queries/standing-queries.ts';

/** A check run as it stands. */
export interface OwnCheck extends Pick<CheckChange, 'title' | 'summary'> {
  readonly id: number;
  readonly url: string | null;
  /** Null while it runs. */
  readonly conclusion: string | null;
}

type CheckPlace = Pick<CheckChange, 'repository' | 'sha' | 'name'>;

/**
 * The check run of that name that the asking App made on a commit, or null: anybody else's of that name counts for nothing.
 * Null also for a person's token, because people make none.
 */
export async function findOwnCheck(
  client: GitHubClient,
  { repository: { owner, repo }, sha, name }: CheckPlace,
): Promise<OwnCheck | null> {
  const tried = `read the checks of ${sha.slice(0, 7)} in ${owner}/${repo}`;
  const { data } = await client.rest.checks
    .listForRef({ owner, repo, ref: sha, check_name: name, filter: 'latest', per_page: 100 })
    .catch((error: unknown) => {
      throw githubFailure(error, tried);
    });
  if (data.check_runs.length === 0) return null;
  const viewer = await client.graphql<{ viewer: { login: string } }>(VIEWER, {}, { tried: 'ask whose token this is' });
  const own = data.check_runs.find(({ app }) => `${app?.slug}[bot]` === viewer.data.viewer.login);
  if (own === undefined) return null;
  const { id, html_url, conclusion, output } = own;
  return { id, url: html_url, conclusion, title: output.title ?? '', summary: output.summary ?? '' };
}
