import type { Ref } from '../../core/task/identity.ts';
import type { HeadExpectation } from '../../operations/review-config.ts';
import { repositoryOf } from './payload-subjects.ts';
import type { WebhookPayload } from './webhook-payload.ts';

interface PossibleChange {
  readonly pullRequest: Ref;
  readonly expected: HeadExpectation | null;
}

/** After these a pull request may bring another configuration, or another one counts as changed. */
const ACTIONS: ReadonlySet<string> = new Set(['opened', 'synchronize', 'reopened', 'edited', 'ready_for_review']);

/** The pull request whose configuration is to be looked at; null for events that leave it as it is. */
export function configChangeOfEvent(name: string, payload: WebhookPayload): PossibleChange | null {
  const { action = '', pull_request: pull, repository, changes, before = null } = payload;
  if (name !== 'pull_request' || !ACTIONS.has(action) || pull === undefined || repository === undefined) return null;
  if (action === 'edited' && changes?.base === undefined) return null;
  const expected = pull.head === undefined ? null : { sha: pull.head.sha, before };
  return { pullRequest: { ...repositoryOf(repository), number: pull.number }, expected };
}
