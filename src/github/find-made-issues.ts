import { UserError } from '../core/failure.ts';
import type { Instant } from '../core/task/facts.ts';
import type { Ref } from '../core/task/identity.ts';
import type { ChangeOf } from './applied.ts';
import type { GitHubClient } from './client.ts';
import { demandAnswer } from './demand-answer.ts';
import { demandAccess, findAllStanding, type MarkedList } from './marked-issues.ts';
import { CHILDREN_WITH_MARKERS, NEWEST_ISSUES } from './queries/new-issue-queries.ts';

/** Others may use the same key for another umbrella. */
interface MadeIssues {
  readonly underParent: Ref | null;
  /** Made since `since`, newest first; under its parent or not. */
  readonly elsewhere: readonly Ref[];
}

interface SearchOptions {
  readonly since: Instant;
  /** Of 100 issues; default: 100. */
  readonly mostPages?: number;
}

/** 10,000 issues, a point each hundred: more than anybody opens between a crash and the next run. */
const MOST_PAGES = 100;

type NewIssue = ChangeOf<'create_issue'>;

/**
 * Where an issue may stand whose making nobody saw end: under its parent, or among all that its repository got since,
 * because people move and unlink. The parent may be gone. Throws `not_found` when the repository cannot be seen, and
 * `usage` when it got too many issues since to read them all: then nobody may conclude that it was never made.
 */
export async function findMadeIssues(
  client: GitHubClient,
  change: NewIssue,
  options: SearchOptions,
): Promise<MadeIssues> {
  const { repository, key, title } = change;
  const tried = `look for "${title}" in ${repository.owner}/${repository.repo}`;
  const children = change.parent === null ? null : await childrenOf(client, change.parent, tried);
  const [underParent = null] = findAllStanding(children?.nodes, key);
  if (underParent !== null) return { underParent, elsewhere: [] };
  return { underParent, elsewhere: await findNewer(client, change, { ...options, tried }) };
}

async function childrenOf(
  client: GitHubClient,
  { owner, repo, number }: Ref,
  tried: string,
): Promise<MarkedList | null> {
  const reply = await client.graphql<{ repository: { issue: { subIssues: MarkedList } | null } | null }>(
    CHILDREN_WITH_MARKERS,
    { owner, repo, number },
    { tried },
  );
  // Nothing but a missing parent may be missing: what failed or is forbidden tells nothing.
  demandAnswer(reply, tried);
  demandAccess(reply.problems, tried);
  return reply.data.repository?.issue?.subIssues ?? null;
}

async function findNewer(
  client: GitHubClient,
  { repository, key, title }: NewIssue,
  { since, mostPages = MOST_PAGES, tried }: SearchOptions & { readonly tried: string },
): Promise<readonly Ref[]> {
  const { owner, repo } = repository;
  const found: Ref[] = [];
  let after: string | null = null;
  for (let page = 0; page < mostPages; page += 1) {
    const list: MarkedList = await newestIssues(client, { owner, repo, after }, tried);
    const issues = (list.nodes ?? []).filter((node) => node !== null);
    found.push(
      ...findAllStanding(
        issues.filter(({ createdAt }) => createdAt >= since),
        key,
      ),
    );
    const isPast = issues.some(({ createdAt }) => createdAt < since);
    after = list.pageInfo?.endCursor ?? null;
    if (isPast || list.pageInfo?.hasNextPage !== true) return found;
  }
  throw new UserError(
    'usage',
    `${owner}/${repo} got more than ${mostPages * 100} issues since ${since}, so that nobody can tell whether "${title}" is among them.`,
    'Look for it on GitHub, and leave its item out with --skip.',
  );
}

async function newestIssues(
  client: GitHubClient,
  variables: { readonly owner: string; readonly repo: string; readonly after: string | null },
  tried: string,
): Promise<MarkedList> {
  const reply = await client.graphql<{ repository: { issues: MarkedList } | null }>(NEWEST_ISSUES, variables, {
    tried,
  });
  demandAnswer(reply, tried);
  demandAccess(reply.problems, tried);
  if (reply.data.repository !== null) return reply.data.repository.issues;
  const { owner, repo } = variables;
  throw new UserError(
    'not_found',
    `${owner}/${repo} does not exist, or you may not see it.`,
    'Check the name, and what the token may read: parasol doctor.',
  );
}
