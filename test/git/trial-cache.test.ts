import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, statSync, symlinkSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { fileCache } from '../../src/git/trial-cache.ts';

let folder: string;
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'parasol-cache-'));
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

test('a file past its limit keeps the newest values, of the keys used last, in half of it', () => {
  const path = join(folder, 'trials.jsonl');
  const cache = fileCache(path, 1000);
  for (let round = 0; round < 40; round += 1) {
    for (const key of ['base', 'row', `push ${round}`]) cache.set(key, { round });
    cache.save();
    expect(statSync(path).size).toBeLessThanOrEqual(1000);
  }
  const later = fileCache(path, 1000);
  expect(['base', 'row', 'push 39', 'push 0'].map(later.get)).toEqual([
    { round: 39 },
    { round: 39 },
    { round: 39 },
    undefined,
  ]);
  expect(statSync(path).mode & 0o777).toBe(0o600);
});

test('a file that is too long to read counts as empty, and is begun anew', () => {
  const path = join(folder, 'long.jsonl');
  const roomy = fileCache(path);
  for (let key = 0; key < 100; key += 1) roomy.set(`key ${key}`, 'x'.repeat(50));
  roomy.save();
  const cache = fileCache(path, 1000);
  expect(cache.get('key 99')).toBeUndefined();
  cache.set('new', 1);
  cache.save();
  expect(readFileSync(path, 'utf8')).toBe('["new",1]\n');
});

test.each([
  { kind: 'a named pipe', make: (path: string) => execFileSync('mkfifo', [path]) },
  { kind: 'a folder', make: (path: string) => mkdirSync(path) },
  { kind: 'a device', make: (path: string) => symlinkSync('/dev/zero', path) },
])('$kind in its place is neither read nor written, and told', ({ kind, make }) => {
  const path = join(folder, `in-place-of-${kind.replaceAll(' ', '-')}.jsonl`);
  make(path);
  const cache = fileCache(path);
  cache.set('key', 1);
  cache.save();
  expect(cache.get('key')).toBe(1);
  expect(cache.trouble()).toBe(`${path} is ${kind}: remove it, or move it away`);
});
