import { refKey } from '../../src/core/task/identity.ts';
import type { ParentQuestion } from '../../src/core/umbrella/backfill/ask-for-parents.ts';

/** How well a ranking fares against the recorded parents. */
export interface RankingFigures {
  /** Share of the children that have a parent whose parent comes first; an equal rival counts as ahead. */
  readonly top1: number;
  readonly top3: number;
  /** How many tasks get a suggestion at the threshold. */
  readonly suggested: number;
  /** Share of them that are right: one for a task without a parent is wrong. */
  readonly suggestPrecision: number;
  /** Share of the children that have a parent for which it is suggested. */
  readonly suggestRecall: number;
  /** Expected calibration error of the first candidate's probability over all tasks, in ten bins of equal width. */
  readonly calibrationError: number;
}

interface Measured {
  readonly question: ParentQuestion;
  readonly answer: Float64Array;
}

export function rankingFigures(
  all: readonly Measured[],
  parents: ReadonlyMap<string, string>,
  threshold: number,
): RankingFigures {
  const outcomes = all.map((one) => outcomeOf(one, parents));
  const children = outcomes.filter(({ hasParent }) => hasParent);
  const suggested = outcomes.filter(({ confidence }) => confidence >= threshold);
  const right = suggested.filter(({ rank }) => rank === 1).length;
  return {
    top1: share(children.filter(({ rank }) => rank <= 1).length, children.length),
    top3: share(children.filter(({ rank }) => rank <= 3).length, children.length),
    suggested: suggested.length,
    suggestPrecision: share(right, suggested.length),
    suggestRecall: share(right, children.length),
    calibrationError: calibrationError(outcomes),
  };
}

interface Outcome {
  readonly hasParent: boolean;
  /** Of the recorded parent, from 1; infinite when it did not come into question. */
  readonly rank: number;
  readonly confidence: number;
}

function outcomeOf({ question, answer }: Measured, parents: ReadonlyMap<string, string>): Outcome {
  const parent = parents.get(refKey(question.task.ref));
  const probabilities = [...answer].slice(0, question.umbrellas.length);
  const place = question.umbrellas.findIndex(({ ref }) => refKey(ref) === parent);
  const own = probabilities[place];
  return {
    hasParent: parent !== undefined,
    rank: own === undefined ? Number.POSITIVE_INFINITY : probabilities.filter((other) => other >= own).length,
    confidence: Math.max(0, ...probabilities),
  };
}

const BINS = 10;

function calibrationError(outcomes: readonly Outcome[]): number {
  const bins = Array.from({ length: BINS }, (_, bin) =>
    outcomes.filter(({ confidence }) => Math.min(BINS - 1, Math.floor(confidence * BINS)) === bin),
  );
  const errors = bins.map((bin) => {
    const claimed = bin.reduce((sum, { confidence }) => sum + confidence, 0);
    return Math.abs(claimed - bin.filter(({ rank }) => rank === 1).length);
  });
  return share(
    errors.reduce((sum, error) => sum + error, 0),
    outcomes.length,
  );
}

/** Of nothing, everything is right. */
const share = (part: number, whole: number): number => (whole === 0 ? 1 : part / whole);
