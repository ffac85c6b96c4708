/**
 * What reading a whole repository for backfill costs: `npm run bench:sync [-- --issues 10000]`.
 *
 * The sandbox runs in one process; the bundled command line reads it in another, which tells its own peak of memory when
 * it ends. A naive client then asks REST about the same issues: the list, and of each issue its sub-issues and blockers.
 */
import { type ChildProcess, execFileSync, spawn } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';
import { text } from 'node:stream/consumers';
import { parseArgs } from 'node:util';
import { Octokit } from '@octokit/rest';
import pLimit from 'p-limit';

const TOKEN = 'kims-token';
/** Told on a fourth descriptor, so that what the command prints stays its own. */
const PEAK_TO = 3;
const REPORT_PEAK = `data:text/javascript,import { writeSync } from 'node:fs';
process.on('exit', () => writeSync(${PEAK_TO}, String(process.resourceUsage().maxRSS)));`;

const { values } = parseArgs({ options: { issues: { type: 'string', default: '10000' } } });

execFileSync(process.execPath, ['.ci/bundle.mjs'], { stdio: 'inherit' });
const server = spawn(
  process.execPath,
  ['.ci/run-typescript.mjs', 'test/bench/serve-issues.ts', '--issues', values.issues, '--token', TOKEN],
  { stdio: ['pipe', 'pipe', 'inherit'] },
);
const answers = createInterface({ input: server.stdout })[Symbol.asyncIterator]();
const { apiUrl, repository } = await nextAnswer<{ apiUrl: string; repository: string }>();

const ours = await readByCommand();
const requests = await countRequests();
await readNaively();
const naiveRequests = await countRequests();
server.stdin.end();
await once(server, 'exit');

const figures = { requests, naiveRequests, peakMegabytes: ours.peakMegabytes, seconds: ours.seconds };
const rows: readonly (readonly [string, string])[] = [
  [`issues read by parasol umbrella backfill`, values.issues],
  ['  requests', `${requests}`],
  ['  links proposed, in the apply tier', `${ours.proposed}`],
  ['  seconds, start of the process included', `${ours.seconds}`],
  ['  peak memory of the process, MB', `${ours.peakMegabytes}`],
  ['naive REST client: requests', `${naiveRequests}`],
  ['requests saved', `${Math.round((naiveRequests / requests) * 10) / 10} times`],
];
const width = Math.max(...rows.map(([name]) => name.length));
for (const [name, value] of rows) console.log(`${name.padEnd(width)}  ${value}`);
console.log(JSON.stringify({ bench: 'sync', figures }));

async function nextAnswer<T>(): Promise<T> {
  const { value, done } = await answers.next();
  if (done === true) throw new Error('the sandbox ended before it answered');
  return JSON.parse(value);
}

async function countRequests(): Promise<number> {
  server.stdin.write('\n');
  return (await nextAnswer<{ requests: number }>()).requests;
}

async function readByCommand() {
  const start = performance.now();
  const command: ChildProcess = spawn(
    process.execPath,
    ['--import', REPORT_PEAK, 'dist/parasol.js', 'umbrella', 'backfill', repository, '--json'],
    {
      stdio: ['ignore', 'pipe', 'inherit', 'pipe'],
      env: { ...process.env, GITHUB_API_URL: apiUrl, GITHUB_TOKEN: TOKEN },
    },
  );
  const [printed, peak, [code]] = await Promise.all([
    text(streamOf(command, 1)),
    text(streamOf(command, PEAK_TO)),
    once(command, 'exit'),
  ]);
  if (code !== 0) throw new Error(`parasol umbrella backfill ended with ${code}`);
  const seconds = Math.round((performance.now() - start) / 100) / 10;
  return { seconds, peakMegabytes: Math.round(Number(peak) / 1024), proposed: countStated(JSON.parse(printed)) };
}

function countStated({ proposals }: { readonly proposals: readonly { readonly tier: string }[] }): number {
  return proposals.filter(({ tier }) => tier === 'apply').length;
}

function streamOf(command: ChildProcess, descriptor: number): NodeJS.ReadableStream {
  const stream = command.stdio[descriptor];
  if (stream == null || !('read' in stream)) throw new Error(`descriptor ${descriptor} is no pipe`);
  return stream;
}

/** As one writes it first, with pages of 100 and twenty requests at a time. */
async function readNaively(): Promise<void> {
  const octokit = new Octokit({ baseUrl: apiUrl, auth: TOKEN });
  const [owner = '', repo = ''] = repository.split('/');
  const issues = await octokit.paginate(octokit.rest.issues.listForRepo, { owner, repo, state: 'all', per_page: 100 });
  const limit = pLimit(20);
  const about = async (number: number): Promise<void> => {
    const place = { owner, repo, issue_number: number, per_page: 100 };
    await octokit.rest.issues.listSubIssues(place);
    await octokit.rest.issues.listDependenciesBlockedBy(place);
  };
  await Promise.all(issues.map(({ number }) => limit(() => about(number))));
}
