import { isValidConfig } from '../core/config.ts';
import type { ConfigVersion } from '../core/config-version.ts';
import type { RepositoryRef } from '../core/task/identity.ts';
import type { GraphqlProblem } from './client.ts';
import type { Gathering } from './gathering.ts';
import type { Maybe } from './nodes.ts';
import { noteGap } from './note-gap.ts';
import { CONFIG_HISTORY_QUERY } from './queries/config-queries.ts';

interface VersionNode {
  readonly oid: string;
  readonly committedDate: string;
  readonly url: string;
  readonly file: { readonly object: { readonly text?: string | null } | null } | null;
}

interface Target {
  readonly history?: Maybe<{ readonly nodes: readonly (VersionNode | null)[] | null }>;
}

interface Answer {
  readonly repository: { readonly defaultBranchRef: { readonly target: Target | null } | null } | null;
}

/**
 * The newest valid version of the configuration on the default branch, among the last 20 commits that changed it: one
 * call of 1 point. Null when there is none; a deletion ends the search, because whoever deleted the file wanted what was
 * before it no more. A history that cannot be read is noted as a gap.
 */
export async function loadLastValidConfig(
  gathering: Gathering,
  { owner, repo }: RepositoryRef,
): Promise<ConfigVersion | null> {
  const what = `history of .github/parasol.yml of ${owner}/${repo}`;
  let found: ConfigVersion | null = null;
  await noteGap(gathering, { what, permission: 'contents: read' }, async () => {
    const reply = await gathering.client.graphql<Answer>(
      CONFIG_HISTORY_QUERY,
      { owner, repo },
      { tried: `read ${what}` },
    );
    // A version that is missing from the answer may have been the newest valid one.
    const problem = reply.problems.find(({ type, path }) => type !== 'NOT_FOUND' || path.at(-1) !== 'file');
    if (problem !== undefined) return problem;
    const nodes = reply.data.repository?.defaultBranchRef?.target?.history?.nodes;
    if (nodes == null) return NO_ANSWER;
    found = newestValid(nodes.filter((node) => node !== null));
    return null;
  });
  return found;
}

const NO_ANSWER: GraphqlProblem = { type: null, message: 'no history in the answer', path: [] };

function newestValid(nodes: readonly VersionNode[]): ConfigVersion | null {
  for (const { oid, committedDate, url, file } of nodes) {
    if (file === null) return null;
    const text = file.object?.text ?? null;
    if (text !== null && isValidConfig(text)) return { text, commit: { sha: oid, committedAt: committedDate, url } };
  }
  return null;
}
