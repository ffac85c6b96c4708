import type { Standing } from './standing.ts';

/** One head with where it stands; null where that is not known. */
export interface StackMember {
  readonly commit: string;
  readonly standing: Standing | null;
}

/** Two heads by their places: `dependent` stands on `on`. */
export interface Stack {
  readonly dependent: number;
  readonly on: number;
}

/**
 * Who stands on whom, by places: `dependent` holds the very commit at which `on` ends, and the base does not. Of two heads
 * on one commit the later depends on the earlier. Heads that only share some older unmerged commits are no stack: either
 * could merge first, and their trial merge tells what happens.
 */
export function findStacks(members: readonly StackMember[]): readonly Stack[] {
  const endingAt = new Map<string, number[]>();
  for (const [place, { commit, standing }] of members.entries()) {
    if (standing !== null && standing.unmerged.size > 0) endingAt.set(commit, [...(endingAt.get(commit) ?? []), place]);
  }
  return members.flatMap(({ commit, standing }, dependent) =>
    [...(standing?.unmerged ?? [])].flatMap((held) => {
      const ends = endingAt.get(held) ?? [];
      return ends
        .filter((on) => on !== dependent && (held !== commit || on < dependent))
        .map((on) => ({ dependent, on }));
    }),
  );
}
