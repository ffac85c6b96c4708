import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { otherThanInput } from '../../../src/core/file-kind.ts';
import { readLearned } from '../../../src/operations/conflict-history-file.ts';
import { loadWorld } from '../../../src/sandbox/load-world.ts';
import { findDefaultRepository } from '../../../src/surfaces/cli/find-default-repository.ts';
import { readFiles } from '../../../src/surfaces/cli/read-files.ts';

let folder: string;
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'parasol-files-'));
  execFileSync('mkfifo', [join(folder, 'pipe.yml')]);
  mkdirSync(join(folder, 'folder.yml'));
  symlinkSync('/dev/zero', join(folder, 'device.yml'));
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

describe.each([
  ['pipe.yml', 'a named pipe'],
  ['folder.yml', 'a folder'],
  ['device.yml', 'a device'],
])('%s', (name, kind) => {
  test('is refused as a file of an option', async () => {
    const reading = readFiles({ previous: name }, { files: { previous: 'previousName' } }, { cwd: folder });
    await expect(reading).rejects.toMatchObject({ code: 'usage', message: `${name} is ${kind}, not a file.` });
  });

  test('is refused as a world', async () => {
    const path = join(folder, name);
    await expect(loadWorld(path)).rejects.toMatchObject({ code: 'world_invalid', message: `${path}: is ${kind}` });
  });
});

test('a pipe in the place of what was learned, or of git’s configuration, counts as nothing', async () => {
  const learned = join(folder, 'learned');
  mkdirSync(learned);
  execFileSync('mkfifo', [join(learned, 'history-1.json')]);
  expect(await readLearned(learned)).toBeNull();
  const checkout = join(folder, 'checkout');
  mkdirSync(join(checkout, '.git'), { recursive: true });
  execFileSync('mkfifo', [join(checkout, '.git/config')]);
  expect(await findDefaultRepository({ env: {}, cwd: checkout })).toBeNull();
});

test('the pipe that a shell makes is read', () => {
  const pipe = { isFile: () => false, isDirectory: () => false, isFIFO: () => true, isSocket: () => false };
  const told = ['/dev/stdin', '/dev/fd/63', '/proc/self/fd/0', '/tmp/dev/stdin', '/dev/stdin.yml'].map((path) =>
    otherThanInput(path, pipe),
  );
  expect(told).toEqual([null, null, null, 'a named pipe', 'a named pipe']);
});

test('a regular file is read', async () => {
  writeFileSync(join(folder, 'previous.json'), '{}');
  const read = await readFiles({ previous: 'previous.json' }, { files: { previous: 'name' } }, { cwd: folder });
  expect(read).toEqual({ previous: '{}', name: 'previous.json' });
});
