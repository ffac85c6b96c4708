import { readFile, stat } from 'node:fs/promises';
import { dirname, join, resolve } from 'node:path';
import type { RepositoryRef } from '../../core/task/identity.ts';
import { originOfConfig } from '../../git/read-origin.ts';
import { parseRepository } from '../../operations/repository-input.ts';
import type { CliIo } from './cli-io.ts';

/**
 * The repository that a bare `#12` means: `GITHUB_REPOSITORY`, else the remote `origin` of the checkout that `cwd` is in.
 * Git itself is not run: its configuration file is read. Null when neither says.
 */
export async function findDefaultRepository({ env, cwd }: Pick<CliIo, 'env' | 'cwd'>): Promise<RepositoryRef | null> {
  if (env.GITHUB_REPOSITORY) return parseRepository(env.GITHUB_REPOSITORY);
  const config = await readGitConfig(cwd);
  const origin = config === null ? null : originOfConfig(config);
  return origin === null ? null : { owner: origin.owner, repo: origin.repo };
}

async function readGitConfig(cwd: string): Promise<string | null> {
  for (let folder = resolve(cwd); ; folder = dirname(folder)) {
    const config = await readFileOrNull(join(folder, '.git', 'config'));
    if (config !== null) return config;
    const worktree = await readFileOrNull(join(folder, '.git'));
    if (worktree !== null) return readWorktreeConfig(folder, worktree);
    if (dirname(folder) === folder) return null;
  }
}

/** In a linked worktree `.git` is a file that points into the main one: `gitdir: …/.git/worktrees/NAME`. */
async function readWorktreeConfig(folder: string, text: string): Promise<string | null> {
  const gitDir = /^gitdir:\s*(.+)$/m.exec(text)?.[1]?.trim();
  return gitDir === undefined ? null : readFileOrNull(join(resolve(folder, gitDir), '..', '..', 'config'));
}

/** Null for anything but a regular file: a pipe in its place would hold up whoever opens it. */
async function readFileOrNull(path: string): Promise<string | null> {
  try {
    return (await stat(path)).isFile() ? await readFile(path, 'utf8') : null;
  } catch {
    return null;
  }
}
