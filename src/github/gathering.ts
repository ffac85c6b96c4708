import type { Gap } from '../core/reading.ts';
import type { PullRequestFacts, TaskFacts } from '../core/task/facts.ts';
import { refKey } from '../core/task/identity.ts';
import type { WorkSnapshot } from '../core/umbrella/snapshot.ts';
import type { GitHubClient } from './client.ts';
import { completeLists } from './complete-lists.ts';
import { mapPullRequest } from './map-pull-request.ts';
import { mapTask, refOf } from './map-task.ts';
import { mergePullRequests } from './merge-pull-requests.ts';
import type { PullRequestNode, TaskNode } from './nodes.ts';
import { createUnread, type Unread } from './unread.ts';

/** What one load has read so far; its parts add to it, and the snapshot is made of it in the end. */
export interface Gathering {
  readonly client: GitHubClient;
  readonly unread: Unread;
  readonly tasks: Map<string, TaskFacts>;
  readonly pullRequests: Map<string, PullRequestFacts>;
  /** Task by node id: key into `tasks`. */
  readonly taskKeys: Map<string, string>;
  /** Keys of the pull requests whose reviews and checks were asked for. */
  readonly detailed: Set<string>;
  /** Open blockers of the tasks: key to node id. */
  readonly openBlockers: Map<string, string>;
  readonly gaps: Gap[];
}

export function startGathering(client: GitHubClient): Gathering {
  return {
    client,
    unread: createUnread(),
    tasks: new Map(),
    pullRequests: new Map(),
    taskKeys: new Map(),
    detailed: new Set(),
    openBlockers: new Map(),
    gaps: [],
  };
}

/** The same load, with the gaps of a part of it kept apart. */
export const apart = (gathering: Gathering): Gathering => ({ ...gathering, gaps: [] });

/** What was read so far, as the core takes it; what has not been read yet is not there. */
export function snapshotSoFar(
  { tasks, pullRequests }: Gathering,
  baseCommits: WorkSnapshot['baseCommits'] = new Map(),
): WorkSnapshot {
  return { readAt: '', tasks, pullRequests, baseCommits, configText: null, ownerConfigText: null, gaps: [] };
}

/** Completes the nodes' lists and takes them, and the pull requests inside them, as facts. */
export async function gatherTasks(gathering: Gathering, nodes: readonly TaskNode[]): Promise<void> {
  await completeLists(gathering, { tasks: nodes });
  for (const node of nodes) {
    const task = mapTask(node, gathering.unread);
    const key = refKey(task.ref);
    gathering.tasks.set(key, task);
    gathering.taskKeys.set(node.id, key);
    for (const blocker of node.blockedBy?.nodes ?? []) {
      if (blocker?.state === 'OPEN') gathering.openBlockers.set(refKey(refOf(blocker)), blocker.id);
    }
    for (const pullRequest of pullRequestsIn(node)) addPullRequest(gathering, pullRequest);
  }
}

export async function gatherPullRequests(gathering: Gathering, nodes: readonly PullRequestNode[]): Promise<void> {
  await completeLists(gathering, { pullRequests: nodes });
  for (const node of nodes) addPullRequest(gathering, node);
}

function pullRequestsIn(node: TaskNode): PullRequestNode[] {
  const mentions = (node.timelineItems?.nodes ?? []).flatMap((event) => {
    if (event?.__typename !== 'CrossReferencedEvent' || event.source?.__typename !== 'PullRequest') return [];
    return [event.source];
  });
  return [...mentions, ...(node.closedByPullRequestsReferences?.nodes ?? []).filter((found) => found !== null)];
}

function addPullRequest(gathering: Gathering, node: PullRequestNode): void {
  const facts = mapPullRequest(node, gathering.unread);
  takePullRequest(gathering, facts, 'now');
  if (node.reviewRequests !== undefined) gathering.detailed.add(refKey(facts.ref));
}

/** Adds what is known of a pull request to what the load has read of it; `earlier` is from before this load. */
export function takePullRequest(gathering: Gathering, facts: PullRequestFacts, read: 'now' | 'earlier'): void {
  const key = refKey(facts.ref);
  const other = gathering.pullRequests.get(key);
  const [before, after] = read === 'now' ? [other, facts] : [facts, other];
  gathering.pullRequests.set(key, before && after ? mergePullRequests(before, after) : facts);
}
