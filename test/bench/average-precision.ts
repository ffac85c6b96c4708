export interface Scored {
  readonly score: number;
  readonly isConflict: boolean;
}

/**
 * Average precision of a ranking by score, the expected one where equal scores are put in random order, so that the order
 * of rows is worth nothing. `unlisted` more things, none of which is a conflict, have the score 0. NaN without a conflict.
 */
export function averagePrecision(all: readonly Scored[], unlisted = 0): number {
  const sorted = [...all].sort((one, other) => other.score - one.score);
  const conflicts = all.filter(({ isConflict }) => isConflict).length;
  let [sum, hits, seen] = [0, 0, 0];
  for (let from = 0; from < sorted.length; ) {
    const score = sorted[from]?.score ?? 0;
    let to = from;
    let hitsHere = 0;
    for (; sorted[to]?.score === score; to += 1) hitsHere += sorted[to]?.isConflict ? 1 : 0;
    const equal = to - from + (score === 0 ? unlisted : 0);
    sum += tiedPrecision({ hits, seen, hitsHere, equal });
    [hits, seen, from] = [hits + hitsHere, seen + equal, to];
  }
  return conflicts === 0 ? Number.NaN : sum / conflicts;
}

interface Tie {
  readonly hits: number;
  readonly seen: number;
  readonly hitsHere: number;
  readonly equal: number;
}

/**
 * Expected sum of the precision at each hit of a tie: the one at place k is a hit with probability hitsHere / equal, and of
 * the k − 1 before it the share (hitsHere − 1) / (equal − 1) are hits.
 */
function tiedPrecision({ hits, seen, hitsHere, equal }: Tie): number {
  if (hitsHere === 0) return 0;
  const before = equal === 1 ? 0 : (hitsHere - 1) / (equal - 1);
  let sum = 0;
  for (let place = 1; place <= equal; place += 1) sum += (hits + 1 + (place - 1) * before) / (seen + place);
  return (sum * hitsHere) / equal;
}
