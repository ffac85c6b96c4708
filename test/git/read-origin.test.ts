import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { identifyClone, originOfUrl } from '../../src/git/read-origin.ts';

test.each([
  ['https://github.com/octo/harbor.git', 'github.com'],
  ['https://GitHub.com/octo/harbor', 'github.com'],
  ['https://kim@ghe.example:8443/octo/harbor.git', 'ghe.example:8443'],
  ['ssh://git@github.com:22/octo/harbor.git', 'github.com'],
  ['git@github.com:octo/harbor.git', 'github.com'],
  ['git@github.com:/octo/harbor', 'github.com'],
])('%s leads to octo/harbor on %s', (url, host) => {
  expect(originOfUrl(url)).toEqual({ host, owner: 'octo', repo: 'harbor' });
});

test.each([['/srv/git/harbor.git'], ['harbor'], ['']])('"%s" is no address of a server', (url) => {
  expect(originOfUrl(url)).toBeNull();
});

test('every remote that is an address of a server is told by its name', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'remotes-'));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  execFileSync('git', ['init', '-q', folder]);
  for (const [name, url] of [
    ['origin', 'git@github.com:mara/harbor.git'],
    ['upstream', 'https://github.com/octo/harbor'],
    ['disk', '/srv/git/harbor.git'],
  ] as const)
    execFileSync('git', ['-C', folder, 'remote', 'add', name, url]);
  const { origin, remotes } = await identifyClone(folder);
  expect([origin?.owner, [...remotes].map(([name, { owner }]) => [name, owner])]).toEqual([
    'mara',
    [
      ['origin', 'mara'],
      ['upstream', 'octo'],
    ],
  ]);
});
