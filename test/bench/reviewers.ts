/**
 * How long requests wait for a first review, and how fairly they are spread: `npm run bench:reviewers -- --world FILE
 * [--world FILE] [--utilisation .6,.8,.95] [--absences known,hidden] [--noise 0,.5] [--seeds 10]`.
 *
 * A world says what happens whoever is asked: when changes come, how much work they are, who knows them, when each person
 * sits down to review. Every way of assigning is run on the same worlds with the same seeds; means with 95 % intervals.
 * Rivals do not look at paces, so noise on them is measured for ours alone. Without a world: generated ones.
 */
import { readFileSync } from 'node:fs';
import { basename } from 'node:path';
import { parseArgs } from 'node:util';
import { gunzipSync } from 'node:zlib';
import Table from 'cli-table3';
import type { SimulationOptions } from '../../src/core/reviewers/simulation/begin-run.ts';
import { drawCalendars } from '../../src/core/reviewers/simulation/draw-calendars.ts';
import { OUR_POLICY } from '../../src/core/reviewers/simulation/our-policy.ts';
import { buildReviewFigures } from '../../src/core/reviewers/simulation/review-figures.ts';
import type { ReviewPolicy } from '../../src/core/reviewers/simulation/review-policy.ts';
import { type ReviewWorld, reviewWorldSchema } from '../../src/core/reviewers/simulation/review-world.ts';
import { simulateReviews } from '../../src/core/reviewers/simulation/simulate-reviews.ts';
import { measureDecision } from './decision-time.ts';
import { generateReviewWorld, WORLD_SHAPES } from './generated-review-world.ts';
import { measureBatch } from './measure-batch.ts';
import { REVIEW_RIVALS } from './review-rivals.ts';
import { figuresOf, intervalOf, type Measured, type MeasuredWorld, type PolicyName } from './reviewer-figures.ts';

const { values } = parseArgs({
  options: {
    world: { type: 'string', multiple: true },
    utilisation: { type: 'string', default: '.6,.8,.95' },
    absences: { type: 'string', default: 'known,hidden' },
    noise: { type: 'string', default: '0,.5' },
    seeds: { type: 'string', default: '10' },
  },
});
const numbers = (list: string): readonly number[] => list.split(',').map(Number);
const seeds = Array.from({ length: Math.max(2, Number(values.seeds) || 10) }, (_, place) => place + 1);
const noise = Math.max(0, ...numbers(values.noise));
const isHidden = values.absences.split(',').includes('hidden');
const POLICIES: Readonly<Record<PolicyName, ReviewPolicy>> = { ours: OUR_POLICY, ...REVIEW_RIVALS };

if (values.world === undefined)
  console.log('No --world FILE.json.gz is given: measured on generated worlds, which are of no repository.\n');
const figures: Record<string, number> = {};
for (const { name, world } of readWorlds()) {
  const calendars = drawCalendars(world);
  for (const utilisation of numbers(values.utilisation)) {
    const measured = measure(name, utilisation, (policy, options) =>
      seeds.map((seed) =>
        buildReviewFigures(simulateReviews(world, calendars, { policy, utilisation, seed, ...options })),
      ),
    );
    console.log(`${name}: ${world.changes.length} changes, utilisation ${utilisation}, ${seeds.length} seeds`);
    console.log(`${tableOf(measured)}\n`);
    Object.assign(figures, figuresOf(measured));
  }
}
figures.decisionMilliseconds = measureDecision();
const batch = measureBatch();
figures.batchMilliseconds = Number(batch.batchMilliseconds.toFixed(1));
console.log(`one request among 1,000 reviewers with 10,000 open: ${figures.decisionMilliseconds} ms (median of 101)`);
console.log(
  `500 requests over 200 reviewers at once: ${figures.batchMilliseconds} ms (${batch.cpuMilliseconds.toFixed(0)} of the processor)`,
);
for (const [name, value] of Object.entries(figures)) console.log(`  ${name.padEnd(34)} ${value}`);
console.log(JSON.stringify({ bench: 'reviewers', figures }));

function readWorlds(): readonly { readonly name: string; readonly world: ReviewWorld }[] {
  if (values.world === undefined)
    return Object.entries(WORLD_SHAPES).map(([name, shape]) => ({ name, world: generateReviewWorld(shape) }));
  return values.world.map((path) => ({
    name: basename(path).replace(/\.json(\.gz)?$/, ''),
    world: reviewWorldSchema.parse(JSON.parse(textOf(path))),
  }));
}

function textOf(path: string): string {
  const bytes = readFileSync(path);
  return (path.endsWith('.gz') ? gunzipSync(bytes) : bytes).toString('utf8');
}

type Run = (policy: ReviewPolicy, options: Pick<SimulationOptions, 'absences' | 'noise'>) => Measured;

function measure(name: string, utilisation: number, run: Run): MeasuredWorld {
  const all = (absences: 'known' | 'hidden'): MeasuredWorld['known'] => {
    const of = (policy: PolicyName): Measured => run(POLICIES[policy], { absences, noise: 0 });
    return {
      ours: of('ours'),
      random: of('random'),
      gitHubRoundRobin: of('gitHubRoundRobin'),
      gitHubLoadBalance: of('gitHubLoadBalance'),
      leastOpen: of('leastOpen'),
      triagebot: of('triagebot'),
      blameTop: of('blameTop'),
      whoDo: of('whoDo'),
    };
  };
  return {
    name,
    utilisation,
    known: all('known'),
    hidden: isHidden ? all('hidden') : null,
    noisy: noise > 0 ? run(OUR_POLICY, { absences: 'known', noise }) : null,
  };
}

function tableOf({ known, hidden, noisy }: MeasuredWorld): string {
  const table = new Table({
    head: ['', 'p50 h', 'p95 h', '> 48 h %', 'Gini', 'p95 open', 'capable %', 'handed on %', 'undone'],
    style: { head: [], border: [], compact: true },
  });
  const add = (label: string, measured: Measured): void => {
    const shown = (figure: keyof Measured[number], { scale = 1, digits = 0 } = {}): string => {
      const { mean, half } = intervalOf(measured.map((one) => scale * one[figure]));
      return `${mean.toFixed(digits)} ±${half.toFixed(digits)}`;
    };
    table.push([
      label,
      shown('p50Hours', { digits: 1 }),
      shown('p95Hours'),
      shown('breachShare', { scale: 100, digits: 1 }),
      shown('utilisationGini', { digits: 3 }),
      shown('p95Open', { digits: 1 }),
      shown('capabilityShare', { scale: 100, digits: 1 }),
      shown('handOffShare', { scale: 100, digits: 1 }),
      shown('undone'),
    ]);
  };
  for (const [name, measured] of Object.entries(known)) add(`${name}, known`, measured);
  if (noisy !== null) add(`ours, known, noise ${noise}`, noisy);
  for (const [name, measured] of Object.entries(hidden ?? {})) add(`${name}, hidden`, measured);
  return table.toString();
}
