import { stands } from './judge-criteria.ts';
import type { RankedFinding } from './rank-findings.ts';
import type { Finding, Verdict } from './report-schema.ts';

/**
 * What has to go, and no less, for the decision to become `go`: every finding of a blocking criterion that stands, in the
 * order given. Null where there is none, or where one of them is an unknown that nobody can end.
 */
export function findingsToMend(ranked: readonly RankedFinding[]): readonly RankedFinding[] | null {
  const inTheWay = ranked.filter((finding) => finding.isBlocking && stands(finding));
  if (inTheWay.length === 0 || inTheWay.some(({ isMendable }) => isMendable === false)) return null;
  return inTheWay;
}

const TOLD = 3;

/** The same as its readers may know it. */
export function smallestFix(findings: readonly Finding[]): NonNullable<Verdict['smallest_fix']> {
  const actions = [...new Set(findings.map(({ action }) => action.text))];
  const more = actions.length - TOLD;
  const told = [...actions.slice(0, TOLD), ...(more > 0 ? [`and ${more} more`] : [])].join('; ');
  const count = findings.length === 1 ? '1 finding has' : `${findings.length} findings have`;
  return { text: `${count} to go: ${told}`, findings: findings.map(({ id }) => id) };
}
