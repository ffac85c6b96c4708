import { ghCommand, shellQuoted } from '../gh-command.ts';
import type { RepositoryRef } from '../task/identity.ts';

interface Rebase {
  /** Of the pull request to take off what lies below it. */
  readonly number: number | null;
  readonly url: string | null;
  /** The pull request that it stands on, as that was merged. */
  readonly on: { readonly number: number | null; readonly headSha: string };
  /** The base as the remote calls it. */
  readonly ref: string;
  /** The repository as git finds it from the clone: a remote's name, or an address. */
  readonly remote: string;
  readonly repository: RepositoryRef;
}

/**
 * One line for a POSIX shell, in a clone of the repository or of a fork, that puts the commits of a stacked pull request alone onto the
 * base and pushes them to where it comes from.
 *
 * A fork is no remote of that clone: no ref of it remembers what was there, without which `--force-with-lease` is refused,
 * and its branch is called differently here where it is the fork's main one. So both are named: the branch that `gh` noted,
 * and the head before the rebase.
 */
export function rebaseCommand({ number, url, on, ref, remote, repository }: Rebase): string {
  return [
    ghCommand('pr checkout', { number, url }, repository),
    `git fetch ${shellQuoted(remote)} ${shellQuoted(ref)} refs/pull/${on.number}/head`,
    `git rebase --onto FETCH_HEAD ${shellQuoted(on.headSha)}`,
    PUSH,
  ].join(' && ');
}

const PUSH =
  'git -c push.default=upstream push --force-with-lease="$(git config "branch.$(git branch --show-current).merge"):@{1}"';
