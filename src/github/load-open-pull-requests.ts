import { known, type Reading, unknown } from '../core/reading.ts';
import type { Instant } from '../core/task/facts.ts';
import { formatRef, type Ref, type RepositoryRef } from '../core/task/identity.ts';
import type { GitHubClient, GraphqlReply } from './client.ts';
import { demandAnswer, demandPart } from './demand-answer.ts';
import { PULL_REQUESTS, whyEmpty } from './no-such-repository.ts';
import type { Connection, Maybe } from './nodes.ts';
import { OPEN_PULL_REQUESTS } from './queries/risk-queries.ts';
import { truncated } from './unread.ts';

/** An open pull request as far as its integration goes. */
export interface OpenPullRequest {
  readonly ref: Ref;
  /** For later reads by id. */
  readonly nodeId: string;
  readonly title: string;
  readonly url: string;
  readonly headSha: string;
  /** Name of the branch that it is to be merged into. */
  readonly base: string;
  /** Whether that is the repository's default branch. */
  readonly isDefaultBase: boolean;
  /** The branch of the same repository that it comes from; null where it comes from a fork. */
  readonly branch: string | null;
  /** Null where the account is gone. */
  readonly author: string | null;
  readonly isBot: boolean;
  readonly isDraft: boolean;
  readonly openedAt: Instant;
  readonly updatedAt: Instant;
  readonly labels: readonly string[];
  readonly additions: number;
  readonly deletions: number;
  readonly changedFiles: number;
  /** Full names of its commits, oldest first; by them stacked pull requests are known. */
  readonly commits: Reading<readonly string[]>;
}

interface PullRequestNode {
  readonly id: string;
  readonly number: number;
  readonly title: string;
  readonly url: string;
  readonly headRefOid: string;
  readonly headRefName: string;
  readonly isCrossRepository: boolean;
  readonly baseRefName: string;
  readonly isDraft: boolean;
  readonly createdAt: Instant;
  readonly updatedAt: Instant;
  readonly additions: number;
  readonly deletions: number;
  readonly changedFiles: number;
  readonly author: Maybe<{ readonly __typename: string; readonly login: string }>;
  readonly labels: Maybe<Connection<{ readonly name: string }>>;
  readonly commits: Maybe<Connection<{ readonly commit: { readonly oid: string } }>>;
}

interface Answer {
  readonly repository: Maybe<{
    readonly defaultBranchRef: Maybe<{ readonly name: string }>;
    readonly pullRequests: Maybe<Connection<PullRequestNode>>;
  }>;
}

/**
 * All open pull requests of a repository, oldest first, 50 a call. An answer that is not whole fails: a pull request left
 * out would look like one without conflicts.
 */
export async function loadOpenPullRequests(
  client: GitHubClient,
  { owner, repo }: RepositoryRef,
  onPage: (read: number) => void = () => {},
): Promise<readonly OpenPullRequest[]> {
  const tried = `read the open pull requests of ${owner}/${repo}`;
  const found: OpenPullRequest[] = [];
  for (let after: string | null = null; ; ) {
    const reply: GraphqlReply<Answer> = await readPage(client, { owner, repo, after }, tried);
    if (reply.data.repository === null) throw whyEmpty({ owner, repo }, reply.problems, PULL_REQUESTS);
    const page = demandPart(reply.data.repository?.pullRequests, tried);
    const main = reply.data.repository?.defaultBranchRef?.name;
    const nodes = (page.nodes ?? []).filter((node) => node !== null);
    found.push(...nodes.map((node) => pullRequestOf({ owner, repo }, node, main)));
    onPage(found.length);
    if (page.pageInfo?.hasNextPage !== true) return found;
    after = page.pageInfo.endCursor;
  }
}

async function readPage(
  client: GitHubClient,
  variables: RepositoryRef & { readonly after: string | null },
  tried: string,
): Promise<GraphqlReply<Answer>> {
  const reply = await client.graphql<Answer>(OPEN_PULL_REQUESTS, { ...variables }, { tried });
  demandAnswer(reply, tried);
  return reply;
}

function pullRequestOf(
  { owner, repo }: RepositoryRef,
  node: PullRequestNode,
  main: string | undefined,
): OpenPullRequest {
  const { id, headRefOid, headRefName, isCrossRepository, baseRefName, ...others } = node;
  const { author, labels, commits, createdAt, number, ...rest } = others;
  const ref = { owner, repo, number };
  const { title, url, isDraft, updatedAt, additions, deletions, changedFiles } = rest;
  return {
    ref,
    nodeId: id,
    title,
    url,
    headSha: headRefOid,
    base: baseRefName,
    isDefaultBase: baseRefName === main,
    branch: isCrossRepository ? null : headRefName,
    author: author?.login ?? null,
    isBot: author?.__typename === 'Bot',
    isDraft,
    openedAt: createdAt,
    updatedAt,
    labels: nodesOf(labels).map(({ name }) => name),
    additions,
    deletions,
    changedFiles,
    commits: commitsOf(commits, ref),
  };
}

/** GitHub lists at most 250 commits of a pull request; a first page that is not all of them tells too little. */
function commitsOf(commits: PullRequestNode['commits'], ref: Ref): Reading<readonly string[]> {
  if (commits == null || commits.pageInfo?.hasNextPage === true)
    return unknown(truncated(`commits of ${formatRef(ref)}`));
  return known(nodesOf(commits).map(({ commit }) => commit.oid));
}

const nodesOf = <T>(connection: Maybe<Connection<T>>): readonly T[] =>
  (connection?.nodes ?? []).filter((node) => node !== null);
