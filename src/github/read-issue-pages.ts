import type { RepositoryRef } from '../core/task/identity.ts';
import { askSmaller } from './ask-smaller.ts';
import type { GraphqlReply, GraphqlVariables } from './client.ts';
import type { Gathering } from './gathering.ts';
import { refusalOf, whyEmpty } from './no-such-repository.ts';
import type { Connection, Maybe } from './nodes.ts';

export interface IssuePages {
  readonly repository: RepositoryRef;
  /** Asks for `repository.issues` with its `totalCount`, by `$owner`, `$repo`, `$first`, `$after`. */
  readonly query: string;
  /** What else the query asks by. */
  readonly variables?: GraphqlVariables;
  /** 5–100; halves whenever GitHub runs out of time. */
  readonly pageSize?: number;
  /** What is going on, for the progress bar. */
  readonly label: string;
  readonly onProgress?: (progress: {
    readonly label: string;
    readonly done: number;
    readonly total: number | null;
  }) => void;
}

export interface IssuesAnswer<Node> {
  readonly repository: { readonly issues: Maybe<Connection<Node>> } | null;
}

/**
 * Reads a repository's issues page by page, so that no more than one page of answers is held besides what `take` keeps.
 * Fails with `not_found` when there is no such repository, with `forbidden` when its issues may not be read.
 */
export async function readIssuePages<Node>(
  gathering: Pick<Gathering, 'client' | 'unread'>,
  pages: IssuePages,
  take: (nodes: readonly Node[]) => Promise<void>,
): Promise<void> {
  const { owner, repo } = pages.repository;
  const tried = `read the issues of ${owner}/${repo}`;
  let size = pages.pageSize ?? 100;
  let done = 0;
  for (let after: string | null = null, hasNext = true; hasNext; ) {
    const variables = { ...pages.variables, owner, repo, after };
    const reply: { answer: GraphqlReply<IssuesAnswer<Node>>; size: number } = await askSmaller(
      size,
      (first, patience) =>
        gathering.client.graphql<IssuesAnswer<Node>>(pages.query, { ...variables, first }, { tried, ...patience }),
    );
    gathering.unread.note(reply.answer);
    const issues = issuesOf(reply.answer, pages.repository);
    const nodes = (issues.nodes ?? []).filter((node) => node !== null);
    await take(nodes);
    done += nodes.length;
    pages.onProgress?.({ label: pages.label, done, total: issues.totalCount ?? null });
    size = reply.size;
    after = issues.pageInfo?.endCursor ?? null;
    hasNext = issues.pageInfo?.hasNextPage === true;
  }
}

const ISSUES = { part: 'issues', words: 'issues', permission: 'issues: read' };

/** Throws `not_found` where there is no such repository, `forbidden` where its issues may not be read. */
export function issuesOf<Node>(
  { data, problems }: GraphqlReply<IssuesAnswer<Node>>,
  repository: RepositoryRef,
): Connection<Node> {
  const issues = data.repository?.issues;
  if (issues != null) return issues;
  throw data.repository === null ? whyEmpty(repository, problems, ISSUES) : refusalOf(repository, ISSUES);
}
