import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { isDeepStrictEqual } from 'node:util';
import type { PlanItem } from '../../src/core/plan/plan.ts';
import { seededRandom } from '../../src/core/seeded-random.ts';
import { savePlan } from '../../src/operations/save-plan.ts';
import { addSubIssue } from '../../src/sandbox/actions/link-sub-issue.ts';
import { GITHUB_LIMITS } from '../../src/sandbox/http/limits.ts';
import { openStore } from '../../src/store/open-store.ts';
import { type BundledCli, bundleCli } from '../e2e/bundle-cli.ts';
import {
  contextOf,
  create,
  digestOf,
  draftOf,
  edit,
  item,
  label,
  link,
  type PlanWorld,
  ref,
  startPlanWorld,
  TOKEN,
} from '../operations/plan-world.ts';
import { fastClock } from './fast-clock.ts';

export interface CrashOptions {
  readonly seed: number;
  readonly issues: number;
  readonly links: number;
  /** How often the apply is killed, and then the undo. */
  readonly kills: { readonly apply: number; readonly undo: number };
  /** How much faster than the machine's the clock of the sandbox's limits and of the pacing runs. */
  readonly speed: number;
  readonly say: (line: string) => void;
}

/** What does not hold; empty when all of it does. */
export type CrashReport = readonly string[];

/**
 * Applies a plan in a process of its own, the command line, which is killed at random moments and started again until it
 * ends, then undoes it likewise. GitHub's own limits are on, by a clock that both sides share; secondary limits are met,
 * answers get lost and reads are stale on top.
 */
export async function crashPlan(options: CrashOptions): Promise<CrashReport> {
  const folder = await mkdtemp(join(tmpdir(), 'parasol-crash-'));
  const clock = { epochMs: Date.now(), speed: options.speed };
  const { nowMs } = fastClock(clock);
  const planned = await startPlanWorld({
    issues: options.issues,
    limits: GITHUB_LIMITS,
    clock: () => new Date(nowMs()),
  });
  const cli = await bundleCli('test/crash/fast-parasol.ts');
  try {
    return await play(options, { planned, cli, folder, clock, random: seededRandom(options.seed) });
  } finally {
    await planned.sandbox.close();
    await cli.remove();
    await rm(folder, { recursive: true });
  }
}

interface Stage {
  readonly planned: PlanWorld;
  readonly cli: BundledCli;
  readonly folder: string;
  readonly clock: { readonly epochMs: number; readonly speed: number };
  readonly random: () => number;
}

async function play(options: CrashOptions, stage: Stage): Promise<CrashReport> {
  const { planned } = stage;
  // One child that hangs under another umbrella at first, so that undo has to bring it back to its old place.
  for (const child of [OLD_UMBRELLA + 1, OLD_UMBRELLA + 2]) {
    addSubIssue(planned.world, 'noor', { parent: key(OLD_UMBRELLA), child: key(child) });
  }
  const items = itemsFor(options);
  const id = await save(items, stage);
  const atStart = digestOf(planned.repository);
  const effects = countEffects(planned);

  armFaults(planned);
  await runUntilDone(['plan', 'apply', id], { stage, kills: options.kills.apply, say: options.say });
  const problems = checkApplied(items, { planned, effects: effects() });
  planned.sandbox.faults.clear();
  await runUntilDone(['plan', 'undo', id], { stage, kills: options.kills.undo, say: options.say });
  const said = [`effects: ${JSON.stringify(effects())}`, `requests: ${planned.sandbox.requests.entries.length}`];
  const refused = planned.sandbox.requests.entries.filter(({ status }) => status === 403).length;
  for (const line of [...said, `refused at a secondary limit: ${refused}`]) options.say(line);
  return [...problems, ...checkUndone(planned, atStart)];
}

const key = (number: number) => ({ repository: 'octo/harbor', number });

const OLD_UMBRELLA = 5;
const UMBRELLAS = [1, 2, 3] as const;

/** The links under three umbrellas, one of them a move, and some of everything else. */
function itemsFor({ links }: CrashOptions): readonly PlanItem[] {
  const moved = item('move-6', {
    kind: 'add_sub_issue',
    parent: ref(1),
    child: ref(OLD_UMBRELLA + 1),
    replaceParent: true,
  });
  const linked = Array.from({ length: links - 1 }, (_, n) => link(n + 10, UMBRELLAS[n % UMBRELLAS.length] ?? 1));
  const created = ['api', 'web', 'docs'].map((name, n) => create(name, UMBRELLAS[n] ?? 1));
  const waits = item('block-web', { kind: 'add_blocker', on: { item: 'create-web' }, blocker: { item: 'create-api' } });
  const fresh = item('make-fresh', {
    kind: 'create_label',
    repository: { owner: 'octo', repo: 'harbor' },
    name: 'fresh',
    color: 'ededed',
    description: '',
  });
  const worn = item('wear-fresh', { kind: 'add_label', on: ref(9), label: 'fresh' }, { needs: ['make-fresh'] });
  const others = [fresh, worn, label(7), label(8), label(9), edit(7), edit(8), ...created, waits];
  // Mixed, so that a random moment meets every kind.
  return [moved, ...linked.flatMap((one, n) => [one, ...others.slice(n, n + 1)]), ...others.slice(linked.length)];
}

async function save(items: readonly PlanItem[], { planned, folder, clock }: Stage): Promise<string> {
  const store = await openStore({ folder, now: () => planned.world.now() });
  const { id } = await savePlan(contextOf(planned, store, fastClock(clock)), draftOf(...items));
  await store.close();
  return id;
}

/** What was done on the sandbox's GitHub since, by webhook event. */
function countEffects({ world }: PlanWorld): () => Readonly<Record<string, number>> {
  const counts: Record<string, number> = {};
  world.listeners.add(({ name, action }) => {
    const event = `${name}.${action}`;
    counts[event] = (counts[event] ?? 0) + 1;
  });
  return () => ({ ...counts });
}

function armFaults({ sandbox: { faults } }: PlanWorld): void {
  const linking = { method: 'POST', path: /sub_issues$/ };
  faults.staleReads({ forMs: 1500 });
  faults.secondaryLimit({ retryAfterSeconds: 30, times: 2, match: linking });
  faults.dropConnection({ afterWrite: true, match: linking });
  faults.dropConnection({ afterWrite: true, match: { operation: 'CreateIssue' } });
  // More often than the client by itself repeats a call.
  faults.secondaryLimit({ retryAfterSeconds: 20, times: 6, match: { method: 'POST', path: /labels$/ } });
  faults.secondaryLimit({ retryAfterSeconds: 60, times: 1, match: { operation: 'CreateIssue' } });
}

interface Runs {
  readonly stage: Stage;
  readonly kills: number;
  readonly say: (line: string) => void;
}

/** Within what a small plan asks, too. */
const FEWEST_REQUESTS = 3;
const MORE_REQUESTS = 45;
const LATEST_MS = 60;
const MOST_RUNS = 20;

/** Starts the command again and again: killed as often as asked for, after a random number of requests, and then to its end. */
async function runUntilDone(argv: readonly string[], { stage, kills, say }: Runs): Promise<void> {
  for (let number = 1; number <= MOST_RUNS; number += 1) {
    const killAfter = FEWEST_REQUESTS + Math.floor(stage.random() * MORE_REQUESTS);
    const laterMs = Math.floor(stage.random() * LATEST_MS);
    const kill = number <= kills ? { killAfter, laterMs } : null;
    const { code, output } = await runOnce(argv, stage, kill);
    const how = kill === null ? '' : ` (to be killed ${laterMs} ms after request ${killAfter})`;
    say(`${argv.slice(0, 2).join(' ')}, run ${number}: ${code === null ? 'killed' : `exit ${code}`}${how}`);
    if (code === 0 && kill !== null) throw new Error('it ended before it was killed: give it more to do');
    if (code === 0) return say(output.split('\n')[0] ?? '');
    if (code !== null) say(output);
  }
  throw new Error(`${argv.join(' ')} did not end in ${MOST_RUNS} runs`);
}

interface Kill {
  readonly killAfter: number;
  readonly laterMs: number;
}

async function runOnce(argv: readonly string[], { cli, planned, folder, clock }: Stage, kill: Kill | null) {
  const { sandbox } = planned;
  const { DATABASE_URL, ...inherited } = process.env;
  const env = {
    ...inherited,
    GITHUB_TOKEN: TOKEN,
    GITHUB_API_URL: sandbox.apiUrl,
    GITHUB_REPOSITORY: 'octo/harbor',
    PARASOL_DATA: folder,
    PARASOL_TEST_EPOCH: String(clock.epochMs),
    PARASOL_TEST_SPEED: String(clock.speed),
  };
  const child = spawn(process.execPath, [cli.path, ...argv], { env });
  let output = '';
  child.stdout.on('data', (chunk: Buffer) => (output += chunk.toString('utf8')));
  child.stderr.on('data', (chunk: Buffer) => (output += chunk.toString('utf8')));
  const exit = once(child, 'exit');
  const from = sandbox.requests.entries.length;
  if (kill !== null) {
    while (child.exitCode === null && sandbox.requests.entries.length < from + kill.killAfter) await pause(2);
    await pause(kill.laterMs);
    child.kill('SIGKILL');
  }
  const [code] = (await exit) as [number | null];
  return { code, output };
}

interface Applied {
  readonly planned: PlanWorld;
  readonly effects: Readonly<Record<string, number>>;
}

function checkApplied(items: readonly PlanItem[], { planned, effects }: Applied): readonly string[] {
  const count = (...kinds: readonly string[]) => items.filter(({ change }) => kinds.includes(change.kind)).length;
  const links = count('add_sub_issue');
  const made = count('create_issue');
  const needed: Readonly<Record<string, number>> = {
    'sub_issues.sub_issue_added': links + made,
    'sub_issues.sub_issue_removed': 1,
    'issues.opened': made,
    'issues.edited': count('update_issue_body'),
    'issue_dependencies.blocked_by_added': count('add_blocker'),
  };
  const wrong = Object.entries(needed).filter(([event, times]) => effects[event] !== times);
  const standing = items.filter(({ change }) => {
    if (change.kind !== 'add_sub_issue' || 'item' in change.child || 'item' in change.parent) return false;
    return planned.repository.issues.get(change.child.number)?.parent?.number === change.parent.number;
  });
  const titles = [...planned.repository.issues.values()].map(({ title }) => title);
  return [
    ...wrong.map(([event, times]) => `${event} happened ${effects[event] ?? 0} times instead of ${times}`),
    ...(standing.length === links ? [] : [`${standing.length} of ${links} links stand`]),
    ...(new Set(titles).size === titles.length ? [] : ['an issue was made twice']),
  ];
}

function checkUndone({ repository }: PlanWorld, atStart: ReturnType<typeof digestOf>): readonly string[] {
  const now = digestOf(repository);
  const same = isDeepStrictEqual(now.slice(0, atStart.length), atStart);
  const left = now.slice(atStart.length).filter(({ state, parent }) => state !== 'closed' || parent !== null);
  return [
    ...(repository.labels.has('fresh') ? ['after the undo, the label that the plan made is still there'] : []),
    ...(same ? [] : ['after the undo, links, labels or texts differ from the start']),
    ...left.map(({ number }) => `#${number}, which the plan made, is still open or linked`),
  ];
}
