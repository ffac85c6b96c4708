/**
 * How well conflicts are foretold without a clone: `npm run bench:risk -- [--dataset DIR] [--weights]`.
 *
 * Leave one repository out: the weights that score a repository are fitted on all others, with the code that
 * `parasol risk learn` fits with, and see nothing of it but each pair's past. Average precision is over all concurrent
 * pairs: those that share no path have the score 0, and equal scores count as in random order. Undetermined pairs are left
 * out and counted; stacked ones stay. The calibration is over the path-sharing pairs of all repositories, each foretold
 * by weights from the others. Rivals see the same lines as ours; none of them knows of stacks.
 * `--weights` prints what all repositories together give, which is what ships.
 */
import { existsSync } from 'node:fs';
import { parseArgs } from 'node:util';
import Table from 'cli-table3';
import { estimatePair } from '../../src/core/risk/estimate.ts';
import { fitRiskWeights } from '../../src/core/risk/fit-risk-weights.ts';
import { indexPaths, meetingsOf } from '../../src/core/risk/overlap.ts';
import { type RiskWeights, SHIPPED_WEIGHTS } from '../../src/core/risk/risk-weights.ts';
import { averagePrecision, type Scored } from './average-precision.ts';
import { commonLines, recordedLines } from './common-lines.ts';
import { readConflictRows } from './conflict-rows.ts';
import { generatedConflicts } from './generated-conflicts.ts';
import { calibrationError, type Interval, macroPrecision, type ScoredRepository } from './risk-figures.ts';
import { type RiskSample, type RiskSamples, riskSamples } from './risk-samples.ts';
import { estimateScorer, RIVAL_SCORERS, type RiskScorer } from './risk-scorers.ts';

const { values } = parseArgs({ options: { dataset: { type: 'string' }, weights: { type: 'boolean' } } });

const recorded = values.dataset !== undefined && existsSync(values.dataset) ? readConflictRows(values.dataset) : [];
if (recorded.length === 0) {
  const why = values.dataset === undefined ? 'No --dataset DIR' : `No *.jsonl.gz in ${values.dataset}`;
  console.log(`${why}: measured on generated repositories, which say nothing about real ones.\n`);
}
const rows = recorded.length === 0 ? generatedConflicts() : recorded;
if (rows.length === 1) console.log('One repository leaves none to fit on: measured with the weights that ship.\n');
const repositories = rows.map((one) => riskSamples(one, commonLines));

const weightsFor = leaveOneOut(repositories);
const ours = (of: RiskSamples): RiskScorer => estimateScorer(weightsFor(of));
const foretold = repositories.flatMap((of) => scoreAll(of.samples, ours(of)));

printRepositories();
const macros = printScorers();
const microsecondsPerPair = measureSpeed();
if (values.weights) console.log(JSON.stringify(fitOn(repositories), null, 2));

const figures = {
  macroAp: macros.ours.mean,
  macroApAnyFile: macros.anyFile.mean,
  macroApFileCount: macros.fileCount.mean,
  macroApExtentOfOverlap: macros.extentOfOverlap.mean,
  macroApHunkGap: macros.hunkGap.mean,
  ...realHeadFigure('realHeadApCkeditor5', 'ckeditor5'),
  ...realHeadFigure('realHeadApWebpack', 'webpack'),
  calibrationError: calibrationError(foretold),
  microsecondsPerPair,
};
console.log(JSON.stringify({ bench: 'risk', figures }));

function fitOn(all: readonly RiskSamples[]): RiskWeights {
  return fitRiskWeights(all.flatMap(({ samples }) => samples.filter(({ isStacked }) => !isStacked)));
}

function leaveOneOut(all: readonly RiskSamples[]): (of: RiskSamples) => RiskWeights {
  const fitted = new Map(all.map((of) => [of.repository, fitOn(all.filter((other) => other !== of))]));
  return ({ repository }) => (all.length > 1 ? fitted.get(repository) : undefined) ?? SHIPPED_WEIGHTS;
}

function scoreAll(samples: readonly RiskSample[], scorer: RiskScorer): readonly Scored[] {
  return samples.map((sample) => ({ score: scorer(sample), isConflict: sample.isConflict }));
}

function scoreRepository(of: RiskSamples, scorer: RiskScorer): ScoredRepository {
  return { scored: scoreAll(of.samples, scorer), unlisted: sum(Object.values(of.unlisted)) };
}

/** Only the pairs of one kind. */
function ofKind(of: RiskSamples, kind: RiskSample['kind']): RiskSamples {
  const unlisted = { 'real-head': 0, reconstructed: 0, 'final-head': 0, [kind]: of.unlisted[kind] };
  return { ...of, samples: of.samples.filter((sample) => sample.kind === kind), unlisted };
}

function printRepositories(): void {
  const head = [
    'held out',
    'pairs',
    'sharing',
    'conflicts',
    'unknown',
    'AP',
    '95 %',
    'real-head',
    'reconstructed',
    'ECE',
  ];
  const table = new Table({ head, style: { head: [], border: [] } });
  for (const of of repositories) {
    const scored = scoreRepository(of, ours(of));
    const kinds = (['real-head', 'reconstructed'] as const).map((kind) => scoreRepository(ofKind(of, kind), ours(of)));
    table.push([
      of.repository,
      scored.scored.length + scored.unlisted + of.undetermined,
      scored.scored.length,
      scored.scored.filter(({ isConflict }) => isConflict).length,
      of.undetermined,
      ...inCells(macroPrecision([scored])),
      ...kinds.map(({ scored: pairs, unlisted }) => inDigits(averagePrecision(pairs, unlisted))),
      inDigits(calibrationError(scored.scored)),
    ]);
  }
  console.log(`${table.toString()}\n`);
}

function printScorers(): Readonly<Record<'ours' | keyof typeof RIVAL_SCORERS, Interval>> {
  const macroOf = (scorerOf: (of: RiskSamples) => RiskScorer, among = repositories): Interval =>
    macroPrecision(among.map((of) => scoreRepository(of, scorerOf(of))));
  const macros = {
    ours: macroOf(ours),
    hunkGap: macroOf(() => RIVAL_SCORERS.hunkGap),
    fileCount: macroOf(() => RIVAL_SCORERS.fileCount),
    extentOfOverlap: macroOf(() => RIVAL_SCORERS.extentOfOverlap),
    anyFile: macroOf(() => RIVAL_SCORERS.anyFile),
  };
  const asRecorded = rows.map((one) => riskSamples(one, recordedLines));
  const weightsOnRecorded = leaveOneOut(asRecorded);
  const ablations = {
    'ours without history': macroOf((of) => (sample) => ours(of)({ ...sample, history: new Map() })),
    'ours without knowing stacks': macroOf((of) => (sample) => ours(of)({ ...sample, isStacked: false })),
    'ours, hunks on the lines as recorded': macroOf((of) => estimateScorer(weightsOnRecorded(of)), asRecorded),
  };
  const table = new Table({ head: ['macro over repositories', 'AP', '95 %'], style: { head: [], border: [] } });
  for (const [name, interval] of Object.entries({ ...macros, ...ablations })) table.push([name, ...inCells(interval)]);
  console.log(`${table.toString()}\n`);
  return macros;
}

/** Of a pair that shares a path, with paths looked up; all others cost nothing. */
function measureSpeed(): number {
  const pairs = repositories.flatMap(({ samples }) =>
    samples.map((sample) => ({ sample, one: indexPaths(sample.live.first), other: indexPaths(sample.live.second) })),
  );
  const started = performance.now();
  for (const { sample, one, other } of pairs) {
    estimatePair(meetingsOf(one, other), { ...sample, weights: SHIPPED_WEIGHTS });
  }
  return ((performance.now() - started) * 1000) / pairs.length;
}

function realHeadFigure(figure: string, name: string): Readonly<Record<string, number>> {
  const of = repositories.find(({ repository }) => repository.endsWith(`/${name}`));
  if (of === undefined) return {};
  const { scored, unlisted } = scoreRepository(ofKind(of, 'real-head'), ours(of));
  return { [figure]: averagePrecision(scored, unlisted) };
}

function sum(all: readonly number[]): number {
  return all.reduce((total, one) => total + one, 0);
}

function inCells({ mean, low, high }: Interval): readonly string[] {
  return [inDigits(mean), `${inDigits(low)}–${inDigits(high)}`];
}

function inDigits(value: number): string {
  return Number.isNaN(value) ? '–' : value.toFixed(3);
}
