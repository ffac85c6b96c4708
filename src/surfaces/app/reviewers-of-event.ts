import type { Ref } from '../../core/task/identity.ts';
import { repositoryOf } from './payload-subjects.ts';
import type { WebhookPayload } from './webhook-payload.ts';

/** What an event says that may change who should review a pull request. */
export interface ReviewersEvent {
  readonly request: Ref;
  readonly isClosed: boolean;
  /** From whom a person took the request away. */
  readonly removed: string | null;
  /** Who gave a review. */
  readonly reviewed: string | null;
}

/** After these somebody may be wanted, or wanted no more. */
const LOOKS: ReadonlySet<string> = new Set([
  ...['opened', 'reopened', 'closed', 'ready_for_review', 'converted_to_draft'],
  ...['synchronize', 'review_requested', 'review_request_removed'],
]);

/** Null for all other events. Whoever takes a request away from another, or from themselves, is a person: bots decide nothing here. */
export function reviewersOfEvent(name: string, payload: WebhookPayload): ReviewersEvent | null {
  const { repository, pull_request: pull, action = '', sender } = payload;
  if (repository === undefined || pull === undefined) return null;
  const request = { ...repositoryOf(repository), number: pull.number };
  const none = { request, isClosed: false, removed: null, reviewed: null };
  if (name === 'pull_request_review' && action === 'submitted')
    return { ...none, reviewed: payload.review?.user?.login ?? null };
  if (name !== 'pull_request' || !LOOKS.has(action)) return null;
  const isRemoval = action === 'review_request_removed' && sender?.type === 'User';
  return {
    ...none,
    isClosed: action === 'closed',
    removed: isRemoval ? (payload.requested_reviewer?.login ?? null) : null,
  };
}
