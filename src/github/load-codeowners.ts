import { known, type Reading, unknown } from '../core/reading.ts';
import { TOO_LARGE_BYTES } from '../core/reviewers/parse-code-owners.ts';
import type { Codeowners } from '../core/reviewers/review-snapshot.ts';
import type { RepositoryRef } from '../core/task/identity.ts';
import { apart, type Gathering } from './gathering.ts';
import { noteGap } from './note-gap.ts';
import { CODEOWNERS_PATHS, codeownersQuery } from './queries/review-queries.ts';
import type { BlobNode } from './text-of-blob.ts';
import { truncated } from './unread.ts';

/** One call; pull requests onto further bases count as owned by nobody, and it is said. */
const MOST_BRANCHES = 10;

type Files = Readonly<Record<string, BlobNode | null>>;

/**
 * The CODEOWNERS in force on each branch, as GitHub looks for it: the first of three places. One call of 1 point. GraphQL cuts
 * texts after 512 KB; of such a file the last rules, which decide, are missing, so that it counts as not read and is a gap.
 */
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
    const reply = await gathering.client.graphql<{ readonly repository: Files | null }>(
      codeownersQuery(asked.length),
      { owner, repo, ...Object.fromEntries(variables) },
      { tried: `read the ${what}` },
    );
    const [problem] = reply.problems;
    if (problem !== undefined) return problem;
    for (const [n, branch] of asked.entries()) {
      const file = firstOf(reply.data.repository, n);
      if (file === 'cut') gathering.gaps.push(truncated(`${what} on ${branch}`));
      else found.set(branch, file);
    }
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

function firstOf(files: Files | null, branch: number): Codeowners | 'cut' | null {
  for (const [place, path] of CODEOWNERS_PATHS.entries()) {
    const blob = files?.[`b${branch}_${place}`];
    if (blob?.text == null) continue;
    const { text, byteSize = 0, isTruncated } = blob;
    return isTruncated === true && byteSize < TOO_LARGE_BYTES ? 'cut' : { path, text, byteSize };
  }
  return null;
}
