import { createMinHeap, type MinHeap } from './min-heap.ts';

/** One review to be given to one person. */
export interface FlowRow {
  /** Rows of one group go to different people. */
  readonly group: number;
  /** By person, in the order of the people; infinite for who cannot take it. */
  readonly costs: Float64Array;
}

/** Costs of one more row each, never falling: the first is taken first. */
export interface FlowPerson {
  readonly seats: readonly number[];
}

export interface SeatFlow {
  /** Seats one row more, moving others where that is cheaper or makes room; false, and nothing moved, where there is no way. */
  readonly insert: (row: FlowRow) => boolean;
  /** The person of a row; null for one that was not seated. */
  readonly personOf: (row: FlowRow) => number | null;
  /** Of all rows and of the seats that they take. */
  readonly cost: () => number;
}

/**
 * A min-cost flow from rows to seats, by successive shortest paths with potentials (Edmonds and Karp 1972): after every insertion
 * the seated rows cost as little together as they can. Which rows are seated depends on their order alone: none is left out for a
 * later one. As the costs of a person's seats never fall, waits add up.
 *
 * A node is a person, or a seated row (after the people). A search ends at the first free seat.
 */
export function createSeatFlow(people: readonly FlowPerson[]): SeatFlow {
  const state = emptyState(people);
  return {
    insert: (row) => insert(state, row),
    personOf: (row) => state.personOf[state.placeOf.get(row) ?? -1] ?? null,
    cost: () => costOf(state),
  };
}

interface State {
  readonly people: readonly FlowPerson[];
  readonly rows: FlowRow[];
  readonly placeOf: Map<FlowRow, number>;
  readonly personOf: number[];
  /** Rows of each person. */
  readonly takers: number[][];
  /** Rows of each group. */
  readonly groups: Map<number, number[]>;
  /** Seats taken, by person. */
  readonly taken: Int32Array;
  /** By node; what keeps every reduced cost from falling below 0. */
  readonly potentials: Float64Array;
  readonly seatPotential: number;
  /** Nodes from which no free seat can be reached, now or ever: nothing leads out of them. */
  readonly isClosed: Uint8Array;
}

function emptyState(people: readonly FlowPerson[]): State {
  // Never more rows than seats, and the one that comes.
  const nodes = people.length + people.reduce((sum, { seats }) => sum + seats.length, 0) + 1;
  return {
    people,
    rows: [],
    placeOf: new Map(),
    personOf: [],
    takers: people.map(() => []),
    groups: new Map(),
    taken: new Int32Array(people.length),
    potentials: new Float64Array(nodes),
    isClosed: new Uint8Array(nodes),
    seatPotential: Math.min(0, ...people.flatMap(({ seats }) => seats.slice(0, 1))),
  };
}

function insert(state: State, row: FlowRow): boolean {
  const place = state.rows.push(row) - 1;
  state.personOf.push(-1);
  const start = state.people.length + place;
  state.potentials[start] = firstPotential(state, row);
  const path = findPath(state, start);
  if (path === null) {
    state.rows.pop();
    state.personOf.pop();
    return false;
  }
  state.placeOf.set(row, place);
  state.groups.set(row.group, [...(state.groups.get(row.group) ?? []), place]);
  for (const [index, from] of path.entries()) move(state, from, path[index + 1] ?? null);
  return true;
}

/** The greatest for which no way on from a new row has a reduced cost below 0. */
function firstPotential({ people, potentials, rows, groups, personOf }: State, row: FlowRow): number {
  let potential = Number.NEGATIVE_INFINITY;
  for (let person = 0; person < people.length; person += 1)
    potential = Math.max(potential, (potentials[person] ?? 0) - (row.costs[person] ?? 0));
  for (const place of groups.get(row.group) ?? []) {
    const person = personOf[place] ?? -1;
    const gained = (row.costs[person] ?? 0) - (rows[place]?.costs[person] ?? 0);
    potential = Math.max(potential, (potentials[people.length + place] ?? 0) - gained);
  }
  return Number.isFinite(potential) ? potential : 0;
}

interface Search {
  readonly state: State;
  /** Reduced, by node. */
  readonly distances: Float64Array;
  readonly before: Int32Array;
  readonly heap: MinHeap;
  /** Of the free seats found: the node that has the nearest, and how far it is. */
  end: number;
  nearest: number;
}

/** Dijkstra's search over reduced costs, from a row to the cheapest free seat; the nodes on the way, and potentials renewed. */
function findPath(state: State, start: number): readonly number[] | null {
  const { potentials, people } = state;
  const distances = new Float64Array(potentials.length).fill(Number.POSITIVE_INFINITY);
  const before = new Int32Array(potentials.length).fill(-1);
  const search: Search = {
    state,
    distances,
    before,
    heap: createMinHeap(),
    end: -1,
    nearest: Number.POSITIVE_INFINITY,
  };
  const settled: number[] = [];
  distances[start] = 0;
  search.heap.push(0, start);
  for (let next = search.heap.pop(); next !== null && next.key < search.nearest; next = search.heap.pop()) {
    if (next.key > (distances[next.value] ?? 0)) continue;
    settled.push(next.value);
    if (next.value >= people.length) leadFromRow(search, next.value);
    else leadFromPerson(search, next.value);
  }
  if (search.end === -1) {
    for (const node of settled) if (node !== start) state.isClosed[node] = 1;
    return null;
  }
  for (const node of settled) potentials[node] = (potentials[node] ?? 0) + (distances[node] ?? 0) - search.nearest;
  const path: number[] = [];
  for (let node = search.end; node !== -1; node = before[node] ?? -1) path.push(node);
  return path.reverse();
}

/** A row may go to whoever can take it; where its own group is there already, it takes that row's place. */
function leadFromRow(search: Search, node: number): void {
  const { state, distances } = search;
  const { people, rows, groups, personOf, potentials } = state;
  const place = node - people.length;
  const row = rows[place];
  if (row === undefined) return;
  const base = (distances[node] ?? 0) + (potentials[node] ?? 0);
  const siblings = groups.get(row.group) ?? [];
  for (const sibling of siblings) {
    const person = personOf[sibling] ?? -1;
    if (sibling === place || person === -1) continue;
    const cost = (row.costs[person] ?? 0) - costAt(state, sibling, person);
    lead(search, node, { to: people.length + sibling, cost });
  }
  // Most of the time goes by here: who cannot be nearer is left out before anything else.
  const { costs } = row;
  const { nearest } = search;
  for (let person = 0; person < people.length; person += 1) {
    const cost = costs[person] ?? 0;
    const distance = base + cost - (potentials[person] ?? 0);
    if (distance >= nearest || distance >= (distances[person] ?? 0)) continue;
    if (personOf[place] !== person && !siblings.some((one) => personOf[one] === person))
      lead(search, node, { to: person, cost });
  }
}

/** A person may give any row away. */
function leadFromPerson(search: Search, person: number): void {
  const { people, takers } = search.state;
  for (const place of takers[person] ?? [])
    lead(search, person, { to: people.length + place, cost: -costAt(search.state, place, person) });
}

/** Goes on from a node to another, where that is the nearest way there and may lead to a nearer seat. */
function lead(search: Search, from: number, { to, cost }: { readonly to: number; readonly cost: number }): void {
  const { state, distances, before, heap } = search;
  if (state.isClosed[to] === 1) return;
  const potential = state.potentials[to] ?? 0;
  const soFar = distances[from] ?? 0;
  // Never below what led here: rounding must not make circles.
  const distance = soFar + Math.max(0, cost + (state.potentials[from] ?? 0) - potential);
  if (distance >= (distances[to] ?? 0) || distance >= search.nearest) return;
  distances[to] = distance;
  before[to] = from;
  heap.push(distance, to);
  const seat = distance + Math.max(0, nextSeat(state, to) + potential - state.seatPotential);
  if (seat >= search.nearest) return;
  search.end = to;
  search.nearest = seat;
}

/** The cost of the next free seat of a node; infinite where there is none. */
const nextSeat = ({ people, taken }: State, node: number): number =>
  people[node]?.seats[taken[node] ?? 0] ?? Number.POSITIVE_INFINITY;

const costAt = ({ rows }: State, place: number, person: number): number => rows[place]?.costs[person] ?? 0;

/** Carries out one step of a path; without a next node it ends on a seat of this one. */
function move(state: State, from: number, to: number | null): void {
  const { people, taken, personOf } = state;
  const first = people.length;
  if (to === null) taken[from] = (taken[from] ?? 0) + 1;
  else if (from < first) leave(state, to - first, from);
  else if (to < first) enter(state, from - first, to);
  else {
    const other = personOf[to - first] ?? -1;
    leave(state, to - first, other);
    enter(state, from - first, other);
  }
}

function enter({ personOf, takers }: State, place: number, person: number): void {
  personOf[place] = person;
  takers[person]?.push(place);
}

function leave({ takers }: State, place: number, person: number): void {
  const all = takers[person] ?? [];
  all.splice(all.indexOf(place), 1);
}

function costOf({ people, rows, personOf, taken }: State): number {
  const ofRows = rows.reduce((sum, { costs }, place) => sum + (costs[personOf[place] ?? -1] ?? 0), 0);
  const ofSeats = people.flatMap(({ seats }, person) => seats.slice(0, taken[person]));
  return ofSeats.reduce((sum, cost) => sum + cost, ofRows);
}
