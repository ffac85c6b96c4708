import type { Gap } from '../reading.ts';
import type { Instant, PullRequestFacts } from '../task/facts.ts';
import { formatRef, refKey, repositoryKey } from '../task/identity.ts';
import type { ReadinessView } from './criterion.ts';
import type { Evidence, ReportedItem } from './report-schema.ts';
import { headKey, indexOfScope } from './scope-index.ts';

export type Outcome = NonNullable<ReportedItem['outcome']>;

export interface PullRequestOutcome {
  readonly outcome: Outcome;
  readonly since: Instant | null;
  /** What decided. */
  readonly evidence: Evidence | null;
  /** What could not be read, where that makes it `unknown`. */
  readonly gap: Gap | null;
}

type Rule = (pullRequest: PullRequestFacts, view: ReadinessView) => PullRequestOutcome | null;

const known = new WeakMap<ReadinessView, Map<PullRequestFacts, PullRequestOutcome>>();

/**
 * What became of a pull request, the first that fits:
 *
 * | it is  | outcome                                                                                             |
 * | ------ | --------------------------------------------------------------------------------------------------- |
 * | merged | `unknown`, where nobody could look whether the base has its revert; `reverted`; `reapplied`, where every revert was itself reverted; `lost`, where it went into a branch |
 * |        | that was given up, or a clone tells that it is gone from its base; `flaky`; `merged`                |
 * | closed | `abandoned`, where none replaced it; else `merged` or `open` like the one that did                  |
 * | open   | `failed_ci`; `conflicted`; `unknown`, where its checks could not be read; `flaky`; `open`           |
 *
 * `flaky`: a check failed on its head commit and passed on the same commit later.
 */
export function outcomeOf(pullRequest: PullRequestFacts, view: ReadinessView): PullRequestOutcome {
  const ofView = known.get(view) ?? new Map<PullRequestFacts, PullRequestOutcome>();
  known.set(view, ofView);
  const before = ofView.get(pullRequest);
  if (before !== undefined) return before;
  const outcome = firstOf(RULES[pullRequest.state], pullRequest, view);
  ofView.set(pullRequest, outcome);
  return outcome;
}

const RULES: Readonly<Record<PullRequestFacts['state'], readonly Rule[]>> = {
  merged: [reverted, lost, gone, flaky, (one) => plain('merged', one.mergedAt)],
  closed: [replaced, (one) => plain('abandoned', one.closedAt)],
  open: [failedChecks, conflicted, unreadChecks, flaky, (one) => plain('open', one.readyAt ?? one.createdAt)],
};

function firstOf(rules: readonly Rule[], pullRequest: PullRequestFacts, view: ReadinessView): PullRequestOutcome {
  for (const rule of rules) {
    const outcome = rule(pullRequest, view);
    if (outcome !== null) return outcome;
  }
  return plain('unknown', null);
}

const plain = (outcome: Outcome, since: Instant | null, evidence: Evidence | null = null): PullRequestOutcome => ({
  outcome,
  since,
  evidence,
  gap: null,
});

function reverted({ ref }: PullRequestFacts, view: ReadinessView): PullRequestOutcome | null {
  const status = view.work.reverts.get(refKey(ref));
  if (status === undefined) return null;
  const { isReverted, since, evidence, url, doubt } = status;
  if (doubt !== undefined) return { ...plain('unknown', since, { text: evidence, url }), gap: doubt };
  return plain(isReverted ? 'reverted' : 'reapplied', since, { text: evidence, url });
}

/** Merged into the branch of another pull request that was closed, and nowhere else. */
function lost({ ref, baseRefName }: PullRequestFacts, view: ReadinessView): PullRequestOutcome | null {
  if (baseRefName === view.facts.scope.baseBranch) return null;
  const above = indexOfScope(view).byHead.get(headKey(repositoryKey(ref), baseRefName)) ?? [];
  const [first] = above;
  if (first === undefined || above.some(({ state }) => state !== 'closed')) return null;
  const text = `${formatRef(ref)} went into ${baseRefName}, and ${formatRef(first.ref)} from there was closed unmerged`;
  return plain('lost', first.closedAt, { text, url: first.url });
}

/** As far as a clone tells. What was reverted on purpose is told as that. */
function gone({ ref, url, mergedAt }: PullRequestFacts, { facts }: ReadinessView): PullRequestOutcome | null {
  const presence = facts.presences?.known ? facts.presences.value.get(refKey(ref)) : undefined;
  if (presence?.state === 'missing')
    return plain('lost', mergedAt, { text: 'neither its commit nor the same change is on its base', url });
  if (presence?.state !== 'undone') return null;
  const { sha, at } = presence.by;
  const [base] = url.split('/pull/');
  return plain('lost', at, { text: `${sha.slice(0, 7)} put its lines back`, url: `${base}/commit/${sha}`, sha });
}

/** Another pull request of the same branch or of one of its tasks that was merged or is open. */
function replaced(pullRequest: PullRequestFacts, view: ReadinessView): PullRequestOutcome | null {
  const { tasksOf, byHead } = indexOfScope(view);
  const tasks = tasksOf.get(refKey(pullRequest.ref)) ?? [];
  const ofTasks = tasks.flatMap((task) => view.work.changesOf(task));
  const { headRepository, headRefName } = pullRequest;
  const ofBranch = headRepository === null ? [] : (byHead.get(headKey(headRepository, headRefName)) ?? []);
  const others = [...ofTasks, ...ofBranch].filter((other) => other !== pullRequest && other.state !== 'closed');
  const by = others.find(({ state }) => state === 'merged') ?? others[0];
  if (by === undefined) return null;
  const evidence = { text: `${formatRef(by.ref)} took its place`, url: by.url };
  return plain(by.state === 'merged' ? 'merged' : 'open', by.mergedAt ?? by.createdAt, evidence);
}

function failedChecks({ checks, updatedAt }: PullRequestFacts): PullRequestOutcome | null {
  if (!checks.known || checks.value.state !== 'failure') return null;
  const failed = checks.value.unfinished.filter(({ outcome }) => outcome === 'failure');
  const names = failed.length === 0 ? 'a check' : failed.map(({ name }) => name).join(', ');
  return plain('failed_ci', updatedAt, { text: `failed: ${names}`, url: failed[0]?.url ?? null });
}

function conflicted({ mergeable, baseRefName, url }: PullRequestFacts): PullRequestOutcome | null {
  if (mergeable !== 'conflicting') return null;
  return plain('conflicted', null, { text: `GitHub finds conflicts with ${baseRefName}`, url });
}

function unreadChecks({ checks }: PullRequestFacts): PullRequestOutcome | null {
  return checks.known ? null : { ...plain('unknown', null), gap: checks.gap };
}

function flaky({ headSha }: PullRequestFacts, { facts }: ReadinessView): PullRequestOutcome | null {
  const runs = facts.headRuns?.known ? (facts.headRuns.value.get(headSha) ?? []) : [];
  const found = runs.find((run) => run.conclusion === 'success' && run.earlier.some(isFailure));
  if (found === undefined) return null;
  const text = `${found.name} failed and then passed on ${headSha.slice(0, 7)}, attempt ${found.attempt}`;
  return plain('flaky', found.completedAt, { text, url: found.url, sha: headSha });
}

const isFailure = (conclusion: string): boolean => conclusion === 'failure' || conclusion === 'timed_out';
