import { MEETING_FEATURES, type MeetingFeature } from './meeting-features.ts';

/** Log-odds that each feature of a meeting adds. */
export type RiskWeights = Readonly<Record<MeetingFeature, number>>;

/**
 * Where a fit starts, and stays as far as nothing speaks for others. Unshown lines are taken for as dangerous as a common
 * file in general; names in each other's way end in a conflict as git's merge has it, but for what a list of files does not
 * show, such as whether all of a directory moved.
 */
export const ASSUMED_WEIGHTS: RiskWeights = {
  always: 0,
  touching: 0,
  alike: 0,
  alikeByChance: 0,
  close: 0,
  addModify: 0,
  deletedOrMoved: 0,
  inTheWay: 7,
  unseen: 3,
  history: 0,
};

/**
 * What ships where `risk learn` has fitted nothing better. Fitted on 2026-11-22 by `npm run bench:risk -- --weights` on 5,048
 * path-sharing pairs of concurrent pull requests (stacked ones set apart) of Homebrew/brew, rust-lang/cargo,
 * ckeditor/ckeditor5, kubernetes-sigs/cluster-api, mozilla/pdf.js, rails/rails and webpack/webpack, their outcomes told by
 * git's merge. `inTheWay` and, but for one pair, `unseen` did not occur there: these are as assumed.
 */
export const SHIPPED_WEIGHTS: RiskWeights = {
  always: -5.57,
  touching: 5.4,
  alike: 3.18,
  alikeByChance: 2.82,
  close: 2.37,
  addModify: 6.83,
  deletedOrMoved: 5.48,
  inTheWay: 7,
  unseen: 2.87,
  history: 1.5,
};

/** A record of weights from what a fit gives, in the order of the features. */
export function namedWeights(weights: readonly number[]): RiskWeights {
  const of = (feature: MeetingFeature): number => weights[MEETING_FEATURES.indexOf(feature)] ?? 0;
  return {
    always: of('always'),
    touching: of('touching'),
    alike: of('alike'),
    alikeByChance: of('alikeByChance'),
    close: of('close'),
    addModify: of('addModify'),
    deletedOrMoved: of('deletedOrMoved'),
    inTheWay: of('inTheWay'),
    unseen: of('unseen'),
    history: of('history'),
  };
}

export const weightVector = (weights: RiskWeights): Float64Array =>
  Float64Array.from(MEETING_FEATURES, (feature) => weights[feature]);
