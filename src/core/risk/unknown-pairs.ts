import type { PairRisk } from './pair-risk.ts';

/**
 * Every pair with a change that nobody can judge, each once, with the reason: without them a matrix would show it as clean.
 * `isDue` says of two changes, by their places, whether their pair is asked for.
 */
export function unknownPairs(
  names: readonly string[],
  reasons: ReadonlyMap<string, string>,
  isDue: (pair: readonly [number, number]) => boolean = () => true,
): readonly PairRisk[] {
  return names.flatMap((name, place) => {
    const reason = reasons.get(name);
    if (reason === undefined) return [];
    return names.flatMap((other, at): readonly PairRisk[] => {
      const isToldThere = at < place && reasons.has(other);
      if (at === place || isToldThere || !isDue([place, at])) return [];
      const [a, b] = at < place ? [other, name] : [name, other];
      return [{ a, b, finding: { basis: null, verdict: 'unknown', reason } }];
    });
  });
}
