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
 * Who stands on whom as GitHub writes it, by places: the base of one is the branch of another, which was opened before. The
 * branches of `trunk` are no pull request's own, though one may go from them: a release, or a merge back.
 */
export function branchStacks(pulls: readonly BranchedPull[], trunk: ReadonlySet<string>): readonly Stack[] {
  const ofBranch = new Map(pulls.flatMap(({ branch }, place) => (branch === null ? [] : [[branch, place] as const])));
  const countInto = new Map<string, number>();
  for (const { base } of pulls) countInto.set(base, (countInto.get(base) ?? 0) + 1);
  return pulls.flatMap(({ ref, base }, dependent) => {
    const on = trunk.has(base) || (countInto.get(base) ?? 0) > MOST_ON_ONE ? undefined : ofBranch.get(base);
    const isEarlier = on !== undefined && (pulls[on]?.ref.number ?? 0) < ref.number;
    return isEarlier ? [{ dependent, on }] : [];
  });
}

/** The pull requests that go into a branch, and whatever is stacked on these; in the order given. */
export function pullsInto<Pull extends BranchedPull>(
  pulls: readonly Pull[],
  base: string,
  trunk: ReadonlySet<string>,
): readonly Pull[] {
  const below = new Map(branchStacks(pulls, trunk).map(({ dependent, on }) => [dependent, on]));
  const goesInto = (place: number): boolean => {
    const on = below.get(place);
    return pulls[place]?.base === base || (on !== undefined && goesInto(on));
  };
  return pulls.filter((_, place) => goesInto(place));
}
