import { seededRandom } from '../../seeded-random.ts';
import type { SetGraph } from './independent-set.ts';

interface SearchBudget {
  readonly mostSteps: number;
  /** Of a vertex; a step takes as many as its vertex has neighbours of neighbours. */
  readonly mostVisits: number;
}

const SEED = 20_261_122;

/**
 * A heavy independent set of a graph too large for a proof: greedy by weight per place that it blocks, then an iterated
 * local search, each step of which forces one vertex in, drops those against it and fills up again (after
 * Andrade, Resende and Werneck, 2012). The same graph gives the same set.
 */
export function searchIndependentSet(graph: SetGraph, { mostSteps, mostVisits }: SearchBudget): readonly number[] {
  const state: State = {
    graph,
    isChosen: new Uint8Array(graph.weights.length),
    against: new Float64Array(graph.weights.length),
    blockers: new Int32Array(graph.weights.length),
  };
  for (const vertex of greedyOrder(graph)) insertIfBetter(state, vertex);
  const random = seededRandom(SEED);
  const visitsOfStep = graph.neighbours.reduce((sum, { length }) => sum + length ** 2, 0) / graph.weights.length;
  const steps = Math.min(mostSteps, Math.floor(mostVisits / (1 + visitsOfStep)));
  for (let step = 0; step < steps; step += 1) tryVertex(state, Math.floor(random() * graph.weights.length));
  return [...graph.weights.keys()].filter((vertex) => state.isChosen[vertex] === 1);
}

interface State {
  readonly graph: SetGraph;
  readonly isChosen: Uint8Array;
  /** The weight of the chosen neighbours of each vertex. */
  readonly against: Float64Array;
  /** How many chosen neighbours each vertex has. */
  readonly blockers: Int32Array;
}

const around = ({ graph }: State, vertex: number): readonly number[] => graph.neighbours[vertex] ?? [];
const weightOf = ({ graph }: State, vertex: number): number => graph.weights[vertex] ?? 0;

function greedyOrder({ weights, neighbours }: SetGraph): readonly number[] {
  const worth = weights.map((weight, vertex) => weight / ((neighbours[vertex]?.length ?? 0) + 1));
  return [...weights.keys()].sort((one, other) => (worth[other] ?? 0) - (worth[one] ?? 0) || one - other);
}

/** Changes made are undone, last first, when they did not pay. */
function tryVertex(state: State, vertex: number): void {
  if (state.isChosen[vertex] === 1) return;
  const log: number[] = [];
  let gain = insert(state, vertex, log);
  // All but the last were dropped for it: what they kept out may come in.
  const dropped = log.length - 1;
  for (let at = 0; at < dropped; at += 1)
    for (const candidate of around(state, log[at] ?? vertex)) gain += insertIfBetter(state, candidate, log);
  if (gain < -1e-9) for (const one of log.toReversed()) flip(state, one);
}

/** The gain in weight, 0 where there is none. What is free and weighs nothing goes in as well. */
function insertIfBetter(state: State, vertex: number, log: number[] = []): number {
  const against = state.against[vertex] ?? 0;
  const isBetter = weightOf(state, vertex) > against + 1e-9 || state.blockers[vertex] === 0;
  return state.isChosen[vertex] === 0 && isBetter ? insert(state, vertex, log) : 0;
}

function insert(state: State, vertex: number, log: number[]): number {
  let gain = weightOf(state, vertex);
  for (const other of around(state, vertex)) {
    if (state.isChosen[other] === 0) continue;
    gain -= weightOf(state, other);
    flip(state, other);
    log.push(other);
  }
  flip(state, vertex);
  log.push(vertex);
  return gain;
}

function flip(state: State, vertex: number): void {
  const isIn = state.isChosen[vertex] === 1;
  state.isChosen[vertex] = isIn ? 0 : 1;
  const sign = isIn ? -1 : 1;
  for (const other of around(state, vertex)) {
    state.against[other] = (state.against[other] ?? 0) + sign * weightOf(state, vertex);
    state.blockers[other] = (state.blockers[other] ?? 0) + sign;
  }
}
