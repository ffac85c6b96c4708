import { UserError } from '../core/failure.ts';
import type { CommitFacts } from '../core/task/facts.ts';
import type { RepositoryRef } from '../core/task/identity.ts';
import type { RepositorySnapshot } from '../core/umbrella/snapshot.ts';
import { askSmaller } from './ask-smaller.ts';
import type { GitHubClient, GraphqlReply } from './client.ts';
import { type ConfigAnswer, readConfigTexts } from './config-texts.ts';
import { type Gathering, gatherTasks, startGathering } from './gathering.ts';
import { loadBlockerAssignees } from './load-blocker-assignees.ts';
import { loadDescendants } from './load-descendants.ts';
import { loadLinkedWork } from './load-linked-work.ts';
import type { LoadOptions } from './load-umbrella.ts';
import type { Connection, Maybe, TaskNode } from './nodes.ts';
import { noteGap } from './note-gap.ts';
import { CONFIG_QUERY } from './queries/config-queries.ts';
import { REPOSITORY_TASKS } from './queries/task-queries.ts';

/**
 * Every issue of a repository: one call of 6 points per 100, one point per 100 umbrellas for their children's order,
 * and their children in other repositories. Reviews and checks are read of open pull requests only.
 */
export async function loadRepository(
  client: GitHubClient,
  repository: RepositoryRef,
  options: LoadOptions = {},
): Promise<RepositorySnapshot> {
  const { pullRequestSweep = true, now = () => new Date().toISOString() } = options;
  const readAt = now();
  const gathering = startGathering(client);
  const config = await askForConfig(gathering, repository);
  await gatherRepositoryTasks(gathering, repository, options);
  const below = { what: `children in other repositories of ${nameOf(repository)}`, permission: 'issues: read' };
  await noteGap(gathering, below, () => loadDescendants(gathering).then(() => null));
  const baseCommits: ReadonlyMap<string, readonly CommitFacts[]> = pullRequestSweep
    ? await loadLinkedWork(gathering, { config, details: 'open' })
    : new Map();
  await loadBlockerAssignees(gathering);
  const { tasks, pullRequests, gaps } = gathering;
  return { repository, readAt, tasks, pullRequests, baseCommits, gaps, ...config };
}

const nameOf = ({ owner, repo }: RepositoryRef): string => `${owner}/${repo}`;

async function askForConfig(gathering: Gathering, repository: RepositoryRef) {
  const { owner, repo } = repository;
  const reply = await gathering.client.graphql<ConfigAnswer>(
    CONFIG_QUERY,
    { owner, repo },
    { tried: `read ${nameOf(repository)}` },
  );
  gathering.unread.note(reply);
  if (reply.data.repository === null) {
    throw new UserError(
      'not_found',
      `There is no repository ${nameOf(repository)}, or you may not see it.`,
      'Check the spelling, and that the token has access to it.',
    );
  }
  return readConfigTexts(gathering, reply.data, repository);
}

interface TasksAnswer {
  readonly repository: { readonly issues: Maybe<Connection<TaskNode>> } | null;
}

async function gatherRepositoryTasks(
  gathering: Gathering,
  repository: RepositoryRef,
  options: LoadOptions,
): Promise<void> {
  const { owner, repo } = repository;
  let size = options.pageSize ?? 100;
  for (let after: string | null = null, hasNext = true; hasNext; ) {
    const variables = { owner, repo, after };
    const tried = `read the issues of ${nameOf(repository)}`;
    const reply: { answer: GraphqlReply<TasksAnswer>; size: number } = await askSmaller(size, (first, patience) =>
      gathering.client.graphql<TasksAnswer>(REPOSITORY_TASKS, { ...variables, first }, { tried, ...patience }),
    );
    gathering.unread.note(reply.answer);
    const issues = issuesOf(reply.answer, repository);
    await gatherTasks(
      gathering,
      (issues.nodes ?? []).filter((node) => node !== null),
    );
    options.onProgress?.({ label: 'Reading tasks', done: gathering.tasks.size, total: issues.totalCount ?? null });
    size = reply.size;
    after = issues.pageInfo?.endCursor ?? null;
    hasNext = issues.pageInfo?.hasNextPage === true;
  }
}

function issuesOf({ data }: GraphqlReply<TasksAnswer>, repository: RepositoryRef): Connection<TaskNode> {
  const issues = data.repository?.issues;
  if (issues != null) return issues;
  throw new UserError(
    'forbidden',
    `GitHub does not let this token read the issues of ${nameOf(repository)}.`,
    'It needs the permission issues: read.',
  );
}
