import { UserError } from '../core/failure.ts';
import type { GraphqlReply } from './client.ts';

/**
 * For questions whose answer decides what happens next: a part that GitHub failed to answer must not read as "gone".
 * What is missing or hidden (`NOT_FOUND`, `FORBIDDEN`) is an answer. Throws `github_unavailable`, which is tried again.
 */
export function demandAnswer({ problems }: Pick<GraphqlReply<unknown>, 'problems'>, tried: string): void {
  if (problems.every(({ type }) => type === 'NOT_FOUND' || type === 'FORBIDDEN')) return;
  throw new UserError('github_unavailable', `GitHub answered only in part on the attempt to ${tried}.`, 'Try again.');
}

/** Where even a hidden thing may not read as nothing, because nothing leads to a write. */
export function demandPart<Part>(part: Part | null | undefined, tried: string): Part {
  if (part != null) return part;
  throw new UserError('github_unavailable', `GitHub gave no answer on the attempt to ${tried}.`, 'Try again.');
}
