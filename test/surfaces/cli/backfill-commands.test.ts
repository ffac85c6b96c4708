import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { editIssue } from '../../../src/sandbox/actions/edit-issue.ts';
import { type PlanWorld, startPlanWorld, TOKEN } from '../../operations/plan-world.ts';
import { captureRun } from './captured-run.ts';

let planned: PlanWorld;
let folder: string;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'parasol-backfill-'));
  planned = await startPlanWorld({ issues: 6 });
  say(1, 'Plan\n\n- [ ] #2\n- [ ] #99');
  say(2, 'Parent: #1');
  say(3, 'Part of #1');
  say(4, 'Parent: #1\nEpic: #6');
});

afterAll(async () => {
  await planned.sandbox.close();
  await rm(folder, { recursive: true });
});

const say = (number: number, body: string) =>
  editIssue(planned.world, 'kim', { item: { repository: 'octo/harbor', number }, body });

const parasol = (...argv: readonly string[]) =>
  captureRun(argv, {
    cwd: folder,
    env: {
      GITHUB_TOKEN: TOKEN,
      GITHUB_API_URL: planned.sandbox.apiUrl,
      GITHUB_REPOSITORY: 'octo/harbor',
      PARASOL_DATA: join(folder, 'data'),
      COLUMNS: '110',
    },
  });

test('backfill shows what it would link and why, and what it leaves alone', async () => {
  const { stdout, exitCode } = await parasol('umbrella', 'backfill');
  expect(exitCode).toBe(0);
  expect(stdout.split('\n')).toEqual([
    'octo/harbor  6 issues read',
    '',
    'Stated in the texts: 1',
    'Task         Other  Sure  Because      Words',
    '#2    under  #1     0.90  parent line  Parent: #1',
    '',
    'For a person to look at: 1',
    'Task         Other  Sure  Because  Words',
    '#3    under  #1     0.50  part of  Part of #1',
    '',
    'left alone: #4 under #1, #6: its texts name more than one parent',
    '',
    'Nothing was written. parasol umbrella backfill octo/harbor --save keeps this as a plan.',
    '',
  ]);
  expect(planned.sandbox.requests.writes()).toEqual([]);
});

test('drift says by its exit code whether text and links agree', async () => {
  const drifted = await parasol('umbrella', 'drift', '1');
  expect(drifted.exitCode).toBe(1);
  expect(drifted.stdout).toMatch(/3 +the text lists #2, which is not linked +\[ \] #2 +yes/);
  expect(drifted.stdout).toMatch(/4 +the text lists #99, which does not exist or cannot be seen .*a person decides/);
  expect((await parasol('umbrella', 'drift', '5', '--json')).exitCode).toBe(0);
});

test('a checklist of the proposals is written to a new file, edited, and followed', async () => {
  const made = await parasol('umbrella', 'backfill', '--review', 'links.md');
  expect(made).toMatchObject({ exitCode: 0, stderr: 'Written: links.md\n' });
  const [, plan = ''] = /Kept as plan (p-[0-9a-f]{12})/.exec(made.stdout) ?? [];
  const file = join(folder, 'links.md');
  const text = await readFile(file, 'utf8');
  expect(text).toMatch(/- \[x\] make #2 a child of #1 — .*parent_line, 0\.90\) <!-- link-2 -->/);
  const again = await parasol('umbrella', 'backfill', '--review', 'links.md');
  expect(again.exitCode).toBe(3);
  expect(again.stderr).toContain('Name a file that is not there yet.');
  await writeFile(file, text.replace('- [ ] make #3', '- [x] make #3').replace('- [x] make #2', '- [ ] make #2'));
  expect((await parasol('plan', 'apply', plan, '--review', 'links.md')).exitCode).toBe(0);
  const { issues } = planned.repository;
  expect([issues.get(2)?.parent, issues.get(3)?.parent?.number]).toEqual([null, 1]);
}, 60_000);

test('--write keeps the plan and applies it at once, and what a person has to decide is still drift', async () => {
  const { stdout, exitCode } = await parasol('umbrella', 'drift', '1', '--write');
  expect(exitCode).toBe(1);
  expect(stdout).toMatch(/Kept as plan p-[0-9a-f]{12}/);
  expect(planned.repository.issues.get(2)?.parent?.number).toBe(1);
  const again = await parasol('umbrella', 'drift', '1', '--write');
  expect(again).toMatchObject({ exitCode: 1, stderr: 'Nothing to write.\n' });
  expect(again.stdout).toContain('Nothing of it can be fixed without a person who decides.');
  say(1, 'Plan\n\n- [x] #2');
  expect((await parasol('umbrella', 'drift', '1', '--write')).exitCode).toBe(0);
  expect((await parasol('umbrella', 'drift', '1', '--write')).exitCode).toBe(0);
}, 60_000);
