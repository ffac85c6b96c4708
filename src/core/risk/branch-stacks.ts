import type { Ref } from '../task/identity.ts';
import type { Stack } from './find-stacks.ts';

/** An open pull request with the branches that it goes from and into. */
export interface BranchedPull {
  readonly ref: Ref;
  /** Name of the branch that it is to be merged into. */
  readonly base: string;
  /** The branch of the same repository that it comes from; null where it comes from a fork. */
  readonly branch: string | null;
}

/** A branch that more of them go into is one that people live on, not a part of a stack. */
const MOST_ON_ONE = 5;

/**
 * Who stands on whom as GitHub writes it, by places: the base of one is the branch of another, which was opened before. Who
 * stands on that one stands on all below it, the nearest first.
 */
export function branchStacks(pulls: readonly BranchedPull[], trunk: ReadonlySet<string>): readonly Stack[] {
  const below = placesBelow(pulls, trunk);
  const allUnder = (place: number): readonly number[] => {
    const on = below.get(place);
    return on === undefined ? [] : [on, ...allUnder(on)];
  };
  return pulls.flatMap((_, dependent) => allUnder(dependent).map((on) => ({ dependent, on })));
}

/**
 * The place on which each stands, of those that do; it was always opened before, so that following them comes to an end. The
 * branches of `trunk` are no pull request's own, though one may go from them: a release, or a merge back. Nor is one that
 * something went into before.
 */
function placesBelow(pulls: readonly BranchedPull[], trunk: ReadonlySet<string>): ReadonlyMap<number, number> {
  const ofBranch = new Map(pulls.flatMap(({ branch }, place) => (branch === null ? [] : [[branch, place] as const])));
  const into = new Map<string, number[]>();
  for (const { base, ref } of pulls) into.set(base, [...(into.get(base) ?? []), ref.number]);
  const isLivedOn = (base: string, own: number): boolean => {
    const numbers = into.get(base) ?? [];
    return numbers.length > MOST_ON_ONE || numbers.some((number) => number <= own);
  };
  const links = pulls.flatMap(({ base }, dependent): (readonly [number, number])[] => {
    const on = trunk.has(base) ? undefined : ofBranch.get(base);
    return on === undefined || isLivedOn(base, pulls[on]?.ref.number ?? 0) ? [] : [[dependent, on]];
  });
  return new Map(links);
}

/**
 * All pull requests by the branch that they go into in the end: their base, and of a stack the base of its lowest. Those under
 * one branch are the ones that can meet.
 */
export function pullsByTarget<Pull extends BranchedPull>(
  pulls: readonly Pull[],
  trunk: ReadonlySet<string>,
): ReadonlyMap<string, readonly Pull[]> {
  const below = placesBelow(pulls, trunk);
  const targetOf = (place: number): string => {
    const on = below.get(place);
    return on === undefined ? (pulls[place]?.base ?? '') : targetOf(on);
  };
  const byTarget = new Map<string, Pull[]>();
  for (const [place, pull] of pulls.entries()) {
    const target = targetOf(place);
    byTarget.set(target, [...(byTarget.get(target) ?? []), pull]);
  }
  return byTarget;
}

/** Main branches that pull requests go into: nobody stands on whoever merges one of them elsewhere. */
export const mainBranches = (
  pulls: readonly (Pick<BranchedPull, 'base'> & { readonly isDefaultBase: boolean })[],
): ReadonlySet<string> => new Set(pulls.filter(({ isDefaultBase }) => isDefaultBase).map(({ base }) => base));
