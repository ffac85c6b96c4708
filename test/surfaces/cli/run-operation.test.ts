import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import stringWidth from 'string-width';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { addUserToken } from '../../../src/sandbox/create-world.ts';
import { type Sandbox, startSandbox } from '../../../src/sandbox/start-sandbox.ts';
import type { World } from '../../../src/sandbox/world.ts';
import { harborWorld } from '../../operations/harbor-world.ts';
import { captureRun } from './captured-run.ts';

describe('against a world file', () => {
  let folder: string;
  let world: readonly string[];

  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'parasol-'));
    await writeFile(join(folder, 'tides.jsonl.gz'), gzipSync(TASKS.map((task) => JSON.stringify(task)).join('\n')));
    world = ['--world', 'tides.jsonl.gz'];
  });

  afterAll(() => rm(folder, { recursive: true }));

  const parasol = (...argv: string[]) => captureRun(argv, { cwd: folder });

  test('lists the umbrellas of the file as a bare array', async () => {
    const { exitCode, stdout } = await parasol('umbrella', 'list', ...world, '--json');
    expect(exitCode).toBe(0);
    expect(JSON.parse(stdout)).toEqual([
      {
        ref: 'world/tides#1',
        plannedId: 'td-1',
        title: 'Tides',
        children: 2,
        done: 1,
        percentComplete: 50,
        state: 'in_progress',
      },
    ]);
  });

  test.each([
    [['umbrella', 'list', '--json']],
    [['umbrella', 'show', 'td-1', '--json']],
    [['umbrella', 'rollup', 'td-1']],
  ])('prints the same bytes twice: %j', async (argv) => {
    const [first, second] = [await parasol(...argv, ...world), await parasol(...argv, ...world)];
    expect(second).toEqual(first);
  });

  test('gives addresses that belong to nobody', async () => {
    const { stdout } = await parasol('umbrella', 'rollup', 'td-1', ...world);
    const servers = [...stdout.matchAll(/\((https?:\/\/[^/]*)/g)].map(([, server]) => server);
    expect([...new Set(servers)]).toEqual(['https://github.example']);
  });

  test('shows them as a table for people', async () => {
    const { stdout } = await parasol('umbrella', 'list', ...world);
    expect(stdout).toBe(
      [
        'Umbrella       Id    Title  Progress          Done  State',
        'world/tides#1  td-1  Tides  █████░░░░░  50 %   1/2  in progress',
        '',
        '1 umbrella, 1 of 2 children done',
        '',
      ].join('\n'),
    );
  });

  test('says in one line on stderr what GitHub could not hold, and all of it on request', async () => {
    const { stderr } = await parasol('umbrella', 'list', ...world);
    expect(stderr).toMatch(
      /^tides\.jsonl\.gz: 1 fact that GitHub could not hold, for instance td-3: .*PARASOL_DEBUG=1.*\n$/,
    );
    const debug = await captureRun(['umbrella', 'list', ...world], { cwd: folder, env: { PARASOL_DEBUG: '1' } });
    expect(debug.stderr).toMatch(/^tides\.jsonl\.gz: td-3: /);
  });

  test('shows one by its planned id', async () => {
    const { exitCode, stdout } = await parasol('umbrella', 'show', 'td-1', ...world);
    expect(exitCode).toBe(0);
    expect(stdout).toMatch(/^Tides {2}td-1 {2}world\/tides#1\n/);
    expect(stdout).toContain('Integration: no go');
  });

  test('takes the time for ages from --now', async () => {
    const at = async (now: string) => (await parasol('umbrella', 'show', 'td-1', ...world, '--now', now)).stdout;
    expect(await at('2026-02-03T09:00:00Z')).toMatch(/td-3 .* 1d/);
    expect(await at('2026-02-05T09:00:00Z')).toMatch(/td-3 .* 3d/);
  });

  test('writes the comment into the world only with --write, and says so', async () => {
    const dry = await parasol('umbrella', 'rollup', 'td-1', ...world);
    expect(dry.stdout).toContain('parasol:rollup');
    expect(dry.stderr).not.toContain('Written');
    const wet = await parasol('umbrella', 'rollup', 'td-1', ...world, '--write');
    expect(wet.stderr).toContain('Done: comment on world/tides#1\n');
  });

  test.each([
    ['--repo', 'garbage'],
    ['--now', 'garbage'],
    ['--now', '1'],
    ['--now', '2026-02-03T09:00:00'],
  ])('refuses %s %s and leaves nothing open', async (...option) => {
    const { exitCode, stderr } = await parasol('umbrella', 'list', ...world, ...option);
    expect(exitCode).toBe(3);
    expect(stderr).toMatch(/^error: .*\n {2}try: .{10,}\n$/);
    await expect.poll(() => process.getActiveResourcesInfo().includes('TCPServerWrap')).toBe(false);
  });

  test('says of a world without repositories that there is nothing in it', async () => {
    await writeFile(join(folder, 'empty.yml'), EMPTY_WORLD);
    const { exitCode, stderr } = await parasol('umbrella', 'list', '--world', 'empty.yml');
    expect(exitCode).toBe(3);
    expect(stderr).toContain('empty.yml has no repository in it');
  });

  test.each([60, 100, 200])('keeps within %d COLUMNS', async (columns) => {
    const run = { cwd: '/', env: { COLUMNS: String(columns) } };
    for (const argv of [['umbrella', 'list'], ['umbrella', 'show', 'P3.M1'], ['doctor']]) {
      const { stdout } = await captureRun([...argv, '--world', HARBOR], run);
      expect(stdout.split('\n').filter((line) => stringWidth(line) > columns)).toEqual([]);
    }
  });

  test('breaks no line where nobody set a width', async () => {
    const { stdout } = await captureRun(['umbrella', 'show', 'P3.M1', '--world', HARBOR]);
    expect(stdout.split('\n').some((line) => stringWidth(line) > 140)).toBe(true);
  });

  test('counts the dropped children of a list beside the whole', async () => {
    const { stdout } = await captureRun(['umbrella', 'list', '--world', HARBOR]);
    expect(stdout).toMatch(/\d+\/\d+ · 1 dropped/);
  });

  test.each([
    [['umbrella', 'show', '99'], 'not_found'],
    [['umbrella', 'shwo'], 'usage'],
    [['umbrella', 'list', '--now', '1'], 'usage'],
  ])('says under --json what is wrong with %j as JSON on stderr', async (argv, code) => {
    const { exitCode, stdout, stderr } = await captureRun([...argv, '--world', HARBOR, '--json']);
    expect({ exitCode, stdout }).toEqual({ exitCode: 3, stdout: '' });
    expect(JSON.parse(stderr)).toEqual({
      error: { code, message: expect.stringMatching(/.{10,}/), hint: expect.stringMatching(/.{10,}/) },
    });
  });

  test.each([
    ['nowhere.yml', 'nowhere.yml: there is no such file'],
    ['broken.jsonl', 'broken.jsonl'],
  ])('says what is wrong with %s, where, and what to do', async (file, message) => {
    await writeFile(join(folder, 'broken.jsonl'), `${JSON.stringify(TASKS[0])}\n{"id": \n`);
    const { exitCode, stderr } = await parasol('umbrella', 'list', '--world', file);
    expect(exitCode).toBe(3);
    expect(stderr).toContain(message);
    expect(stderr).toMatch(/\n {2}try: .{10,}\n$/);
  });
});

describe('against a GitHub', () => {
  let world: World;
  let sandbox: Sandbox;

  beforeEach(async () => {
    world = harborWorld().world;
    addUserToken(world, { token: 'reader', login: 'lena' });
    sandbox = await startSandbox({ world });
  });

  afterEach(() => sandbox.close());

  const parasol = (argv: readonly string[], token = 'kims-token') =>
    captureRun(argv, {
      env: { GITHUB_API_URL: sandbox.apiUrl, GITHUB_TOKEN: token, GITHUB_REPOSITORY: 'octo/harbor' },
    });

  test('says on stderr what a list as JSON could not read', async () => {
    addUserToken(world, { token: 'narrow', login: 'kim', permissions: { issues: 'read', metadata: 'read' } });
    const { exitCode, stdout, stderr } = await parasol(['umbrella', 'list', '--json'], 'narrow');
    expect({ exitCode, listed: JSON.parse(stdout).length }).toEqual({ exitCode: 0, listed: 1 });
    expect(stderr).toMatch(/^not read: .*pull_requests: read\)$/m);
  });

  test('writes no rollup where the configuration turns it off', async () => {
    world.repositories.get('octo/harbor')?.files.set('.github/parasol.yml', 'version: 1\nrollup: { mode: off }\n');
    const { exitCode, stderr } = await parasol(['umbrella', 'rollup', '1', '--write']);
    expect({ exitCode, writes: sandbox.requests.writes() }).toEqual({ exitCode: 3, writes: [] });
    expect(stderr).toContain('Rollup comments are turned off in octo/harbor.');
  });

  test('reads with the token, and writes nothing without --write', async () => {
    for (const argv of [
      ['umbrella', 'list'],
      ['umbrella', 'show', '1'],
      ['umbrella', 'rollup', '1'],
      ['doctor'],
      ['init'],
    ]) {
      expect(await parasol(argv)).toMatchObject({ exitCode: 0, stderr: '' });
    }
    expect(sandbox.requests.writes()).toEqual([]);
    expect(sandbox.requests.unmodelled()).toEqual([]);
  });

  test('writes the rollup once, then finds nothing to write', async () => {
    expect((await parasol(['umbrella', 'rollup', '1', '--write'])).stderr).toBe('Done: comment on octo/harbor#1\n');
    expect((await parasol(['umbrella', 'rollup', '1', '--write'])).stderr).toBe(
      'Nothing to write: GitHub says this already.\n',
    );
    expect(world.repositories.get('octo/harbor')?.issues.get(1)?.comments).toHaveLength(1);
  });

  test('writes the configuration once, and never over one that is there', async () => {
    const files = () => world.repositories.get('octo/harbor')?.files.get('.github/parasol.yml');
    expect((await parasol(['init'])).exitCode).toBe(0);
    expect(files()).toBeUndefined();
    expect(await parasol(['init', '--write'])).toMatchObject({
      exitCode: 0,
      stderr: 'Done: write .github/parasol.yml in octo/harbor\n',
    });
    const written = files();
    expect(written).toMatch(/^version: 1/);
    const again = await parasol(['init', '--write']);
    expect(again).toMatchObject({ exitCode: 3, stdout: '' });
    expect(again.stderr).toContain('octo/harbor has a .github/parasol.yml already');
    expect(files()).toBe(written);
  });

  test("fails with GitHub's exit code when the token may not write", async () => {
    const { exitCode, stderr } = await parasol(['init', '--write'], 'reader');
    expect(exitCode).toBe(4);
    expect(stderr).toMatch(/error: Could not write \.github\/parasol\.yml[\s\S]*try: /);
  });

  test.each([
    [['umbrella', 'show', '99'], 'kims-token', 3, 'octo/harbor#99'],
    [['umbrella', 'show', '1'], 'wrong', 4, 'token'],
    [['umbrella', 'list', '--repo', 'octo/nowhere'], 'kims-token', 3, 'octo/nowhere'],
  ])('answers %j with a failure that helps', async (argv, token, exitCode, words) => {
    const result = await parasol(argv, token);
    expect(result).toMatchObject({ exitCode, stdout: '' });
    expect(result.stderr).toContain(words);
    expect(result.stderr).toMatch(/\n {2}try: .{10,}\n$/);
  });

  test('puts what was written beside the output in JSON', async () => {
    const { stdout } = await parasol(['umbrella', 'rollup', '1', '--write', '--json']);
    expect(JSON.parse(stdout)).toMatchObject({
      changes: [{ kind: 'create_comment' }],
      outcomes: [{ outcome: 'done' }],
    });
  });
});

const HARBOR = join(import.meta.dirname, '..', '..', '..', 'fixtures', 'worlds', 'harbor.yml');

const EMPTY_WORLD = 'repositories: {}\n';

const TASK = {
  body: '',
  status: 'open',
  kind: 'task',
  priority: 1,
  labels: [],
  createdAt: '2026-02-02T09:00:00Z',
  updatedAt: '2026-02-02T09:00:00Z',
  closedAt: null,
  parents: [],
  blockedBy: [],
  discoveredFrom: [],
};

const TASKS = [
  { ...TASK, id: 'td-1', title: 'Tides', kind: 'epic' },
  { ...TASK, id: 'td-2', title: 'Schema', parents: ['td-1'], status: 'closed', closedAt: '2026-02-02T10:00:00Z' },
  { ...TASK, id: 'td-3', title: 'Server', parents: ['td-1', 'td-4'] },
  { ...TASK, id: 'td-4', title: 'Lighthouse' },
];
