/** Who could review something, with what they can. */
export interface AbleReviewer {
  readonly login: string;
  readonly capability: readonly string[];
}

/**
 * Few people who have all the needs together, each as what one of them has of the needs: whoever has most of what is left goes
 * next, and of equals the first by login. It is one where somebody has them all; otherwise fewer might do, as the problem is that
 * of covering a set. Needs that nobody here has are left out.
 */
export function coverNeeds(
  needs: readonly string[],
  reviewers: readonly AbleReviewer[],
): readonly (readonly string[])[] {
  const byLogin = reviewers.toSorted((one, other) => (one.login < other.login ? -1 : 1));
  const groups: (readonly string[])[] = [];
  for (let left = [...new Set(needs)].sort(); ; ) {
    const group = byLogin
      .map(({ capability }) => left.filter((need) => capability.includes(need)))
      .reduce((most, one) => (one.length > most.length ? one : most), []);
    if (group.length === 0) return groups;
    groups.push(group);
    left = left.filter((need) => !group.includes(need));
  }
}
