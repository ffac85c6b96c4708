import type { Config } from '../core/config.ts';
import type { CommitFacts, PullRequestFacts, TaskFacts } from '../core/task/facts.ts';
import { type RepositoryRef, refKey, repositoryKey } from '../core/task/identity.ts';
import { linkPullRequests } from '../core/task/link-pull-requests.ts';
import { type ConfigTexts, parseConfigOf } from '../core/umbrella/config-of-snapshot.ts';
import { askInBatches } from './ask-smaller.ts';
import { type Gathering, gatherPullRequests, snapshotSoFar } from './gathering.ts';
import type { PullRequestNode } from './nodes.ts';
import { noteGap } from './note-gap.ts';
import { PULL_REQUESTS_BY_ID } from './queries/pull-request-queries.ts';
import { sweepBaseCommits } from './sweep-base-commits.ts';
import { sweepPullRequests } from './sweep-pull-requests.ts';

interface LinkedWorkOptions {
  readonly config: ConfigTexts;
  /** Whose reviews and checks are read: of open pull requests only, or of merged and closed ones too. */
  readonly details: 'open' | 'all';
}

/**
 * After the tasks: what GitHub does not link itself. Sweeps the pull requests of every repository with tasks, links
 * them as the core does, then reads reviews and checks of those found and the default branches' later commits.
 */
export async function loadLinkedWork(
  gathering: Gathering,
  options: LinkedWorkOptions,
): Promise<ReadonlyMap<string, readonly CommitFacts[]>> {
  const repositories = [...repositoriesOf(gathering.tasks.values())];
  await Promise.all(repositories.map(([, { repository, since }]) => sweepPullRequests(gathering, repository, since)));

  const linked = findLinked(gathering, parseConfigOf(options.config).config);
  await loadDetails(
    gathering,
    linked.filter(({ state }) => options.details === 'all' || state === 'open'),
  );

  const merges = [...repositoriesOfMerges(linked)];
  return new Map(
    await Promise.all(
      merges.map(
        async ([key, { repository, since }]) => [key, await sweepBaseCommits(gathering, repository, since)] as const,
      ),
    ),
  );
}

interface Sweep {
  readonly repository: RepositoryRef;
  readonly since: string;
}

function repositoriesOf(tasks: Iterable<TaskFacts>): ReadonlyMap<string, Sweep> {
  const sweeps = new Map<string, Sweep>();
  for (const { ref, createdAt } of tasks) addSweep(sweeps, ref, createdAt);
  return sweeps;
}

/** Only a merged change can be reverted, and only after its merge. */
function repositoriesOfMerges(pullRequests: readonly PullRequestFacts[]): ReadonlyMap<string, Sweep> {
  const sweeps = new Map<string, Sweep>();
  for (const { ref, mergedAt } of pullRequests) if (mergedAt !== null) addSweep(sweeps, ref, mergedAt);
  return sweeps;
}

function addSweep(sweeps: Map<string, Sweep>, { owner, repo }: RepositoryRef, at: string): void {
  const key = repositoryKey({ owner, repo });
  const since = sweeps.get(key)?.since;
  if (since === undefined || at < since) sweeps.set(key, { repository: { owner, repo }, since: at });
}

function findLinked(gathering: Gathering, config: Config): readonly PullRequestFacts[] {
  const links = [...linkPullRequests(snapshotSoFar(gathering), config).values()].flat();
  const keys = new Set(links.map(({ pullRequest }) => refKey(pullRequest)));
  return [...keys].map((key) => gathering.pullRequests.get(key)).filter((found) => found !== undefined);
}

async function loadDetails(gathering: Gathering, linked: readonly PullRequestFacts[]): Promise<void> {
  const ids = linked.filter(({ ref }) => !gathering.detailed.has(refKey(ref))).map(({ nodeId }) => nodeId);
  const missing = { what: `reviews and checks of ${ids.length} pull requests`, permission: 'pull_requests: read' };
  await noteGap(gathering, missing, async () => {
    await askInBatches(ids, 50, async (batch, patience) => {
      const tried = `read ${batch.length} pull requests`;
      const reply = await gathering.client.graphql<{ nodes: (PullRequestNode | null)[] }>(
        PULL_REQUESTS_BY_ID,
        { ids: batch },
        { tried, ...patience },
      );
      gathering.unread.note(reply);
      await gatherPullRequests(
        gathering,
        reply.data.nodes.filter((node) => node !== null),
      );
    });
    return null;
  });
}
