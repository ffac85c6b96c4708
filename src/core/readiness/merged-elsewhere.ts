import { type Gap, known, type Reading, unknown } from '../reading.ts';
import type { PullRequestFacts } from '../task/facts.ts';
import { formatRef, refKey, repositoryKey } from '../task/identity.ts';
import type { ReadinessView } from './criterion.ts';
import { isForReleaseBranch } from './for-release-branch.ts';
import { headKey, indexOfScope } from './scope-index.ts';

/**
 * Whether a pull request was merged into another branch than the base of the scope, and has not reached the base since: by
 * a later merged pull request of that branch, or because the base holds its commit. Where nobody could look for the commit
 * that is unknown. Of another repository nobody can tell
 * what its base is, nor where the configuration names one that is not there. What a release branch, or the main one beside it, has of a task that is in the base too is meant so.
 */
export function isMergedElsewhere(pullRequest: PullRequestFacts, view: ReadinessView): Reading<boolean> {
  if (!isAside(pullRequest, view)) return known(false);
  const steps = stepsOf(pullRequest, view);
  if (steps.some((step) => carriersOf(step, view).some((one) => isInBase(one, view)))) return known(false);
  const held = steps.map((step) => isHeld(step, view));
  if (held.some((one) => one.known && one.value)) return known(false);
  return held.find((one) => !one.known) ?? known(true);
}

/** Of one that is elsewhere: what brought its branch to the base, and was reverted there; null where nothing did. */
export function broughtAndReverted(pullRequest: PullRequestFacts, view: ReadinessView): PullRequestFacts | null {
  const carriers = stepsOf(pullRequest, view).flatMap((step) => carriersOf(step, view));
  return carriers.find((one) => isInto(one, view) && isReverted(one, view)) ?? null;
}

/** Pull requests of other branches of which only the base's history can tell whether it has them. */
export function askedOfBase(view: ReadinessView): readonly PullRequestFacts[] {
  const aside = indexOfScope(view).pullRequests.filter((one) => isAside(one, view) && !isReverted(one, view));
  const left = aside.map((one) => stepsOf(one, view));
  const unsettled = left.filter((steps) => !steps.some((step) => isSettled(step, view)));
  return [...new Set(unsettled.flat())].filter((step) => !wasTakenOut(step, view));
}

const isSettled = (step: PullRequestFacts, view: ReadinessView): boolean =>
  carriersOf(step, view).some((one) => isInBase(one, view)) || isOnLine(step, view);

function isAside(pullRequest: PullRequestFacts, view: ReadinessView): boolean {
  const { scope } = view.facts;
  if (pullRequest.state !== 'merged' || pullRequest.baseRefName === scope.baseBranch) return false;
  if (scope.isBaseInDoubt) return false;
  return repositoryKey(pullRequest.ref) === repositoryKey(scope.repository) && !isBesideBase(pullRequest, view);
}

function isBesideBase(pullRequest: PullRequestFacts, view: ReadinessView): boolean {
  if (!pullRequest.isDefaultBase && !isForReleaseBranch(pullRequest, view)) return false;
  const tasks = indexOfScope(view).tasksOf.get(refKey(pullRequest.ref)) ?? [];
  return tasks.some((task) => view.work.changesOf(task).some((one) => isInBase(one, view)));
}

/** Itself, and those that carried its branch on into further ones; each once, as branches may be merged into one another. */
function stepsOf(pullRequest: PullRequestFacts, view: ReadinessView): readonly PullRequestFacts[] {
  const steps = new Set([pullRequest]);
  for (const step of steps) {
    for (const one of carriersOf(step, view)) if (!isInto(one, view) && !isReverted(one, view)) steps.add(one);
  }
  return [...steps];
}

/** Pull requests that merged the base of this one into another branch, after it. */
function carriersOf({ ref, baseRefName, mergedAt }: PullRequestFacts, view: ReadinessView) {
  const above = indexOfScope(view).byHead.get(headKey(repositoryKey(ref), baseRefName)) ?? [];
  return above.filter((one) => one.state === 'merged' && (one.mergedAt ?? '') >= (mergedAt ?? ''));
}

/** A commit stays in the history of what took its change out again. */
const wasTakenOut = (step: PullRequestFacts, view: ReadinessView): boolean =>
  carriersOf(step, view).some((one) => isReverted(one, view));

/** Whether the base has the commit that merged it, and with that its change. */
function isHeld(step: PullRequestFacts, view: ReadinessView): Reading<boolean> {
  if (wasTakenOut(step, view)) return known(false);
  const { onBase, baseCommits, scope } = view.facts;
  const what = `whether ${scope.baseBranch} has ${formatRef(step.ref)}`;
  const unasked: Gap = baseCommits.known ? { cause: 'unavailable', what } : baseCommits.gap;
  const held = isOnLine(step, view) ? known(true) : (onBase?.get(refKey(step.ref)) ?? unknown(unasked));
  const status = view.work.reverts.get(refKey(step.ref));
  if (!held.known || !held.value || status === undefined) return held;
  if (view.facts.work.heldByBase?.has(refKey(step.ref))) return status.doubt ? unknown(status.doubt) : held;
  // It came back where it went, maybe after the base left from there.
  const { baseRefName } = step;
  const help = `merge ${baseRefName} into ${scope.baseBranch} by a pull request`;
  return unknown({ cause: 'invalid', what: `${what} since it was reverted on ${baseRefName} and brought back`, help });
}

function isOnLine({ mergeCommitSha }: PullRequestFacts, { facts }: ReadinessView): boolean {
  const { baseCommits } = facts;
  return baseCommits.known && baseCommits.value.some(({ sha }) => sha === mergeCommitSha);
}

const isInto = ({ ref, baseRefName }: PullRequestFacts, { facts: { scope } }: ReadinessView): boolean =>
  baseRefName === scope.baseBranch && repositoryKey(ref) === repositoryKey(scope.repository);

const isInBase = (pullRequest: PullRequestFacts, view: ReadinessView): boolean =>
  pullRequest.state === 'merged' && isInto(pullRequest, view) && !isReverted(pullRequest, view);

const isReverted = ({ ref }: PullRequestFacts, { work }: ReadinessView): boolean =>
  work.reverts.get(refKey(ref))?.isReverted === true;
