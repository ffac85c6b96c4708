import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { takeStoreLock } from '../../../src/store/store-lock.ts';
import { captureRun } from './captured-run.ts';

const WORLD = `
now: 2026-03-02T09:00:00Z
owners: { octo: Octo }
users: { kim: Kim }
repositories:
  octo/tiny:
    created: -30d
    collaborators: { kim: admin }
    issues:
      - { number: 1, title: Umbrella, opened: -20d, body: "- [ ] #2\\n- [ ] #3", children: [2] }
      - { number: 2, title: Parse, opened: -19d }
      - { number: 3, title: Shorten, opened: -18d }
tokens: { kim-token: kim }
`;

let folder: string;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'parasol-world-'));
  await writeFile(join(folder, 'w.yml'), WORLD);
});

afterAll(() => rm(folder, { recursive: true }));

const parasol = (data: string, ...argv: readonly string[]) =>
  captureRun([...argv, '--world', 'w.yml'], { cwd: folder, env: { PARASOL_DATA: join(folder, data) } });

test('a plan about the world of a file says that the world ends, and how to try it there', async () => {
  const kept = await parasol('store', 'umbrella', 'drift', '1', '--fix');
  const [, id = ''] = /Kept as plan (p-[0-9a-f]{12})/.exec(kept.stdout) ?? [];
  const ends = `Plan ${id} is about the world of w.yml, which ends with this command.`;
  expect(kept.stderr).toBe(`${ends} To try it there: parasol plan apply ${id} --world w.yml\n`);
  expect(await parasol('store', 'plan', 'apply', id)).toMatchObject({ exitCode: 0, stderr: '' });
  const written = await parasol('store', 'umbrella', 'drift', '1', '--write', '--json');
  expect(written.stderr).toMatch(/is about the world of w\.yml, which ends with this command\.\n$/);
}, 60_000);

test('a folder that a server holds is none for the world of a file, which is said', async () => {
  const serves = { url: 'http://127.0.0.1:9', secret: 'shared' };
  const lock = await takeStoreLock(join(folder, 'held'), { now: () => '2026-03-02T09:00:00Z', waitMs: 0, serves });
  const { stderr } = await parasol('held', 'plan', 'list');
  lock.release();
  expect(stderr).toContain(`holds ${join(folder, 'held')}`);
  expect(stderr).toContain('With --world, set PARASOL_DATA to another folder');
  expect(stderr).not.toContain('parasol serve');
}, 30_000);
