import { estimatePair } from '../../src/core/risk/estimate.ts';
import type { RiskWeights } from '../../src/core/risk/risk-weights.ts';
import type { TouchedFile } from '../../src/core/risk/touched-file.ts';
import type { RiskSample } from './risk-samples.ts';

/** A higher score is more dangerous; pairs that share no path have 0. */
export type RiskScorer = (sample: RiskSample) => number;

/** What others rank by, from the same lines that ours sees. */
export const RIVAL_SCORERS: Readonly<Record<'anyFile' | 'fileCount' | 'extentOfOverlap' | 'hunkGap', RiskScorer>> = {
  anyFile: () => 1,
  fileCount: ({ live }) => commonPaths(live.first, live.second).shared,
  /** Files in common over all files of both: Maddila et al., "ConE: A Concurrent Edit Detection Tool", 2021. */
  extentOfOverlap: ({ live }) => {
    const { shared, all } = commonPaths(live.first, live.second);
    return shared / all;
  },
  /** The fewest lines between a hunk of one and a hunk of the other, touching as git has it. */
  hunkGap: ({ meetings }) => {
    const gaps = meetings.map(({ contact }) =>
      contact === null ? FAR : contact.alike.length > 0 ? 0 : Math.min(FAR, contact.gap),
    );
    return 1 / (1 + Math.min(FAR, ...gaps));
  },
};

const FAR = 1e6;

export const estimateScorer =
  (weights: RiskWeights): RiskScorer =>
  ({ meetings, history, isStacked }) =>
    estimatePair(meetings, { isStacked, history, weights }).probability;

function commonPaths(
  ours: readonly TouchedFile[],
  theirs: readonly TouchedFile[],
): { readonly shared: number; readonly all: number } {
  const [one, other] = [pathsOf(ours), pathsOf(theirs)];
  const shared = [...one].filter((path) => other.has(path)).length;
  return { shared, all: one.size + other.size - shared };
}

const pathsOf = (files: readonly TouchedFile[]): ReadonlySet<string> =>
  new Set(files.flatMap(({ path, oldPath }) => [path, oldPath ?? path]));
