import { UserError } from '../core/failure.ts';
import type { LinkedBranchFacts } from '../core/task/facts.ts';
import { repositoryKey } from '../core/task/identity.ts';
import type { ChangedPaths } from './changed-paths.ts';
import type { GitHubClient } from './client.ts';
import { githubFailure } from './github-failure.ts';
import { problemOf } from './problem-of-failure.ts';
import { gapOf, truncated } from './unread.ts';

/** GitHub lists no more files of a comparison. */
const MOST_FILES = 300;
/** One call each: whoever has more branches without pull requests hears that the others were not read. */
const MOST_BRANCHES = 20;

const PERMISSION = 'contents: read';

/**
 * The files that branches change since they left the default branch of their repository, in the order asked: one call for
 * each, and one for each repository. What cannot be read, or is too much, is a gap.
 */
export async function loadBranchPaths(
  client: GitHubClient,
  branches: readonly LinkedBranchFacts[],
): Promise<readonly ChangedPaths[]> {
  const bases = new Map<string, Promise<string>>();
  const baseOf = (branch: LinkedBranchFacts): Promise<string> => {
    const key = repositoryKey(branch);
    const base = bases.get(key) ?? loadDefaultBranch(client, branch);
    bases.set(key, base);
    return base;
  };
  const read: ChangedPaths[] = [];
  for (const [index, branch] of branches.entries()) {
    const what = `files of branch ${branch.name} of ${branch.owner}/${branch.repo}`;
    if (index >= MOST_BRANCHES) read.push({ paths: [], gap: truncated(what) });
    else read.push(await orGap(what, async () => compare(client, branch, await baseOf(branch))));
  }
  return read;
}

async function loadDefaultBranch(client: GitHubClient, { owner, repo }: LinkedBranchFacts): Promise<string> {
  return (await client.rest.repos.get({ owner, repo })).data.default_branch;
}

async function compare(
  client: GitHubClient,
  { owner, repo, name }: LinkedBranchFacts,
  base: string,
): Promise<ChangedPaths> {
  const basehead = `${base}...${name}`;
  const { data } = await client.rest.repos.compareCommitsWithBasehead({ owner, repo, basehead, per_page: 1 });
  const files = data.files ?? [];
  const paths = files.flatMap(({ filename, previous_filename }) => [filename, previous_filename ?? []].flat());
  const what = `files of branch ${name} of ${owner}/${repo}`;
  return { paths, gap: files.length < MOST_FILES ? null : truncated(what) };
}

async function orGap(what: string, read: () => Promise<ChangedPaths>): Promise<ChangedPaths> {
  try {
    return await read();
  } catch (cause) {
    const failure = githubFailure(cause, `read the ${what}`);
    if (!(failure instanceof UserError)) throw failure;
    return { paths: [], gap: gapOf(problemOf(failure), what, PERMISSION) };
  }
}
