import { circlesOf } from '../../circles-of.ts';
import { type Ref, refKey } from '../../task/identity.ts';
import type { BackfillTask } from './backfill-task.ts';
import type { BackfillConflict, LinkProposal } from './link-proposal.ts';

interface Checked {
  readonly proposals: readonly LinkProposal[];
  readonly conflicts: readonly BackfillConflict[];
}

/**
 * Sets apart the proposed dependencies that would let tasks wait for each other, beside those that exist. What is for
 * `apply` is judged first, so that a statement in doubt keeps no plain one back.
 */
export function checkCircles(proposals: readonly LinkProposal[], tasks: readonly BackfillTask[]): Checked {
  const recorded = tasks.flatMap(({ ref, blockers }) => blockers.map((blocker): Edge => [ref, blocker]));
  const sure = setApart(
    proposals.filter(({ tier }) => tier === 'apply'),
    recorded,
  );
  const open = setApart(
    proposals.filter(({ tier }) => tier !== 'apply'),
    [...recorded, ...sure.proposals.map(edgeOf)],
  );
  return {
    proposals: [...sure.proposals, ...open.proposals],
    conflicts: [...sure.conflicts, ...open.conflicts],
  };
}

/** Who waits, and for what. */
type Edge = readonly [Ref, Ref];

const edgeOf = ({ child, parent }: LinkProposal): Edge => [child, parent];

function setApart(proposals: readonly LinkProposal[], others: readonly Edge[]): Checked {
  const circle = circlesOf(
    [...others, ...proposals.map(edgeOf)].map(([from, to]) => [refKey(from), refKey(to)] as const),
  );
  const isOnCircle = ({ child, parent }: LinkProposal): boolean =>
    circle.get(refKey(child)) === circle.get(refKey(parent));
  return {
    proposals: proposals.filter((one) => !isOnCircle(one)),
    conflicts: proposals.filter(isOnCircle).map((one) => ({ kind: 'cycle', child: one.child, candidates: [one] })),
  };
}
