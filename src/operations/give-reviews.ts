import { chooseForAll, type ForAllOptions, type RequestChoice } from '../core/reviewers/choose-for-all.ts';
import { loginKey } from '../core/reviewers/past-change.ts';
import type { ReviewRequest } from '../core/reviewers/review-facts.ts';
import type { Instant } from '../core/task/facts.ts';
import { refKey } from '../core/task/identity.ts';
import { leaseTime } from '../store/lease-time.ts';
import { assignUnderCap } from '../store/reviewers/assign-review.ts';
import { type KeptOfRequest, loadStandings, NOTHING_KEPT_OF_REQUEST } from '../store/reviewers/load-standings.ts';
import type { OriginStore } from '../store/store.ts';
import type { ChangeOutcome } from './apply-changes.ts';
import { withKept, withUnseen } from './newest-reviews.ts';
import type { ReviewDesk } from './review-desk.ts';
import { askAll, wishOf, withWaiting } from './review-places.ts';
import { givenTime } from './store-of.ts';

/** Whom a request was given to. `chosen` are those who are asked now, and whoever else was chosen is among `missing`. */
export interface GivenReview extends RequestChoice {
  readonly outcomes: readonly ChangeOutcome[];
}

interface Giving {
  readonly requests: readonly ReviewRequest[];
  readonly options: ForAllOptions;
}

/**
 * Asks reviewers for these requests, all solved as one batch, and tells what became of each, in the order given. Who was chosen
 * takes a place in the store, which alone knows what another process gave meanwhile; places that are lost to it, and those whom
 * GitHub refuses, are solved anew with what was given.
 */
export async function giveReviews(
  desk: ReviewDesk,
  store: OriginStore,
  { requests, options }: Giving,
): Promise<readonly GivenReview[]> {
  const given = new Map<string, GivenReview>();
  let left: readonly OpenRequest[] = requests.map((request) => ({ request, passedOver: [], refusals: 0 }));
  while (left.length > 0) {
    const next: OpenRequest[] = [];
    for (const { before, lost, refusals, ...one } of await giveOnce({ desk, store, options }, left)) {
      const outcomes = [...(given.get(refKey(one.request.ref))?.outcomes ?? []), ...one.outcomes];
      const chosen = [...(given.get(refKey(one.request.ref))?.chosen ?? []), ...one.chosen];
      given.set(refKey(one.request.ref), { ...one, chosen, outcomes });
      const open = { ...before, passedOver: [...before.passedOver, ...lost], refusals: before.refusals + refusals };
      if (lost.length > 0 && open.refusals < MOST_REFUSALS) next.push(open);
    }
    left = next;
  }
  return requests.flatMap(({ ref }) => given.get(refKey(ref)) ?? []);
}

interface OpenRequest {
  readonly request: ReviewRequest;
  /** Logins in lower case whom the store had no place for, or GitHub refused. As they are not asked again here, every round asks fewer. */
  readonly passedOver: readonly string[];
  /** How many of them GitHub refused. */
  readonly refusals: number;
}

/** Where GitHub refuses three people it is hardly about them. */
const MOST_REFUSALS = 3;

interface GivenOnce extends GivenReview {
  readonly before: OpenRequest;
  /** Those of `passedOver` that are new. */
  readonly lost: readonly string[];
  readonly refusals: number;
}

interface Round {
  readonly desk: ReviewDesk;
  readonly store: OriginStore;
  readonly options: ForAllOptions;
}

async function giveOnce(round: Round, open: readonly OpenRequest[]): Promise<readonly GivenOnce[]> {
  const { desk, store, options } = round;
  const now = await leaseTime(store.db, givenTime(desk.context));
  const kept = await loadKept(store, open, now);
  const passedOver = new Map(open.map((one) => [refKey(one.request.ref), one.passedOver]));
  const choices = chooseForAll(
    open.map(({ request }) => withKept(request, kept(request))),
    await withUnseen(desk, store, now),
    { ...options, passedOver: ({ ref }) => passedOver.get(refKey(ref)) ?? [] },
  );
  const given: GivenOnce[] = [];
  for (const [place, before] of open.entries()) {
    const choice = choices[place];
    if (choice !== undefined) given.push({ before, ...(await give(round, choice, kept(before.request))) });
  }
  return given;
}

async function loadKept(
  store: OriginStore,
  open: readonly OpenRequest[],
  now: Instant,
): Promise<(request: ReviewRequest) => KeptOfRequest> {
  const refs = open.map(({ request }) => request.ref);
  const kept = await loadStandings(store, refs, now);
  return ({ ref }) => kept.get(refKey(ref)) ?? NOTHING_KEPT_OF_REQUEST;
}

async function give(
  { desk, store }: Round,
  choice: RequestChoice,
  kept: KeptOfRequest,
): Promise<Omit<GivenOnce, 'before'>> {
  const { request, chosen } = choice;
  if (chosen.length === 0) return { ...choice, outcomes: [], lost: [], refusals: 0 };
  const held = await assignUnderCap(store, {
    ...wishOf(desk, request),
    count: kept.asked.length + chosen.length,
    removed: new Set(request.standing.removedByPerson),
    candidates: chosen.map((one) => withWaiting(one, desk.model.reviewers)),
  });
  const { logins, refused, outcomes } = await askAll(desk, store, request.ref, held);
  return {
    ...choice,
    chosen: chosen.filter(({ login }) => logins.includes(login)),
    missing: choice.missing + chosen.length - logins.length,
    outcomes,
    lost: [...chosen.map(({ login }) => login).filter((login) => !held.includes(login)), ...refused].map(loginKey),
    refusals: refused.length,
  };
}
