import type { PlanDraft, PlanItem } from '../../plan/plan.ts';
import type { Ref } from '../../task/identity.ts';
import type { Drift, DriftFacts, DriftFinding } from './drift.ts';
import { editLines } from './edit-lines.ts';

/** The findings that can be set right, as a plan: a link for each task that is only listed, then one edit of the text. */
export function planDriftFix({ umbrella }: DriftFacts, { findings }: Drift): PlanDraft {
  const edits = findings.flatMap(({ fix }) => (fix?.kind === 'edit' ? [fix.edit] : []));
  const body = editLines(umbrella.body, edits);
  const links = findings.flatMap((finding) => linkItem(finding, umbrella.ref));
  return {
    kind: 'drift',
    repository: { owner: umbrella.ref.owner, repo: umbrella.ref.repo },
    umbrella: umbrella.ref,
    items: body === umbrella.body ? links : [...links, textItem(umbrella, body, findings)],
    notes: findings
      .filter(({ fix }) => fix === null)
      .map(({ text, ref }) => ({ kind: 'left_alone', text, about: ref })),
  };
}

function linkItem(finding: DriftFinding, umbrella: DriftFacts['umbrella']['ref']): readonly PlanItem[] {
  if (finding.fix?.kind !== 'link' || finding.ref === null) return [];
  return [
    {
      id: linkId(finding.ref, umbrella),
      change: { kind: 'add_sub_issue', parent: umbrella, child: finding.ref, replaceParent: false },
      needs: [],
      selected: true,
      evidence: [evidenceOf(finding, umbrella)],
    },
  ];
}

/** `link-12`; of the owner's other repositories `link-12-harbor-web`: long names of those are cut, for ids have an end. */
function linkId({ number, repo }: Ref, umbrella: Ref): string {
  const isAtHome = repo.toLowerCase() === umbrella.repo.toLowerCase();
  return isAtHome ? `link-${number}` : `link-${number}-${repo.toLowerCase().slice(0, 60)}`;
}

function textItem(
  { ref, body: expected }: DriftFacts['umbrella'],
  body: string,
  findings: readonly DriftFinding[],
): PlanItem {
  return {
    id: 'edit-text',
    change: { kind: 'update_issue_body', on: ref, expected, body },
    needs: [],
    selected: true,
    evidence: findings.filter(({ fix }) => fix?.kind === 'edit').map((finding) => evidenceOf(finding, ref)),
  };
}

function evidenceOf({ kind, text, quote, line }: DriftFinding, umbrella: DriftFacts['umbrella']['ref']) {
  return { rule: `drift_${kind}`, quote: quote ?? text, in: umbrella, path: null, line, confidence: null };
}
