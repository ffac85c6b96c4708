import type { Config } from '../config.ts';
import { compareText } from './compare-refs.ts';
import type { Criterion, DraftFinding, Judgement, ReadinessView } from './criterion.ts';
import { hashedId, numberTwins } from './hashed-id.ts';
import type { CriterionId, CriterionResult } from './report-schema.ts';

export interface JudgedCriterion {
  readonly id: CriterionId;
  readonly title: string;
  readonly weight: CriterionResult['weight'];
  readonly judgement: Judgement;
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

/** Every criterion is evaluated, in the order given; what the configuration leaves out does not apply. */
export function judgeCriteria(criteria: readonly Criterion[], view: ReadinessView): readonly JudgedCriterion[] {
  return criteria.map((criterion) => {
    const { id, title } = criterion;
    const isOff = view.config.readiness.criteria[id] === 'off';
    const judgement = isOff ? LEFT_OUT : criterion.judge(view);
    const weight = weightOf(criterion, view.config);
    const findings = judgement.applies
      ? nameFindings(judgement.findings, { id, isBlocking: weight === 'blocking' })
      : [];
    return { id, title, weight, judgement, findings };
  });
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
 * | else one is unknown                     | `unknown`        |
 * | else one fails, and all that do, waived | `waived`         |
 * | else                                    | `pass`           |
 */
export function concludeCriterion(judged: JudgedCriterion, findings: readonly WaivableFinding[]): CriterionResult {
  const { id, title, weight, judgement } = judged;
  const { measured, threshold } = judgement;
  const outcome = outcomeOf(judgement, findings);
  const reason = outcome === 'waived' ? 'everything that fails is waived' : judgement.reason;
  return { id, title, weight, outcome, measured, threshold, reason };
}

function outcomeOf({ applies }: Judgement, findings: readonly WaivableFinding[]): CriterionResult['outcome'] {
  if (!applies) return 'not_applicable';
  const standing = new Set(findings.filter(stands).map(({ effect }) => effect));
  if (standing.has('fails')) return 'fail';
  if (standing.has('unknown')) return 'unknown';
  return findings.some(({ waivedBy }) => waivedBy !== null) ? 'waived' : 'pass';
}
