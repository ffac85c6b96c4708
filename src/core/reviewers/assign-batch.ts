import { seededRandom } from '../seeded-random.ts';
import { coverNeeds } from './cover-needs.ts';
import { byDeadline, type Deadline } from './review-deadline.ts';
import { createSeatFlow, type FlowPerson, type FlowRow, type SeatFlow } from './seat-flow.ts';

/** A request that waits for reviewers; `count` and `needs` are what is left to find, see `seatsLeft`. */
export interface BatchRequest extends Deadline {
  /** How late it is for its size, see `urgencyOf`: the highest goes first. */
  readonly urgency: number;
  readonly count: number;
  readonly needs: readonly string[];
}

/** Somebody who may be given requests. */
export interface BatchPerson extends FlowPerson {
  readonly login: string;
  readonly capability: readonly string[];
}

export interface BatchOptions<Request, Person> {
  /** Settles what costs the same. */
  readonly seed: number;
  /**
   * What it costs to give a request to somebody, in hours, as if nothing else of the batch went there: that is in the person's
   * seats, `seats[0]` for the first, `seats[1]` for the second. Null for who is not eligible, room and capability aside.
   */
  readonly cost: (request: Request, person: Person) => number | null;
}

export interface BatchResult<Request> {
  /** In the order of the logins. Requests that got nobody are not among them. */
  readonly assigned: readonly { readonly request: Request; readonly logins: readonly string[] }[];
  /** What waits for somebody with room, the most urgent first. */
  readonly queue: readonly QueuedRequest<Request>[];
  /** Hours that all assignments cost together, waits for each other among them. */
  readonly hours: number;
}

export interface QueuedRequest<Request> {
  readonly request: Request;
  /** Reviewers that are missing. */
  readonly missing: number;
  /** Capabilities that nobody who was given it has, because all who have them are full. */
  readonly needs: readonly string[];
}

/**
 * Gives a backlog to people all at once, at the least cost together, so that requests do not take each other's best reviewer one
 * by one. The first reviewer of every request comes before the second of any; then whatever is latest for its size, as in the
 * simulation's queue, else the earliest deadline. Nobody is left out for a later one, and nothing waits while somebody eligible has room
 * that moving others would free.
 *
 * Several needs are had by one person where somebody has them all, else by few; where those have no room, by one person for each
 * need. This rule, and not the cost, says how many people such a request gets. A need that nobody eligible has holds nothing up.
 */
export function assignBatch<Request extends BatchRequest, Person extends BatchPerson>(
  requests: readonly Request[],
  people: readonly Person[],
  options: BatchOptions<Request, Person>,
): BatchResult<Request> {
  const drawn = shuffled(people, options.seed);
  const flow = createSeatFlow(drawn);
  const slots = requests
    .toSorted(byUrgency)
    .map((request, group) => openSlots(request, group, { people: drawn, options }));
  const rounds = slots.reduce((most, one) => Math.max(most, one.rounds), 0);
  for (let round = 0; round < rounds; round += 1) for (const one of slots) seatNext(one, flow);
  return resultOf(slots, flow, drawn);
}

/** By login first, so that the order in which they were read settles nothing. */
function shuffled<Person extends BatchPerson>(people: readonly Person[], seed: number): readonly Person[] {
  const random = seededRandom(seed);
  return people
    .toSorted((one, other) => (one.login < other.login ? -1 : 1))
    .map((person) => ({ person, chance: random() }))
    .sort((one, other) => one.chance - other.chance)
    .map(({ person }) => person);
}

const byUrgency = (one: BatchRequest, other: BatchRequest): number =>
  other.urgency - one.urgency || byDeadline(one, other);

/** The reviews of one request that are still to be given. */
interface Slots<Request> {
  readonly request: Request;
  readonly group: number;
  /** By person; infinite for who is not eligible, or has none of the needs. */
  readonly costs: Float64Array;
  readonly people: readonly BatchPerson[];
  /** Rounds after which nothing more is to be given. */
  readonly rounds: number;
  /** What the reviews to come need, one person each. */
  readonly waiting: (readonly string[])[];
  readonly seated: FlowRow[];
  /** Needs for which nobody had room. */
  readonly crowded: string[];
}

function openSlots<Request extends BatchRequest, Person extends BatchPerson>(
  request: Request,
  group: number,
  { people, options }: { readonly people: readonly Person[]; readonly options: BatchOptions<Request, Person> },
): Slots<Request> {
  const eligible = Float64Array.from(people, (person) => options.cost(request, person) ?? Number.POSITIVE_INFINITY);
  const groups = coverNeeds(
    request.needs,
    people.filter((_, index) => eligible[index] !== Number.POSITIVE_INFINITY),
  );
  const needs = groups.flat();
  return {
    request,
    group,
    costs:
      needs.length === 0 ? eligible : ofAble(eligible, people, (tags) => needs.some((need) => tags.includes(need))),
    people,
    rounds: request.count + needs.length,
    waiting: [...groups],
    seated: [],
    crowded: [],
  };
}

const ofAble = (
  costs: Float64Array,
  people: readonly BatchPerson[],
  isAble: (tags: readonly string[]) => boolean,
): Float64Array =>
  costs.map((cost, index) => (isAble(people[index]?.capability ?? []) ? cost : Number.POSITIVE_INFINITY));

/** Gives one review more of a request: for its needs first, and then up to its count. */
function seatNext(slots: Slots<BatchRequest>, flow: SeatFlow): void {
  const { waiting, seated, request, crowded } = slots;
  const needs = waiting.shift();
  // A need without anybody keeps a review for whoever has room later.
  if (needs === undefined && seated.length + Math.min(1, crowded.length) < request.count) seat(slots, [], flow);
  if (needs === undefined || seat(slots, needs, flow)) return;
  if (needs.length === 1) crowded.push(...needs);
  else {
    waiting.unshift(...needs.map((need) => [need]));
    seatNext(slots, flow);
  }
}

function seat(
  { people, group, costs, seated }: Slots<BatchRequest>,
  needs: readonly string[],
  flow: SeatFlow,
): boolean {
  const able = needs.length === 0 ? costs : ofAble(costs, people, (tags) => needs.every((need) => tags.includes(need)));
  const row: FlowRow = { group, costs: able };
  const isSeated = flow.insert(row);
  if (isSeated) seated.push(row);
  return isSeated;
}

function resultOf<Request extends BatchRequest>(
  slots: readonly Slots<Request>[],
  flow: SeatFlow,
  people: readonly BatchPerson[],
): BatchResult<Request> {
  const assigned = slots.map(({ request, seated, crowded }) => {
    const logins = seated.map((row) => people[flow.personOf(row) ?? -1]?.login ?? '').sort();
    const missing = Math.max(request.count - logins.length, crowded.length > 0 ? 1 : 0);
    return { request, logins, missing, needs: crowded.toSorted() };
  });
  return {
    assigned: assigned.filter(({ logins }) => logins.length > 0).map(({ request, logins }) => ({ request, logins })),
    queue: assigned
      .filter(({ missing }) => missing > 0)
      .map(({ request, missing, needs }) => ({ request, missing, needs }))
      .sort((one, other) => byUrgency(one.request, other.request)),
    hours: flow.cost(),
  };
}
