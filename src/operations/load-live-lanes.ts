import type { Config } from '../core/config.ts';
import type { Gap } from '../core/reading.ts';
import type { LinkedBranchFacts, PullRequestFacts, TaskFacts } from '../core/task/facts.ts';
import { formatRef, refKey, repositoryKey } from '../core/task/identity.ts';
import { type AssessedWork, assessWork } from '../core/umbrella/assess-work.ts';
import { declaredLane, type LiveLane } from '../core/umbrella/live-lane.ts';
import type { WorkSnapshot } from '../core/umbrella/snapshot.ts';
import { loadBranchPaths } from '../github/load-branch-paths.ts';
import { loadChangedPaths } from '../github/load-changed-paths.ts';
import type { OperationContext } from './operation.ts';

interface LiveWork {
  readonly live: readonly LiveLane[];
  readonly gaps: readonly Gap[];
}

type Context = Pick<OperationContext, 'github'>;

/**
 * What GitHub shows of the lanes at work: the open pull requests of the snapshot's tasks, drafts among them, and the
 * branches linked to open tasks that have no pull request yet, with the files that they change. Claims are the store's to
 * tell (`core/umbrella/live-lane.ts`).
 */
export async function loadLiveLanes(context: Context, snapshot: WorkSnapshot, config: Config): Promise<LiveWork> {
  const work = assessWork(snapshot, config);
  const tasks = [...snapshot.tasks.values()];
  const pulls = await pullRequestLanes(context, tasks, work);
  const branches = await branchLanes(context, tasks, work);
  return { live: [...pulls.live, ...branches.live], gaps: [...pulls.gaps, ...branches.gaps] };
}

async function pullRequestLanes(
  { github }: Context,
  tasks: readonly TaskFacts[],
  work: AssessedWork,
): Promise<LiveWork> {
  const open = new Map<string, { readonly facts: PullRequestFacts; readonly tasks: string[] }>();
  for (const task of tasks) {
    for (const { facts } of work.pullRequestsOf(task)) {
      if (facts.state !== 'open') continue;
      const lane = open.get(refKey(facts.ref)) ?? { facts, tasks: [] };
      lane.tasks.push(refKey(task.ref));
      open.set(refKey(facts.ref), lane);
    }
  }
  const lanes = [...open.values()];
  const pathsOf = await loadChangedPaths(
    github,
    lanes.map(({ facts }) => facts),
  );
  const read = lanes.map(({ facts, tasks: ofTasks }) => ({
    lane: { kind: 'pull_request' as const, ref: facts.ref, name: null, tasks: ofTasks },
    ...(pathsOf.get(facts.nodeId) ?? { paths: [], gap: null }),
  }));
  return {
    live: read.map(({ lane, paths, gap }) => ({
      ...lane,
      paths,
      isDeclared: false,
      unread: gap === null ? null : `${gap.what} not read`,
    })),
    gaps: read.flatMap(({ gap }) => gap ?? []),
  };
}

async function branchLanes({ github }: Context, tasks: readonly TaskFacts[], work: AssessedWork): Promise<LiveWork> {
  const waiting = tasks.flatMap((task) => branchesAlone(task, work).map((branch) => ({ task, branch })));
  const read = await loadBranchPaths(
    github,
    waiting.map(({ branch }) => branch),
  );
  const gaps: Gap[] = [];
  const live = waiting.map(({ task, branch: { name } }, index): LiveLane => {
    const { paths, gap } = read[index] ?? { paths: [], gap: null };
    if (gap !== null) gaps.push(gap);
    // Made, and nothing pushed to it yet.
    if (paths.length === 0 && gap === null) return declaredLane(task, { kind: 'branch', name });
    const unread = gap === null ? null : `files of branch ${name} of ${formatRef(task.ref)} not read`;
    return { kind: 'branch', ref: task.ref, name, tasks: [refKey(task.ref)], paths, isDeclared: false, unread };
  });
  return { live, gaps };
}

/** The branches of an open task that no pull request has come from, whatever became of it. */
function branchesAlone(task: TaskFacts, work: AssessedWork): readonly LinkedBranchFacts[] {
  if (task.state !== 'open' || !task.linkedBranches.known) return [];
  const heads = new Set(
    work.pullRequestsOf(task).map(({ facts }) => `${facts.headRepository?.toLowerCase()} ${facts.headRefName}`),
  );
  return task.linkedBranches.value.filter((branch) => !heads.has(`${repositoryKey(branch)} ${branch.name}`));
}
