import type { BranchHead } from '../core/readiness/backports/backport.ts';
import { labelBeginning, releaseBranches } from '../core/readiness/backports/release-branches.ts';
import type { BackportQuestion } from './backport-question.ts';
import type { Gathering } from './gathering.ts';
import { type LabelPage, loadMoreLabels } from './load-more-labels.ts';
import type { Connection, Maybe } from './nodes.ts';
import { noteGap } from './note-gap.ts';
import { RELEASE_BRANCHES } from './queries/readiness-queries.ts';

interface RefNode {
  readonly name: string;
  readonly target: Maybe<{ readonly oid: string }>;
}

interface BranchesAnswer {
  readonly repository: Maybe<{
    readonly main: Maybe<RefNode>;
    readonly refs: Maybe<Connection<RefNode>>;
    readonly labels?: LabelPage;
  }>;
}

interface Branches {
  readonly main: BranchHead | null;
  /** The newest first. */
  readonly releases: readonly BranchHead[];
  /** The labels of the repository that may name a branch; none where they may not be read. */
  readonly labels: readonly string[];
}

/**
 * The main branch and the release branches that are asked about, those that are there, and what labels may name others: one
 * call, and one per 100 labels after the first.
 */
export async function loadReleaseBranches(gathering: Gathering, question: BackportQuestion): Promise<Branches> {
  const { repository, main, branch, config } = question;
  const what = `release branches of ${repository.owner}/${repository.repo}`;
  let answer: BranchesAnswer['repository'];
  await noteGap(gathering, { what, permission: 'contents: read' }, async () => {
    const text = branch ?? sharedText(config.release_branches);
    const label = labelBeginning(config.backport_labels);
    const variables = { ...repository, main: `refs/heads/${main}`, text, label };
    const tried = `read the ${what}`;
    const reply = await gathering.client.graphql<BranchesAnswer>(RELEASE_BRANCHES, variables, { tried });
    gathering.unread.note(reply);
    answer = reply.data.repository;
    if (answer?.refs?.nodes == null) return reply.problems[0] ?? { type: null, message: 'no answer', path: [] };
    return answer.refs.pageInfo?.hasNextPage === true ? 'truncated' : null;
  });
  const heads = [answer?.main, ...(answer?.refs?.nodes ?? [])].flatMap((node): readonly BranchHead[] =>
    node?.target == null ? [] : [{ name: node.name, sha: node.target.oid }],
  );
  const byName = new Map(heads.map((head) => [head.name, head]));
  const names = branch === null ? releaseBranches([...byName.keys()], config.release_branches, main) : [branch];
  const releases = names.flatMap((name) => byName.get(name) ?? []);
  // Of a release branch as the scope nobody asks what other branches labels name.
  const labels = branch === null ? await loadLabels(gathering, question, answer?.labels ?? null) : [];
  return { main: byName.get(main) ?? null, releases, labels };
}

async function loadLabels(
  gathering: Gathering,
  { repository, config }: BackportQuestion,
  first: LabelPage,
): Promise<readonly string[]> {
  const text = labelBeginning(config.backport_labels);
  const names = (first?.nodes ?? []).flatMap((node) => (node ? [node.name] : []));
  return [...names, ...(await loadMoreLabels(gathering, { repository, text }, first))];
}

/** What stands before the first wildcard, where one glob is all that is asked for: GitHub looks for a text in the names. */
function sharedText(globs: readonly string[]): string {
  const [glob] = globs;
  return globs.length === 1 ? (glob ?? '').replace(/[*?].*$/s, '') : '';
}
