import type { AttentionItem, ChildRollup, NextAction } from './rollup.ts';

/**
 * Most urgent first: what is broken or blind, then what is nearly in, then what waits for a person, then what could
 * begin. Kinds that are not listed need nobody now.
 */
const URGENCY: readonly NextAction['kind'][] = [
  'reapply_change',
  'grant_permission',
  'fix_checks',
  'resolve_conflict',
  'address_review',
  'clear_blocker',
  'merge',
  'close_task',
  'add_artifact',
  'review',
  'request_review',
  'finish_draft',
  'start',
];

/** Children that need someone; of equal urgency the longest in its state first, then in GitHub's order. */
export function attentionOf(children: readonly ChildRollup[]): readonly AttentionItem[] {
  return children
    .flatMap((child) => {
      const action = child.nextAction;
      const urgency = action === null ? -1 : URGENCY.indexOf(action.kind);
      return action === null || urgency < 0 ? [] : [{ child, action, urgency }];
    })
    .sort((a, b) => a.urgency - b.urgency || (b.child.ageSeconds ?? -1) - (a.child.ageSeconds ?? -1))
    .map(({ child, action }) => ({ ref: child.ref, why: whyOf(child, action), action }));
}

/** Without ages, which the surfaces add. */
function whyOf(child: ChildRollup, action: NextAction): string {
  switch (action.kind) {
    case 'fix_checks':
      return `failing: ${child.pullRequests.flatMap((one) => one.failingChecks).join(', ') || 'checks'}`;
    case 'resolve_conflict':
      return 'conflicts with its base branch';
    case 'address_review':
      return 'changes requested';
    case 'merge':
      return 'approved and green';
    case 'close_task':
      return child.nested === null ? 'merged, still open' : 'all children complete, still open';
    case 'add_artifact':
      return `missing: ${child.missingArtifacts.join(', ')}`;
    case 'review':
      return 'waiting for a review';
    case 'request_review':
      return 'nobody is asked to review';
    case 'finish_draft':
      return 'still a draft';
    case 'start':
      return 'can start now';
    default:
      return child.state.reason;
  }
}
