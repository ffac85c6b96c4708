import type { Ref, RepositoryRef } from '../core/task/identity.ts';
import type { GitHubClient } from './client.ts';
import { demandAnswer, demandPart } from './demand-answer.ts';
import type { OwnCheck } from './find-own-check.ts';
import { PULL_REQUESTS, whyEmpty } from './no-such-repository.ts';
import type { Connection, Maybe } from './nodes.ts';
import { CLOSED_WITH_CHECK } from './queries/risk-queries.ts';

/** A pull request that is not open any more, whose head carries a check run of ours. */
export interface ClosedCheck {
  readonly pullRequest: Ref;
  readonly headSha: string;
  readonly check: Pick<OwnCheck, 'conclusion' | 'title' | 'summary'>;
}

interface RunNode {
  readonly conclusion: string | null;
  readonly title: string | null;
  readonly summary: string | null;
}

interface SuiteNode {
  readonly app: Maybe<{ readonly slug: string }>;
  readonly checkRuns: Maybe<Connection<RunNode>>;
}

interface HeadNode {
  readonly commit: { readonly oid: string; readonly checkSuites: Maybe<Connection<SuiteNode>> };
}

interface ClosedNode {
  readonly number: number;
  readonly commits: Maybe<Connection<HeadNode>>;
}

interface Answer {
  readonly viewer: { readonly login: string };
  readonly repository: Maybe<{ readonly pullRequests: Maybe<Connection<ClosedNode>> }>;
}

/**
 * The pull requests that were closed or merged and whose last commit carries a check run of that name which the asking App
 * made, the one changed last first: one call. Looks at the 100 that changed last, and on each at five suites with a check of
 * that name; of a pull request with more than 250 commits GitHub does not tell the last. Nothing for a person's token,
 * because people make no check runs.
 */
export async function loadClosedChecks(
  client: GitHubClient,
  { owner, repo }: RepositoryRef,
  name: string,
): Promise<readonly ClosedCheck[]> {
  const tried = `read the checks ${name} of the closed pull requests of ${owner}/${repo}`;
  const reply = await client.graphql<Answer>(CLOSED_WITH_CHECK, { owner, repo, check: name }, { tried });
  demandAnswer(reply, tried);
  if (reply.data.repository == null) throw whyEmpty({ owner, repo }, reply.problems, PULL_REQUESTS);
  const { nodes } = demandPart(reply.data.repository.pullRequests, tried);
  const isOwn = ({ app }: SuiteNode): boolean => app != null && `${app.slug}[bot]` === reply.data.viewer.login;
  return (nodes ?? []).flatMap((node) => {
    const commit = node?.commits?.nodes?.[0]?.commit;
    const suite = commit?.checkSuites?.nodes?.find((one) => one !== null && isOwn(one));
    const run = suite?.checkRuns?.nodes?.[0];
    if (node === null || commit === undefined || run == null) return [];
    const check = {
      conclusion: run.conclusion?.toLowerCase() ?? null,
      title: run.title ?? '',
      summary: run.summary ?? '',
    };
    return [{ pullRequest: { owner, repo, number: node.number }, headSha: commit.oid, check }];
  });
}
