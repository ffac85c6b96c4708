import { type Ref, repositoryKey } from '../../task/identity.ts';

export type BackfillRule =
  | 'dotted_id'
  | 'parent_line'
  | 'children_list'
  | 'part_of'
  | 'blocked_by_line'
  /** No text says it: the ranking does. */
  | 'suggested';

/** `apply` is stated by the people who wrote it; `review` asks a person; `ignore` is shown to nobody unless asked for. */
export type BackfillTier = 'apply' | 'review' | 'ignore';

export interface BackfillEvidence {
  /** As a reader sees it, on one line. */
  readonly quote: string;
  /** The issue in whose text it stands. */
  readonly in: Ref;
  /** Line of the body, from 1; null for the title. */
  readonly line: number | null;
}

export interface LinkProposal {
  readonly child: Ref;
  /** The parent, or the task that blocks. */
  readonly parent: Ref;
  readonly relation: 'parent' | 'blocked_by';
  readonly rule: BackfillRule;
  /** 0–1: the probability that the link is right. */
  readonly confidence: number;
  readonly tier: BackfillTier;
  readonly evidence: readonly BackfillEvidence[];
}

export type BackfillConflictKind =
  /** Its texts name parents that do not stand above one another. */
  | 'two_parents'
  /** It has another parent already: moving it is no backfill. */
  | 'already_linked'
  | 'cycle'
  | 'too_many_children'
  | 'too_deep'
  | 'other_owner'
  /** What is named is no issue of a repository that was read: deleted, transferred or a pull request. */
  | 'not_an_issue';

/** What could not be proposed because someone has to decide first. */
export interface BackfillConflict {
  readonly kind: BackfillConflictKind;
  readonly child: Ref;
  /** What the texts say, all of it. */
  readonly candidates: readonly LinkProposal[];
}

/** The order of everything that backfill returns: by repository, then by number. */
export function compareRefs(one: Ref, other: Ref): number {
  const isNear = one.owner === other.owner && one.repo === other.repo;
  return (isNear ? 0 : compareTexts(repositoryKey(one), repositoryKey(other))) || one.number - other.number;
}

export const compareTexts = (one: string, other: string): number => Number(one > other) - Number(one < other);

/** By child, then relation, parent and rule. */
export const compareProposals = (one: LinkProposal, other: LinkProposal): number =>
  compareRefs(one.child, other.child) ||
  compareTexts(one.relation, other.relation) ||
  compareRefs(one.parent, other.parent) ||
  RULE_ORDER.indexOf(one.rule) - RULE_ORDER.indexOf(other.rule);

/** The plainest statement first: it gives its name to a link that several texts state. */
export const RULE_ORDER: readonly BackfillRule[] = [
  'dotted_id',
  'parent_line',
  'children_list',
  'part_of',
  'blocked_by_line',
  'suggested',
];
