import type { RequestChoice } from '../core/reviewers/choose-for-all.ts';
import { formatRef, sameRef } from '../core/task/identity.ts';
import type { OperationContext } from './operation.ts';
import { type AskedChoice, chooseFor } from './review-choice.ts';

/** Requests that a remark names of each person. */
const MOST_NAMED = 2;

/**
 * Whom of those that are named for one pull request alone other requests would get, if all that lack a reviewer were given out
 * together: whoever asks for one may take the only reviewer of another. Nothing where it makes no difference, and for all at once.
 * It reads nothing more from GitHub.
 */
export function remarksOnBatch(
  context: OperationContext,
  { loaded, pull }: Pick<AskedChoice, 'loaded' | 'pull'>,
  [alone]: readonly RequestChoice[],
): readonly string[] {
  if (pull === null || alone === undefined || alone.chosen.length === 0) return [];
  const batch = chooseFor(context, loaded, { requests: loaded.model.requests, isForAll: true });
  const own = batch.find(({ request }) => sameRef(request.ref, pull));
  const instead = (own?.chosen ?? []).map(({ login }) => login);
  const elsewhere = alone.chosen
    .filter(({ login }) => !instead.includes(login))
    .flatMap(({ login }) => {
      const taken = batch.filter(({ chosen }) => chosen.some((one) => one.login === login));
      return taken.length === 0 ? [] : [`${login} would review ${refsOf(taken, loaded.repository)}`];
    });
  if (elsewhere.length === 0) return [];
  const itself = formatRef(pull, loaded.repository);
  const fate = instead.length === 0 ? `${itself} would wait` : `${instead.join(' and ')} ${itself}`;
  return [
    `Given out together with all else that lacks a reviewer, ${elsewhere.join(', ')} and ${fate}; \`reviewers suggest --all\` shows that.`,
  ];
}

function refsOf(taken: readonly RequestChoice[], repository: AskedChoice['loaded']['repository']): string {
  const named = taken.slice(0, MOST_NAMED).map(({ request }) => formatRef(request.ref, repository));
  const more = taken.length - named.length;
  return more === 0 ? named.join(' and ') : `${named.join(', ')} and ${more} more`;
}
