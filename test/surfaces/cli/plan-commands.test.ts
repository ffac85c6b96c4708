import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { savePlan } from '../../../src/operations/save-plan.ts';
import { createComment } from '../../../src/sandbox/actions/comment.ts';
import { addSubIssue } from '../../../src/sandbox/actions/link-sub-issue.ts';
import { openStore } from '../../../src/store/open-store.ts';
import {
  contextOf,
  countingClock,
  create,
  draftOf,
  edit,
  label,
  link,
  type PlanWorld,
  startPlanWorld,
  TOKEN,
} from '../../operations/plan-world.ts';
import { captureRun } from './captured-run.ts';

let planned: PlanWorld;
let folder: string;
let id: string;

/** One store for all: PGlite takes seconds to start in a fresh folder. */
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'parasol-plans-'));
  planned = await startPlanWorld({ issues: 6 });
  addSubIssue(planned.world, 'noor', { parent: key(6), child: key(4) });
  createComment(planned.world, 'ravi', { item: key(2), body: 'I would like to hear of it.' });
  const store = await openStore({ folder, now: () => planned.world.now() });
  const items = [link(2), { ...link(3), selected: false }, link(4), label(5)];
  const notes = [{ kind: 'conflict', text: 'octo/harbor#5 names two parents', about: null }];
  const plan = await savePlan(contextOf(planned, store, countingClock()), { ...draftOf(...items), notes });
  id = plan.id;
  await store.close();
}, 60_000);

afterAll(async () => {
  await planned.sandbox.close();
  await rm(folder, { recursive: true });
});

const key = (number: number) => ({ repository: 'octo/harbor', number });

const parasol = (...argv: readonly string[]) =>
  captureRun(argv, {
    cwd: folder,
    env: {
      GITHUB_TOKEN: TOKEN,
      GITHUB_API_URL: planned.sandbox.apiUrl,
      GITHUB_REPOSITORY: 'octo/harbor',
      PARASOL_DATA: folder,
      COLUMNS: '110',
    },
  });

test('a plan is shown before anything is written, with what it comes to', async () => {
  const { stdout, exitCode } = await parasol('plan', 'show', id);
  expect({ exitCode, writes: planned.sandbox.requests.writes().length }).toEqual({ exitCode: 0, writes: 0 });
  expect(stdout).toContain(
    "2 links, 1 label · notifies 2 people and whoever watches octo/harbor (3) · about 2 s at GitHub's pace",
  );
  expect(stdout).toMatch(/link-2 +make #2 a child of #1 +Part of #1 · #1 \(part_of, 0\.93\) +planned/);
  expect(stdout).toMatch(/link-3 \(proposed\)/);
  expect(stdout).toContain('left alone: octo/harbor#5 names two parents');
});

test('plans are listed with the state of their items', async () => {
  const { stdout } = await parasol('plan', 'list');
  expect(stdout).toMatch(new RegExp(`${id} +backfill +octo/harbor#1 +\\S+ by kim +4 +4 planned`));
  expect((await parasol('plan', 'list', 'octo/pier')).stdout).toBe('No plan was made for octo/pier yet.\n');
});

test('a checklist that cannot be read, and one that is wrong, are named', async () => {
  expect(await parasol('plan', 'apply', id, '--review', 'nowhere.md')).toMatchObject({
    exitCode: 3,
    stderr: expect.stringContaining('nowhere.md cannot be read.'),
  });
  await writeFile(join(folder, 'bad.md'), `<!-- plan ${id} -->\n- [x] what is this\n`);
  expect(await parasol('plan', 'apply', id, '--review', 'bad.md')).toMatchObject({
    exitCode: 3,
    stderr: expect.stringContaining('bad.md:2: this line has a box and no item.'),
  });
});

test('applying says what failed and why, and fails the command', async () => {
  const line = (n: number) => `make #${n} a child of #1 — "Part of #1" (part_of, 0.93) <!-- link-${n} -->`;
  await writeFile(join(folder, 'good.md'), `<!-- plan ${id} -->\n- [x] ${line(2)}\n- [X] ${line(4)}\n`);
  const { exitCode, stdout, stderr } = await parasol('plan', 'apply', id, '--review', 'good.md');
  expect(exitCode).toBe(3);
  expect(stdout).toContain(`Plan ${id} (backfill) for octo/harbor#1: 1 done, 2 planned, 1 failed · 2 not asked for`);
  expect(stdout).toMatch(/link-4 .*failed: /s);
  expect(stderr).toContain("1 of the plan's items failed.");
  expect(planned.repository.issues.get(2)?.parent).toEqual(key(1));
});

test('undoing takes it back', async () => {
  const { exitCode, stdout } = await parasol('plan', 'undo', id, '--json');
  expect({ exitCode, counts: JSON.parse(stdout).counts }).toEqual({
    exitCode: 0,
    counts: { undone: 1, planned: 2, failed: 1 },
  });
  expect(planned.repository.issues.get(2)?.parent).toBeNull();
});

test('a plan of another GitHub is refused by every command, and not listed', async () => {
  const api = new URL(planned.sandbox.apiUrl);
  const made = api.host;
  api.hostname = 'localhost';
  const there = {
    GITHUB_TOKEN: TOKEN,
    GITHUB_API_URL: api.href,
    GITHUB_REPOSITORY: 'octo/harbor',
    PARASOL_DATA: folder,
  };
  const ask = (...argv: readonly string[]) => captureRun(argv, { cwd: folder, env: there });
  const before = planned.sandbox.requests.writes().length;
  for (const verb of ['show', 'apply', 'undo']) {
    expect(await ask('plan', verb, id)).toMatchObject({
      exitCode: 3,
      stderr: expect.stringContaining(`The plan ${id} was made for ${made}, and this is ${api.host}.`),
    });
  }
  expect((await ask('plan', 'list')).stdout).toBe(
    `No plan was made on ${api.host} yet; this store keeps 1 plan of ${made} (GITHUB_API_URL names the GitHub).\n`,
  );
  expect(planned.sandbox.requests.writes()).toHaveLength(before);
}, 60_000);

test('a plan is forgotten only as long as nothing of it was begun', async () => {
  const store = await openStore({ folder, now: () => planned.world.now() });
  const fresh = await savePlan(contextOf(planned, store, countingClock()), draftOf(link(3), link(5)));
  await store.close();
  const before = planned.sandbox.requests.writes().length;
  expect(await parasol('plan', 'drop', fresh.id)).toMatchObject({
    exitCode: 0,
    stdout: `Plan ${fresh.id} (backfill) for octo/harbor#1 is forgotten: 2 items, none of them ever begun.\n`,
  });
  expect((await parasol('plan', 'list')).stdout).not.toContain(fresh.id);
  expect((await parasol('plan', 'apply', fresh.id)).stderr).toContain(`There is no plan ${fresh.id} in this store.`);
  expect(await parasol('plan', 'drop', id)).toMatchObject({
    exitCode: 3,
    stderr: expect.stringMatching(/cannot be forgotten: 2 of its 4 items were begun\..*plan undo takes back/s),
  });
  expect({ writes: planned.sandbox.requests.writes().length, listed: (await parasol('plan', 'list')).stdout }).toEqual({
    writes: before,
    listed: expect.stringContaining(id),
  });
}, 60_000);

test('a plan that is not there is told as such', async () => {
  expect(await parasol('plan', 'show', 'p-00000000')).toMatchObject({
    exitCode: 3,
    stderr: expect.stringContaining('There is no plan p-00000000 in this store.'),
  });
});

test('a plan shows the lines that it edits, what new issues are given, and every evidence, inert', async () => {
  const store = await openStore({ folder, now: () => planned.world.now() });
  const change = { ...edit(1).change, expected: 'Same\n- [ ] one', body: 'Same\n- [x] one \u001b[31m' };
  const [first] = link(2).evidence;
  const further = first === undefined ? [] : [first, { ...first, quote: 'Parent: #1', line: 3 }];
  const items = [{ ...edit(1), change }, create('api'), { ...link(2), evidence: further, selected: false }];
  const plan = await savePlan(contextOf(planned, store, countingClock()), draftOf(...items));
  await store.close();
  const { stdout } = await parasol('plan', 'show', plan.id);
  expect(stdout.split('\n').map((line) => line.trimEnd())).toEqual(
    expect.arrayContaining([
      'edit-1',
      '  - - [ ] one',
      '  + - [x] one [31m',
      'create-api',
      '  title: New api',
      '  parent: #1',
      '  labels: lane:api',
      '  also: Parent: #1 · #1:3',
    ]),
  );
  const shown = JSON.parse((await parasol('plan', 'show', plan.id, '--json')).stdout);
  expect(shown.items[0].edit).toEqual({ before: 'Same\n- [ ] one', after: 'Same\n- [x] one \u001b[31m' });
}, 60_000);
