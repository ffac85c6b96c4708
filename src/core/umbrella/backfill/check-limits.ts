import { refKey } from '../../task/identity.ts';
import { CHILDREN_PER_ISSUE } from '../batch-umbrella.ts';
import { LEVELS } from '../links/check-link.ts';
import type { BackfillTask } from './backfill-task.ts';
import type { BackfillConflict, BackfillConflictKind, LinkProposal } from './link-proposal.ts';

interface Checked {
  readonly proposals: readonly LinkProposal[];
  readonly conflicts: readonly BackfillConflict[];
  /** Parent by child, `refKey` both: what is recorded, and what is proposed and can be carried out. */
  readonly parents: ReadonlyMap<string, string>;
}

/** Parent by child, as recorded. */
export function recordedParents(tasks: readonly BackfillTask[]): ReadonlyMap<string, string> {
  return new Map(tasks.flatMap(({ ref, parent }) => (parent === null ? [] : [[refKey(ref), refKey(parent)] as const])));
}

/**
 * Sets apart the proposed parents that GitHub would refuse beside the links that exist: a circle, more than 100 children,
 * more than eight levels. Where a limit is passed nobody is chosen: all of them need a decision.
 */
export function checkLimits(proposals: readonly LinkProposal[], parents: ReadonlyMap<string, string>): Checked {
  const steps: readonly (readonly [BackfillConflictKind, typeof inCircles])[] = [
    ['cycle', inCircles],
    ['too_many_children', underFullParents],
    ['too_deep', onLongPaths],
  ];
  let kept = proposals;
  const conflicts: BackfillConflict[] = [];
  for (const [kind, find] of steps) {
    const refused = find(kept, withProposals(parents, kept));
    for (const one of kept)
      if (refused.has(refKey(one.child))) conflicts.push({ kind, child: one.child, candidates: [one] });
    kept = kept.filter(({ child }) => !refused.has(refKey(child)));
  }
  return { proposals: kept, conflicts, parents: withProposals(parents, kept) };
}

type Parents = ReadonlyMap<string, string>;

const withProposals = (parents: Parents, proposals: readonly LinkProposal[]): Parents =>
  new Map([...parents, ...proposals.map(({ child, parent }) => [refKey(child), refKey(parent)] as const)]);

/** Children on a circle: from each the way up is walked once. */
function inCircles(_proposals: readonly LinkProposal[], parents: Parents): ReadonlySet<string> {
  const done = new Set<string>();
  const circles = new Set<string>();
  for (const start of parents.keys()) {
    const path = new Set<string>();
    let key: string | undefined = start;
    for (; key !== undefined && !done.has(key) && !path.has(key); key = parents.get(key)) path.add(key);
    let isOnCircle = false;
    for (const step of path) {
      isOnCircle ||= step === key && !done.has(step);
      if (isOnCircle) circles.add(step);
    }
    for (const step of path) done.add(step);
  }
  return circles;
}

function underFullParents(proposals: readonly LinkProposal[], parents: Parents): ReadonlySet<string> {
  const counts = new Map<string, number>();
  for (const parent of parents.values()) counts.set(parent, (counts.get(parent) ?? 0) + 1);
  const full = proposals.filter(({ parent }) => (counts.get(refKey(parent)) ?? 0) > CHILDREN_PER_ISSUE);
  return new Set(full.map(({ child }) => refKey(child)));
}

/** Every link of a path with more than eight levels of sub-issues below its top. */
function onLongPaths(_proposals: readonly LinkProposal[], parents: Parents): ReadonlySet<string> {
  const long = new Set<string>();
  for (const start of parents.keys()) {
    const path: string[] = [];
    // A circle of recorded links cannot be; that of proposed ones was set apart before.
    for (let key = parents.get(start), last = start; key !== undefined && path.length < MAX_PATH; ) {
      path.push(last);
      last = key;
      key = parents.get(key);
    }
    if (path.length > LEVELS) for (const key of path) long.add(key);
  }
  return long;
}

const MAX_PATH = 1_000;
