import type { RepositoryRef } from '../../core/task/identity.ts';
import type { PullExpectation } from '../../operations/refresh-risk.ts';
import { repositoryOf } from './payload-subjects.ts';
import type { WebhookPayload } from './webhook-payload.ts';

export interface RiskEvent {
  readonly repository: RepositoryRef;
  readonly expected: readonly PullExpectation[];
  /** The branch that was pushed to; null for what a pull request does. */
  readonly branch: string | null;
  readonly isDefaultBranch: boolean;
  /** Put on or taken off, and nothing else happened; null for all other events. */
  readonly label: string | null;
}

/** After these a pull request meets others, or other lines of them, or at another turn. */
const ACTIONS: ReadonlySet<string> = new Set([
  ...['opened', 'synchronize', 'reopened', 'closed', 'edited', 'ready_for_review', 'converted_to_draft'],
  // Labels may change who goes first.
  ...['labeled', 'unlabeled'],
]);

/** What an event says that may change who conflicts with whom; null for all others. */
export function riskOfEvent(name: string, payload: WebhookPayload): RiskEvent | null {
  const { repository, pull_request: pull, action = '', before, ref } = payload;
  if (repository === undefined) return null;
  const at = repositoryOf(repository);
  if (name === 'push') {
    const branch = /^refs\/heads\/(.+)$/s.exec(ref ?? '')?.[1];
    if (branch === undefined) return null;
    return { repository: at, expected: [], branch, isDefaultBranch: branch === repository.default_branch, label: null };
  }
  if (name !== 'pull_request' || pull === undefined || !ACTIONS.has(action)) return null;
  if (action === 'edited' && payload.changes?.base === undefined) return null;
  if (action.endsWith('labeled'))
    return { repository: at, expected: [], branch: null, isDefaultBranch: false, label: payload.label?.name ?? '' };
  const { number, head } = pull;
  const expected = { number, isOpen: action !== 'closed', before: before ?? null, headSha: head?.sha ?? null };
  return { repository: at, expected: [expected], branch: null, isDefaultBranch: false, label: null };
}
