import { UserError } from '../core/failure.ts';
import { type PlannableChange, type Standing, standingOf, subjectOf } from '../core/plan/standing.ts';
import { formatRef, type Ref } from '../core/task/identity.ts';
import type { GitHubClient } from '../github/client.ts';
import { loadIssueStanding } from '../github/load-issue-standing.ts';
import { loadLabelStanding } from '../github/load-label-standing.ts';
import { loadNewIssueParts } from '../github/load-new-issue-parts.ts';

/**
 * What GitHub shows where the change writes. `made` is the issue that a `create_issue` made, where that is known; else it
 * is looked for by its marker. Throws `not_found` when the issue is gone, and otherwise as GitHub fails.
 */
export async function readStanding(github: GitHubClient, change: PlannableChange, made: Ref | null): Promise<Standing> {
  if (change.kind === 'create_label' || change.kind === 'delete_label') {
    return { kind: 'label', label: await loadLabelStanding(github, change.repository, change.name) };
  }
  if (change.kind === 'create_issue') {
    const ref = made ?? (await findCreated(github, change));
    return { kind: 'creation', made: ref === null ? null : await loadIssueStanding(github, ref) };
  }
  const subject = subjectOf(change);
  const issue = await loadIssueStanding(github, subject);
  if (issue !== null) return standingOf(change, issue);
  throw new UserError(
    'not_found',
    `${formatRef(subject)} does not exist any more, or you may not see it.`,
    'Leave its items out with --skip, or make a new plan.',
  );
}

async function findCreated(
  github: GitHubClient,
  change: Extract<PlannableChange, { kind: 'create_issue' }>,
): Promise<Ref | null> {
  const parts = await loadNewIssueParts(github, change);
  return 'standing' in parts ? parts.standing : null;
}
