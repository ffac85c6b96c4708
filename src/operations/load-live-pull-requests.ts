import type { Config } from '../core/config.ts';
import type { Gap } from '../core/reading.ts';
import { refKey } from '../core/task/identity.ts';
import type { LivePullRequest } from '../core/umbrella/assess-overlap.ts';
import { assessWork } from '../core/umbrella/assess-work.ts';
import type { WorkSnapshot } from '../core/umbrella/snapshot.ts';
import { loadChangedPaths } from '../github/load-changed-paths.ts';
import type { OperationContext } from './operation.ts';

interface LiveWork {
  readonly live: readonly LivePullRequest[];
  readonly gaps: readonly Gap[];
}

/** The open pull requests of the snapshot's tasks, drafts among them, with the files that they change: one call for 100. */
export async function loadLivePullRequests(
  { github }: Pick<OperationContext, 'github'>,
  snapshot: WorkSnapshot,
  config: Config,
): Promise<LiveWork> {
  const work = assessWork(snapshot, config);
  const linked = [...snapshot.tasks.values()].flatMap((task) => work.pullRequestsOf(task).map(({ facts }) => facts));
  const open = new Map(linked.filter(({ state }) => state === 'open').map((facts) => [refKey(facts.ref), facts]));
  const pathsOf = await loadChangedPaths(github, [...open.values()]);
  const live = [...open.values()].flatMap(({ ref, nodeId }): LivePullRequest[] => {
    const paths = pathsOf.get(nodeId);
    return paths === undefined ? [] : [{ ref, paths }];
  });
  return { live, gaps: live.flatMap(({ paths }) => (paths.known ? [] : [paths.gap])) };
}
