import type { Audience } from '../umbrella/audience.ts';
import { mayBeShown } from './redact.ts';
import type { Finding, ReadinessReport, ReportDiff } from './report-schema.ts';

type Diffed = Pick<ReadinessReport, 'verdict' | 'criteria' | 'findings' | 'items' | 'scope' | 'repository'>;

/**
 * What changed since an earlier report of the same scope; null for one of another. `now` is the report before anything is
 * cut off its lists, so that nothing counts as resolved that is only no longer shown. A finding of the earlier report
 * whose item these readers may not see is left out.
 */
export function diffReports(now: Diffed, previous: ReadinessReport, audience: Audience): ReportDiff | null {
  if (previous.repository !== now.repository || previous.scope.selector !== now.scope.selector) return null;
  const before = new Set(previous.findings.map(({ id }) => id));
  const present = new Set(now.findings.map(({ id }) => id));
  const gone = previous.findings.filter((finding) => !present.has(finding.id) && isNameable(finding, audience));
  const whyGone = createReason(now);
  return {
    since: previous.generated_at,
    decision: { from: previous.verdict.decision, to: now.verdict.decision },
    appeared: now.findings.filter(({ id }) => !before.has(id)).map(({ id }) => id),
    resolved: gone.map((finding) => ({ id: finding.id, why: whyGone(finding) })),
    criteria: changedCriteria(now, previous),
  };
}

const isNameable = ({ item }: Finding, audience: Audience): boolean => item === null || mayBeShown(item.ref, audience);

function createReason({ criteria, items }: Diffed): (finding: Finding) => string {
  const outcomes = new Map(criteria.map(({ id, outcome }) => [id, outcome]));
  const states = new Map(items.map(({ ref, state }) => [ref.toLowerCase(), state]));
  return ({ criterion, item }) => {
    if (outcomes.get(criterion) === 'not_applicable') return 'its criterion is no longer judged';
    if (item === null) return 'it is no longer found';
    if (item.kind === 'commit') return 'the base has moved on';
    const state = states.get(item.ref.toLowerCase());
    if (state !== undefined) return `${item.ref} is ${state.replaceAll('_', ' ')} now`;
    return item.kind === 'branch' ? 'it is no longer found' : `${item.ref} is no longer in the scope`;
  };
}

function changedCriteria({ criteria }: Diffed, previous: ReadinessReport): ReportDiff['criteria'] {
  const before = new Map(previous.criteria.map(({ id, outcome }) => [id, outcome]));
  return criteria.flatMap(({ id, outcome }) => {
    const from = before.get(id);
    return from === undefined || from === outcome ? [] : [{ id, from, to: outcome }];
  });
}
