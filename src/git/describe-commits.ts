import { type Repository, runIn } from './open-repository.ts';

/** What a commit says about itself. Written by anybody: neutralise it before it is shown. */
export interface CommitWords {
  readonly title: string;
  readonly author: string;
  /** When it was written, and when it came to be as it is; UTC. */
  readonly authoredAt: string;
  readonly committedAt: string;
}

const FIELDS = 5;

/** By commit, of those that are there; give no others. */
export async function describeCommits(
  repository: Repository,
  commits: readonly string[],
): Promise<ReadonlyMap<string, CommitWords>> {
  if (commits.length === 0) return new Map();
  const format = '--format=%H%x00%an%x00%at%x00%ct%x00%s%x00';
  const args = ['rev-list', '--no-walk=unsorted', '--no-commit-header', format, '--stdin'];
  const { stdout } = await runIn(repository, { args, input: `${[...new Set(commits)].join('\n')}\n` });
  const parts = stdout.split('\0');
  const found = new Map<string, CommitWords>();
  for (let at = 0; at + FIELDS <= parts.length; at += FIELDS) {
    const [commit = '', author = '', authored = '', committed = '', title = ''] = parts.slice(at, at + FIELDS);
    found.set(commit.trim(), { title, author, authoredAt: commitTime(authored), committedAt: commitTime(committed) });
  }
  return found;
}

/** A commit's second since 1970 as UTC. A made-up commit may name one that no calendar has: that is 1970. */
export function commitTime(seconds: string): string {
  const ms = Number(seconds) * 1000;
  return new Date(Math.abs(ms) <= LAST_MS ? ms : 0).toISOString();
}

/** The end of the year 9999; later years have no four digits. */
const LAST_MS = 253_402_300_799_999;
