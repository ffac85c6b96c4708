import type { Config } from '../config.ts';
import { type Gap, known } from '../reading.ts';
import { type ArtifactStatus, ISSUE_FIELD_PLACE, missingFields, readArtifacts } from '../task/artifacts.ts';
import { openBlockers } from '../task/assess-state.ts';
import type { Instant, TaskFacts } from '../task/facts.ts';
import { plannedIdOf } from '../task/planned-id.ts';
import type { TaskStateVerdict } from '../task/state.ts';
import { artifactQuestionOf } from './artifact-question.ts';
import type { AssessedWork } from './assess-work.ts';
import type { Audience } from './audience.ts';
import { toChildPullRequest } from './child-pull-request.ts';
import { gapsOfTask } from './gaps.ts';
import type { JudgedChild } from './integration.ts';
import { lanesOf } from './lanes.ts';
import { nextActionOf } from './next-action.ts';
import type { ChildRollup, IntegrationReadiness, Progress, RollupTask, ShownBlocker, ShownClaim } from './rollup.ts';

/** What every task of one rollup is seen with. */
export interface RollupView {
  readonly work: AssessedWork;
  readonly config: Config;
  readonly audience: Audience;
  readonly now: Instant;
  /** The umbrella's assignees, else its author. */
  readonly keepers: readonly string[];
}

export interface NestedRollup {
  readonly progress: Progress;
  readonly integration: IntegrationReadiness['verdict'];
}

/** One visible child, without anything that the audience may not see. */
export function rollUpChild(task: TaskFacts, nested: NestedRollup | null, view: RollupView): ChildRollup {
  const shown = toRollupTask(task, view);
  const pullRequests = view.work.pullRequestsOf(task).filter(({ facts }) => view.audience.canSee(facts));
  const { statuses, missing } = artifactsOf(task, view);
  const blockers = openBlockers(task).map((blocker) => showBlocker(blocker, view.audience));
  const gaps = gapsOf(task, view);
  const claim = showClaim(task, view);
  return {
    ...shown,
    lane: lanesOf(task, view.config)[0] ?? null,
    assignees: task.assignees,
    ...(claim === null ? {} : { claim }),
    ageSeconds: ageOf(shown.state.since, view.now),
    pullRequests: pullRequests.map(toChildPullRequest),
    openBlockers: blockers,
    artifacts: statuses,
    missingArtifacts: missing,
    nextAction: nextActionOf({
      task,
      claim,
      state: shown.state.state,
      pullRequests: pullRequests.map(({ facts }) => facts),
      openBlockers: blockers,
      missingArtifacts: missing,
      nested: nested?.progress ?? null,
      gaps,
      keepers: view.keepers,
    }),
    nested,
    gaps,
  };
}

export function toRollupTask(task: TaskFacts, view: RollupView): RollupTask {
  return {
    ref: task.ref,
    plannedId: plannedIdOf(task, view.config.tasks.ids),
    title: task.title,
    url: task.url,
    state: showVerdict(task, view),
  };
}

/** What of a task decides whether its umbrella can integrate, whoever may see the task. */
export function judgeChild(task: TaskFacts, nested: NestedRollup | null, view: RollupView): JudgedChild {
  const { statuses, missing } = artifactsOf(task, view);
  const unread = statuses.filter((status) => status.state === 'unknown').map((status) => status.field);
  return {
    ref: view.audience.canSee(task) ? task.ref : null,
    state: view.work.stateOf(task).state,
    missingArtifacts: missing,
    unreadArtifacts: unread,
    openBlockers: openBlockers(task).length,
    nested: nested?.integration ?? null,
  };
}

export function gapsOf(task: TaskFacts, view: RollupView): readonly Gap[] {
  const pullRequests = view.work.changesOf(task);
  return gapsOfTask(task, pullRequests, view.work.childrenOf(task)).map(view.audience.shownGap);
}

/** The reason of a state, and its address, may name a pull request, a blocker or a branch that the audience may not see. */
function showVerdict(task: TaskFacts, { work, audience }: RollupView): TaskStateVerdict {
  const verdict = work.stateOf(task);
  const branches = task.linkedBranches.known ? task.linkedBranches.value : [];
  const isAllVisible =
    work.pullRequestsOf(task).every(({ facts }) => audience.canSee(facts)) &&
    openBlockers(task).every((blocker) => audience.canSee(blocker)) &&
    branches.every((branch) => audience.canSeeRepository(branch));
  if (isAllVisible && isNameable(verdict, audience)) return verdict;
  const { evidenceUrl: _, ...rest } = verdict;
  return { ...rest, reason: 'something private decides' };
}

function isNameable(verdict: TaskStateVerdict, audience: Audience): boolean {
  const asGap: Gap = { cause: 'forbidden', what: verdict.reason };
  return verdict.state !== 'unknown' || audience.shownGap(asGap).what === asGap.what;
}

/** With the work under way only: what is done or under review has outlived its claim. */
function showClaim(task: TaskFacts, { work, config }: RollupView): ShownClaim | null {
  const claim = work.claimOn(task);
  if (claim === null || config.work.show !== 'rollup' || work.stateOf(task).state !== 'in_progress') return null;
  return { agent: claim.agent, until: claim.until };
}

function showBlocker(blocker: ReturnType<typeof openBlockers>[number], audience: Audience): ShownBlocker {
  if (!audience.canSee(blocker)) return { ref: null, title: null, url: null, assignees: [] };
  const { ref, title, url, assignees } = blocker;
  return { ref, title, url, assignees };
}

function artifactsOf(
  task: TaskFacts,
  view: RollupView,
): { readonly statuses: readonly ArtifactStatus[]; readonly missing: readonly string[] } {
  if (view.config.tasks.artifacts.length === 0) return { statuses: [], missing: [] };
  const linked = view.work.pullRequestsOf(task);
  const question = artifactQuestionOf(task, linked, view);
  const all = readArtifacts(question);
  const visible = linked.filter(({ facts }) => view.audience.canSee(facts));
  const shownTask = withoutHiddenFields(task, view.audience);
  const missing = missingFields(all, question);
  if (visible.length === linked.length && shownTask === task) return { statuses: all, missing };
  // A value that stands only where the audience may not look still counts, but is not shown.
  const shown = readArtifacts({ ...question, task: shownTask, pullRequests: visible.map(({ facts }) => facts) });
  const statuses = all.map((status, i) => {
    const same = shown[i]?.value === status.value ? shown[i] : undefined;
    const place = status.place === ISSUE_FIELD_PLACE ? status.place : 'somewhere private';
    return same ?? { ...status, value: null, place };
  });
  return { statuses, missing };
}

function withoutHiddenFields(task: TaskFacts, { canSeeMembersOnly }: Audience): TaskFacts {
  const { issueFields } = task;
  if (canSeeMembersOnly || !issueFields?.known) return task;
  const shown = issueFields.value.filter(({ isMembersOnly }) => !isMembersOnly);
  return shown.length === issueFields.value.length ? task : { ...task, issueFields: known(shown) };
}

function ageOf(since: Instant | null, now: Instant): number | null {
  if (since === null) return null;
  const seconds = Math.floor((Date.parse(now) - Date.parse(since)) / 1000);
  return Number.isFinite(seconds) ? Math.max(0, seconds) : null;
}
