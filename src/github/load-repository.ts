import type { CommitFacts } from '../core/task/facts.ts';
import type { RepositoryRef } from '../core/task/identity.ts';
import type { RepositorySnapshot } from '../core/umbrella/snapshot.ts';
import type { GitHubClient } from './client.ts';
import { type ConfigAnswer, readConfigTexts } from './config-texts.ts';
import { gatherOpenPullRequests } from './gather-open-pull-requests.ts';
import { type Gathering, gatherTasks, startGathering } from './gathering.ts';
import { loadDescendants } from './load-descendants.ts';
import { loadLinkedWork } from './load-linked-work.ts';
import { loadOutsideBlockers } from './load-outside-blockers.ts';
import type { LoadOptions } from './load-umbrella.ts';
import { noSuchRepository } from './no-such-repository.ts';
import type { TaskNode } from './nodes.ts';
import { noteGap } from './note-gap.ts';
import { CONFIG_QUERY } from './queries/config-queries.ts';
import { REPOSITORY_TASKS } from './queries/task-queries.ts';
import { readIssuePages } from './read-issue-pages.ts';

interface RepositoryOptions extends LoadOptions {
  /** Reads all open pull requests, not only those of tasks: one call per 50; default false. */
  readonly openPullRequests?: boolean;
}

/**
 * Every issue of a repository: one call of 6 points per 100, one point per 100 umbrellas for their children's order,
 * and their children in other repositories. Reviews and checks are read of open pull requests only.
 */
export async function loadRepository(
  client: GitHubClient,
  repository: RepositoryRef,
  options: RepositoryOptions = {},
): Promise<RepositorySnapshot> {
  const { pullRequestSweep = true, openPullRequests = false, now = () => new Date().toISOString() } = options;
  const readAt = now();
  const gathering = startGathering(client);
  const config = await askForConfig(gathering, repository);
  const pages = { ...options, repository, query: REPOSITORY_TASKS, label: 'Reading tasks' };
  await readIssuePages<TaskNode>(gathering, pages, (nodes) => gatherTasks(gathering, nodes));
  const below = { what: `children in other repositories of ${nameOf(repository)}`, permission: 'issues: read' };
  await noteGap(gathering, below, () => loadDescendants(gathering).then(() => null));
  if (openPullRequests) await gatherOpenPullRequests(gathering, repository);
  const baseCommits: ReadonlyMap<string, readonly CommitFacts[]> = pullRequestSweep
    ? await loadLinkedWork(gathering, { config, details: 'open' })
    : new Map();
  await loadOutsideBlockers(gathering);
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
  if (reply.data.repository === null) throw noSuchRepository(repository);
  return readConfigTexts(gathering, reply.data, repository);
}
