import { TAKEN_FOR_ABSENT } from '../core/reviewers/absence-chance.ts';
import { loginKey } from '../core/reviewers/past-change.ts';
import { planHandOffs } from '../core/reviewers/plan-hand-offs.ts';
import { rankReviewers } from '../core/reviewers/rank-reviewers.ts';
import type { Reviewer, ReviewRequest } from '../core/reviewers/review-facts.ts';
import { silenceOf } from '../core/reviewers/silence-of.ts';
import { refKey, repositoryKey } from '../core/task/identity.ts';
import { assignUnderCap, countHandOffs } from '../store/reviewers/assign-review.ts';
import { loadOpenPlaces, loadStandings, type OpenPlace } from '../store/reviewers/load-standings.ts';
import type { OriginStore } from '../store/store.ts';
import { applyChanges, type ChangeOutcome } from './apply-changes.ts';
import { FIRST_TRY, nextTry, type ReviewTry } from './next-try.ts';
import { choiceAt, type ReviewDesk } from './review-desk.ts';
import { askAll, bookOf, wishOf, withWaiting } from './review-places.ts';

/** Of all requests that Parasol gave to somebody; the store sees to it, too, whoever hands on at the same moment. */
const MOST_SHARE = 0.1;
const HOUR_MS = 3_600_000;

/** Hands on what waits for people who are away or have gone silent, and whose hours are known: see `planHandOffs`. */
export async function handOffReviews(desk: ReviewDesk, store: OriginStore): Promise<readonly ChangeOutcome[]> {
  const { model, repository, context } = desk;
  const places = (await loadOpenPlaces(store, repository)).filter(({ isAsked }) => isAsked);
  const kept = await loadStandings(
    store,
    places.map(({ request }) => request),
  );
  const byLogin = new Map(model.reviewers.map((one) => [loginKey(one.login), one]));
  const held = places.flatMap((place) => {
    const holder = byLogin.get(place.login);
    const request = model.requests.find(({ ref }) => refKey(ref) === refKey(place.request));
    if (holder === undefined || request === undefined) return [];
    return [
      {
        key: keyOf(place),
        absenceChance: silenceOf(asHolder(holder), context.now()),
        knowsHours: holder.hours !== null,
        isAskedByPerson: request.standing.askedByPerson.includes(place.login),
        isHandedOff: (kept.get(refKey(place.request))?.handedOffFrom.length ?? 0) > 0,
        ageHours: (Date.parse(context.now()) - Date.parse(request.openedAt)) / HOUR_MS,
      },
    ];
  });
  const planned = planHandOffs(held, await countHandOffs(store, repositoryKey(repository), desk.seenAt));
  const outcomes: ChangeOutcome[] = [];
  for (const place of places) if (planned.includes(keyOf(place))) outcomes.push(...(await handOff(desk, store, place)));
  return outcomes;
}

/** Who finishes what waits, or is busy by GitHub's status, keeps it, as long as they are not silent about it. */
const asHolder = (holder: Reviewer): Reviewer => ({
  ...holder,
  isBusy: null,
  absences: holder.absences.filter(({ level }) => level !== 'finish_only'),
});

const keyOf = ({ request, login }: OpenPlace): string => `${refKey(request)} ${login}`;

/** First somebody has it, then nobody else has it any more. Whom GitHub refuses is passed over, see `nextTry`. */
async function handOff(desk: ReviewDesk, store: OriginStore, place: OpenPlace): Promise<readonly ChangeOutcome[]> {
  const { request: on, login } = place;
  const request = desk.model.requests.find(({ ref }) => refKey(ref) === refKey(on));
  if (request === undefined) return [];
  const outcomes: ChangeOutcome[] = [];
  for (let next: ReviewTry | null = FIRST_TRY; next !== null; ) {
    const chosen = await holdInstead({ desk, store, request }, login, next);
    const told = await askAll(desk, bookOf(desk, store), { request: on, logins: chosen });
    outcomes.push(...told.outcomes);
    if (told.logins.length > 0) return [...outcomes, ...(await relieve(desk, place, request))];
    next = nextTry(next, told);
  }
  return outcomes;
}

interface HandedOn {
  readonly desk: ReviewDesk;
  readonly store: OriginStore;
  readonly request: ReviewRequest;
}

/** Takes a place for one other person, as long as there is one who is there and has room. */
function holdInstead(
  { desk, store, request }: HandedOn,
  from: string,
  { passedOver }: ReviewTry,
): Promise<readonly string[]> {
  const present = desk.model.reviewers.filter((one) => isThere(one, desk));
  const { candidates } = rankReviewers(request, present, choiceAt(desk, { assigns: true }));
  return assignUnderCap(store, {
    ...wishOf(desk, request),
    count: 1,
    candidates: candidates
      .filter((one) => !passedOver.includes(loginKey(one.login)))
      .map((one) => withWaiting(one, present)),
    handOff: { from, maxShare: MOST_SHARE },
  });
}

const relieve = (
  { context, config }: ReviewDesk,
  { request: on, login }: OpenPlace,
  { standing }: ReviewRequest,
): Promise<readonly ChangeOutcome[]> =>
  applyChanges(context, [
    { kind: 'remove_review_request', on, login },
    ...(config.assignee && standing.assignedByUs.includes(login)
      ? [{ kind: 'remove_assignee', on, login } as const]
      : []),
  ]);

const isThere = (reviewer: Reviewer, { context }: ReviewDesk): boolean =>
  silenceOf(reviewer, context.now()) < TAKEN_FOR_ABSENT;
