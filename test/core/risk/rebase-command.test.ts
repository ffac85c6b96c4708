import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { delimiter, join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { rebaseCommand } from '../../../src/core/risk/rebase-command.ts';

const TOP = {
  ...{ number: 5, url: null, ref: 'refs/heads/main' },
  repository: { owner: 'octo', repo: 'harbor' },
};

/** What `gh pr checkout 5` leaves of a pull request from a fork: a branch whose remote is an address, without refs of it. */
const ghOf = (fork: string, branch: string, local: string): string => `#!/bin/sh
git fetch -q '${fork}' 'refs/heads/${branch}:refs/heads/${local}'
git config 'branch.${local}.remote' '${fork}'
git config 'branch.${local}.pushRemote' '${fork}'
git config 'branch.${local}.merge' 'refs/heads/${branch}'
git checkout -q '${local}'
`;

function prepareStack(branch: string, local: string) {
  const folder = mkdtempSync(join(tmpdir(), 'rebase-'));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  const [origin, fork, clone, bin] = ['origin', 'fork', 'clone', 'bin'].map((name) => join(folder, name)) as [
    ...[string, string, string, string],
  ];
  const env = {
    ...process.env,
    ...{ HOME: folder, GIT_CONFIG_NOSYSTEM: '1', GIT_CONFIG_GLOBAL: '/dev/null' },
    ...{ GIT_AUTHOR_NAME: 'Mara', GIT_AUTHOR_EMAIL: 'mara@example.com' },
    ...{ GIT_COMMITTER_NAME: 'Mara', GIT_COMMITTER_EMAIL: 'mara@example.com' },
    PATH: `${bin}${delimiter}${process.env.PATH ?? ''}`,
  };
  const git = (...words: readonly string[]): string =>
    execFileSync('git', words, { cwd: clone, env, encoding: 'utf8', stdio: ['ignore', 'pipe', 'ignore'] }).trim();
  const commit = (path: string, message = path): string => {
    writeFileSync(join(clone, path), path);
    git('add', path);
    git('commit', '-qm', message);
    return git('rev-parse', 'HEAD');
  };
  for (const place of [clone, bin]) mkdirSync(place);
  git('init', '-q', '-b', 'main');
  for (const place of [origin, fork]) git('init', '-q', '--bare', place);
  git('remote', 'add', 'origin', origin);
  commit('start');
  git('push', '-q', 'origin', 'main');
  git('checkout', '-q', '--detach');
  const below = commit('below');
  git('push', '-q', 'origin', 'HEAD:refs/pull/4/head');
  commit('top');
  git('push', '-q', fork, `HEAD:refs/heads/${branch}`);
  git('checkout', '-q', 'main');
  const squashed = commit('below', 'squashed');
  git('push', '-q', 'origin', 'main');
  writeFileSync(join(bin, 'gh'), ghOf(fork, branch, local), { mode: 0o755 });
  const run = (command: string) => execFileSync('sh', ['-c', command], { cwd: clone, env, stdio: 'ignore' });
  /** The clone is one of the fork: what the repository is called there is its address. */
  const cloneOfFork = () => git('remote', 'set-url', 'origin', fork);
  return {
    below,
    squashed,
    run,
    origin,
    cloneOfFork,
    forkLog: () => git('--git-dir', fork, 'log', '--format=%H', `refs/heads/${branch}`),
  };
}

test.each([
  ['topic', 'topic'],
  // As gh calls the main branch of a fork.
  ['main', 'mara/main'],
])(
  'takes a stacked pull request from branch %s of a fork off what was squashed below it, and pushes it there',
  (branch, local) => {
    const { below, squashed, run, forkLog } = prepareStack(branch, local);
    run(rebaseCommand({ ...TOP, remote: 'origin', on: { number: 4, headSha: below } }));
    const [, onto] = forkLog().split('\n');
    expect(onto).toBe(squashed);
    expect(forkLog()).not.toContain(below);
  },
);

test('does so in a clone whose origin is the fork, by the address of the repository', () => {
  const { below, squashed, run, origin, cloneOfFork, forkLog } = prepareStack('topic', 'topic');
  cloneOfFork();
  run(rebaseCommand({ ...TOP, remote: origin, on: { number: 4, headSha: below } }));
  expect(forkLog().split('\n')[1]).toBe(squashed);
});
