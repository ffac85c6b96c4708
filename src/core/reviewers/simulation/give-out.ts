import { effortFor } from '../score-candidate.ts';
import { type Actor, byOpening, type Run } from './begin-run.ts';
import { isOwn } from './is-own.ts';
import { noteSign } from './note-signs.ts';
import type { Desk, Person, Waiting } from './review-policy.ts';
import { shareKnownBy } from './share-known-by.ts';

/** Who is there this hour, as far as anybody was told. */
export function lookAround(run: Run): void {
  const { hour, options } = run;
  for (const person of run.people)
    person.isAwayKnown = options.absences === 'known' && person.calendar.isAway[hour] === 1;
  run.present = run.people.filter(({ calendar, isAwayKnown }) => calendar.isMember[hour] === 1 && !isAwayKnown);
}

/** A change was opened: somebody is asked, or it waits in the queue. */
export function arrive(run: Run, request: Waiting): void {
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

/** Members but who wrote or opened it and who is excluded; who is known to be away only where everybody is. */
function candidatesFor(run: Run, request: Waiting, excluded?: Person): readonly Actor[] {
  const isCandidate = (person: Actor): boolean => !isOwn(request, person.id) && person !== excluded;
  const present = run.present.filter(isCandidate);
  if (present.length > 0) return present;
  return run.people.filter((person) => person.calendar.isMember[run.hour] === 1 && isCandidate(person));
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

function ask(run: Run, request: Waiting, person: Actor): void {
  request.left = effortFor(request.effort, shareKnownBy(person.id, request));
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

/** What waits in the queue, in the order of the policy, for whoever can be asked now. */
export function giveOut(run: Run): void {
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

/** What the policy takes from people who seem to be away, each request once. */
export function handOff(run: Run): void {
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

/** Untouched for so long, an author asks somebody else; looked at every six hours. Both from the reference model. */
const PATIENCE_HOURS = 7 * 24;
const PATIENCE_EVERY_HOURS = 6;

/** Authors who have waited long enough ask somebody else, every six hours. */
export function rerequest(run: Run): void {
  if (run.hour % PATIENCE_EVERY_HOURS !== 0) return;
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
