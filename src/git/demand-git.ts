import { UserError } from '../core/failure.ts';
import { runGit } from './run-git.ts';

/** The first release with `merge-tree --write-tree --stdin` and `cat-file -z`. */
const OLDEST: readonly [number, number] = [2, 38];

/**
 * What git says of its version. Throws `usage` where it is not installed or older than 2.38, the first that can merge
 * without a working tree.
 */
export async function demandGit(): Promise<string> {
  const { ended, stdout } = await runGit({ args: ['version'], timeoutMs: 10_000 });
  if (ended !== 'done') throw new UserError('usage', 'git cannot be started', 'Install git 2.38 or later.');
  const problem = problemOfVersion(stdout);
  if (problem !== null) throw new UserError('usage', problem, 'Install git 2.38 or later.');
  return stdout.trim();
}

/** What is wrong with the answer of `git version`, if anything. */
export function problemOfVersion(answer: string): string | null {
  const [, major, minor] = /^git version (\d+)\.(\d+)/.exec(answer) ?? [];
  if (major === undefined) return 'git does not tell its version';
  const isOld = Number(major) < OLDEST[0] || (Number(major) === OLDEST[0] && Number(minor) < OLDEST[1]);
  return isOld ? `git ${major}.${minor} is too old: trial merges need 2.38 or later` : null;
}
