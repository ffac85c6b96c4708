import { groupBy } from '../group-by.ts';
import { baseKeyOf, type DecidingBranch } from './branch-of-record.ts';
import type { Instant, PullRequestFacts } from './facts.ts';
import { refKey, repositoryKey } from './identity.ts';
import type { RevertStatus } from './reverts.ts';

export interface LandedPullRequest {
  readonly facts: PullRequestFacts;
  /** When it was merged, or brought back after a revert. */
  readonly since: Instant | null;
}

interface StandingWork {
  /** Keyed by `refKey`. */
  readonly pullRequests: ReadonlyMap<string, PullRequestFacts>;
  readonly reverts: ReadonlyMap<string, RevertStatus>;
  readonly deciding: DecidingBranch;
}

interface MergedStanding {
  /** What is in, on whatever branch, in the order given. */
  readonly merged: readonly LandedPullRequest[];
  /** What took the work out, as long as nothing of it came in there later; null where it is in. */
  readonly lastRevert: RevertStatus | null;
}

/**
 * What became of merged pull requests of one task. A revert counts on its own branch, and so does what brings the work
 * back: a release branch that has it says nothing of the main one that lost it. In each repository the deciding branch
 * tells, where the work went there at all; else it is out where every branch that had it lost it.
 */
export function standOnBranches(own: readonly PullRequestFacts[], work: StandingWork): MergedStanding {
  if (own.length === 0) return NOTHING_MERGED;
  // Of thousands of tasks nothing was ever reverted.
  if (!own.some((facts) => isTouched(facts, work)))
    return { merged: own.map((facts) => ({ facts, since: facts.mergedAt })), lastRevert: null };
  const landings = own.flatMap((facts) => landingsOf(facts, work));
  const merged = new Set(landings.flatMap(({ facts, isOut }) => (isOut ? [] : [facts])));
  const reverts: RevertStatus[] = [];
  for (const [repository, ofRepository] of groupBy(landings, ({ facts }) => [repositoryKey(facts.ref)])) {
    const deciding = work.deciding(repository);
    const there = ofRepository.filter(({ branch }) => branch === deciding);
    const counted = there.length > 0 ? there : ofRepository;
    const lost = [...groupBy(counted, ({ branch }) => [branch]).values()].map(lastRevertOf);
    const known = lost.flatMap((revert) => revert ?? []);
    if (known.length === lost.length) reverts.push(...known);
  }
  return {
    merged: own.flatMap((facts) => (merged.has(facts) ? [{ facts, since: sinceOf(facts, work) }] : [])),
    lastRevert: reverts.sort((a, b) => Date.parse(b.since) - Date.parse(a.since))[0] ?? null,
  };
}

const NOTHING_MERGED: MergedStanding = { merged: [], lastRevert: null };

/** Whether a revert may bear on it: one of its own, or of what carried it on. */
const isTouched = (facts: PullRequestFacts, work: StandingWork): boolean =>
  work.reverts.size > 0 && (work.reverts.has(refKey(facts.ref)) || carriersOf(facts, work).length > 0);

interface Landing {
  /** What the task knows of. */
  readonly facts: PullRequestFacts;
  readonly branch: string;
  readonly since: Instant | null;
  readonly revert: RevertStatus | null;
  readonly isOut: boolean;
}

/** Where a pull request came to: its base, and what that was merged into later. */
function landingsOf(facts: PullRequestFacts, work: StandingWork): readonly Landing[] {
  const found: Landing[] = [];
  const before = new Set([facts]);
  for (const step of before) {
    const branch = baseKeyOf(step);
    const revert = work.reverts.get(refKey(step.ref)) ?? null;
    const here = revert !== null && revert.branch === branch ? revert : null;
    const isOut = here?.isReverted === true;
    found.push({ facts, branch, since: here?.since ?? step.mergedAt, revert: here, isOut });
    if (revert !== null && here === null)
      found.push({ facts, branch: revert.branch, since: revert.since, revert, isOut: revert.isReverted });
    for (const above of carriersOf(step, work)) {
      const left = isOut && here !== null && here.since <= (above.mergedAt ?? '');
      if (!left) before.add(above);
    }
  }
  return found;
}

const heads = new WeakMap<StandingWork['pullRequests'], ReadonlyMap<string, readonly PullRequestFacts[]>>();

/** Pull requests that merged the base of this one into another branch, after it. */
function carriersOf({ ref, baseRefName, mergedAt }: PullRequestFacts, { pullRequests }: StandingWork) {
  const byHead = heads.get(pullRequests) ?? groupBy(mergedOf(pullRequests), (one) => [headKeyOf(one)]);
  heads.set(pullRequests, byHead);
  const above = byHead.get(`${repositoryKey(ref)}:${baseRefName}`) ?? [];
  return above.filter((one) => (one.mergedAt ?? '') >= (mergedAt ?? ''));
}

const mergedOf = (all: StandingWork['pullRequests']): readonly PullRequestFacts[] =>
  [...all.values()].filter(
    ({ state, ref, headRepository }) => state === 'merged' && headRepository?.toLowerCase() === repositoryKey(ref),
  );

const headKeyOf = ({ ref, headRefName }: PullRequestFacts): string => `${repositoryKey(ref)}:${headRefName}`;

/** Of one branch; null where something is in that came after. */
function lastRevertOf(landings: readonly Landing[]): RevertStatus | null {
  const out = landings.flatMap(({ isOut, revert }) => (isOut && revert !== null ? [revert] : []));
  const last = out.sort((a, b) => Date.parse(b.since) - Date.parse(a.since))[0];
  if (last === undefined) return null;
  const isBack = landings.some(({ isOut, since }) => !isOut && Date.parse(since ?? '') > Date.parse(last.since));
  return isBack ? null : last;
}

function sinceOf(facts: PullRequestFacts, { reverts }: StandingWork): Instant | null {
  return reverts.get(refKey(facts.ref))?.since ?? facts.mergedAt;
}
