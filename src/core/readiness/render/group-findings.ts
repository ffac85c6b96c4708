import type { CriterionResult, Finding, ReadinessReport } from '../report-schema.ts';
import { STANDING_MARKS, type Standing, standingOf } from './report-words.ts';

export interface FindingGroup {
  readonly criterion: CriterionResult;
  /** In the order of the report: what unblocks most comes first. */
  readonly findings: readonly Finding[];
}

/**
 * The findings by criterion: first those that keep the verdict from `go`, failing ones before unknown ones, then the rest;
 * among equals the one whose first finding ranks higher.
 */
export function groupFindings({ criteria, findings }: ReadinessReport): readonly FindingGroup[] {
  const groups = new Map<string, Finding[]>();
  for (const finding of findings) {
    const group = groups.get(finding.criterion);
    if (group === undefined) groups.set(finding.criterion, [finding]);
    else group.push(finding);
  }
  const criterionOf = new Map(criteria.map((criterion) => [criterion.id, criterion]));
  return [...groups.values()]
    .flatMap((group) => {
      const criterion = group[0] === undefined ? undefined : criterionOf.get(group[0].criterion);
      return criterion === undefined ? [] : [{ criterion, findings: group }];
    })
    .toSorted((a, b) => urgency(a.criterion) - urgency(b.criterion));
}

export const isInTheWay = ({ weight, outcome }: Pick<CriterionResult, 'weight' | 'outcome'>): boolean =>
  weight === 'blocking' && (outcome === 'fail' || outcome === 'unknown');

function urgency(criterion: CriterionResult): number {
  if (!isInTheWay(criterion)) return 2;
  return criterion.outcome === 'fail' ? 0 : 1;
}

const ORDER: readonly Standing[] = ['fails', 'unknown', 'informs', 'waived'];

/** `2 in the way, 1 unknown, 3 worth knowing`; of a criterion that only informs nothing is in the way. */
export function standingWords({ criterion, findings }: FindingGroup): string {
  const parts = ORDER.flatMap((standing) => {
    const count = findings.filter((finding) => standingOf(finding) === standing).length;
    const isMild = standing === 'fails' && criterion.weight === 'informing';
    return count === 0 ? [] : [`${count} ${isMild ? 'missed' : STANDING_MARKS[standing].word}`];
  });
  return parts.join(', ');
}
