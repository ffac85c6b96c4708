import type { Finding, ReadinessReport } from './report-schema.ts';

/** What pages and comments can still carry; the figures count everything. */
const MAX_FINDINGS = 1_000;
export const MAX_ITEMS = 5_000;

/**
 * Cuts the long lists and says so: of the findings those go first that are in nobody's way. Of `totalItems` items the report
 * holds the first `MAX_ITEMS` already.
 */
export function truncateReport(report: Omit<ReadinessReport, 'truncation'>, totalItems: number): ReadinessReport {
  const findings = mostImportant(report.findings);
  const fix = report.verdict.smallest_fix;
  const mending = fix?.findings.slice(0, MAX_FINDINGS) ?? [];
  const truncation = [
    cutOf('findings', findings.length, report.findings.length),
    cutOf('items', report.items.length, totalItems),
    cutOf('verdict.smallest_fix.findings', mending.length, fix?.findings.length ?? 0),
  ];
  return {
    ...report,
    verdict: { ...report.verdict, smallest_fix: fix === null ? null : { ...fix, findings: mending } },
    findings,
    truncation: truncation.filter(({ shown, total }) => shown < total),
  };
}

const cutOf = (list: string, shown: number, total: number): ReadinessReport['truncation'][number] => ({
  list,
  shown,
  total,
});

function mostImportant(findings: readonly Finding[]): readonly Finding[] {
  if (findings.length <= MAX_FINDINGS) return findings;
  const isInTheWay = ({ effect, waived_by: waivedBy }: Finding): boolean => effect !== 'informs' && waivedBy === null;
  const first = findings.filter(isInTheWay);
  const rest = findings.filter((finding) => !isInTheWay(finding));
  return [...first, ...rest].slice(0, MAX_FINDINGS);
}
