import type { BlockerFacts, Instant, PullRequestFacts, TaskFacts } from '../task/facts.ts';
import { lastApprovalAt } from '../task/review-state.ts';
import type { ReadinessView } from './criterion.ts';
import type { RunFacts } from './readiness-facts.ts';
import type { Clocks } from './report-schema.ts';

/**
 * How long a task's change takes from hand to hand: implemented (first ready for review) → approved (last approval in
 * force) → green (last run of its heads) → mergeable → merged → present. Null where it has no pull request that was ever
 * ready for review. GitHub keeps no time for "mergeable", so that one stays null.
 */
export function clocksOfTask(task: TaskFacts, view: ReadinessView): Clocks | null {
  const pullRequests = view.work.changesOf(task);
  const blocked = blockedSpans(task);
  const [only] = pullRequests;
  if (only !== undefined && pullRequests.length === 1 && blocked.length === 0) return clocksOfPullRequest(only, view);
  return clocksOf(pullRequests, blocked, view);
}

const found = new WeakMap<ReadinessView, Map<PullRequestFacts, Clocks | null>>();

/** The same for one pull request alone, which nothing excuses; worked out once, also for the tasks that have only this one. */
export function clocksOfPullRequest(pullRequest: PullRequestFacts, view: ReadinessView): Clocks | null {
  const ofView = found.get(view) ?? new Map<PullRequestFacts, Clocks | null>();
  found.set(view, ofView);
  const before = ofView.get(pullRequest);
  if (before !== undefined) return before;
  const clocks = clocksOf([pullRequest], [], view);
  ofView.set(pullRequest, clocks);
  return clocks;
}

type Span = readonly [from: number, to: number];

function clocksOf(
  pullRequests: readonly PullRequestFacts[],
  blocked: readonly Span[],
  { facts, presentAt }: ReadinessView & { readonly presentAt?: (pullRequest: PullRequestFacts) => Instant | null },
): Clocks | null {
  const counted = pullRequests.filter(({ state, isDraft }) => state !== 'closed' && !(state === 'open' && isDraft));
  if (counted.length === 0) return null;
  const isOpen = counted.some(({ state }) => state === 'open');
  const implementedAt = earliest(counted.map(({ readyAt, createdAt }) => readyAt ?? createdAt));
  const approvedAt = allOf(counted.map(lastApprovalAt));
  const mergedAt = isOpen ? null : allOf(counted.map(({ mergedAt: at }) => at));
  const end = mergedAt ?? facts.now;
  const excused = overlap(blocked, implementedAt, end, facts.now);
  const times = { implemented: msOf(implementedAt), approved: msOf(approvedAt), end: Date.parse(end) };
  const age = secondsBetween(times.implemented, times.end);
  return {
    implemented_at: implementedAt,
    approved_at: approvedAt,
    green_at: allOf(counted.map(({ headSha }) => greenAt(facts.headRuns, headSha))),
    mergeable_at: null,
    merged_at: mergedAt,
    present_at: presentAt === undefined || isOpen ? null : allOf(counted.map(presentAt)),
    review_wait_seconds:
      approvedAt === null && !isOpen ? null : secondsBetween(times.implemented, times.approved ?? times.end),
    merge_wait_seconds: approvedAt === null ? null : secondsBetween(times.approved, times.end),
    excused_seconds: excused,
    age_seconds: Math.max(0, age - excused),
  };
}

function earliest(times: readonly Instant[]): Instant | null {
  let first: Instant | null = null;
  for (const time of times) if (first === null || time < first) first = time;
  return first;
}

/** The last of them, once all of them have happened. */
function allOf(times: readonly (Instant | null)[]): Instant | null {
  let last: Instant | null = null;
  for (const time of times) {
    if (time === null) return null;
    if (last === null || time > last) last = time;
  }
  return last;
}

function greenAt(runs: ReadinessView['facts']['headRuns'], sha: string): Instant | null {
  if (runs === undefined || !runs.known) return null;
  const ofHead = runs.value.get(sha) ?? [];
  const isGreen = ofHead.length > 0 && ofHead.every(({ conclusion }) => PASSED.has(conclusion));
  return isGreen ? allOf(ofHead.map(({ completedAt }) => completedAt)) : null;
}

const PASSED: ReadonlySet<RunFacts['conclusion']> = new Set(['success', 'neutral', 'skipped']);

const msOf = (instant: Instant | null): number | null => (instant === null ? null : Date.parse(instant));

const secondsBetween = (fromMs: number | null, toMs: number): number =>
  fromMs === null ? 0 : Math.max(0, Math.floor((toMs - fromMs) / 1000));

/** When native blockers kept the task waiting; one of which nobody knows since when excuses nothing. */
function blockedSpans(task: TaskFacts): readonly Span[] {
  if (!task.blockers.known) return [];
  return task.blockers.value.flatMap((blocker): readonly Span[] => {
    const span = spanOf(blocker);
    return span === null ? [] : [span];
  });
}

function spanOf({ addedAt, closedAt, state }: BlockerFacts): Span | null {
  if (addedAt === null || (state === 'closed' && closedAt === null)) return null;
  const end = closedAt === null || state === 'open' ? Number.POSITIVE_INFINITY : Date.parse(closedAt);
  return [Date.parse(addedAt), end] as const;
}

/** Seconds between two moments that lie in at least one span. */
function overlap(spans: readonly Span[], from: Instant | null, to: Instant, now: Instant): number {
  if (from === null || spans.length === 0) return 0;
  const start = Date.parse(from);
  const end = Math.min(Date.parse(to), Date.parse(now));
  let reached = start;
  let sum = 0;
  for (const [begin, finish] of spans.toSorted(([a], [b]) => a - b)) {
    const first = Math.max(begin, reached);
    const last = Math.min(finish, end);
    if (last <= first) continue;
    sum += last - first;
    reached = last;
  }
  return Math.floor(sum / 1000);
}
