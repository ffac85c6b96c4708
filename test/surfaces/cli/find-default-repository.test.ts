import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { UserError } from '../../../src/core/failure.ts';
import { findDefaultRepository } from '../../../src/surfaces/cli/find-default-repository.ts';

const CONFIG = `[core]
\tbare = false
[remote "upstream"]
\turl = https://github.com/other/harbor.git
[remote "origin"]
\turl = git@github.com:octo/harbor.git
\tfetch = +refs/heads/*:refs/remotes/origin/*
`;

let folder: string;

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'parasol-'));
});

afterEach(() => rm(folder, { recursive: true }));

describe('findDefaultRepository', () => {
  test('takes GITHUB_REPOSITORY first', async () => {
    await writeGitConfig(folder);
    const found = await findDefaultRepository({ env: { GITHUB_REPOSITORY: 'octo/tides' }, cwd: folder });
    expect(found).toEqual({ owner: 'octo', repo: 'tides' });
  });

  test('refuses a GITHUB_REPOSITORY that is none', async () => {
    await expect(findDefaultRepository({ env: { GITHUB_REPOSITORY: 'harbor' }, cwd: folder })).rejects.toThrow(
      UserError,
    );
  });

  test('reads the remote "origin" of the checkout that a folder is in', async () => {
    await writeGitConfig(folder);
    const deep = join(folder, 'src', 'deep');
    await mkdir(deep, { recursive: true });
    expect(await findDefaultRepository({ env: {}, cwd: deep })).toEqual({ owner: 'octo', repo: 'harbor' });
  });

  test('reads it from a linked worktree', async () => {
    await writeGitConfig(folder);
    const worktree = join(folder, 'worktree');
    await mkdir(join(folder, '.git', 'worktrees', 'one'), { recursive: true });
    await mkdir(worktree);
    await writeFile(join(worktree, '.git'), `gitdir: ${join(folder, '.git', 'worktrees', 'one')}\n`);
    expect(await findDefaultRepository({ env: {}, cwd: worktree })).toEqual({ owner: 'octo', repo: 'harbor' });
  });

  test('finds nothing where there is no checkout, or no origin', async () => {
    expect(await findDefaultRepository({ env: {}, cwd: folder })).toBeNull();
    await writeGitConfig(folder, '[core]\n');
    expect(await findDefaultRepository({ env: {}, cwd: folder })).toBeNull();
  });
});

async function writeGitConfig(root: string, text = CONFIG): Promise<void> {
  await mkdir(join(root, '.git'), { recursive: true });
  await writeFile(join(root, '.git', 'config'), text);
}
