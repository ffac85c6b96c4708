import { type Ref, refKey } from '../../task/identity.ts';
import type { BackfillTask, UmbrellaMarks } from './backfill-task.ts';
import { checkCircles } from './blocker-circles.ts';
import { checkLimits, recordedParents } from './check-limits.ts';
import { claimLinks } from './claim-links.ts';
import {
  type BackfillConflict,
  compareProposals,
  compareRefs,
  compareTexts,
  type LinkProposal,
} from './link-proposal.ts';
import { nameTasks } from './named-tasks.ts';
import { shippedWeights } from './parent-weights.ts';
import { judgeByHistory } from './rule-record.ts';
import { suggestParents } from './suggest-parents.ts';
import { weighClaims } from './weigh-claims.ts';

export interface BackfillOptions {
  readonly umbrellas: UmbrellaMarks;
  /** Whose addresses count, such as `github.com`. */
  readonly host: string;
  /** Whether a ranking proposes parents where no text says one. */
  readonly suggest: boolean;
  /** Links that a plan made and that do not stand any more: somebody took them back, so nobody is sure of them. */
  readonly withdrawn?: readonly Link[];
}

interface Link {
  readonly child: Ref;
  readonly parent: Ref;
}

export interface Backfill {
  /** By child, then relation and parent; at most one parent a task. */
  readonly proposals: readonly LinkProposal[];
  readonly conflicts: readonly BackfillConflict[];
}

/**
 * The links that the history of some repositories states and GitHub does not have yet: parents, and what blocks. The order of the
 * tasks does not matter. What would be refused or contradicts itself is a conflict and never proposed for `apply`.
 */
export function buildBackfill(tasks: readonly BackfillTask[], options: BackfillOptions): Backfill {
  const named = nameTasks(tasks, options.host);
  const withdrawn = new Set((options.withdrawn ?? []).map(linkKey));
  const claims = tasks
    .flatMap((task) => claimLinks(task, named, options.umbrellas))
    .map((claim) => (withdrawn.has(linkKey(claim)) ? { ...claim, tier: 'review' as const } : claim));
  const weighed = weighClaims(judgeByHistory(claims, named), named);
  const parents = weighed.proposals.filter(({ relation }) => relation === 'parent');
  const sure = checkLimits(
    parents.filter(({ tier }) => tier === 'apply'),
    recordedParents(tasks),
  );
  const open = checkLimits(
    parents.filter(({ tier }) => tier !== 'apply'),
    sure.parents,
  );
  const blockers = checkCircles(
    weighed.proposals.filter(({ relation }) => relation === 'blocked_by'),
    tasks,
  );
  const settled = new Set([...open.parents.keys(), ...weighed.conflicts.map(({ child }) => refKey(child))]);
  for (const { child } of [...sure.conflicts, ...open.conflicts]) settled.add(refKey(child));
  const suggested = options.suggest
    ? suggestParents(tasks, {
        marks: options.umbrellas,
        named,
        weights: shippedWeights(tasks),
        settled,
        parents: open.parents,
        withdrawn,
      })
    : [];
  const possible = checkLimits(suggested, open.parents);
  return {
    proposals: [...sure.proposals, ...open.proposals, ...blockers.proposals, ...possible.proposals].sort(
      compareProposals,
    ),
    conflicts: [...weighed.conflicts, ...[sure, open, blockers, possible].flatMap(({ conflicts }) => conflicts)].sort(
      compareConflicts,
    ),
  };
}

const linkKey = ({ child, parent }: Link): string => `${refKey(child)} ${refKey(parent)}`;

const compareConflicts = (one: BackfillConflict, other: BackfillConflict): number => {
  const [a, b] = [one.candidates[0], other.candidates[0]];
  const byKind = compareRefs(one.child, other.child) || compareTexts(one.kind, other.kind);
  return byKind || (a === undefined || b === undefined ? 0 : compareProposals(a, b));
};
