import { createItemIds } from '../../plan/item-ids.ts';
import type { PlanDraft, PlanItem } from '../../plan/plan.ts';
import type { Ref } from '../../task/identity.ts';
import type { Drift, DriftFacts, DriftFinding } from './drift.ts';
import { editLines, type LineEdit } from './edit-lines.ts';

/**
 * The findings that can be set right, as a plan: a link for each task that is only listed, then one edit of the text.
 * Summaries that speak of tasks to be linked are an edit of their own, which is made only once all of those are.
 */
export function planDriftFix({ umbrella }: DriftFacts, { findings }: Drift): PlanDraft {
  const ids = createItemIds();
  const links = findings.flatMap((finding) => linkItem(finding, umbrella.ref, ids));
  const edits = findings.filter(({ fix }) => fix?.kind === 'edit');
  const [figures, others] = links.length === 0 ? [[], edits] : partition(edits, ({ kind }) => kind === 'summary');
  const text = textItem('edit-text', { umbrella, before: [], edits: others, needs: [] });
  const needs = [...links, ...text].map(({ id }) => id);
  return {
    kind: 'drift',
    repository: { owner: umbrella.ref.owner, repo: umbrella.ref.repo },
    umbrella: umbrella.ref,
    items: [...links, ...text, ...textItem('edit-summary', { umbrella, before: others, edits: figures, needs })],
    notes: findings
      .filter(({ fix }) => fix === null)
      .map(({ text, ref }) => ({ kind: 'left_alone', text, about: ref })),
  };
}

const partition = <T>(items: readonly T[], fits: (item: T) => boolean): readonly [readonly T[], readonly T[]] => [
  items.filter(fits),
  items.filter((item) => !fits(item)),
];

function linkItem(finding: DriftFinding, umbrella: Ref, ids: (wanted: string) => string): readonly PlanItem[] {
  if (finding.fix?.kind !== 'link' || finding.ref === null) return [];
  return [
    {
      id: ids(linkId(finding.ref, umbrella)),
      change: { kind: 'add_sub_issue', parent: umbrella, child: finding.ref, replaceParent: false },
      needs: [],
      selected: true,
      evidence: [evidenceOf(finding, umbrella)],
    },
  ];
}

/** `link-12`; of the owner's other repositories `link-12-harbor-web`. */
function linkId({ number, repo }: Ref, umbrella: Ref): string {
  const isAtHome = repo.toLowerCase() === umbrella.repo.toLowerCase();
  return isAtHome ? `link-${number}` : `link-${number}-${repo.toLowerCase()}`;
}

interface TextEdit extends Pick<DriftFacts, 'umbrella'> {
  /** Those of an earlier item, which the text has already. */
  readonly before: readonly DriftFinding[];
  readonly edits: readonly DriftFinding[];
  readonly needs: readonly string[];
}

/** Places of edits are those of the text as it was read, so that all are made in it at once. */
function textItem(id: string, { umbrella, before, edits, needs }: TextEdit): readonly PlanItem[] {
  const expected = editLines(umbrella.body, editsOf(before));
  const body = editLines(umbrella.body, editsOf([...before, ...edits]));
  if (body === expected) return [];
  return [
    {
      id,
      change: { kind: 'update_issue_body', on: umbrella.ref, expected, body },
      needs,
      selected: true,
      evidence: edits.map((finding) => evidenceOf(finding, umbrella.ref)),
    },
  ];
}

const editsOf = (findings: readonly DriftFinding[]): readonly LineEdit[] =>
  findings.flatMap(({ fix }) => (fix?.kind === 'edit' ? [fix.edit] : []));

function evidenceOf({ kind, text, quote, line }: DriftFinding, umbrella: DriftFacts['umbrella']['ref']) {
  return { rule: `drift_${kind}`, quote: quote ?? text, in: umbrella, path: null, line, confidence: null };
}
