import type { Change } from '../../change.ts';
import type { TaskFacts } from '../../task/facts.ts';
import { refKey } from '../../task/identity.ts';
import { assessDrift } from './assess-drift.ts';
import type { DriftFacts } from './drift.ts';
import { editLines } from './edit-lines.ts';

/**
 * The one edit that brings the checkboxes of an umbrella's own list in step with its children, and changes nothing else
 * of the text. Null when they are, and for an umbrella that is closed: its list is history.
 */
export function planTicks(
  facts: DriftFacts,
  { state }: Pick<TaskFacts, 'state'>,
): Extract<Change, { kind: 'update_issue_body' }> | null {
  if (state !== 'open') return null;
  const { ref, body } = facts.umbrella;
  const children = new Set(facts.children.map((child) => refKey(child.ref)));
  const edits = assessDrift(facts).findings.flatMap((finding) =>
    finding.kind === 'box' && finding.fix?.kind === 'edit' && finding.ref !== null && children.has(refKey(finding.ref))
      ? [finding.fix.edit]
      : [],
  );
  const ticked = editLines(body, edits);
  return ticked === body ? null : { kind: 'update_issue_body', on: ref, expected: body, body: ticked };
}
