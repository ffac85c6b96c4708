import type { ConflictHistory } from './conflict-history.ts';
import { fitLogistic } from './fit-logistic.ts';
import { featuresOfPair } from './meeting-features.ts';
import type { FileMeeting } from './overlap.ts';
import { ASSUMED_WEIGHTS, namedWeights, type RiskWeights, weightVector } from './risk-weights.ts';

/** Two changes of the past, and what became of them. */
export interface KnownPair {
  readonly meetings: readonly FileMeeting[];
  /** The files in which the second conflicted after the first was merged; empty where it stayed clean. */
  readonly conflictingPaths: ReadonlySet<string>;
  /** What was known of the files before. */
  readonly history: ConflictHistory;
}

/** The weights that explain best which meetings ended in a conflict. Stacked pairs are not to be among them. */
export function fitRiskWeights(pairs: readonly KnownPair[]): RiskWeights {
  const observations = pairs.flatMap(({ meetings, conflictingPaths, history }) =>
    featuresOfPair(meetings, history).map((features, i) => ({
      features,
      happened: conflictingPaths.has(meetings[i]?.path ?? ''),
    })),
  );
  return namedWeights(fitLogistic(observations, [...weightVector(ASSUMED_WEIGHTS)]));
}
