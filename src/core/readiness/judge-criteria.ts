import type { Config } from '../config.ts';
import { compareText } from './compare-refs.ts';
import type { Criterion, DraftFinding, Judgement, ReadinessView } from './criterion.ts';
import { hashedId, numberTwins } from './hashed-id.ts';
import type { CriterionId, CriterionResult } from './report-schema.ts';
import { unreadScope } from './unread-scope.ts';

export interface JudgedCriterion {
  readonly id: CriterionId;
  readonly title: string;
  readonly weight: CriterionResult['weight'];
  readonly judgement: Judgement;
  /** It speaks for the whole scope, which could not be read in full. */
  readonly isUnread: boolean;
  /** Each with a name that stays the same from report to report; by name. */
  readonly findings: readonly NamedFinding[];
}

export interface NamedFinding extends DraftFinding {
  readonly id: string;
  readonly criterion: CriterionId;
  /** Whether its criterion blocks. */
  readonly isBlocking: boolean;
}

/** A finding after the waivers: it stands in the way while it fails or is unknown, and nobody waived it. */
export interface WaivableFinding extends NamedFinding {
  /** Id of the waiver that sets it aside; only what fails can be waived. */
  readonly waivedBy: string | null;
}

/**
 * Every criterion is evaluated, in the order given; what the configuration leaves out does not apply. Where the scope could
 * not be read in full, scope integrity says what is missing; where that does not block, the first that does says so too.
 */
export function judgeCriteria(criteria: readonly Criterion[], view: ReadinessView): readonly JudgedCriterion[] {
  const missing = unreadScope(view);
  const judged = criteria.map((criterion) => {
    const { id, title } = criterion;
    const isOff = view.config.readiness.criteria[id] === 'off';
    const judgement = isOff ? LEFT_OUT : criterion.judge(view);
    const isUnread = missing.length > 0 && !isOff && criterion.isOfScope(view.config);
    return { id, title, weight: weightOf(criterion, view.config), judgement, isUnread };
  });
  const held = judged.filter(({ isUnread, weight }) => isUnread && weight === 'blocking');
  const teller = held.some(({ id }) => id === 'scope_integrity') ? undefined : held[0]?.id;
  return judged.map((one) => {
    const { id, weight, judgement, isUnread } = one;
    const drafts = judgement.applies ? judgement.findings : [];
    const findings = id === teller ? [...missing, ...drafts] : drafts;
    return {
      ...one,
      judgement: isUnread ? unreadJudgement(judgement, findings) : judgement,
      findings: nameFindings(findings, { id, isBlocking: weight === 'blocking' }),
    };
  });
}

/** What it says of the rest stands, as long as that is not that all is well. */
function unreadJudgement(judgement: Judgement, findings: readonly DraftFinding[]): Judgement {
  const isDoubted = judgement.applies && findings.some(({ effect }) => effect !== 'informs');
  const reason = isDoubted ? judgement.reason : 'the scope could not be read in full';
  return { ...judgement, applies: true, findings, reason };
}

const LEFT_OUT: Judgement = {
  applies: false,
  measured: null,
  threshold: null,
  reason: 'left out by the configuration',
  findings: [],
};

function weightOf({ id, blocksByDefault }: Criterion, { readiness }: Config): CriterionResult['weight'] {
  const configured = readiness.criteria[id];
  if (configured === 'off') return 'informing';
  if (configured !== undefined) return configured;
  // Its own section says from when on it blocks: who wrote that wants it to.
  const isAsked = id === 'implemented_age' && readiness.implemented_age !== undefined;
  return blocksByDefault || isAsked ? 'blocking' : 'informing';
}

function nameFindings(
  drafts: readonly DraftFinding[],
  { id: criterion, isBlocking }: { readonly id: CriterionId; readonly isBlocking: boolean },
): readonly NamedFinding[] {
  const named = drafts.map((draft): NamedFinding => {
    const id = hashedId(draft.kind, [criterion, draft.item?.ref.toLowerCase() ?? null, draft.part ?? null]);
    return { ...draft, id, criterion, isBlocking };
  });
  return numberTwins(named.sort((a, b) => compareText(a.id, b.id) || compareText(a.why, b.why)));
}

/** Whether a finding is in the way of its criterion. */
export const stands = ({ effect, waivedBy }: WaivableFinding): boolean => effect !== 'informs' && waivedBy === null;

/**
 * | its findings                            | outcome          |
 * | --------------------------------------- | ---------------- |
 * | nothing asks for it                     | `not_applicable` |
 * | one fails, and nobody waived it         | `fail`           |
 * | else one is unknown, or all that may be | `unknown`        |
 * | missing from the scope                  |                  |
 * | else one fails, and all that do, waived | `waived`         |
 * | else                                    | `pass`           |
 */
export function concludeCriterion(judged: JudgedCriterion, findings: readonly WaivableFinding[]): CriterionResult {
  const { id, title, weight, judgement, isUnread } = judged;
  const { measured, threshold } = judgement;
  const outcome = outcomeOf(judgement, findings, isUnread);
  const reason = outcome === 'waived' ? 'everything that fails is waived' : judgement.reason;
  return { id, title, weight, outcome, measured, threshold, reason };
}

function outcomeOf(
  { applies }: Judgement,
  findings: readonly WaivableFinding[],
  isUnread: boolean,
): CriterionResult['outcome'] {
  if (!applies) return 'not_applicable';
  const standing = new Set(findings.filter(stands).map(({ effect }) => effect));
  if (standing.has('fails')) return 'fail';
  if (standing.has('unknown') || isUnread) return 'unknown';
  return findings.some(({ waivedBy }) => waivedBy !== null) ? 'waived' : 'pass';
}
