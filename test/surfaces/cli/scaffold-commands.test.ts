import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { type PlanWorld, startPlanWorld, TOKEN } from '../../operations/plan-world.ts';
import { captureRun } from './captured-run.ts';

let planned: PlanWorld;
let folder: string;

/** One store for all: PGlite takes seconds to start in a fresh folder. */
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'parasol-scaffold-'));
  planned = await startPlanWorld({ issues: 1 });
  const config = 'lanes: { api: { title: "{quarter}: serve it" }, docs: { title: Tell of it, after: [api] } }';
  planned.repository.files.set('.github/parasol.yml', config);
}, 60_000);

afterAll(async () => {
  await planned.sandbox.close();
  await rm(folder, { recursive: true });
});

const scaffold = (...argv: readonly string[]) =>
  captureRun(['umbrella', 'scaffold', '1', ...argv], {
    cwd: folder,
    env: {
      GITHUB_TOKEN: TOKEN,
      GITHUB_API_URL: planned.sandbox.apiUrl,
      GITHUB_REPOSITORY: 'octo/harbor',
      PARASOL_DATA: folder,
      COLUMNS: '110',
    },
  });
const titles = () => [...planned.repository.issues.values()].slice(1).map(({ title }) => title);

test('a variable that nobody set is named with file, line and fix, and nothing is written', async () => {
  const { exitCode, stderr } = await scaffold('--write');
  expect({ exitCode, titles: titles() }).toEqual({ exitCode: 3, titles: [] });
  expect(stderr).toContain('.github/parasol.yml, line 1: `{quarter}` is no known variable.');
  expect(stderr).toContain('--set quarter=');
});

test('a plan is shown and kept, and nothing is written without --write', async () => {
  const { exitCode, stdout } = await scaffold('--set', 'quarter=Q3');
  expect({ exitCode, titles: titles() }).toEqual({ exitCode: 0, titles: [] });
  expect(stdout).toMatch(/create-api +open "Q3: serve it" under #1/);
  expect(stdout).toMatch(/p-[0-9a-f]{8}/);
});

test('--write makes the tasks with the variables filled in, and once', async () => {
  const first = await scaffold('--write', '--set', 'quarter=Q3');
  expect({ exitCode: first.exitCode, titles: titles() }).toEqual({
    exitCode: 0,
    titles: ['Q3: serve it', 'Tell of it'],
  });
  const again = await scaffold('--write', '--set', 'quarter=Q3');
  expect({ ...again, titles: titles() }).toMatchObject({
    exitCode: 0,
    stdout: 'Nothing is missing under octo/harbor#1.\n',
    titles: ['Q3: serve it', 'Tell of it'],
  });
}, 30_000);

test('a lane that came later is named with the command that makes it, and --write says why it wrote nothing', async () => {
  const config = 'lanes: { api: { title: "Q3: serve it" }, docs: { title: Tell of it }, web: { title: Draw it } }';
  planned.repository.files.set('.github/parasol.yml', config);
  const NEXT = 'parasol umbrella scaffold 1 --lanes web';
  const stdout = expect.stringMatching(new RegExp(`Offered: web\\. To plan it: ${NEXT}\n$`));
  expect(await scaffold()).toEqual({ exitCode: 0, stdout, stderr: '' });
  const stderr = `Nothing written: web is only offered. To make it: ${NEXT} --write\n`;
  expect(await scaffold('--write')).toEqual({ exitCode: 0, stdout, stderr });
  expect(titles()).toEqual(['Q3: serve it', 'Tell of it']);
});

test('--set without a value is refused', async () => {
  expect(await scaffold('--set', 'quarter')).toMatchObject({
    exitCode: 3,
    stderr: expect.stringContaining('"quarter" sets no variable.'),
  });
});
