import { refKey } from '../../task/identity.ts';
import type { Drift, DriftFinding } from './drift.ts';

/**
 * What the viewer sees, with only those edits of the text that all readers of the umbrella would see the reason for: what
 * is written there must not name or tell them anything else.
 */
export function keepReadersEdits({ findings, gaps }: Drift, readers: Drift): Drift {
  const edits = new Map(readers.findings.map((finding) => [keyOf(finding), finding.fix]));
  return {
    findings: findings.map((finding) => {
      if (finding.fix?.kind !== 'edit') return finding;
      if (!edits.has(keyOf(finding))) return { ...finding, text: `${finding.text}; ${NOT_FOR_ALL}`, fix: null };
      return { ...finding, fix: edits.get(keyOf(finding)) ?? null };
    }),
    gaps,
  };
}

const NOT_FOR_ALL = 'the text does not get it, because not all who read it may see that';

/** A line may hold the same summary twice. */
const keyOf = ({ kind, ref, line, quote, fix }: DriftFinding): string => {
  const column = fix?.kind === 'edit' ? (fix.edit.replaces?.column ?? null) : null;
  return JSON.stringify([kind, ref === null ? null : refKey(ref), line, quote, column]);
};
