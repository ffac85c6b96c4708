/**
 * Whether the readiness report tells the truth, and what it costs: `npm run bench:readiness [-- --repo PATH]`.
 *
 * Presence: silent reverts are planted into a copy of history, in the four ways of `plant-silent-reverts.ts`, and what was
 * really merged afterwards follows; then every merge of the unplanted history is asked about, and whatever is called undone
 * counts as a false alarm and is printed, to be looked at. `--ref NAME` names the base, `--steps N` how much of it; without
 * `--repo` both run on made-up repositories.
 *
 * Cost: what a report of 10,000 tasks and 3,000 pull requests takes in memory, from what was loaded to the report, and how
 * many requests loading as much takes through the sandbox, beside asking for each item. `--parts` names some of `memory`,
 * `requests` and `presence`.
 */
import { rmSync } from 'node:fs';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { newFolder } from '../git/draft-repository.ts';
import { writeGeneratedMerges } from './generated-merges.ts';
import { PULL_REQUESTS, TASKS } from './large-scope.ts';
import { measurePresence, type PresenceSource } from './measure-presence.ts';
import { measureReport } from './measure-report.ts';
import { measureRequests } from './measure-requests.ts';

const { values } = parseArgs({
  options: {
    repo: { type: 'string' },
    ref: { type: 'string', default: 'HEAD' },
    steps: { type: 'string', default: '3000' },
    plants: { type: 'string', default: '25' },
    seed: { type: 'string', default: '1' },
    parts: { type: 'string', default: 'memory,requests,presence' },
  },
});
const folder = newFolder('bench-readiness');

try {
  const parts: Part[] = [];
  for (const name of values.parts.split(',')) parts.push(await measure(name));
  const rows = parts.flatMap((part) => part.rows);
  const width = Math.max(...rows.map(([name]) => name.length));
  for (const [name, value] of rows) console.log(`${name.padEnd(width)}  ${value}`);
  console.log(
    JSON.stringify({ bench: 'readiness', figures: Object.assign({}, ...parts.map(({ figures }) => figures)) }),
  );
} finally {
  rmSync(folder, { recursive: true, force: true });
}

/** One measurement: rows for people, figures for machines. */
interface Part {
  readonly rows: readonly (readonly [string, string])[];
  readonly figures: Readonly<Record<string, number>>;
}

function measure(name: string): Promise<Part> {
  const part = { memory: memoryPart, requests: requestsPart, presence: presencePart }[name];
  if (part === undefined) throw new Error(`no part ${name}`);
  return part();
}

async function memoryPart(): Promise<Part> {
  const [own, everyone] = [measureReport('viewer'), measureReport('umbrella_readers')];
  const slower = own.wallMs > everyone.wallMs ? own : everyone;
  const shown = ({ wallMs, cpuMs, findings }: typeof own): string =>
    `${Math.round(wallMs)} ms, ${Math.round(cpuMs)} ms of the processor, ${findings} findings`;
  return {
    rows: [
      [`a report of ${TASKS} tasks and ${PULL_REQUESTS} pull requests in memory`, ''],
      ['  for whoever asks', shown(own)],
      ['  for the readers of the repository', shown(everyone)],
      ['  reading the bodies before, as loading does', `${Math.round(own.bodiesMs)} ms`],
    ],
    figures: { inMemoryMilliseconds: Math.round(slower.wallMs) },
  };
}

async function requestsPart(): Promise<Part> {
  const { requests, naiveRequests } = await measureRequests({ tasks: TASKS, pullRequests: PULL_REQUESTS });
  return {
    rows: [
      ['requests for as much through the sandbox', `${requests}`],
      ['  item by item', `${naiveRequests}`],
    ],
    figures: { requests, naiveRequests },
  };
}

async function presencePart(): Promise<Part> {
  const options = { steps: Number(values.steps), perWay: Number(values.plants), seed: Number(values.seed) };
  const sources: readonly PresenceSource[] =
    values.repo === undefined
      ? [1, 2].map((seed) => generated(seed))
      : [{ source: values.repo, folder: join(folder, 'planted'), base: values.ref, ...options }];
  return measurePresence(sources, (text) => console.error(`  ${text}`));
}

function generated(seed: number): PresenceSource {
  const source = join(folder, `generated-${seed}`);
  writeGeneratedMerges(source, { seed, merges: 700 });
  return { source, folder: join(folder, `planted-${seed}`), base: 'main', steps: 700, perWay: 12, seed };
}
