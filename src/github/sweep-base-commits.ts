import type { CommitFacts } from '../core/task/facts.ts';
import { type RepositoryRef, repositoryKey } from '../core/task/identity.ts';
import type { GraphqlReply, GraphqlVariables } from './client.ts';
import type { Gathering } from './gathering.ts';
import { toCommit } from './map-pull-request.ts';
import type { CommitNode, Connection, Maybe } from './nodes.ts';
import { noteGap } from './note-gap.ts';
import { BASE_COMMITS } from './queries/pull-request-queries.ts';
import { createSweepMemory, type Swept } from './sweep-memory.ts';

/** 5,000 commits; beyond, a revert that is older than those goes unseen and is reported as a gap. */
const MAX_PAGES = 50;

interface BaseAnswer {
  readonly repository: {
    readonly defaultBranchRef: {
      readonly target: { readonly history?: Maybe<Connection<CommitNode>> } | null;
    } | null;
  } | null;
}

interface SweptCommits extends Swept {
  /** Newest first, as in all of this file but its answer. */
  readonly commits: readonly CommitFacts[];
}

const memory = createSweepMemory<SweptCommits>();

/**
 * Messages on the default branch since a moment, oldest first: where a change was reverted without a pull request. A
 * further sweep of the same client ends where it meets what the last one read.
 */
export async function sweepBaseCommits(
  gathering: Gathering,
  repository: RepositoryRef,
  since: string,
): Promise<readonly CommitFacts[]> {
  const { client } = gathering;
  const earlier = memory.recall(client, repository, since);
  const from = earlier?.since ?? since;
  const what = `commits on the default branch of ${repositoryKey(repository)}`;
  let commits: readonly CommitFacts[] = [];
  await noteGap(gathering, { what, permission: 'contents: read' }, async () => {
    let after: string | null = null;
    for (let page = 0; page < MAX_PAGES; page += 1) {
      const variables: GraphqlVariables = { ...repository, since: from, after };
      const reply: GraphqlReply<BaseAnswer> = await client.graphql<BaseAnswer>(BASE_COMMITS, variables, {
        tried: `read the ${what}`,
      });
      const history: Maybe<Connection<CommitNode>> = reply.data.repository?.defaultBranchRef?.target?.history;
      if (history?.nodes == null) return reply.problems[0] ?? null;
      commits = [...commits, ...history.nodes.filter((node) => node !== null).map(toCommit)];
      const all: readonly CommitFacts[] | null = history.pageInfo?.hasNextPage
        ? joined(commits, earlier?.commits ?? [], history.totalCount)
        : commits;
      if (all !== null) {
        commits = all;
        memory.keep(client, repository, { commits, since: from, isCut: earlier?.isCut ?? false });
        return since < from ? 'truncated' : null;
      }
      after = history.pageInfo?.endCursor ?? null;
    }
    const oldest = commits.at(-1)?.committedAt ?? since;
    memory.keep(client, repository, { commits, since: oldest, isCut: true });
    return 'truncated';
  });
  return commits.filter(({ committedAt }) => committedAt >= since).reverse();
}

/**
 * The branch's commits where those just read run into those that are remembered; null where they do not, or where the
 * total says that more came in between: a merge brings commits that are older than itself.
 */
function joined(
  fresh: readonly CommitFacts[],
  remembered: readonly CommitFacts[],
  total: number | undefined,
): readonly CommitFacts[] | null {
  const met = remembered.findIndex(({ sha }) => sha === fresh.at(-1)?.sha);
  const all = met === -1 ? [] : [...fresh, ...remembered.slice(met + 1)];
  return all.length === total ? all : null;
}
