import { known, type Reading, unknown } from '../core/reading.ts';
import type { Codeowners } from '../core/reviewers/review-snapshot.ts';
import type { RepositoryRef } from '../core/task/identity.ts';
import { apart, type Gathering } from './gathering.ts';
import { noteGap } from './note-gap.ts';
import { CODEOWNERS_PATHS, codeownersQuery } from './queries/review-queries.ts';

/** One call; pull requests onto further bases count as owned by nobody, and it is said. */
const MOST_BRANCHES = 10;

type BlobNode = { readonly text?: string | null; readonly isBinary?: boolean | null } | null;

/** The CODEOWNERS in force on each branch, as GitHub looks for it: the first of three places. One call of 1 point. */
export async function loadCodeowners(
  gathering: Gathering,
  { owner, repo }: RepositoryRef,
  branches: readonly string[],
): Promise<Reading<ReadonlyMap<string, Codeowners | null>>> {
  const asked = branches.slice(0, MOST_BRANCHES);
  const what = `CODEOWNERS of ${owner}/${repo}`;
  const found = new Map<string, Codeowners | null>();
  const own = apart(gathering);
  await noteGap(own, { what, permission: 'contents: read' }, async () => {
    const variables = asked.flatMap((branch, n) =>
      CODEOWNERS_PATHS.map((path, place) => [`b${n}_${place}`, `${branch}:${path}`]),
    );
    const reply = await gathering.client.graphql<{ readonly repository: Readonly<Record<string, BlobNode>> | null }>(
      codeownersQuery(asked.length),
      { owner, repo, ...Object.fromEntries(variables) },
      { tried: `read the ${what}` },
    );
    const [problem] = reply.problems;
    if (problem !== undefined) return problem;
    for (const [n, branch] of asked.entries()) found.set(branch, firstOf(reply.data.repository, n));
    return null;
  });
  if (asked.length < branches.length)
    gathering.gaps.push({
      cause: 'truncated',
      what: `CODEOWNERS of ${branches.length - asked.length} more branches of ${owner}/${repo}`,
    });
  gathering.gaps.push(...own.gaps);
  const [gap] = own.gaps;
  return gap === undefined ? known(found) : unknown(gap);
}

function firstOf(files: Readonly<Record<string, BlobNode>> | null, branch: number): Codeowners | null {
  for (const [place, path] of CODEOWNERS_PATHS.entries()) {
    const text = files?.[`b${branch}_${place}`]?.text;
    if (text != null) return { path, text };
  }
  return null;
}
