import { type Gap, known, type Reading } from '../reading.ts';
import { branchOfKey, type DecidingBranch, decidingBranch } from './branch-of-record.ts';
import type { Instant } from './facts.ts';
import {
  changeOfPullRequest,
  changesOf,
  indexShas,
  keysOfSha,
  type LandedChange,
  type MergedWork,
  revertsSomething,
} from './landed-changes.ts';

export interface RevertStatus {
  /** True when the change is out at present, or may be: see `doubt`. */
  readonly isReverted: boolean;
  /** Time of the last flip, out or back in. */
  readonly since: Instant;
  /** What flipped it: `octo/harbor#44: Reverts #41`, or `commit 1a2b3c4: This reverts commit …`. */
  readonly evidence: string;
  /** Web address of that pull request or commit. */
  readonly url: string;
  /** Where: the branch that it went into, or the deciding one, which it reached some other way. */
  readonly branch: string;
  /** Why nobody knows whether it is out: of a revert that may not have reached the deciding branch. */
  readonly doubt?: Gap;
}

/**
 * Which merged pull requests were reverted, and whether they are back: the revert of a revert counts back, at any depth.
 * Keyed by `refKey`; those that were never reverted are absent. A revert, and what reverts that, counts on its own branch:
 * of a change, the deciding branch and the one that it went into are asked. Where the deciding branch is known to hold the
 * change, it also tells which of those reverts it holds: it may have left before they came. Reverts are seen in merged pull requests
 * (`Reverts #41`, `This reverts commit <merge commit>`) and in commits pushed straight to the default branch, or to another whose commits are there.
 */
export function findReverts(
  work: MergedWork,
  deciding: DecidingBranch = decidingBranch(null, work.pullRequests),
): ReadonlyMap<string, RevertStatus> {
  const changes = changesOf(work);
  const reverters = collectReverters(changes);
  const { heldByBase = NONE_ASKED } = work;
  const assess = createAssessment(changes, reverters, { deciding, heldByBase });
  const found = new Map<string, RevertStatus>();
  for (const key of reverters.keys()) {
    const change = changes.get(key);
    if (change === undefined || !work.pullRequests.has(key)) continue;
    const there = assess(change, deciding(change.repository));
    const held = heldByBase.get(key);
    const status = there ?? (held?.known && held.value ? null : assess(change, change.branch));
    if (status === null) continue;
    found.set(key, there === null && held?.known === false ? { ...status, isReverted: true, doubt: held.gap } : status);
  }
  return found;
}

const NONE_ASKED: ReadonlyMap<string, Reading<boolean>> = new Map();

/** A change whose history only GitHub knows, as it may be asked for. */
interface ElsewhereChange {
  readonly key: string;
  /** `octo/harbor#44`, `commit 1a2b3c4`. */
  readonly name: string;
  /** The commit that brought it; null where that is not known. */
  readonly sha: string | null;
}

/**
 * What has to be known of the deciding branch of a repository to tell whether it lost any of these: those that were reverted
 * on other branches, and what reverted them there, at any depth.
 */
export function revertsElsewhere(
  work: MergedWork,
  asked: ReadonlySet<string>,
  deciding: string,
): readonly ElsewhereChange[] {
  const changes = changesOf(work);
  const reverters = collectReverters(changes);
  const found = new Set<LandedChange>();
  const starts = [...asked].flatMap((key) => (reverters.has(key) ? (changes.get(key) ?? []) : []));
  for (const start of starts) {
    const chain = new Set([start]);
    for (const one of chain) for (const by of reverters.get(one.key) ?? []) chain.add(by);
    if ([...chain].some((one) => one !== start && one.branch !== deciding)) for (const one of chain) found.add(one);
  }
  return [...found]
    .filter(({ branch, repository }) => branch !== deciding && branchOfKey(deciding).repository === repository)
    .map(({ key, name, shas }) => ({ key, name, sha: shas[0] ?? null }));
}

/** What each pull request, merged or not, says it reverts. */
export function revertTargets(work: MergedWork): ReadonlyMap<string, ReadonlySet<string>> {
  const merged = changesOf(work);
  const stated = [...work.pullRequests].map(
    ([key, pullRequest]) => [key, merged.get(key) ?? changeOfPullRequest(pullRequest)] as const,
  );
  const reverting = stated.filter(([, change]) => revertsSomething(change));
  const bySha = indexShas(
    merged,
    reverting.map(([, change]) => change),
  );
  const targets = new Map<string, ReadonlySet<string>>();
  for (const [key, change] of reverting) {
    const keys = new Set([...change.revertsRefs, ...change.revertsShas.flatMap((sha) => keysOfSha(sha, bySha))]);
    keys.delete(key);
    if (keys.size > 0) targets.set(key, keys);
  }
  return targets;
}

function collectReverters(changes: ReadonlyMap<string, LandedChange>): ReadonlyMap<string, readonly LandedChange[]> {
  const reverting = [...changes.values()].filter(revertsSomething);
  const bySha = indexShas(changes, reverting);
  const reverters = new Map<string, LandedChange[]>();
  for (const change of reverting) {
    const targets = new Set([...change.revertsRefs, ...change.revertsShas.flatMap((sha) => keysOfSha(sha, bySha))]);
    for (const key of targets) {
      const target = changes.get(key);
      if (target === undefined || key === change.key || target.repository !== change.repository) continue;
      const known = reverters.get(key) ?? [];
      known.push(change);
      reverters.set(key, known);
    }
  }
  for (const list of reverters.values()) list.sort((a, b) => (a.key < b.key ? -1 : 1));
  return reverters;
}

type Assessment = (change: LandedChange, branch: string) => RevertStatus | null;

interface Holding {
  readonly deciding: DecidingBranch;
  readonly heldByBase: ReadonlyMap<string, Reading<boolean>>;
}

/**
 * A change is out as long as one of its reverts is in. Null: never reverted on that branch. Latest changes are judged
 * first, so that chains of reverts, however long, do not nest; in a circle of reverts the one that is met again counts as
 * out.
 */
function createAssessment(
  changes: ReadonlyMap<string, LandedChange>,
  reverters: ReadonlyMap<string, readonly LandedChange[]>,
  { deciding, heldByBase }: Holding,
): Assessment {
  const isOn = (change: LandedChange, branch: string): Reading<boolean> => {
    if (change.branch === branch || branch !== deciding(change.repository)) return known(change.branch === branch);
    return heldByBase.get(change.key) ?? known(false);
  };
  const statuses = new Map<string, RevertStatus | null>();
  const open = new Set<string>();
  const assess: Assessment = (change, branch) => {
    const place = `${change.key} ${branch}`;
    const known = statuses.get(place);
    if (known !== undefined) return known;
    if (open.has(place)) return { ...flipBy(change), isReverted: true };
    open.add(place);
    const status = statusOf(
      (reverters.get(change.key) ?? []).flatMap((by): readonly JudgedReverter[] => {
        const on = isOn(by, branch);
        if (on.known) return on.value ? [{ by, status: assess(by, branch) }] : [];
        return [{ by, status: assess(by, branch), doubt: on.gap }];
      }),
    );
    open.delete(place);
    statuses.set(place, status);
    return status;
  };
  for (const key of [...reverters.keys()].sort(latestFirst(changes))) {
    const change = changes.get(key);
    if (change !== undefined) assess(change, change.branch);
  }
  return assess;
}

const latestFirst =
  (changes: ReadonlyMap<string, LandedChange>) =>
  (a: string, b: string): number => {
    const [first, second] = [changes.get(a)?.at ?? '', changes.get(b)?.at ?? ''];
    return first === second ? (a < b ? -1 : 1) : first < second ? 1 : -1;
  };

interface JudgedReverter {
  readonly by: LandedChange;
  readonly status: RevertStatus | null;
  /** Nobody knows whether it is on the branch. */
  readonly doubt?: Gap;
}

function statusOf(reverters: readonly JudgedReverter[]): RevertStatus | null {
  if (reverters.length === 0) return null;
  const flips = reverters.map(({ by, status, doubt = status?.doubt }) => ({
    isOut: !(status?.isReverted ?? false),
    flip: status === null ? flipBy(by) : flipOf(status),
    doubt,
  }));
  // The sort is stable and the reverters come by key, so that equal times do not depend on the order of reading.
  const out = flips.filter(({ isOut }) => isOut).sort((a, b) => compareInstants(a.flip.since, b.flip.since));
  const back = flips.filter(({ isOut }) => !isOut).sort((a, b) => compareInstants(b.flip.since, a.flip.since));
  // One that is surely in takes it out, whatever the others do.
  const last = out.find(({ doubt }) => doubt === undefined) ?? out[0] ?? back[0];
  if (last === undefined) return null;
  const isSure = out.length > 0 && last.doubt === undefined;
  const doubt = isSure ? undefined : flips.find((one) => one.doubt !== undefined)?.doubt;
  return { ...last.flip, isReverted: out.length > 0 || doubt !== undefined, ...(doubt && { doubt }) };
}

type Flip = Omit<RevertStatus, 'isReverted' | 'doubt'>;

const flipBy = ({ at, evidence, url, branch }: LandedChange): Flip => ({ since: at, evidence, url, branch });

const flipOf = ({ since, evidence, url, branch }: Flip): Flip => ({ since, evidence, url, branch });

const compareInstants = (a: Instant, b: Instant): number => Date.parse(a) - Date.parse(b);
