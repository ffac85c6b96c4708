import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, mkdirSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test, vi } from 'vitest';
import { makeOwnFolder } from '../../src/git/make-own-folder.ts';
import { processStart } from '../../src/store/process-identity.ts';
import { newFolder } from './draft-repository.ts';

let temporary: string;
beforeAll(() => {
  temporary = newFolder('own');
  vi.stubEnv('TMPDIR', temporary);
});
afterAll(() => {
  vi.unstubAllEnvs();
  rmSync(temporary, { recursive: true, force: true });
});

function leave(name: string, owner: string): string {
  const folder = join(temporary, name);
  mkdirSync(join(folder, 'git'), { recursive: true });
  writeFileSync(join(folder, 'owner.json'), owner);
  return folder;
}

test('what a killed process left is removed by the next one, and nothing else', async () => {
  const own = await makeOwnFolder();
  const owner = JSON.parse(readFileSync(join(own, 'owner.json'), 'utf8'));
  const child = spawn(process.execPath, ['-e', 'setInterval(() => {}, 1000)'], { stdio: 'ignore' });
  const { pid = 0 } = child;
  const its = { ...owner, pid, start: processStart(pid) };
  const killed = leave('parasol-git-killed', JSON.stringify(its));
  const kept = [
    own,
    leave('parasol-git-elsewhere', JSON.stringify({ ...its, host: 'another' })),
    leave('parasol-git-contained', JSON.stringify({ ...its, space: 'pid:[1]' })),
    leave('parasol-git-cut', '{"pid":'),
    join(temporary, 'parasol-git-link'),
  ];
  symlinkSync(leave('linked', JSON.stringify(its)), kept.at(-1) ?? '');
  const reused = leave('parasol-git-reused', JSON.stringify({ ...owner, start: 'another boot:1' }));
  const later = [await makeOwnFolder()];
  expect([killed, reused].map(existsSync)).toEqual([true, false]);
  const ended = once(child, 'exit');
  child.kill('SIGKILL');
  await ended;
  later.push(await makeOwnFolder());
  expect(existsSync(killed)).toBe(false);
  expect([...kept, ...later].filter((folder) => !existsSync(folder))).toEqual([]);
});

test('a temporary folder that is not there, or no folder, is named with what to do', async () => {
  const file = join(temporary, 'file');
  writeFileSync(file, '');
  for (const [place, why] of [
    [join(temporary, 'none'), 'there is no such folder (ENOENT)'],
    [file, 'a file is in the place of a folder (ENOTDIR)'],
  ] as const) {
    vi.stubEnv('TMPDIR', place);
    await expect(makeOwnFolder()).rejects.toMatchObject({
      code: 'usage',
      message: `Trial merges need a temporary folder, and none can be made. ${place}: ${why}.`,
      hint: expect.stringContaining('Set TMPDIR'),
    });
  }
  vi.stubEnv('TMPDIR', temporary);
});
