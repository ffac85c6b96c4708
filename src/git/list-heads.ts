import { UserError } from '../core/failure.ts';
import { type Repository, runIn } from './open-repository.ts';
import { runBatch } from './run-batch.ts';

/** One side of a trial: a name for people and the commit that it stood for when it was read. */
export interface Head {
  readonly name: string;
  readonly commit: string;
}

/** A commit that is there, with the tree it holds. */
export interface ResolvedHead extends Head {
  readonly tree: string;
}

/**
 * The refs that match patterns such as `refs/pull/*\/head` or `refs/heads/*` (`*` stays within one part of the name, as in
 * git), in git's order. Broken refs are left out; whether the commits exist is not looked at. Never more than `limit`.
 */
export async function listHeads(
  repository: Repository,
  patterns: readonly string[],
  limit = 20_000,
): Promise<readonly Head[]> {
  const format = '--format=%(objectname) %(refname)';
  const args = [
    'for-each-ref',
    `--count=${limit}`,
    format,
    '--',
    ...patterns.map((pattern) => pattern.replace(/^(?!refs\/)/, 'refs/heads/')),
  ];
  const { ended, stdout, complaint } = await runIn(repository, { args });
  if (ended !== 'done') {
    const hint = 'Look at the repository with `git for-each-ref`; a fresh clone may help.';
    throw new UserError(
      'not_found',
      `the refs of ${JSON.stringify(repository.path)} cannot be read: ${complaint}`,
      hint,
    );
  }
  return stdout.split('\n').flatMap((line) => {
    const at = line.indexOf(' ');
    return at < 0 ? [] : [{ commit: line.slice(0, at), name: line.slice(at + 1) }];
  });
}

/** Heads with their trees, in the same order; null where the name stands for no commit that is there. */
export async function resolveHeads(
  repository: Repository,
  heads: readonly Head[],
): Promise<readonly (ResolvedHead | null)[]> {
  const names = heads.flatMap(({ commit }) => [`${commit}^{commit}`, `${commit}^{tree}`]);
  const answers = await runBatch(repository, { args: ['cat-file', '--batch-check'], lines: names, read: readIds });
  return heads.map((head, index) => {
    const [commit, tree] = [answers[index * 2], answers[index * 2 + 1]];
    if (commit?.known !== true || tree?.known !== true || commit.value === null || tree.value === null) return null;
    return { name: head.name, commit: commit.value, tree: tree.value };
  });
}

function readIds(text: string): readonly (string | null)[] {
  const lines = text.split('\n').slice(0, -1);
  return lines.map((line) => /^([0-9a-f]{40,64}) (commit|tree) \d+$/.exec(line)?.[1] ?? null);
}

/** The commit of a name; else, where git complained of more than that there is none, of what. */
export async function lookForBase(
  repository: Repository,
  name: string,
): Promise<{ readonly found: ResolvedHead | null; readonly complaint: string }> {
  const args = ['rev-parse', '--verify', '--quiet', '--end-of-options', `${name}^{commit}`];
  const { stdout, complaint } = await runIn(repository, { args });
  if (stdout.trim() === '') return { found: null, complaint };
  const [found] = await resolveHeads(repository, [{ name, commit: stdout.trim() }]);
  return found ? { found, complaint: '' } : { found: null, complaint: complaint || 'its commit or its files are gone' };
}

export function brokenBase({ path }: Repository, name: string, complaint: string): UserError {
  const hint = 'Look at the repository with `git fsck`; a fresh clone may help.';
  const message = `the commit called ${JSON.stringify(name)} in ${JSON.stringify(path)} cannot be read: ${complaint}`;
  return new UserError('not_found', message, hint);
}

/**
 * What a name such as `main`, `refs/heads/main`, `origin/main`, `HEAD` or a full commit id stands for. Throws `usage` for a
 * name that is none, `not_found` where the repository has no such commit.
 */
export async function resolveBase(repository: Repository, name: string): Promise<ResolvedHead> {
  // What git would take for an option, a range, a path in a tree, a date or a search is no name of a branch.
  if (!/^[^-:^~@{}?*[\\\s\p{Cc}][^:^~?*[\\\s\p{Cc}]*$/u.test(name) || name.includes('..') || name.includes('@{')) {
    throw new UserError('usage', `${JSON.stringify(name)} cannot be a base branch`, 'Name a branch: --base main.');
  }
  const { found, complaint } = await lookForBase(repository, name);
  if (found !== null) return found;
  if (complaint !== '') throw brokenBase(repository, name, complaint);
  const hint = 'Name a branch that this clone has: --base main.';
  throw new UserError(
    'not_found',
    `${JSON.stringify(repository.path)} has no commit called ${JSON.stringify(name)}`,
    hint,
  );
}
