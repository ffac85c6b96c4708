import type { BackfillTask } from './backfill-task.ts';
import { NONE_FEATURES } from './none-features.ts';
import { PAIR_FEATURES } from './pair-features.ts';
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
 * umbrella. Authors and milestones stay at that: the histories that weights were fitted on record no more of them.
 */
const ASSUMED = { author: 0.5, label: 0.7, milestone: 1 };

/** Where fitting starts when nothing is taken over from another history. */
export const ASSUMED_WEIGHTS: ParentWeights = {
  alone: nameWeights(ASSUMED, {}),
  together: nameWeights(ASSUMED, {}),
};

/**
 * Fitted on 22 November 2026, from the assumed weights and with a stiffness of 1, on the backlogs of 33 public projects
 * that record at least 20 parents each: at most 120 tasks of each, taken by chance, so that no large project outweighs the
 * others. Its own measuring data are not among them. What they say of projects that they were not fitted on stands in
 * the decisions of `src/README.md`.
 */
const DATED_WEIGHTS: ParentWeights = {
  alone: nameWeights(
    {
      ...ASSUMED,
      burst: 3.17,
      closeness: 0.36,
      nearest: 1.44,
      early: -5.78,
      words: 3.6,
      theme: 1.09,
      texts: -1.31,
      likest: 0.84,
      late: -3.31,
      outlives: -1.22,
      label: 2.2,
      awaited: -4.75,
      waits: -3.16,
      marked: 4.24,
      called: -0.16,
      broad: 1.49,
      speaks: 0.25,
      lists: -1.23,
    },
    { always: 5.36, umbrella: 2.14, maybe: -0.01, linked: -0.05, crowd: 4.32, unmarked: 0.04 },
  ),
  together: nameWeights(
    {
      ...ASSUMED,
      burst: 2.77,
      closeness: 0.49,
      nearest: 1.31,
      early: -5.68,
      words: 3.38,
      theme: 1.01,
      texts: -1.16,
      likest: 0.81,
      late: -3.34,
      outlives: -1.06,
      label: 2.25,
      awaited: -4.31,
      waits: -2.91,
      marked: 3.8,
      called: -0.13,
      broad: 1.39,
      speaks: 0.26,
      lists: -1.17,
      kin: 3.52,
    },
    { always: 5.11, umbrella: 1.96, maybe: 0.04, linked: 1.43, crowd: 3.88, unmarked: -0.12, kin: -1.6 },
  ),
};

/** The same for histories without times: fitted on 35 backlogs from which times were taken, or that have none. */
const UNDATED_WEIGHTS: ParentWeights = {
  alone: nameWeights(
    {
      ...ASSUMED,
      words: 4.42,
      theme: 1.78,
      texts: 0.39,
      likest: 1.05,
      label: 3.74,
      awaited: -3.26,
      waits: -0.06,
      marked: 3.26,
      called: -0.41,
      broad: 0.89,
      speaks: 0.25,
      lists: -1.51,
    },
    { always: 2.96, umbrella: 3.06, maybe: -0.06, linked: -0.3, crowd: 6.56, unmarked: -0.21 },
  ),
  together: nameWeights(
    {
      ...ASSUMED,
      words: 3.85,
      theme: 1.52,
      texts: 0.51,
      likest: 1.03,
      label: 3.37,
      awaited: -2.68,
      waits: 0.24,
      marked: 2.84,
      called: -0.34,
      broad: 0.73,
      speaks: 0.2,
      lists: -1.43,
      kin: 4.99,
    },
    { always: 2.66, umbrella: 2.74, maybe: -0.14, linked: 0.69, crowd: 6.1, unmarked: 0.26, kin: -0.83 },
  ),
};

/** The weights for a history: words have to say more where most of its tasks have no time of creation. */
export function shippedWeights(tasks: readonly Pick<BackfillTask, 'createdAt'>[]): ParentWeights {
  const dated = tasks.filter(({ createdAt }) => createdAt !== null).length;
  return 2 * dated >= tasks.length ? DATED_WEIGHTS : UNDATED_WEIGHTS;
}
