/**
 * What reading and rolling up an umbrella costs: `npm run bench:umbrella [-- --tasks FILE.jsonl.gz]`.
 *
 * An umbrella of 100 children is read through the sandbox by Parasol and by a naive REST client, counted by the
 * sandbox's own log, and both must end with the same facts. Linked branches, which REST does not show, are left out of the
 * comparison. Then the rollup of every umbrella of a large backlog is built in memory, as its comment would show it, again
 * and again; beside it the list of them all.
 */
import { existsSync } from 'node:fs';
import { isDeepStrictEqual, parseArgs } from 'node:util';
import { DEFAULT_CONFIG } from '../../src/core/config.ts';
import { buildRollup } from '../../src/core/umbrella/build-rollup.ts';
import { listUmbrellas } from '../../src/core/umbrella/list-umbrellas.ts';
import type { RepositorySnapshot, UmbrellaSnapshot } from '../../src/core/umbrella/snapshot.ts';
import { connectWithToken } from '../../src/github/connect-with-token.ts';
import { loadRepository } from '../../src/github/load-repository.ts';
import { loadUmbrella } from '../../src/github/load-umbrella.ts';
import { addUserToken } from '../../src/sandbox/create-world.ts';
import { loadWorld } from '../../src/sandbox/load-world.ts';
import { startSandbox } from '../../src/sandbox/start-sandbox.ts';
import type { World } from '../../src/sandbox/world.ts';
import { generatedTasks } from './generated-tasks.ts';
import { CHILDREN, hundredChildren, TOKEN, UMBRELLA } from './hundred-children.ts';
import { readNaively } from './naive-client.ts';
import { factsOfSnapshot, type WorkFacts } from './work-facts.ts';

const BACKLOG = '../shared/data/tasks/beads.jsonl.gz';
const REPEATS = 30;

const { values } = parseArgs({ options: { tasks: { type: 'string' } } });

const one = await readUmbrella({ blockers: 'siblings', sweep: false });
const swept = await readUmbrella({ blockers: 'siblings', sweep: true });
const elsewhere = await readUmbrella({ blockers: 'elsewhere', sweep: false });
const naive = await measureNaively();
const backlog = await loadBacklog(values.tasks);
const umbrellas = listUmbrellas(backlog.snapshot, listOptions(backlog.snapshot)).flatMap(
  ({ ref }) => backlog.snapshot.tasks.get(ref.toLowerCase())?.ref ?? [],
);
const rollups = timeOnFresh(backlog.snapshot, (snapshot) => {
  const options = { config: DEFAULT_CONFIG, now: snapshot.readAt, audience: 'umbrella_readers' } as const;
  for (const umbrella of umbrellas) buildRollup(snapshot, umbrella, options);
});
const list = timeOnFresh(backlog.snapshot, (snapshot) => listUmbrellas(snapshot, listOptions(snapshot)));

const graphqlCalls = one.calls;
const sweepCalls = swept.calls - one.calls;
const requestRatio = round(naive.calls / (graphqlCalls + sweepCalls));
const rows: readonly (readonly [string, string])[] = [
  [`one umbrella, ${CHILDREN} children: GraphQL calls`, `${graphqlCalls}`],
  ['  points by the sandbox (by hand)', `${one.points} (${pointsByHand()})`],
  ['  with blockers outside the umbrella: calls, points', `${elsewhere.calls}, ${elsewhere.points}`],
  ['pull-request sweep: calls, points', `${sweepCalls}, ${swept.points - one.points}`],
  ['naive REST client: requests', `${naive.calls}`],
  ['requests saved, sweep included', `${requestRatio} times`],
  ['complete and equal facts on both sides', describe(one.facts, naive.facts)],
  [
    `the rollups of ${umbrellas.length} umbrellas of ${backlog.snapshot.tasks.size} tasks (${backlog.name})`,
    `${rollups.medianMs} ms`,
  ],
  [`  median of ${REPEATS}, 5 % and 95 %`, `${rollups.lowMs} to ${rollups.highMs} ms`],
  ['the list of them', `${list.medianMs} ms`],
  [`  median of ${REPEATS}, 5 % and 95 %`, `${list.lowMs} to ${list.highMs} ms`],
];
const width = Math.max(...rows.map(([name]) => name.length));
for (const [name, value] of rows) console.log(`${name.padEnd(width)}  ${value}`);
console.log(
  JSON.stringify({
    bench: 'umbrella',
    figures: {
      graphqlCalls,
      graphqlPoints: one.points,
      graphqlCallsOutsideBlockers: elsewhere.calls,
      graphqlPointsOutsideBlockers: elsewhere.points,
      sweepCalls,
      sweepPoints: swept.points - one.points,
      naiveRequests: naive.calls,
      requestRatio,
      rollupMilliseconds: rollups.medianMs,
      listMilliseconds: list.medianMs,
    },
  }),
);

interface Reading {
  readonly facts: WorkFacts;
  readonly calls: number;
  readonly points: number;
}

interface ReadOptions {
  readonly blockers: 'siblings' | 'elsewhere';
  readonly sweep: boolean;
}

async function readUmbrella({ blockers, sweep }: ReadOptions): Promise<Reading> {
  return withSandbox(hundredChildren({ blockers }), async (apiUrl) => {
    const client = connectWithToken({ token: TOKEN, apiUrl, pace: 'sandbox' });
    const snapshot: UmbrellaSnapshot = await loadUmbrella(client, UMBRELLA, { pullRequestSweep: sweep });
    return factsOfSnapshot(snapshot);
  });
}

function measureNaively(): Promise<Reading> {
  return withSandbox(hundredChildren({ blockers: 'siblings' }), (apiUrl) =>
    readNaively({ apiUrl, token: TOKEN, umbrella: UMBRELLA }),
  );
}

/** Counts what the sandbox answered, not what a client says that it asked. */
async function withSandbox(world: World, read: (apiUrl: string) => Promise<WorkFacts>): Promise<Reading> {
  const sandbox = await startSandbox({ world });
  try {
    const facts = await read(sandbox.apiUrl);
    const unmodelled = sandbox.requests.unmodelled();
    if (unmodelled.length > 0) throw new Error(`the sandbox has no ${unmodelled.map(({ path }) => path).join(', ')}`);
    const { entries } = sandbox.requests;
    return { facts, calls: entries.length, points: entries.reduce((sum, { points }) => sum + points, 0) };
  } finally {
    await sandbox.close();
  }
}

/**
 * The documented formula by hand: the umbrella's 6 lists, its sub-issues and comments, 3 lists of each of its 2 closing
 * pull requests, then 6 lists of each child and 3 of each of their 2 closing pull requests.
 */
function pointsByHand(): number {
  const ofOneTask = 6 + 2 * 3;
  return Math.max(1, Math.round((ofOneTask + 2 + CHILDREN * ofOneTask) / 100));
}

function describe(ours: WorkFacts, theirs: WorkFacts): string {
  const counts = `${Object.keys(ours.children).length} children, ${Object.keys(ours.pullRequests).length} pull requests`;
  return isDeepStrictEqual(ours, theirs)
    ? `yes: ${counts}`
    : `NO: ${counts}; first difference at ${differenceOf(ours, theirs)}`;
}

function differenceOf(ours: WorkFacts, theirs: WorkFacts): string {
  for (const part of ['children', 'pullRequests'] as const) {
    const keys = new Set([...Object.keys(ours[part]), ...Object.keys(theirs[part])]);
    for (const key of keys) {
      const [left, right] = [ours[part][key], theirs[part][key]];
      if (!isDeepStrictEqual(left, right)) return `${key}: ${JSON.stringify(left)} / ${JSON.stringify(right)}`;
    }
  }
  return 'nowhere';
}

interface Backlog {
  readonly name: string;
  readonly snapshot: RepositorySnapshot;
}

/** The backlog as the program itself reads it: served by the sandbox, loaded through GraphQL. */
async function loadBacklog(given: string | undefined): Promise<Backlog> {
  const file = given ?? (existsSync(BACKLOG) ? BACKLOG : null);
  if (file === null)
    console.log(`${BACKLOG} is not there (name another with --tasks FILE): measured on generated tasks.\n`);
  const world = file === null ? generatedTasks() : await loadWorld(file);
  const [repository] = world.repositories.values();
  if (!repository) throw new Error('the backlog has no repository');
  addUserToken(world, { token: TOKEN, login: repository.owner });
  const sandbox = await startSandbox({ world });
  try {
    const client = connectWithToken({ token: TOKEN, apiUrl: sandbox.apiUrl, pace: 'sandbox' });
    const snapshot = await loadRepository(client, { owner: repository.owner, repo: repository.name });
    return { name: file ?? 'generated', snapshot };
  } finally {
    await sandbox.close();
  }
}

function listOptions({ readAt }: RepositorySnapshot) {
  return { config: DEFAULT_CONFIG, now: readAt, all: false };
}

function timeOnFresh(snapshot: RepositorySnapshot, work: (snapshot: RepositorySnapshot) => unknown) {
  const times: number[] = [];
  for (let run = 0; run < REPEATS + 5; run += 1) {
    // Fresh objects each time: nothing kept from the run before can help.
    const fresh = { ...snapshot, tasks: copied(snapshot.tasks), pullRequests: copied(snapshot.pullRequests) };
    const start = performance.now();
    work(fresh);
    // The first five warm the machine up.
    if (run >= 5) times.push(performance.now() - start);
  }
  times.sort((a, b) => a - b);
  const at = (share: number): number => round(times[Math.floor(share * (times.length - 1))] ?? 0);
  return { medianMs: at(0.5), lowMs: at(0.05), highMs: at(0.95) };
}

function copied<T extends object>(facts: ReadonlyMap<string, T>): ReadonlyMap<string, T> {
  return new Map([...facts].map(([key, fact]) => [key, { ...fact }]));
}

function round(value: number): number {
  return Math.round(value * 10) / 10;
}
