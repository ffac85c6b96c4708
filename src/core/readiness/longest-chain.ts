import { circlesOf } from '../circles-of.ts';
import { openBlockers } from '../task/assess-state.ts';
import { type Ref, refKey } from '../task/identity.ts';
import type { ReadinessView } from './criterion.ts';
import { indexOfScope } from './scope-index.ts';

/**
 * The longest row of tasks in scope that are left to do, each blocked by the one before it; of equal ones the one whose
 * last names come first. Empty where none waits for another. A circle counts as if its tasks did not wait for each other.
 */
export function longestChain(view: ReadinessView): readonly Ref[] {
  const { left: tasks } = indexOfScope(view);
  const refs = new Map(tasks.map(({ ref }) => [refKey(ref), ref]));
  const edges = tasks.flatMap((task) =>
    blockersWithin(refs, openBlockers(task)).map((blocker): Edge => [blocker, refKey(task.ref)]),
  );
  const circle = circlesOf(edges);
  const best = chainsOf(edges.filter(([blocker, waiter]) => circle.get(blocker) !== circle.get(waiter)));
  let last: string | null = null;
  for (const key of refs.keys())
    if ((best.get(key)?.length ?? 0) > (last === null ? 1 : lengthOf(last, best))) last = key;
  return walkBack(last, best).flatMap((key) => refs.get(key) ?? []);
}

/** Who is waited for, and who waits. */
type Edge = readonly [string, string];

interface Chain {
  /** Tasks in it, this one included. */
  readonly length: number;
  readonly before: string | null;
}

const blockersWithin = (
  refs: ReadonlyMap<string, Ref>,
  blockers: readonly { readonly ref: Ref }[],
): readonly string[] => [...new Set(blockers.map(({ ref }) => refKey(ref)))].filter((key) => refs.has(key)).sort();

const lengthOf = (key: string, chains: ReadonlyMap<string, Chain>): number => chains.get(key)?.length ?? 1;

/** The longest chain that ends in each task, all blockers of a task before it: Kahn's order. */
function chainsOf(edges: readonly Edge[]): ReadonlyMap<string, Chain> {
  const waiters = new Map<string, string[]>();
  const open = new Map<string, number>();
  for (const [blocker, waiter] of edges) {
    const others = waiters.get(blocker);
    if (others === undefined) waiters.set(blocker, [waiter]);
    else others.push(waiter);
    open.set(waiter, (open.get(waiter) ?? 0) + 1);
  }
  const chains = new Map<string, Chain>();
  const free = new Set([...waiters.keys()].filter((key) => !open.has(key)));
  for (const blocker of free) {
    for (const waiter of waiters.get(blocker) ?? []) {
      const length = lengthOf(blocker, chains) + 1;
      if (length > lengthOf(waiter, chains) || isEarlier(blocker, waiter, { length, chains })) {
        chains.set(waiter, { length, before: blocker });
      }
      const left = (open.get(waiter) ?? 0) - 1;
      open.set(waiter, left);
      if (left === 0) free.add(waiter);
    }
  }
  return chains;
}

/** Of chains of equal length the one from the blocker whose name comes first. */
function isEarlier(
  blocker: string,
  waiter: string,
  { length, chains }: { readonly length: number; readonly chains: ReadonlyMap<string, Chain> },
): boolean {
  const known = chains.get(waiter);
  return known !== undefined && known.length === length && known.before !== null && blocker < known.before;
}

function walkBack(last: string | null, chains: ReadonlyMap<string, Chain>): readonly string[] {
  const chain: string[] = [];
  for (let key = last; key !== null; key = chains.get(key)?.before ?? null) chain.push(key);
  return chain.reverse();
}
