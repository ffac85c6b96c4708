import type { ConflictGraph } from './conflict-graph.ts';

/** Last places (from 0) of a vertex: the one that is wished for, and the later one that has to hold. */
export interface Deadlines {
  readonly soft: (vertex: number) => number;
  readonly hard: (vertex: number) => number;
}

/** So many sets are tried where dependencies leave a gap to the bound: as many as there are of twelve. */
const MOST_TRIED = 4096;

/**
 * Which of `order` keep their soft deadlines, one at each place, so that as few as possible do not and all keep their hard
 * ones. `order` itself keeps to all dependencies and all hard deadlines. Exact without dependencies; with them where at
 * most twelve could keep theirs, or where dependencies cost nobody his. Else, the problem being NP-hard, the most that were found:
 * nobody can be added without another falling out.
 */
export function keepMostInTime(
  graph: Pick<ConflictGraph, 'after'>,
  order: readonly number[],
  deadlines: Deadlines,
): ReadonlySet<number> {
  const jobs = jobsOf(graph, order, deadlines);
  const bound = mostWithoutDependencies(jobs);
  const hasOrder = orderTest(graph, jobs);
  if (hasOrder(bound)) return bound;
  const bySoft = jobs.filter(({ soft }) => soft >= 0).toSorted((one, other) => one.soft - other.soft);
  const candidates = bySoft.map(({ vertex }) => vertex).filter((vertex) => hasOrder(new Set([vertex])));
  return search(candidates, { bound, hasOrder });
}

interface Job {
  readonly vertex: number;
  readonly soft: number;
  /** Early enough for all that waits for it. */
  readonly hard: number;
}

type OrderTest = (inTime: ReadonlySet<number>) => boolean;

function jobsOf(
  { after }: Pick<ConflictGraph, 'after'>,
  order: readonly number[],
  { soft, hard }: Deadlines,
): readonly Job[] {
  const last = new Map(order.map((vertex) => [vertex, Math.min(hard(vertex), order.length - 1)]));
  for (const vertex of order.toReversed())
    for (const earlier of after[vertex] ?? [])
      last.set(earlier, Math.min(last.get(earlier) ?? 0, (last.get(vertex) ?? 0) - 1));
  return order.map((vertex) => {
    const own = last.get(vertex) ?? 0;
    return { vertex, soft: Math.min(soft(vertex), own), hard: own };
  });
}

/**
 * Whether all can keep to their hard deadlines and some to their soft ones: with each brought forward for whatever waits
 * for it, no more may be due up to any place than there are places.
 */
function orderTest({ after }: Pick<ConflictGraph, 'after'>, jobs: readonly Job[]): OrderTest {
  const latest = new Int32Array(after.length);
  const due = new Int32Array(jobs.length);
  return (inTime) => {
    due.fill(0);
    for (const { vertex, soft, hard } of jobs) latest[vertex] = inTime.has(vertex) ? soft : hard;
    for (let at = jobs.length - 1; at >= 0; at -= 1) {
      const vertex = jobs[at]?.vertex ?? 0;
      const place = latest[vertex] ?? 0;
      if (place < 0) return false;
      due[place] = (due[place] ?? 0) + 1;
      for (const earlier of after[vertex] ?? []) latest[earlier] = Math.min(latest[earlier] ?? 0, place - 1);
    }
    let count = 0;
    for (let place = 0; place < due.length; place += 1) {
      count += due[place] ?? 0;
      if (count > place + 1) return false;
    }
    return true;
  };
}

/**
 * The most without dependencies. Who keeps its soft deadline takes room from there to its hard one, as if it stood nowhere in
 * between: of those that are too many at a place, the one with the last hard deadline is let go, which crowds what follows least.
 */
function mostWithoutDependencies(jobs: readonly Job[]): ReadonlySet<number> {
  const kept = new Set<number>();
  const bySoft = jobs.filter(({ soft }) => soft >= 0).toSorted((one, other) => one.soft - other.soft);
  const byHard = jobs.map(({ hard }) => hard).toSorted((one, other) => one - other);
  let [next, taken] = [0, 0];
  let active: readonly Job[] = [];
  for (let place = 0; place < jobs.length; place += 1) {
    while ((byHard[taken] ?? Number.POSITIVE_INFINITY) <= place) taken += 1;
    const entering: Job[] = [];
    for (let job = bySoft[next]; job !== undefined && job.soft <= place; job = bySoft[next]) {
      entering.push(job);
      kept.add(job.vertex);
      next += 1;
    }
    const here = [...active, ...entering].filter(({ hard }) => hard > place);
    here.sort((one, other) => one.hard - other.hard);
    const room = Math.max(0, place + 1 - taken);
    for (const { vertex } of here.slice(room)) kept.delete(vertex);
    active = here.slice(0, room);
  }
  return kept;
}

interface Search {
  /** What it would be without dependencies: no answer has more. */
  readonly bound: ReadonlySet<number>;
  readonly hasOrder: OrderTest;
}

/** One by one first, then all sets as far as tries go: where one has no order, nor has any with more in it. */
function search(candidates: readonly number[], { bound, hasOrder }: Search): ReadonlySet<number> {
  let best = new Set<number>();
  for (const vertex of [...candidates.filter((one) => bound.has(one)), ...candidates]) {
    const more = new Set(best).add(vertex);
    if (hasOrder(more)) best = more;
  }
  const open = [{ chosen: new Set<number>(), next: 0 }];
  let tried = 0;
  for (let state = open.pop(); state !== undefined; state = open.pop()) {
    const { chosen, next } = state;
    if (best.size >= bound.size || tried === MOST_TRIED) return best;
    const vertex = candidates[next];
    if (vertex === undefined || chosen.size + candidates.length - next <= best.size) continue;
    open.push({ chosen, next: next + 1 });
    const more = new Set(chosen).add(vertex);
    tried += 1;
    if (!hasOrder(more)) continue;
    if (more.size > best.size) best = more;
    open.push({ chosen: more, next: next + 1 });
  }
  return best;
}
