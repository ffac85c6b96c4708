import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { cpSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { hostname, tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { build } from 'esbuild';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { createLock, type Holder, readLock } from '../../src/store/lock-files.ts';
import { isRunning, processStart } from '../../src/store/process-identity.ts';
import { findHolder, takeStoreLock } from '../../src/store/store-lock.ts';
import { commandOf } from '../../src/store/take-folder-lock.ts';
import { prepareFolder } from './prepare-folder.ts';

const BUNDLE = fileURLToPath(new URL('../../node_modules/.cache/parasol/hold-folder.mjs', import.meta.url));
const now = (): string => '2026-03-02T09:00:00Z';
const SERVES = { url: 'http://127.0.0.1:4000', secret: 'shared' };
const QUICK = { now, waitMs: 0, serves: null };

let folder: string;
/** With a store in it: making one anew takes PGlite seconds. */
let prepared: string;
const children: ChildProcess[] = [];

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'parasol-lock-'));
});

afterEach(async () => {
  const ended = children.map((child) => (child.exitCode ?? child.signalCode) === null && once(child, 'exit'));
  for (const child of children.splice(0)) child.kill('SIGKILL');
  await Promise.all(ended);
  rmSync(folder, { recursive: true });
});

describe('two processes on one folder', { timeout: 90_000 }, () => {
  beforeAll(async () => {
    await build({
      entryPoints: [fileURLToPath(new URL('./hold-folder.ts', import.meta.url))],
      outfile: BUNDLE,
      bundle: true,
      platform: 'node',
      format: 'esm',
      packages: 'external',
      logLevel: 'error',
    });
    prepared = await prepareFolder();
  }, 120_000);

  afterAll(() => rmSync(prepared, { recursive: true }));

  beforeEach(() => cpSync(prepared, folder, { recursive: true }));

  test('the second is told who holds it, and nothing is lost', async () => {
    const first = await startHolder('a');
    expect(first.said).toEqual({ holds: ['a'] });
    const second = await startHolder('b');
    expect(second.said).toEqual({
      failed: expect.stringMatching(
        `^Process ${first.process.pid} \\(\`parasol a\`\\) on ${hostname()} holds ${folder} since 2026-`,
      ),
    });
    first.process.kill('SIGTERM');
    await once(first.process, 'exit');
    expect((await startHolder('c')).said).toEqual({ holds: ['a', 'c'] });
  });

  test('one that is killed loses the folder to the next, and what it had stored is there', async () => {
    const first = await startHolder('a');
    first.process.kill('SIGKILL');
    await once(first.process, 'exit');
    expect((await startHolder('b')).said).toEqual({ holds: ['a', 'b'] });
  });

  test('of those that find it killed at the same moment, one holds it and the others are told which', async () => {
    const first = await startHolder('a');
    first.process.kill('SIGKILL');
    await once(first.process, 'exit');
    const all = await Promise.all(['b', 'c', 'd'].map((id) => startHolder(id)));
    const winners = all.filter(({ said }) => 'holds' in said);
    expect(winners).toHaveLength(1);
    const pid = winners[0]?.process.pid;
    for (const { said } of all) {
      if ('failed' in said) expect(said.failed).toContain(`Process ${pid} (`);
    }
  });

  test('one that may wait gets the folder as soon as it is let go of', async () => {
    const first = await startHolder('a');
    const second = startHolder('b', 60_000);
    first.process.kill('SIGTERM');
    expect((await second).said).toEqual({ holds: ['a', 'b'] });
  });
});

describe('the lock', () => {
  test.each([
    [['reviewers', 'away', '2026-12-20..2027-01-03'], 'parasol reviewers away'],
    [['--world', 'w.yml', 'task', 'next', '12', '--lane', 'api'], 'parasol task next'],
    [['serve', '--port', '0'], 'parasol serve'],
  ])('tells of the command line %j the command alone', (argv, command) => {
    expect(commandOf(argv)).toBe(command);
  });

  test('names its holder while it is held, readable for its owner alone, and nobody afterwards', async () => {
    expect(findHolder(join(folder, 'nowhere'))).toBeNull();
    const lock = await takeStoreLock(folder, { ...QUICK, serves: SERVES });
    expect(findHolder(folder)).toEqual({
      ...SELF,
      serves: SERVES,
      command: expect.stringMatching(/^parasol/),
    });
    expect(statSync(join(folder, 'lock-1.json')).mode & 0o777).toBe(0o600);
    lock.release();
    lock.release();
    expect(findHolder(folder)).toBeNull();
    expect(readFileSync(join(folder, 'lock-1.json'), 'utf8')).not.toContain('shared');
  });

  test('may be deleted by hand while it is held', async () => {
    const lock = await takeStoreLock(folder, QUICK);
    rmSync(join(folder, 'lock-1.json'));
    lock.release();
    expect(readdirSync(folder)).toEqual([]);
  });

  test('leaves one file behind however often it changes hands', async () => {
    for (let round = 0; round < 3; round += 1) (await takeStoreLock(folder, QUICK)).release();
    expect(readdirSync(folder)).toEqual(['lock-3.json']);
  });

  test('goes to one of many that ask at the same moment', async () => {
    const asked = await Promise.allSettled(Array.from({ length: 20 }, () => takeStoreLock(folder, QUICK)));
    const held = asked.filter(({ status }) => status === 'fulfilled');
    expect(held).toHaveLength(1);
  });

  test('of a process whose id another one has now is taken over', async () => {
    writeLock({ ...SELF, start: 'another boot:1' });
    expect(findHolder(folder)).toBeNull();
    (await takeStoreLock(folder, QUICK)).release();
  });

  test('of another machine is respected, with what to do if that machine is gone', async () => {
    writeLock({ ...SELF, pid: 1, host: 'elsewhere', command: 'parasol serve' });
    await expect(takeStoreLock(folder, QUICK)).rejects.toMatchObject({
      code: 'store_locked',
      message: `Process 1 (\`parasol serve\`) on elsewhere holds ${folder} since 2026-03-02T09:00:00Z.`,
      hint: expect.stringContaining(`If elsewhere is gone, delete ${join(folder, 'lock-1.json')};`),
    });
  });

  test.each([
    [
      'a server by a second one',
      SERVES,
      SERVES,
      'It is a server that does the work for all others on this machine: use it, stop it first,',
    ],
    ['a command by a server', null, SERVES, 'Wait until it ends, then start the server again,'],
    [
      'a command by a command',
      null,
      null,
      'Wait until it ends, run `parasol serve`, which does the work for all others,',
    ],
    ['a server by a command', SERVES, null, 'It is a server, and did not take over the work: try again, stop it,'],
  ])('of %s is respected, with what can be done', async (_, held, wanted, hint) => {
    const lock = await takeStoreLock(folder, { ...QUICK, serves: held });
    await expect(takeStoreLock(folder, { ...QUICK, serves: wanted })).rejects.toMatchObject({
      code: 'store_locked',
      hint: `${hint} or set DATABASE_URL to a PostgreSQL, which many processes can share.`,
    });
    lock.release();
  });

  test('that is damaged counts as held', async () => {
    writeFileSync(join(folder, 'lock-7.json'), '{"pid":');
    await expect(takeStoreLock(folder, QUICK)).rejects.toMatchObject({
      code: 'store_locked',
      message: `Nobody can tell who holds ${folder}: ${join(folder, 'lock-7.json')} is damaged.`,
    });
  });

  test('is never a file of another name', async () => {
    for (const name of ['99999999999999999999', '007', '1.5']) writeFileSync(join(folder, `lock-${name}.json`), '{}');
    (await takeStoreLock(folder, QUICK)).release();
    expect(readdirSync(folder)).toContain('lock-1.json');
  });

  test.each([
    ['a file', () => join(folder, 'file'), 'ENOTDIR'],
    ['below a file', () => join(folder, 'file', 'below'), 'ENOTDIR'],
    ['where no folder may be', () => '/proc/nope/below', 'ENOENT'],
  ])('needs a folder, and says so of %s', async (_, place, errno) => {
    writeFileSync(join(folder, 'file'), '');
    await expect(takeStoreLock(place(), QUICK)).rejects.toMatchObject({
      code: 'store_unavailable',
      message: `The store cannot be kept in ${place()} (${errno}).`,
      hint: expect.stringContaining('PARASOL_DATA'),
    });
  });

  test('makes the folders above, for their owner alone', async () => {
    const below = join(folder, 'a', 'b');
    (await takeStoreLock(below, QUICK)).release();
    expect([statSync(below).mode & 0o777, statSync(join(folder, 'a')).mode & 0o777]).toEqual([0o700, 0o700]);
  });

  test('cannot be looked for in a file', () => {
    writeFileSync(join(folder, 'file'), '');
    expect(() => findHolder(join(folder, 'file'))).toThrow('(ENOTDIR)');
  });

  test('is not taken by one that was asleep since before it changed hands twice', async () => {
    writeLock({ ...SELF, released: true });
    (await takeStoreLock(folder, QUICK)).release();
    await takeStoreLock(folder, QUICK);
    // What the sleeper saw was generation 1, released: it now tries for 2, which is deleted by now.
    expect(createLock(folder, 2, SELF)).toBeNull();
    expect(readdirSync(folder)).toEqual(['lock-3.json']);
    expect(readLock(folder)).toMatchObject({ generation: 3, holder: { pid: process.pid, released: false } });
  });
});

test('a process that is gone, or started at another time, does not run; this one does', () => {
  const start = processStart(process.pid);
  expect([isRunning(process.pid, start), isRunning(process.pid, null), isRunning(2 ** 22 + 1, null)]).toEqual([
    true,
    true,
    false,
  ]);
  expect(isRunning(process.pid, 'another boot:1')).toBe(start === null);
});

const SELF: Holder = {
  pid: process.pid,
  host: hostname(),
  start: processStart(process.pid),
  since: now(),
  command: 'parasol',
  serves: null,
  released: false,
};

function writeLock(holder: Holder): void {
  if (createLock(folder, 1, holder) === null) throw new Error('the folder is new');
  expect(JSON.parse(readFileSync(join(folder, 'lock-1.json'), 'utf8'))).toEqual(holder);
}

type Said = { readonly holds: readonly string[] } | { readonly failed: string };

async function startHolder(id: string, waitMs = 0): Promise<{ readonly process: ChildProcess; readonly said: Said }> {
  const child = spawn(process.execPath, [BUNDLE, folder, id, String(waitMs)], { stdio: ['ignore', 'pipe', 'inherit'] });
  children.push(child);
  const [line] = await once(child.stdout, 'data');
  return { process: child, said: JSON.parse(String(line)) };
}
