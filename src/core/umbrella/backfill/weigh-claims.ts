import { type Ref, refKey, repositoryKey, sameRef } from '../../task/identity.ts';
import type { BackfillTask } from './backfill-task.ts';
import {
  type BackfillConflict,
  compareProposals,
  compareTexts,
  type LinkProposal,
  RULE_ORDER,
} from './link-proposal.ts';
import type { NamedTasks } from './named-tasks.ts';

interface Weighed {
  readonly proposals: readonly LinkProposal[];
  readonly conflicts: readonly BackfillConflict[];
}

/**
 * Turns what the texts claim into at most one proposed parent a task, or a conflict. Links that exist already are left
 * out. A task that names its parent and also what stands above the parent contradicts nothing: the nearest counts.
 */
export function weighClaims(claims: readonly LinkProposal[], named: NamedTasks): Weighed {
  const merged = mergeClaims(claims).filter((claim) => !exists(claim, named));
  const above = ancestorsBy(parentsByChild(merged, named));
  const conflicts: BackfillConflict[] = [];
  const proposals: LinkProposal[] = [];
  for (const group of groupByChild(merged).values()) {
    const usable = group.filter((claim) => {
      const kind = problemOf(claim, named);
      if (kind !== null) conflicts.push({ kind, child: claim.child, candidates: [claim] });
      return kind === null;
    });
    const parents = usable.filter(({ relation }) => relation === 'parent');
    const outcome = weighParents(parents, above);
    conflicts.push(...outcome.conflicts);
    proposals.push(...outcome.proposals);
    proposals.push(...usable.filter((one) => one.relation === 'blocked_by' && !isOwnParent(one, group, named)));
  }
  return { proposals, conflicts };
}

/** One proposal a link, with all its evidence, under its plainest rule. */
function mergeClaims(claims: readonly LinkProposal[]): readonly LinkProposal[] {
  const byLink = new Map<string, LinkProposal[]>();
  for (const claim of [...claims].sort(compareClaims)) {
    const key = `${refKey(claim.child)} ${claim.relation} ${refKey(claim.parent)}`;
    const same = byLink.get(key);
    if (same === undefined) byLink.set(key, [claim]);
    else same.push(claim);
  }
  return [...byLink.values()].flatMap((same) => {
    const [best] = [...same].sort(byStrength);
    return best === undefined
      ? []
      : [{ ...best, evidence: same.flatMap(({ evidence }) => evidence).slice(0, MAX_EVIDENCE) }];
  });
}

/** Enough to judge by; a text that says one thing a thousand times is not surer of it. */
const MAX_EVIDENCE = 5;

const compareClaims = (one: LinkProposal, other: LinkProposal): number =>
  compareProposals(one, other) || compareTexts(placeOf(one), placeOf(other));

const placeOf = ({ evidence: [first] }: LinkProposal): string =>
  first === undefined ? '' : `${refKey(first.in)} ${String(first.line ?? 0).padStart(6, '0')}`;

const byStrength = (one: LinkProposal, other: LinkProposal): number =>
  Number(other.tier === 'apply') - Number(one.tier === 'apply') ||
  RULE_ORDER.indexOf(one.rule) - RULE_ORDER.indexOf(other.rule);

const taskOf = (ref: Ref, named: NamedTasks): BackfillTask | undefined => named.byRef.get(refKey(ref));

function exists({ child, parent, relation }: LinkProposal, named: NamedTasks): boolean {
  const task = taskOf(child, named);
  if (relation === 'blocked_by') return task?.blockers.some((blocker) => sameRef(blocker, parent)) === true;
  return task?.parent != null && sameRef(task.parent, parent);
}

function problemOf({ child, parent, relation }: LinkProposal, named: NamedTasks): BackfillConflict['kind'] | null {
  const isLost = [child, parent].some(
    (ref) => taskOf(ref, named) === undefined && named.repositories.has(repositoryKey(ref)),
  );
  if (isLost) return 'not_an_issue';
  if (child.owner.toLowerCase() !== parent.owner.toLowerCase()) return 'other_owner';
  return relation === 'parent' && taskOf(child, named)?.parent != null ? 'already_linked' : null;
}

function groupByChild(claims: readonly LinkProposal[]): ReadonlyMap<string, readonly LinkProposal[]> {
  const groups = new Map<string, LinkProposal[]>();
  for (const claim of claims) {
    const group = groups.get(refKey(claim.child));
    if (group === undefined) groups.set(refKey(claim.child), [claim]);
    else group.push(claim);
  }
  return groups;
}

type ParentsByChild = ReadonlyMap<string, ReadonlySet<string>>;

/** Every parent that is recorded or claimed. */
function parentsByChild(claims: readonly LinkProposal[], named: NamedTasks): ParentsByChild {
  const above = new Map<string, Set<string>>();
  const add = (child: Ref, parent: Ref): void => {
    const parents = above.get(refKey(child)) ?? new Set();
    above.set(refKey(child), parents.add(refKey(parent)));
  };
  for (const { ref, parent } of named.byRef.values()) if (parent !== null) add(ref, parent);
  for (const { child, parent, relation } of claims) if (relation === 'parent') add(child, parent);
  return above;
}

/** Texts that name more parents than this contradict each other, however those stand: nobody weighs so many. */
const MAX_WEIGHED = 10;

function weighParents(parents: readonly LinkProposal[], above: AncestorsOf): Weighed {
  const isAbove = ({ parent }: LinkProposal): boolean =>
    parents.some((other) => !sameRef(other.parent, parent) && above(other.parent).has(refKey(parent)));
  const nearest = parents.length > MAX_WEIGHED ? parents : parents.filter((one) => !isAbove(one));
  const [first, second] = nearest;
  if (first !== undefined && second === undefined)
    return { proposals: [withAllEvidence(first, parents)], conflicts: [] };
  const [any] = parents;
  if (any === undefined) return { proposals: [], conflicts: [] };
  return {
    proposals: tentative(parents),
    conflicts: [{ kind: 'two_parents', child: any.child, candidates: parents }],
  };
}

/** Only `Part of` contradicts: it may speak of a topic. What else is stated is shown for review, beside the conflict. */
function tentative(parents: readonly LinkProposal[]): readonly LinkProposal[] {
  const [stated, second] = parents.filter(({ rule }) => rule !== 'part_of');
  return stated === undefined || second !== undefined ? [] : [{ ...stated, tier: 'review' }];
}

function withAllEvidence(nearest: LinkProposal, parents: readonly LinkProposal[]): LinkProposal {
  const further = parents.filter((one) => one !== nearest).flatMap(({ evidence }) => evidence);
  return { ...nearest, evidence: [...nearest.evidence, ...further].slice(0, MAX_EVIDENCE) };
}

type AncestorsOf = (ref: Ref) => ReadonlySet<string>;

/** How many are looked at above each: GitHub has eight levels. */
const MAX_ANCESTORS = 64;

/** What stands above a task, by `refKey` and without itself; worked out once each. */
function ancestorsBy(parents: ParentsByChild): AncestorsOf {
  const known = new Map<string, ReadonlySet<string>>();
  return (ref) => {
    const start = refKey(ref);
    const found = known.get(start) ?? climb(start, parents);
    known.set(start, found);
    return found;
  };
}

function climb(start: string, parents: ParentsByChild): ReadonlySet<string> {
  const seen = new Set([start]);
  for (const key of seen) {
    for (const parent of parents.get(key) ?? []) {
      if (seen.size > MAX_ANCESTORS) break;
      seen.add(parent);
    }
  }
  seen.delete(start);
  return seen;
}

/** What is below an umbrella cannot wait for it, since the umbrella waits for what is below: both would wait for ever. */
function isOwnParent(claim: LinkProposal, group: readonly LinkProposal[], named: NamedTasks): boolean {
  const recorded = taskOf(claim.child, named)?.parent ?? null;
  const claimed = group.filter(({ relation }) => relation === 'parent').map(({ parent }) => parent);
  return [...(recorded === null ? [] : [recorded]), ...claimed].some((parent) => sameRef(parent, claim.parent));
}
