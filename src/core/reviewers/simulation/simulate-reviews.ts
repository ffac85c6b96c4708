import {
  type Actor,
  beginRun,
  byOpening,
  type GivenReview,
  type Run,
  type SimulationOptions,
  waitingOf,
} from './begin-run.ts';
import type { Calendar } from './draw-calendars.ts';
import { arrive, giveOut, handOff, lookAround, rerequest } from './give-out.ts';
import { noteHour, noteReview } from './note-signs.ts';
import type { ReviewPolicy, Waiting } from './review-policy.ts';
import type { ReviewWorld } from './review-world.ts';
import { shareKnownBy } from './share-known-by.ts';

export interface SimulatedLoad {
  readonly id: string;
  /** Work taken on over what was there in all review days; null where there was none. */
  readonly utilisation: number | null;
  readonly taken: number;
  readonly asked: number;
}

export interface Simulated {
  readonly reviews: readonly GivenReview[];
  /** Requests without a review at the end. */
  readonly undone: number;
  readonly loads: readonly SimulatedLoad[];
  /** Open requests of each member, once a day until arrivals end. */
  readonly openPerPerson: readonly number[];
  readonly handOffs: number;
  readonly rerequests: number;
}

/**
 * Replays the arrivals of a drawn world under a policy, hour by hour. Each person has a budget of units a day, credited in
 * the drawn hour of review: what is not used by the next is lost, what was overdrawn is owed. A change is reviewed whole,
 * in office hours, as soon as there is any credit. After seven days untouched its author asks somebody else; whoever leaves
 * gives everything back. The same seed gives the same run.
 */
export function simulateReviews(
  world: ReviewWorld,
  calendars: readonly Calendar[],
  { policy, ...options }: SimulationOptions & { readonly policy: ReviewPolicy },
): Simulated {
  const run = beginRun(world, calendars, { policy, options });
  const arrivals = world.changes.map((change) => waitingOf(change, world.start)).sort(byOpening);
  const measured = (Date.parse(world.arrivalsUntil) - Date.parse(world.start)) / 3_600_000;
  for (run.hour = 0; run.hour < world.hours; run.hour += 1) {
    lookAround(run);
    for (
      let next = arrivals[run.opened];
      next !== undefined && next.openedHour <= run.hour;
      next = arrivals[run.opened]
    )
      arrive(run, next);
    giveOut(run);
    handOff(run);
    rerequest(run);
    for (const person of run.people) live(run, person, run.hour < measured);
  }
  return {
    reviews: run.reviews,
    undone: arrivals.length - run.reviews.length,
    loads: run.people.map((person) => loadOf(person)),
    openPerPerson: run.openPerPerson,
    handOffs: run.handOffs,
    rerequests: run.rerequests,
  };
}

function live(run: Run, person: Actor, isMeasured: boolean): void {
  const { calendar, queue } = person;
  const { hour } = run;
  if (calendar.isMember[hour] === 0) {
    run.queued.push(...queue.splice(0));
    person.backlog = 0;
    return;
  }
  if (isMeasured && hour % 24 === 12) run.openPerPerson.push(queue.length);
  noteHour(person, hour);
  if (calendar.isReviewing[hour] === 1) person.credit = Math.min(person.credit, 0) + person.budget;
  if (calendar.isOffice[hour] === 0 || calendar.isAway[hour] === 1) return;
  const { urgency } = run.policy;
  if (urgency !== null && queue.length > 1 && person.credit > 0)
    queue.sort((one, other) => urgency(other, hour) - urgency(one, hour) || byOpening(one, other));
  while (person.credit > 0) {
    const request = queue.shift();
    if (request === undefined) return;
    review(run, person, request);
  }
}

function review(run: Run, person: Actor, request: Waiting): void {
  person.credit -= request.left;
  person.backlog = person.queue.length === 0 ? 0 : person.backlog - request.left;
  noteReview(person, run.hour, request.left);
  run.reviews.push({
    number: request.number,
    reviewer: person.id,
    waitHours: run.hour - request.openedHour,
    familiarity: shareKnownBy(person.id, request),
  });
}

function loadOf({ id, budget, calendar, taken, asked }: Actor): SimulatedLoad {
  const days = calendar.isReviewing.reduce((sum, one) => sum + one, 0);
  return { id, utilisation: days === 0 ? null : taken / (budget * days), taken, asked };
}
