import { existsSync } from 'node:fs';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { captureRun } from './captured-run.ts';

let folder: string;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'parasol-world-'));
  await writeFile(join(folder, 'world.yml'), WORLD);
});

afterAll(() => rm(folder, { recursive: true }));

/** A database that nobody could open: whoever tries fails. */
const parasol = (...argv: readonly string[]) =>
  captureRun([...argv, '--world', 'world.yml'], {
    cwd: folder,
    env: { DATABASE_URL: 'postgresql://127.0.0.1:1/none', PARASOL_DATA: join(folder, 'data') },
  });

test('a plan of a world is kept out of the store of the user, and says that it ends', async () => {
  const { exitCode, stdout } = await parasol('umbrella', 'backfill', '--save');
  expect({ exitCode, isKept: existsSync(join(folder, 'data')) }).toEqual({ exitCode: 0, isKept: false });
  expect(stdout).toMatch(
    /This world ends with the command, and so do its plans: add --write to apply p-\w{12} at once\./,
  );
  expect(stdout).not.toContain('parasol plan apply');
}, 60_000);

test('with --json too it is said, beside the JSON, that a plan or a claim of a world ends', async () => {
  const ends = (what: string) => `This world ends with the command, and so do its ${what}.\n`;
  const plan = await parasol('umbrella', 'backfill', '--save', '--json');
  expect({ id: JSON.parse(plan.stdout).plan, stderr: plan.stderr }).toEqual({
    id: expect.stringMatching(/^p-/),
    stderr: ends('plans'),
  });
  expect((await parasol('umbrella', 'backfill', '--json')).stderr).toBe('');
  expect((await parasol('work', 'claim', '#1', '--agent', 'a7', '--json')).stderr).toBe(ends('claims'));
}, 60_000);

test('--write applies it before the world ends', async () => {
  const { exitCode, stdout } = await parasol('umbrella', 'backfill', '--write');
  expect(exitCode).toBe(0);
  expect(stdout).toMatch(/Plan p-\w{12} \(backfill\) for octo\/harbor: 1 done/);
}, 60_000);

test('a plan of an earlier command is told as gone', async () => {
  expect(await parasol('plan', 'apply', 'p-1a2b3c4d')).toEqual({
    exitCode: 3,
    stdout: '',
    stderr:
      'error: There is no plan p-1a2b3c4d in this store.\n' +
      '  try: parasol plan list shows those there are. The plans and claims of a world end with the command that made them.\n',
  });
}, 60_000);

test('a claim says that it ends', async () => {
  const { stdout } = await parasol('work', 'claim', '#1', '--agent', 'a7');
  expect(stdout).toMatch(/token 1 .*\nThis world ends with the command, and so do its claims\.\n$/s);
}, 60_000);

const WORLD = `
now: 2026-03-02T09:00:00Z
owners:
  octo: Octo
users:
  kim: Kim
repositories:
  octo/harbor:
    created: -30d
    collaborators: { kim: admin }
    issues:
      - { number: 1, title: 'Build the harbor', opened: -20d, children: [2] }
      - { number: 2, title: 'Build the pier', opened: -19d }
      - { number: 3, title: 'Paint the pier', opened: -18d, body: 'Parent: #1' }
tokens:
  kim-token: kim
`;
