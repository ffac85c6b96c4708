import { NONE_FEATURES, PAIR_FEATURES } from './pair-features.ts';
import type { ParentWeights } from './rank-parents.ts';

type Named<Names extends readonly string[]> = Readonly<Partial<Record<Names[number], number>>>;

const inOrder = <Names extends readonly string[]>(names: Names, weights: Named<Names>): readonly number[] =>
  names.map((name: Names[number]) => weights[name] ?? 0);

/** Weights by name, as the choice model takes them: what is not named counts nothing. */
const nameWeights = (pair: Named<typeof PAIR_FEATURES>, none: Named<typeof NONE_FEATURES>) => ({
  pair: inOrder(PAIR_FEATURES, pair),
  none: inOrder(NONE_FEATURES, none),
});

/**
 * What is held before anything was measured: that a rare author, a rare label or a milestone in common speaks for an
 * umbrella. The histories that weights were fitted on record none of these.
 */
const ASSUMED = { author: 0.5, label: 0.7, milestone: 1 };

/** Where fitting starts when nothing is taken over from another history. */
export const ASSUMED_WEIGHTS: ParentWeights = {
  alone: nameWeights(ASSUMED, {}),
  together: nameWeights(ASSUMED, {}),
};

/** How strongly fitting holds to where it starts: for features from 0 to 1 this shrinks what few examples say. */
export const STIFFNESS = 0.1;

/**
 * Fitted on 22 November 2026 on the earlier half of the history of beads, an issue tracker's own backlog (1,328 tasks
 * until January 4, 2026, 245 of them with a recorded parent), from the assumed weights; `npm run bench:backfill --
 * --weights` prints it. On the later half they rank the parent first for 95 of 100 children.
 */
export const SHIPPED_WEIGHTS: ParentWeights = {
  alone: nameWeights(
    {
      ...ASSUMED,
      burst: 5.64,
      closeness: 1.17,
      nearest: 1.22,
      early: -3.28,
      words: 3.56,
      late: -2.53,
      outlives: -2.43,
    },
    { always: 8.31, umbrella: 0.98, linked: 0.08 },
  ),
  together: nameWeights(
    {
      ...ASSUMED,
      burst: 5.15,
      closeness: 1.69,
      nearest: 1.09,
      early: -3,
      words: 3.4,
      late: -2.47,
      outlives: -2.39,
      kin: 6.23,
    },
    { always: 8.33, umbrella: 0.92, linked: 3.1, kin: -3.45 },
  ),
};
