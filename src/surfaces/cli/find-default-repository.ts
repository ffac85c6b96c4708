import { readFile } from 'node:fs/promises';
import { dirname, join, resolve } from 'node:path';
import type { RepositoryRef } from '../../core/task/identity.ts';
import { parseRepository } from '../../operations/repository-input.ts';
import type { CliIo } from './cli-io.ts';

/**
 * The repository that a bare `#12` means: `GITHUB_REPOSITORY`, else the remote `origin` of the checkout that `cwd` is in.
 * Git itself is not run: its configuration file is read. Null when neither says.
 */
export async function findDefaultRepository({ env, cwd }: Pick<CliIo, 'env' | 'cwd'>): Promise<RepositoryRef | null> {
  if (env.GITHUB_REPOSITORY) return parseRepository(env.GITHUB_REPOSITORY);
  const config = await readGitConfig(cwd);
  const url = config === null ? null : originUrl(config);
  return url === null ? null : repositoryOfUrl(url);
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

async function readFileOrNull(path: string): Promise<string | null> {
  try {
    return await readFile(path, 'utf8');
  } catch {
    return null;
  }
}

/** The first `url` of `[remote "origin"]`. */
function originUrl(config: string): string | null {
  let isOrigin = false;
  for (const line of config.split(/\r?\n/)) {
    const section = /^\s*\[(.+?)\]/.exec(line)?.[1];
    if (section !== undefined) isOrigin = /^remote\s+"origin"$/i.test(section);
    const url = /^\s*url\s*=\s*(\S+)/i.exec(line)?.[1];
    if (isOrigin && url !== undefined) return url;
  }
  return null;
}

// https://HOST/o/r.git, ssh://git@HOST:22/o/r.git, git@HOST:o/r.git
const REMOTE_URL = /(?:^[a-z+]+:\/\/[^/]+\/|^[^/\s:]+:)\/?([^/\s]+)\/([^/\s]+?)(?:\.git)?\/?$/i;

export function repositoryOfUrl(url: string): RepositoryRef | null {
  const match = REMOTE_URL.exec(url);
  if (match?.[1] === undefined || match[2] === undefined) return null;
  return { owner: match[1], repo: match[2] };
}
