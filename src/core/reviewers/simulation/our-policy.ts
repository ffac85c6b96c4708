import { TAKEN_FOR_ABSENT } from '../absence-chance.ts';
import { capacityOfPace } from '../capacity-of-pace.ts';
import { type ChoiceSituation, chooseReviewer, hasRoom } from '../choose-reviewer.ts';
import { longRunUtilisation } from '../long-run-utilisation.ts';
import { planHandOffs } from '../plan-hand-offs.ts';
import type { CandidateState } from '../score-candidate.ts';
import { leastUnits, urgencyOf } from '../urgency.ts';
import { isOwn } from './is-own.ts';
import { MODEL_SLA_HOURS } from './review-figures.ts';
import type { CandidatesOf, Desk, HandOff, Person, ReviewPolicy, Waiting } from './review-policy.ts';
import { shareKnownBy } from './share-known-by.ts';

/** Our way of assigning, by the functions that decide in life. */
export const OUR_POLICY: ReviewPolicy = {
  choose,
  arrangeQueue,
  urgency: (request, hour) => urgencyAt(request, { hour, units: request.left }),
  planHandOffs: handOffsNow,
};

function choose(request: Waiting, candidates: readonly Person[], desk: Desk): Person | null {
  const situation = situationOf(request, desk);
  const free = candidates.filter((person) => hasRoom(roomOf(person, desk), situation));
  if (free.length === 0) return null;
  const choice = chooseReviewer(
    free.map((person) => stateOf(person, request, desk)),
    situation,
  );
  return choice.kind === 'chosen' ? (free.find(({ id }) => id === choice.login) ?? null) : null;
}

function situationOf(request: Waiting, { hour, seed, queued, present }: Desk): ChoiceSituation {
  const together = present.reduce((sum, { pace }) => sum + capacityOfPace(pace), 0);
  return {
    effort: request.effort,
    ageOverSla: Math.max(0, hour - request.openedHour) / MODEL_SLA_HOURS,
    overload: queued / Math.max(1, together),
    seed: seed + request.number,
  };
}

const roomOf = ({ queue, pace, backSinceHour }: Person, { hour }: Desk) => ({
  open: queue.length,
  capacity: capacityOfPace(pace),
  hoursSinceReturn: backSinceHour === null ? null : hour - backSinceHour,
});

const stateOf = (person: Person, request: Waiting, desk: Desk): CandidateState => ({
  ...roomOf(person, desk),
  login: person.id,
  backlog: person.backlog,
  overdrawn: person.overdrawn,
  pace: person.pace,
  hoursUntilWork: person.calendar.untilOffice[desk.hour] ?? 0,
  utilisation: longRunUtilisation({ ...person, presentDays: person.rhythm.presentDays }),
  familiarity: shareKnownBy(person.id, request),
  // The model knows of no capabilities besides familiarity.
  hasCapability: true,
  scarcity: 0,
  silence: person.absenceChance,
});

const urgencyAt = (request: Waiting, { hour, units }: { readonly hour: number; readonly units: number }): number =>
  urgencyOf({ ageHours: Math.max(0, hour - request.openedHour), slaHours: MODEL_SLA_HOURS, units });

/** None when everybody is full for the oldest one. */
function arrangeQueue(queue: readonly Waiting[], desk: Desk): readonly Waiting[] {
  const oldest = queue.reduce((one, other) => (one.openedHour <= other.openedHour ? one : other));
  const situation = situationOf(oldest, desk);
  const free = desk.present.filter((person) => hasRoom(roomOf(person, desk), situation));
  if (free.length === 0) return [];
  const urgencies = new Map(
    queue.map((request) => [request, urgencyAt(request, { hour: desk.hour, units: unitsFor(request, free) })]),
  );
  return queue.toSorted((one, other) => (urgencies.get(other) ?? 0) - (urgencies.get(one) ?? 0));
}

const unitsFor = (request: Waiting, free: readonly Person[]): number =>
  leastUnits(
    request.effort,
    free.filter(({ id }) => !isOwn(request, id)).map(({ id }) => shareKnownBy(id, request)),
  );

function handOffsNow(desk: Desk, candidatesOf: CandidatesOf): readonly HandOff[] {
  const held = desk.people.flatMap((from) => {
    const absenceChance = from.isAwayKnown ? 1 : from.absenceChance;
    return absenceChance < TAKEN_FOR_ABSENT ? [] : from.queue.map((request) => ({ from, request, absenceChance }));
  });
  if (held.length === 0) return [];
  const planned = planHandOffs(
    held.map(({ request, absenceChance }) => ({
      key: `${request.number}`,
      absenceChance,
      knowsHours: true,
      isAskedByPerson: false,
      isHandedOff: request.isHandedOff,
      ageHours: desk.hour - request.openedHour,
    })),
    { opened: desk.opened, handedOff: desk.handOffs },
  );
  return held.flatMap(({ from, request }) => {
    if (!planned.includes(`${request.number}`)) return [];
    const others = candidatesOf(request, from).filter(
      (person) => !person.isAwayKnown && person.absenceChance < TAKEN_FOR_ABSENT,
    );
    const to = choose(request, others, desk);
    return to === null ? [] : [{ request, from, to }];
  });
}
