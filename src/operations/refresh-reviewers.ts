/**
 * Finds reviewers for pull requests, as `reviewers: { mode }` says. Used by the App whenever a pull request may want somebody,
 * when a review is given, and now and then for what waits in the queue.
 *
 * - `off`, `observe`, which is the default, and without a configuration: nothing is read but the configuration, and nothing written.
 *   What an earlier mode said of reviewers is deleted once, because nobody keeps it true any more; who was asked stays asked.
 * - `suggest`: one comment, edited in place, names whom to ask. It pings nobody. Who is named counts as asked when others are
 *   named, and is named no more as soon as a look finds that they cannot be asked. Somebody else is named after a person took
 *   somebody off: it is no more than a word.
 * - `assign`: they are asked for review, and assigned with `assignee: true` for as long as they do not decline and nobody takes
 *   them off. It takes a store; without one it is `suggest`.
 *
 * All that want somebody are solved as one batch. What several people know only together gets several of them. Drafts and
 * updates by dependency bots are left out. Whom a person asked stays asked, and counts before anybody else; whom a
 * person took off is not put back, and in `assign` nobody else in their place until somebody says `/parasol reroll`. When everybody is
 * full the request waits in the queue, and after a day, or at once where nobody can review it, one comment says so.
 * Once a pull request is closed or a person asked somebody, what was said of its reviewers goes; at a look at all also where nobody
 * ran who heard of it.
 */
import type { Config } from '../core/config.ts';
import { seatsMissing } from '../core/reviewers/choose-for-all.ts';
import type { PullReviews } from '../core/reviewers/pull-reviews.ts';
import { type Ref, type RepositoryRef, refKey } from '../core/task/identity.ts';
import { loadConfig } from '../github/load-config.ts';
import { leaseTime } from '../store/lease-time.ts';
import { loadReviewQueue } from '../store/reviewers/review-queue.ts';
import type { ChangeOutcome } from './apply-changes.ts';
import { assignReviewers } from './assign-reviewers.ts';
import { clearAllSuggestions, clearSuggestions } from './clear-suggestions.ts';
import { configInForce, isConfigGap } from './config-in-force.ts';
import { handOffReviews } from './hand-off-reviews.ts';
import { loadReviewModel } from './load-review-model.ts';
import type { ReviewersLook } from './load-suggestions.ts';
import type { OperationContext } from './operation.ts';
import { choiceAt, type ReviewDesk } from './review-desk.ts';
import { settleOpenPlaces } from './settle-open-places.ts';
import { givenTime, storeOf } from './store-of.ts';
import { suggestReviewers } from './suggest-reviewers.ts';
import { unassignReviewers } from './unassign-reviewers.ts';

export interface ReviewersRefresh {
  readonly mode: Config['reviewers']['mode'];
  readonly outcomes: readonly ChangeOutcome[];
}

/**
 * Looks at these pull requests, and at what waits in the queue. Costs one request where the mode asks for nothing. Otherwise all open pull requests are read anyway, so that a look at all of
 * them reads no more: but for the comments about reviewers, one more for twenty of them, and for twenty that ended unheard.
 */
export async function refreshReviewers(
  context: OperationContext,
  repository: RepositoryRef,
  { numbers, isAtAll, closed = new Set(), endedSince, isKept = false }: ReviewersLook,
): Promise<ReviewersRefresh> {
  const { mode, isStated, isRead } = await loadMode(context, repository);
  if (mode === 'off' || mode === 'observe') {
    const isLeft = isRead && isAtAll && (isKept || (isStated && endedSince === null));
    return { mode, outcomes: isLeft ? await clearAllSuggestions(context, repository) : [] };
  }
  const store = context.store === undefined ? null : await storeOf(context);
  const seenAt = store === null ? context.now() : await leaseTime(store.db, givenTime(context));
  const { model, config, slaSeconds, snapshot, queued } = await loadReviewModel(context, repository);
  const unheard = isAtAll && endedSince !== undefined ? endedAfter(snapshot.past, endedSince) : [];
  const cleared = await clearSuggestions(context, repository, [...new Set([...closed, ...unheard])]);
  const queue = store === null ? [] : await loadReviewQueue(store);
  const assigns = store !== null && mode === 'assign';
  const desk: ReviewDesk = { context, repository, model, slaSeconds, seenAt, config: config.reviewers, queued };
  const wanted = new Set([
    ...numbers,
    ...queue.flatMap(({ request }) => (isIn(request, repository) ? request.number : [])),
  ]);
  if (!assigns)
    return { mode: 'suggest', outcomes: [...cleared, ...(await suggestReviewers(desk, { numbers: wanted, isAtAll }))] };
  const options = choiceAt(desk, { assigns });
  const requests = model.requests.filter(
    (request) =>
      wanted.has(request.ref.number) || (isAtAll && seatsMissing(request, model.reviewers, options) !== null),
  );
  await settleOpenPlaces(store, { repository, pulls: model.pulls, seenAt, now: givenTime(context) });
  const served = isAtAll ? model.requests.filter((request) => !requests.includes(request)) : [];
  const assigned = await assignReviewers(desk, store, { requests, served });
  const unassigned = config.reviewers.assignee ? await unassignReviewers(desk) : [];
  const handedOff = config.reviewers.hand_off ? await handOffReviews(desk, store) : [];
  return { mode, outcomes: [...cleared, ...assigned, ...unassigned, ...handedOff] };
}

const endedAfter = (past: readonly PullReviews[], since: string | null): readonly number[] =>
  past.flatMap(({ ref, endedAt }) =>
    endedAt !== null && (since === null || Date.parse(endedAt) >= Date.parse(since)) ? [ref.number] : [],
  );

const isIn = (request: Ref, { owner, repo }: RepositoryRef): boolean =>
  refKey(request) === refKey({ owner, repo, number: request.number });

interface ReadMode {
  readonly mode: Config['reviewers']['mode'];
  /** Whether the configuration speaks of reviewers, so that they may have been named before. */
  readonly isStated: boolean;
  /** False: the mode is not known, and what it may have had written stays. */
  readonly isRead: boolean;
}

/** What nobody could read switches nothing on. */
async function loadMode({ github }: OperationContext, repository: RepositoryRef): Promise<ReadMode> {
  const loaded = await loadConfig(github, repository);
  if (loaded.gaps.some(isConfigGap)) return { mode: 'observe', isStated: false, isRead: false };
  const isStated = [loaded.configText, loaded.ownerConfigText].some((text) => text?.includes('reviewers') === true);
  return { mode: configInForce(loaded, repository.owner).config.reviewers.mode, isStated, isRead: true };
}
