import { UserError } from '../core/failure.ts';
import { withIssueMarker } from '../core/issue-marker.ts';
import type { Applied, ChangeOf } from './applied.ts';
import type { GitHubClient, GraphqlProblem } from './client.ts';
import { demandPart } from './demand-answer.ts';
import { loadNewIssueParts } from './load-new-issue-parts.ts';
import { refOf } from './map-task.ts';
import type { PlaceNode } from './nodes.ts';
import { CREATE_ISSUE } from './queries/new-issue-queries.ts';
import { checkLength } from './sent-text.ts';

interface Answer {
  readonly createIssue: {
    readonly issue: {
      readonly number: number;
      readonly url: string;
      readonly fullDatabaseId: string | number;
      readonly repository: PlaceNode;
    } | null;
  } | null;
}

/**
 * Opens an issue as a child of its parent, labelled, assigned and typed, in one mutation. It is sent once: when its answer
 * gets lost, a second attempt finds the issue by its key. One that stands already is `already_there`.
 */
export async function createIssue(client: GitHubClient, change: ChangeOf<'create_issue'>): Promise<Applied> {
  const tried = `open "${change.title}" in ${change.repository.owner}/${change.repository.repo}`;
  const body = withIssueMarker(change.body, change.key);
  checkLength(body, tried);
  const parts = await loadNewIssueParts(client, change);
  if ('standing' in parts) return { outcome: 'already_there', url: null, id: null, issue: parts.standing };
  const input = { title: change.title, body, ...parts };
  const { data, problems } = await client.graphql<Answer>(CREATE_ISSUE, { input }, { tried, retries: 0 });
  if (problems.length > 0) throw refused(problems, tried);
  const issue = demandPart(data.createIssue?.issue, tried);
  return { outcome: 'applied', url: issue.url, id: Number(issue.fullDatabaseId), issue: refOf(issue) };
}

/** An error without a type is GitHub's own: nobody can tell whether the issue was opened. */
function refused(problems: readonly GraphqlProblem[], tried: string): UserError {
  const reasons = problems.map(({ message }) => message).join(', ');
  if (problems.some(({ type }) => type === null)) {
    return new UserError('github_unavailable', `GitHub failed on the attempt to ${tried}: ${reasons}`, 'Try again.');
  }
  const code = problems.some(({ type }) => type === 'FORBIDDEN') ? 'forbidden' : 'usage';
  return new UserError(code, `GitHub refused the attempt to ${tried}: ${reasons}.`, 'Change what was asked for.');
}
