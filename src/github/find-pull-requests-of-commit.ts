import { type Ref, type RepositoryRef, refKey } from '../core/task/identity.ts';
import type { GitHubClient, GraphqlReply } from './client.ts';
import { githubFailure } from './github-failure.ts';
import type { Connection, Maybe } from './nodes.ts';
import { OPEN_HEADS } from './queries/pull-request-queries.ts';
import { statusOf } from './status-of.ts';

/** 500 open pull requests: a head further back has not changed for long, so no new check reports on it. */
const MAX_PAGES = 5;

/**
 * Pull requests that a commit belongs to: those that GitHub names, and open ones whose head it is. The second finds
 * pull requests from forks, whose commits are not in the repository's own branches.
 */
export async function findPullRequestsOfCommit(
  client: GitHubClient,
  repository: RepositoryRef,
  sha: string,
): Promise<readonly Ref[]> {
  const named = await listPullRequestsOfCommit(client, repository, sha);
  const found = named.length > 0 ? named : await listOpenHeads(client, repository, sha);
  return [...new Map(found.map((ref) => [refKey(ref), ref])).values()];
}

/** Those that GitHub names: a commit of a fork has none. */
export async function listPullRequestsOfCommit(
  client: GitHubClient,
  { owner, repo }: RepositoryRef,
  sha: string,
): Promise<Ref[]> {
  try {
    const { data } = await client.rest.repos.listPullRequestsAssociatedWithCommit({ owner, repo, commit_sha: sha });
    return data.map(({ base, number }) => ({ owner: base.repo.owner.login, repo: base.repo.name, number }));
  } catch (error) {
    // 422 and 404: this repository does not know the commit, as with one of a fork.
    const status = statusOf(error);
    if (status === 404 || status === 422) return [];
    throw githubFailure(error, `find the pull requests of ${owner}/${repo}@${sha.slice(0, 7)}`);
  }
}

interface HeadsAnswer {
  readonly repository: {
    readonly pullRequests: Maybe<Connection<{ readonly number: number; readonly headRefOid: string }>>;
  } | null;
}

async function listOpenHeads(client: GitHubClient, { owner, repo }: RepositoryRef, sha: string): Promise<Ref[]> {
  const found: Ref[] = [];
  const tried = `read the open pull requests of ${owner}/${repo}`;
  for (let page = 0, after: string | null = null; page < MAX_PAGES; page += 1) {
    const reply: GraphqlReply<HeadsAnswer> = await client.graphql(OPEN_HEADS, { owner, repo, after }, { tried });
    const list = reply.data.repository?.pullRequests;
    for (const node of list?.nodes ?? []) {
      if (node?.headRefOid === sha) found.push({ owner, repo, number: node.number });
    }
    if (!list?.pageInfo?.hasNextPage) break;
    after = list.pageInfo.endCursor;
  }
  return found;
}
