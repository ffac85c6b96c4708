/**
 * How large the Action's bundle is, and how soon it asks GitHub for something:
 * `npm run bench:action [-- --release-drafter CHECKOUT --node PATH --rounds N]`.
 *
 * Each round starts an empty Node process, every command of ours and, where a checkout of it is given, release-drafter, one
 * after the other against one server on loopback; a ratio is the median of those within the rounds, so that what slows the
 * machine down slows down both sides. `startRatio` is that of our slowest command.
 */
import { mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { parse } from 'yaml';
import { COMMANDS } from '../../action/commands.ts';
import { type Starter, startClock } from './first-request.ts';

const { values } = parseArgs({
  options: {
    'release-drafter': { type: 'string' },
    node: { type: 'string', default: process.execPath },
    rounds: { type: 'string', default: '21' },
  },
});
const rounds = Math.max(6, Number(values.rounds) || 21);
const folder = mkdtempSync(join(tmpdir(), 'parasol-bench-action-'));
const event = join(folder, 'event.json');
writeFileSync(event, '{}');

const WORKFLOW = {
  GITHUB_REPOSITORY: 'octo/harbor',
  GITHUB_EVENT_NAME: 'push',
  GITHUB_EVENT_PATH: event,
  GITHUB_REF: 'refs/heads/main',
  GITHUB_SHA: 'a'.repeat(40),
  GITHUB_WORKSPACE: folder,
  RUNNER_TEMP: folder,
};

const ours = (command: string): Starter => ({
  args: ['action/dist/index.js'],
  environment: { ...WORKFLOW, INPUT_COMMAND: command, INPUT_UMBRELLA: '#1', 'INPUT_GITHUB-TOKEN': 'a-token' },
});

function releaseDrafter(checkout: string): Starter {
  const { inputs, runs } = parse(readFileSync(join(checkout, 'action.yml'), 'utf8'));
  const given = Object.keys(inputs).map((name): [string, string] => [
    `INPUT_${name.toUpperCase()}`,
    name === 'token' ? 'a-token' : String(inputs[name].default ?? ''),
  ]);
  return { args: [join(checkout, runs.main)], environment: { ...WORKFLOW, ...Object.fromEntries(given) } };
}

interface Summary {
  readonly median: number;
  /** Of the median, by order statistics: 95 %. */
  readonly from: number;
  readonly to: number;
}

function summarize(samples: readonly number[]): Summary {
  const sorted = samples.toSorted((a, b) => a - b);
  const at = (place: number): number => sorted[Math.min(sorted.length - 1, Math.max(0, Math.round(place)))] ?? 0;
  const reach = 0.98 * Math.sqrt(sorted.length);
  const middle = (sorted.length - 1) / 2;
  return {
    median: (at(Math.floor(middle)) + at(Math.ceil(middle))) / 2,
    from: at(middle - reach),
    to: at(middle + reach),
  };
}

const round = (value: number, digits = 2): number => Number(value.toFixed(digits));
const shown = ({ median, from, to }: Summary, digits: number): string =>
  `${round(median, digits)} (${round(from, digits)}–${round(to, digits)})`;

const sizes = readdirSync('action/dist').map((name) => statSync(join('action/dist', name)).size);
const bundleBytes = sizes.reduce((sum, size) => sum + size, 0);
const clock = await startClock(values.node);
const rival = values['release-drafter'] === undefined ? null : releaseDrafter(values['release-drafter']);
const starters = new Map<string, Starter>([
  ...Object.keys(COMMANDS).map((command): [string, Starter] => [command, ours(command)]),
  ...(rival === null ? [] : [['release-drafter', rival] as [string, Starter]]),
]);

try {
  const empty: number[] = [];
  const times = new Map([...starters.keys()].map((name): [string, number[]] => [name, []]));
  // One round that counts nothing: the disk's cache is as warm for the first as for the last.
  for (let turn = -1; turn < rounds; turn += 1) {
    const nothing = await clock.untilEnd(['-e', '']);
    if (turn >= 0) empty.push(nothing);
    for (const [name, starter] of starters) {
      const time = await clock.untilRequest(starter);
      if (turn >= 0) times.get(name)?.push(time);
    }
    console.error(`  round ${turn + 1} of ${rounds}`);
  }
  const over = (name: string, others: readonly number[]): Summary =>
    summarize((times.get(name) ?? []).map((time, turn) => time / (others[turn] ?? Number.NaN)));
  const commands = Object.keys(COMMANDS).map((name) => ({ name, ratio: over(name, empty) }));
  const slowest = commands.toSorted((a, b) => b.ratio.median - a.ratio.median)[0];
  const rivalTimes = times.get('release-drafter');
  const overRival = rivalTimes === undefined ? null : over(slowest?.name ?? '', rivalTimes);
  console.log(`bundle: ${sizes.length} files, ${bundleBytes} bytes\n`);
  console.log(`milliseconds to the first request, medians of ${rounds} rounds (95 %); over an empty process`);
  console.log(`  empty Node process, to its end   ${shown(summarize(empty), 0)}`);
  for (const [name, samples] of times)
    console.log(`  ${name.padEnd(32)} ${shown(summarize(samples), 0)}   ${shown(over(name, empty), 2)}`);
  if (overRival === null)
    console.log('\nrelease-drafter was not measured: --release-drafter CHECKOUT names one (its dist/ is committed).');
  else console.log(`\n${slowest?.name}, our slowest, over release-drafter: ${shown(overRival, 2)}`);
  console.log(
    JSON.stringify({
      bench: 'action',
      figures: {
        bundleBytes,
        startRatio: round(slowest?.ratio.median ?? 0),
        ...(overRival === null ? {} : { releaseDrafterRatio: round(overRival.median) }),
      },
    }),
  );
} finally {
  clock.close();
  rmSync(folder, { recursive: true, force: true });
}
