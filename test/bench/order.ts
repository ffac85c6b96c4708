/**
 * How many changes an order of merging lets run into a conflict: `npm run bench:order -- --dataset DIR`.
 *
 * The backlogs are what was open in the recorded repositories, once a week from the first recorded merge to the last,
 * wherever two of them conflict by a trial merge. Every change counts as one; the optimum is found by a solver of its own,
 * without bound or budget. Orders are compared without priorities and without a cap on the wait.
 *
 * The wait is measured on the whole histories: changes arrive and merges happen when they were recorded, only which one is
 * merged is ours to say. The cap is 7 days, or where oldest first cannot hold that, the fewest whole days that it holds:
 * no order has a shorter longest wait. Beside it stands how the flat 7 days fare where nobody can hold them, ours
 * (`maxWaitOverFlatCap`) and oldest first (`fifoWaitOverFlatCap`).
 */
import { parseArgs } from 'node:util';
import { orderMerges } from '../../src/core/risk/order/order-merges.ts';
import { seededRandom } from '../../src/core/seeded-random.ts';
import { type Costs, costsOf, ORDERS, type OrderName } from './order-rivals.ts';
import { backlogsOf, generateRepository, type RecordedChange, readRepositories } from './recorded-backlogs.ts';
import { simulateQueue } from './simulate-queue.ts';

const DATASET = '../shared/data/conflicts';
const DEFAULT_MAX_WAIT_DAYS = 7;
const RESAMPLES = 2_000;

const { values } = parseArgs({ options: { dataset: { type: 'string' } } });
const folder = values.dataset ?? DATASET;
const recorded = readRepositories(folder);
if (recorded === null)
  console.log(`${folder} is not there (name another with --dataset DIR): measured on generated repositories.\n`);
const repositories = recorded ?? [1, 2, 3, 4, 5].map(generateRepository);

const weekly = repositories.map((repository) => costsOfRepository(7, () => 1, repository.name));
const total = sumOf(weekly.flat());
const shareOfOptimum = share(total);

const rows: (readonly [string, string])[] = [];
const undetermined = repositories.reduce((sum, one) => sum + one.undetermined, 0);
rows.push([`${repositories.length} repositories, pairs left out as undetermined`, `${undetermined}`]);
addOrders('weekly backlogs: changes that hit a conflict', weekly);
addOrders(
  'daily backlogs, which overlap much',
  repositories.map(({ name }) => costsOfRepository(1, () => 1, name)),
);
addOrders(
  'weekly backlogs, weighted by changed lines',
  repositories.map(({ name }) => costsOfRepository(7, ({ changedLines }) => changedLines, name)),
);
const seconds = [timed('certain'), timed('estimated'), timed('estimated, a third stacked, capped')];
rows.push(['1,000 pull requests with 5,000 edges: median seconds of 5', '']);
for (const { name, median } of seconds) rows.push([`  ${name}`, median.toFixed(3)]);
const queues = repositories.map(measureWaits);
rows.push(['longest wait in the recorded history, days: oldest first; ours', 'over 7 days; hit on the way']);
for (const { line } of queues) rows.push(line);
rows.push(['  days beyond the cap that somebody can hold', `${round(maxOf(queues.map(({ overCap }) => overCap)))}`]);
rows.push([
  '  days beyond 7, whoever can hold it: oldest first; ours',
  `${round(maxOf(queues.map(({ fifoOverSeven }) => fifoOverSeven)))}; ${round(maxOf(queues.map(({ overSeven }) => overSeven)))}`,
]);

const width = Math.max(...rows.map(([name]) => name.length));
for (const [name, value] of rows) console.log(`${name.padEnd(width)}  ${value}`);
console.log(
  JSON.stringify({
    bench: 'order',
    figures: {
      shareOfOptimum: round(shareOfOptimum),
      overFifo: round(total.ours / total.fifo),
      overRandom: round(total.ours / total.random),
      overSmallestFirst: round(total.ours / total.smallestFirst),
      overFewestFiles: round(total.ours / total.fewestFiles),
      seconds1000: round(maxOf(seconds.map(({ median }) => median))),
      maxWaitOverCap: round(maxOf(queues.map(({ overCap }) => overCap))),
      maxWaitOverFlatCap: round(maxOf(queues.map(({ overSeven }) => overSeven))),
      fifoWaitOverFlatCap: round(maxOf(queues.map(({ fifoOverSeven }) => fifoOverSeven))),
    },
  }),
);

function costsOfRepository(
  everyDays: number,
  weightOf: (change: RecordedChange) => number,
  name: string,
): readonly Costs[] {
  const repository = repositories.find((one) => one.name === name);
  return repository === undefined ? [] : backlogsOf(repository, everyDays).map((one) => costsOf(one, weightOf));
}

function sumOf(costs: readonly Costs[]): Costs {
  const sum = (order: OrderName): number => costs.reduce((all, one) => all + one[order], 0);
  return {
    ours: sum('ours'),
    optimum: sum('optimum'),
    fifo: sum('fifo'),
    random: sum('random'),
    smallestFirst: sum('smallestFirst'),
    fewestFiles: sum('fewestFiles'),
  };
}

/** Of what the optimum spares against oldest first, how much ours spares; 1 where there is nothing to spare. */
function share({ ours, optimum, fifo }: Costs): number {
  return fifo === optimum ? 1 : (fifo - ours) / (fifo - optimum);
}

function addOrders(title: string, byRepository: readonly (readonly Costs[])[]): void {
  const all = sumOf(byRepository.flat());
  rows.push([
    `${title}: ${byRepository.flat().length} backlogs`,
    ORDERS.map((o) => `${o} ${Math.round(all[o])}`).join(', '),
  ]);
  rows.push(['  share of the optimum, 95 % over repositories', interval(byRepository, share)]);
  for (const rival of ['fifo', 'random', 'smallestFirst', 'fewestFiles'] as const)
    rows.push([`  ours over ${rival}`, interval(byRepository, (costs) => costs.ours / costs[rival])]);
}

/** Backlogs of one repository resemble each other: whole repositories are drawn again. */
function interval(byRepository: readonly (readonly Costs[])[], figure: (costs: Costs) => number): string {
  const random = seededRandom(1);
  const sums = byRepository.map(sumOf);
  const drawn = Array.from({ length: RESAMPLES }, () =>
    figure(sumOf(sums.map(() => sums[Math.floor(random() * sums.length)] ?? sumOf([])))),
  ).sort((one, other) => one - other);
  const at = (quantile: number): string => (drawn[Math.floor(quantile * RESAMPLES)] ?? 0).toFixed(3);
  return `${figure(sumOf(sums)).toFixed(3)} (${at(0.025)} to ${at(0.975)})`;
}

function timed(name: string): { readonly name: string; readonly median: number } {
  const times = [1, 2, 3, 4, 5].map((seed) => {
    const random = seededRandom(seed);
    const any = (): string => `#${Math.floor(random() * 1_000)}`;
    const items = Array.from({ length: 1_000 }, (_, index) => ({
      name: `#${index}`,
      weight: 1 + Math.floor(random() * 200),
      enteredAt: new Date(Date.UTC(2026, 0, 1) + random() * 30 * 86_400_000).toISOString(),
      priority: 0,
      ready: true,
      after: name.includes('stacked') && index % 3 === 2 ? [`#${index - 1}`] : [],
    }));
    const edges = Array.from({ length: 5_000 }, () => ({
      a: any(),
      b: any(),
      probability: name === 'certain' ? 1 : 0.05 + 0.95 * random(),
    }));
    const maxWaitDays = name.includes('capped') ? 60 : null;
    const started = performance.now();
    orderMerges(items, edges, { now: '2026-02-01T00:00:00Z', maxWaitDays, mergesPerDay: 20 });
    return (performance.now() - started) / 1_000;
  });
  return { name, median: times.sort((one, other) => one - other)[2] ?? 0 };
}

function measureWaits(repository: (typeof repositories)[number]) {
  const fifo = simulateQueue(repository, 'fifo');
  const cap = Math.max(DEFAULT_MAX_WAIT_DAYS, Math.ceil(maxOf(fifo.waits)));
  const held = simulateQueue(repository, { maxWaitDays: cap });
  const seven =
    cap === DEFAULT_MAX_WAIT_DAYS ? held : simulateQueue(repository, { maxWaitDays: DEFAULT_MAX_WAIT_DAYS });
  const uncapped = simulateQueue(repository, { maxWaitDays: null });
  const over = (waits: readonly number[], days: number): number => Math.max(0, maxOf(waits) - days);
  const tell = ({ waits, hits }: typeof fifo): string =>
    `${maxOf(waits).toFixed(1)} days, ${waits.filter((days) => days > DEFAULT_MAX_WAIT_DAYS).length} over 7, ${hits} hit`;
  return {
    line: [
      `  ${repository.name}`,
      `oldest first ${tell(fifo)}; cap 7: ${tell(seven)}; cap ${cap}: ${tell(held)}; no cap: ${tell(uncapped)}`,
    ] as const,
    overCap: over(held.waits, cap),
    overSeven: over(seven.waits, DEFAULT_MAX_WAIT_DAYS),
    fifoOverSeven: over(fifo.waits, DEFAULT_MAX_WAIT_DAYS),
  };
}

function maxOf(numbers: readonly number[]): number {
  return numbers.reduce((most, one) => Math.max(most, one), 0);
}

function round(value: number): number {
  return Math.round(value * 1_000) / 1_000;
}
