import { setImmediate as otherWork } from 'node:timers/promises';
import { isValidConfig, parseConfig } from '../core/config.ts';
import { messageWithKey } from '../core/config-problem.ts';
import type { ConfigVersion } from '../core/config-version.ts';
import { shorten, visibleLine } from '../core/markdown.ts';
import type { Gap } from '../core/reading.ts';
import type { RepositoryRef } from '../core/task/identity.ts';
import type { GraphqlProblem } from './client.ts';
import { configTextOf } from './config-text-of.ts';
import type { Gathering } from './gathering.ts';
import type { ConfigNode, Connection, Maybe } from './nodes.ts';
import { noteGap } from './note-gap.ts';
import { CONFIG_HISTORY_QUERY } from './queries/config-queries.ts';

interface VersionNode {
  readonly oid: string;
  readonly committedDate: string;
  readonly url: string;
  readonly file: ConfigNode | null;
}

interface ChangeNode extends VersionNode {
  readonly associatedPullRequests: Maybe<Connection<MergeNode>>;
}

interface MergeNode {
  readonly mergedAt: string | null;
  readonly baseRefName: string;
  readonly mergeCommit: VersionNode | null;
}

interface DefaultBranch {
  readonly name: string;
  readonly target: { readonly history?: Maybe<Pick<Connection<ChangeNode>, 'nodes'>> } | null;
}

interface Answer {
  readonly repository: { readonly defaultBranchRef: DefaultBranch | null } | null;
}

/**
 * The newest valid version of the configuration that the default branch ended in, among the last 20 commits that changed
 * it: one call of 1 point. Null when there is none; a deletion ends the search, because whoever deleted the file wanted
 * what was before it no more.
 *
 * Without one nobody knows what the configuration asks for, which is a gap: the history could not be read, is longer than
 * those commits (`truncated`), or has no valid version at all (`invalid`, with what is wrong in the text that stands).
 *
 * Nobody has agreed to what stood between the commits of a pull request. Of a commit that one brought, the version counts
 * that its merge put on the default branch: the merge commit, the squashed one, or the last of those that were rebased
 * (`merge_commit_sha` in https://docs.github.com/en/rest/pulls/pulls#get-a-pull-request). One that was merged into another
 * branch only does not count. What was pushed without a pull request counts as it is: whoever pushed it may write here.
 */
export async function loadLastValidConfig(
  gathering: Gathering,
  repository: RepositoryRef,
  broken: string,
): Promise<ConfigVersion | null> {
  const { owner, repo } = repository;
  const what = `history of .github/parasol.yml of ${owner}/${repo}`;
  const place = { about: 'configuration', repository } as const;
  let found: Found = null;
  await noteGap(gathering, { what, permission: PERMISSION, ...place }, async () => {
    const reply = await gathering.client.graphql<Answer>(
      CONFIG_HISTORY_QUERY,
      { owner, repo },
      { tried: `read ${what}` },
    );
    // A version that is missing from the answer may have been the newest valid one.
    const problem = reply.problems.find(({ type, path }) => type !== 'NOT_FOUND' || path.at(-1) !== 'file');
    if (problem !== undefined) return problem;
    const branch = reply.data.repository?.defaultBranchRef;
    const nodes = branch?.target?.history?.nodes;
    if (branch == null || nodes == null) return NO_ANSWER;
    found = await newestValid(
      nodes.flatMap((node) => (node === null ? [] : (versionOnBranch(node, branch.name) ?? []))),
    );
    if (found === null && nodes.length === MAX_COMMITS) return 'truncated';
    if (found === null || found === 'deleted') {
      const file = `.github/parasol.yml of ${owner}/${repo}`;
      gathering.gaps.push({ cause: 'invalid', what: file, ...place, ...helpWith(broken, file) });
    }
    return null;
  });
  return found === 'deleted' ? null : found;
}

/** The first thing to mend, with its line. */
function helpWith(broken: string, file: string): Pick<Gap, 'help'> {
  const [problem] = parseConfig({ text: broken, ownerText: null }).problems;
  if (problem === undefined) return {};
  const { line, path, message } = problem;
  const words = message.includes(`\`${path}\``) ? message : messageWithKey(problem);
  return { help: `mend line ${line} of ${file}: ${shorten(visibleLine(words), 200)}` };
}

type Found = ConfigVersion | 'deleted' | null;

const PERMISSION = 'contents: read, pull_requests: read';

/** As many as the query asks for. */
const MAX_COMMITS = 20;

const NO_ANSWER: GraphqlProblem = { type: null, message: 'no history in the answer', path: [] };

/** Null for a commit that came to the branch in a way that is not known. */
function versionOnBranch(change: ChangeNode, branch: string): VersionNode | null {
  const merges = (change.associatedPullRequests?.nodes ?? []).flatMap((merge) =>
    merge?.mergedAt == null ? [] : [{ ...merge, mergedAt: merge.mergedAt }],
  );
  if (merges.length === 0) return change;
  const [first] = merges
    .filter(({ baseRefName }) => baseRefName === branch)
    .sort((a, b) => Date.parse(a.mergedAt) - Date.parse(b.mergedAt));
  return first?.mergeCommit ?? null;
}

async function newestValid(nodes: readonly VersionNode[]): Promise<Found> {
  for (const { oid, committedDate, url, file } of nodes) {
    if (file === null) return 'deleted';
    const text = configTextOf(file.object);
    // Whoever wrote twenty bad versions need not hold up everybody else.
    await otherWork();
    if (text !== null && isValidConfig(text)) return { text, commit: { sha: oid, committedAt: committedDate, url } };
  }
  return null;
}
