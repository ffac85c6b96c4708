import { seededRandom } from '../../seeded-random.ts';
import { effortFor } from '../score-candidate.ts';
import type { Calendar } from './draw-calendars.ts';
import { noteHour, noteReview, noteSign } from './note-signs.ts';
import type { Desk, Person, ReviewPolicy, Waiting } from './review-policy.ts';
import type { ReviewWorld, WorldChange } from './review-world.ts';

export interface SimulationOptions {
  /** Share of all budgets that the work takes, above 0 to 1. */
  readonly utilisation: number;
  /** Whether a policy sees who is away. */
  readonly absences: 'known' | 'hidden';
  /** How far off the pace that a policy sees may be: 0.5 for a factor between 0.5 and 1.5. */
  readonly noise: number;
  readonly seed: number;
}

/** A first review that was given. */
export interface GivenReview {
  readonly number: number;
  readonly reviewer: string;
  readonly waitHours: number;
  readonly familiarity: number;
}

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

/** Untouched for so long, an author asks somebody else; looked at every six hours. Both from the reference model. */
const PATIENCE_HOURS = 7 * 24;
const PATIENCE_EVERY_HOURS = 6;

interface Actor extends Person {
  readonly calendar: Calendar;
  readonly queue: Waiting[];
  readonly askedHours: number[];
  backlog: number;
  taken: number;
  isAwayKnown: boolean;
  /** Units per review day, what is really there. */
  readonly budget: number;
  credit: number;
  asked: number;
}

interface Run {
  readonly options: SimulationOptions;
  readonly policy: ReviewPolicy;
  readonly people: readonly Actor[];
  readonly random: () => number;
  readonly reviews: GivenReview[];
  readonly openPerPerson: number[];
  /** Members who are not known to be away, this hour. */
  present: readonly Actor[];
  queued: Waiting[];
  hour: number;
  opened: number;
  handOffs: number;
  rerequests: number;
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
  const run = begin(world, calendars, { policy, options });
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
    if (run.hour % PATIENCE_EVERY_HOURS === 0) rerequest(run);
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

const byOpening = (one: Waiting, other: Waiting): number => one.openedHour - other.openedHour;

function begin(
  world: ReviewWorld,
  calendars: readonly Calendar[],
  { policy, options }: { readonly policy: ReviewPolicy; readonly options: SimulationOptions },
): Run {
  const blur = seededRandom(options.seed * 7919 + 17);
  const people = world.reviewers.flatMap((reviewer, place): readonly Actor[] => {
    const calendar = calendars[place];
    if (calendar === undefined) return [];
    const budget = reviewer.budgetPerReviewDayAtFullUtilisation / options.utilisation;
    const factor = 1 + options.noise * (2 * blur() - 1);
    return [actorOf(reviewer.id, calendar, { budget, pace: budget * factor })];
  });
  return {
    options,
    policy,
    people,
    random: seededRandom(options.seed),
    reviews: [],
    openPerPerson: [],
    present: [],
    queued: [],
    hour: 0,
    opened: 0,
    handOffs: 0,
    rerequests: 0,
  };
}

function actorOf(id: string, calendar: Calendar, pace: { readonly budget: number; readonly pace: number }): Actor {
  return {
    id,
    calendar,
    ...pace,
    credit: 0,
    asked: 0,
    queue: [],
    backlog: 0,
    taken: 0,
    askedHours: [],
    overdrawn: 0,
    isAwayKnown: false,
    absenceChance: 0,
    rhythm: { presentDays: 0, silentDays: 0, returns: 0 },
    lastSignHour: 0,
    backSinceHour: null,
  };
}

function waitingOf({ number, author, openedAt, work, familiarity }: WorldChange, start: string): Waiting {
  const openedHour = (Date.parse(openedAt) - Date.parse(start)) / 3_600_000;
  return { number, author, openedHour, effort: work, familiarity, left: 0, askedHour: 0, isHandedOff: false };
}

function deskOf(run: Run): Desk {
  const { hour, options, random, people, present, opened, handOffs } = run;
  return {
    hour,
    seed: options.seed,
    random,
    people,
    present,
    queued: run.queued.length,
    opened,
    handOffs,
  };
}

/** Who is there this hour, as far as anybody was told. */
function lookAround(run: Run): void {
  const { hour, options } = run;
  for (const person of run.people)
    person.isAwayKnown = options.absences === 'known' && person.calendar.isAway[hour] === 1;
  run.present = run.people.filter(({ calendar, isAwayKnown }) => calendar.isMember[hour] === 1 && !isAwayKnown);
}

/** Members but the author and who is excluded; who is known to be away only where everybody is. */
function candidatesFor(run: Run, { author }: Waiting, excluded?: Person): readonly Actor[] {
  const isCandidate = (person: Actor): boolean => person.id !== author && person !== excluded;
  const present = run.present.filter(isCandidate);
  if (present.length > 0) return present;
  return run.people.filter((person) => person.calendar.isMember[run.hour] === 1 && isCandidate(person));
}

function arrive(run: Run, request: Waiting): void {
  run.opened += 1;
  const author = run.people.find(({ id }) => id === request.author);
  if (author !== undefined) noteSign(author, run.hour);
  const chosen = choose(run, request);
  if (chosen === null) run.queued.push(request);
  else ask(run, request, chosen);
}

function choose(run: Run, request: Waiting, excluded?: Person): Actor | null {
  const candidates = candidatesFor(run, request, excluded);
  if (candidates.length === 0) return null;
  const chosen = run.policy.choose(request, candidates, deskOf(run));
  return candidates.find((one) => one === chosen) ?? null;
}

function ask(run: Run, request: Waiting, person: Actor): void {
  request.left = effortFor(request.effort, request.familiarity[person.id] ?? 0);
  request.askedHour = run.hour;
  person.queue.push(request);

  person.askedHours.push(run.hour);
  person.asked += 1;
  person.backlog += request.left;
  person.taken += request.left;
}

function takeAway(person: Actor, request: Waiting): void {
  person.queue.splice(person.queue.indexOf(request), 1);
  person.backlog -= request.left;
  person.taken -= request.left;
  person.asked -= 1;
}

function giveOut(run: Run): void {
  if (run.queued.length === 0) return;
  const { arrangeQueue } = run.policy;
  const tried = arrangeQueue === null ? run.queued.toSorted(byOpening) : arrangeQueue(run.queued, deskOf(run));
  const given = new Set<Waiting>();
  for (const request of tried) {
    const chosen = choose(run, request);
    if (chosen === null) continue;
    ask(run, request, chosen);
    given.add(request);
  }
  if (given.size > 0) run.queued = run.queued.filter((request) => !given.has(request));
}

function handOff(run: Run): void {
  const planned =
    run.policy.planHandOffs?.(deskOf(run), (request, excluded) => candidatesFor(run, request, excluded)) ?? [];
  for (const { request, from, to } of planned) {
    const [giver, taker] = [run.people.find((one) => one === from), run.people.find((one) => one === to)];
    if (giver === undefined || taker === undefined || request.isHandedOff) continue;
    takeAway(giver, request);
    request.isHandedOff = true;
    run.handOffs += 1;
    ask(run, request, taker);
  }
}

function rerequest(run: Run): void {
  for (const person of run.people) {
    for (const request of [...person.queue]) {
      if (run.hour - request.askedHour < PATIENCE_HOURS) continue;
      const chosen = choose(run, request, person);
      if (chosen === null) continue;
      takeAway(person, request);
      run.rerequests += 1;
      ask(run, request, chosen);
    }
  }
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
    familiarity: request.familiarity[person.id] ?? 0,
  });
}

function loadOf({ id, budget, calendar, taken, asked }: Actor): SimulatedLoad {
  const days = calendar.isReviewing.reduce((sum, one) => sum + one, 0);
  return { id, utilisation: days === 0 ? null : taken / (budget * days), taken, asked };
}
