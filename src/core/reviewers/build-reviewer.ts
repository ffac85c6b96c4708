import type { Instant } from '../task/facts.ts';
import type { SignRhythm } from './absence-chance.ts';
import { actsOf } from './acts-of.ts';
import { askedSpansOf, readySpansOf } from './asked-spans.ts';
import { effortOfChange } from './effort-of-change.ts';
import { familiarityWith } from './familiarity.ts';
import { inferCapacity } from './infer-capacity.ts';
import { inferHours } from './infer-hours.ts';
import { type GivenEffort, inferPace } from './infer-pace.ts';
import { inferTurn } from './infer-turn.ts';
import { longRunUtilisation } from './long-run-utilisation.ts';
import { parseWorkingHours } from './parse-working-hours.ts';
import { loginKey } from './past-change.ts';
import { pastPresence } from './past-presence.ts';
import type { ReviewBase } from './review-base.ts';
import type { Learned, Reviewer, WorkingHours } from './review-facts.ts';
import type { PersonFacts } from './review-snapshot.ts';
import { namedLogins } from './reviewer-pool.ts';
import { NOT_SCARCE } from './scarcity.ts';
import { effortFor } from './score-candidate.ts';
import { waitingReviewsOf } from './waiting-reviews.ts';

/**
 * A person as one who may be asked: the configuration and the store go before what the past shows. How scarce somebody is depends
 * on the others, see `scarcityOf`.
 */
export function buildReviewer(login: string, base: ReviewBase): Reviewer {
  const { config, snapshot, now, kept, slaSeconds } = base;
  const key = loginKey(login);
  const set = Object.entries(config.people).find(([name]) => loginKey(name) === key)?.[1];
  const acts = actsOf(login, base);
  const hours = hoursOf(set?.hours, acts, now);
  const given = givenBy(key, base);
  const pace = inferPace(given, { now, hours: hours?.value ?? null });
  const turn = inferTurn(readySpansOf(key, snapshot), { now, hours: hours?.value ?? null });
  const signs = { acts, given, asked: askedSpansOf(key, snapshot) };
  const past = { now, pace: pace.value, hours: hours?.value ?? null };
  const presence = pastPresence(signs, past);
  const absences = kept.absences.get(key) ?? [];
  const there = absences.length === 0 ? presence : pastPresence(signs, { ...past, absences });
  const waiting = waitingReviewsOf(login, base);
  const taken = presence.reviewed + waiting.reduce((sum, { effort }) => sum + effort, 0);
  const utilisationOver = ({ presentDays }: SignRhythm): number | null =>
    longRunUtilisation({ taken, pace: pace.value, presentDays });
  const person = snapshot.people.known ? snapshot.people.value.find((one) => loginKey(one.login) === key) : undefined;
  const capacity = set?.capacity ?? config.capacity;
  const isNamed = set !== undefined || namedLogins(snapshot, config).has(key);
  return {
    login,
    capability: [...new Set([...base.capability.values()].flatMap((model) => model.capabilityOf(login)))].sort(),
    hasAccess: snapshot.people.known ? person !== undefined && mayReview(person, isNamed) : null,
    canApprove: person?.canApprove ?? null,
    ...{ pace, hours, turn },
    capacity:
      capacity === undefined
        ? inferCapacity({ pace, turn, hours: hours?.value ?? null, slaSeconds })
        : { value: capacity, basis: 'configured' },
    ownCapacity: kept.capacities.get(key) ?? null,
    isBusy: person?.isBusy ?? null,
    absences,
    lastSeenAt: acts.reduce<Instant | null>((last, at) => (last === null || at > last ? at : last), null),
    rhythm: presence.rhythm,
    waiting,
    overdrawn: Math.max(0, presence.overdrawn),
    utilisation: utilisationOver(presence.rhythm),
    utilisationWhenThere: utilisationOver(there.rhythm),
    scarcity: NOT_SCARCE,
  };
}

/** Who may only read approves nothing; whom the configuration names reviews all the same, as a team may want. */
const mayReview = ({ canApprove }: PersonFacts, isNamed: boolean): boolean => canApprove !== false || isNamed;

function hoursOf(text: string | undefined, acts: readonly Instant[], now: Instant): Learned<WorkingHours> | null {
  const parsed = text === undefined ? null : parseWorkingHours(text);
  if (parsed !== null && 'hours' in parsed) return { value: parsed.hours, basis: 'configured' };
  const inferred = inferHours(acts, now);
  return inferred === null ? null : { value: inferred.hours, basis: 'history' };
}

function givenBy(key: string, { past, touches }: ReviewBase): readonly GivenEffort[] {
  return past.flatMap(({ reviews, changedLines, changedLinesByFolder }) =>
    reviews
      .filter(({ login }) => loginKey(login) === key)
      .map(({ at }) => {
        const familiarity = familiarityWith(changedLinesByFolder, touches, at).get(key) ?? 0;
        return { at, effort: effortFor(effortOfChange(changedLines), familiarity) };
      }),
  );
}
