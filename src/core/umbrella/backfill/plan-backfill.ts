import { createItemIds } from '../../plan/item-ids.ts';
import type { PlanDraft, PlanEvidence, PlanItem, PlanNote } from '../../plan/plan.ts';
import { formatRef, type Ref, type RepositoryRef } from '../../task/identity.ts';
import type { Backfill } from './build-backfill.ts';
import type { BackfillConflict, BackfillConflictKind, LinkProposal } from './link-proposal.ts';

/** Proposals as a plan: what the texts state is selected, what a person should look at is not, conflicts are notes. */
export function planBackfill(repository: RepositoryRef, { proposals, conflicts }: Backfill): PlanDraft {
  const ids = createItemIds();
  return {
    kind: 'backfill',
    repository,
    umbrella: null,
    items: proposals
      .filter(({ tier }) => tier !== 'ignore')
      .map((proposal) => itemOf(proposal, ids(idOf(proposal, repository)))),
    notes: conflicts.map((conflict) => noteOf(conflict, repository)),
  };
}

function idOf({ child, parent, relation }: LinkProposal, near: RepositoryRef): string {
  const word = (ref: Ref): string =>
    formatRef(ref, near)
      .replaceAll(/[^\w.-]+/g, '-')
      .replace(/^-/, '');
  return relation === 'parent' ? `link-${word(child)}` : `block-${word(child)}-by-${word(parent)}`;
}

function itemOf(proposal: LinkProposal, id: string): PlanItem {
  const { child, parent, relation, tier } = proposal;
  return {
    id,
    change:
      relation === 'parent'
        ? { kind: 'add_sub_issue', parent, child, replaceParent: false }
        : { kind: 'add_blocker', on: child, blocker: parent },
    needs: [],
    selected: tier === 'apply',
    evidence: evidenceOf(proposal),
  };
}

function evidenceOf({ rule, confidence, evidence }: LinkProposal): readonly PlanEvidence[] {
  const sure = { rule, confidence, path: null };
  if (evidence.length === 0) return [{ ...sure, quote: '', in: null, line: null }];
  return evidence.map(({ quote, in: place, line }) => ({ ...sure, quote, in: place, line }));
}

const REASONS: Readonly<Record<BackfillConflictKind, string>> = {
  two_parents: 'its texts name more than one parent',
  already_linked: 'it has another parent already; `parasol umbrella move` would change that',
  cycle: 'it would stand above itself',
  too_many_children: 'the parent would have more than 100 sub-issues',
  too_deep: 'it would stand deeper than 8 levels',
  other_owner: 'it belongs to another owner',
  not_an_issue: 'what is named is no issue that can be read',
};

/** What is in the way, in words, and what the texts say. */
export function describeConflict({ kind, child, candidates }: BackfillConflict, near: RepositoryRef): string {
  const named = [...new Set(candidates.map(({ parent }) => formatRef(parent, near)))].join(', ');
  const isDependency = candidates.every(({ relation }) => relation === 'blocked_by');
  if (!isDependency) return `${formatRef(child, near)} under ${named}: ${REASONS[kind]}`;
  const reason = kind === 'cycle' ? 'they would wait for each other' : REASONS[kind];
  return `${formatRef(child, near)} blocked by ${named}: ${reason}`;
}

const noteOf = (conflict: BackfillConflict, near: RepositoryRef): PlanNote => ({
  kind: conflict.kind,
  text: describeConflict(conflict, near),
  about: conflict.child,
});
