import { invalid, WorldRefusal } from './world-refusal.ts';

/** GitHub's limits that the actions hold. Sources: GitHub's documentation of issues, sub-issues and dependencies. */
export const LIMITS = {
  titleCharacters: 256,
  bodyCharacters: 65_536,
  subIssuesPerParent: 100,
  /** Levels of sub-issues below the topmost issue. */
  subIssueLevels: 8,
  dependenciesPerIssue: 50,
  labelsPerItem: 100,
  assigneesPerItem: 10,
  reviewersPerPullRequest: 15,
} as const;

type Resource = 'Issue' | 'PullRequest' | 'IssueComment' | 'PullRequestReview';

/** Refuses a blank title and one that is too long. */
export function checkTitle(resource: Resource, title: string): void {
  if (title.trim() === '') {
    throw new WorldRefusal(422, 'Validation Failed', [{ resource, code: 'missing_field', field: 'title' }]);
  }
  if (title.length > LIMITS.titleCharacters) {
    throw invalid(resource, 'title', `title is too long (maximum is ${LIMITS.titleCharacters} characters)`);
  }
}

/** Refuses a body that is too long, and a blank one where GitHub wants text. */
export function checkBody(resource: Resource, body: string, options: { readonly required?: boolean } = {}): void {
  if (options.required === true && body.trim() === '') throw invalid(resource, 'body', 'body cannot be blank');
  if (body.length > LIMITS.bodyCharacters) {
    throw invalid(resource, 'body', `body is too long (maximum is ${LIMITS.bodyCharacters} characters)`);
  }
}
