import { askInBatches } from './ask-smaller.ts';
import type { GitHubClient } from './client.ts';
import { demandAnswer, demandPart } from './demand-answer.ts';
import type { Connection, IssuePlaceNode, Maybe } from './nodes.ts';
import { SUB_ISSUES_OF } from './queries/link-queries.ts';

export interface SubIssueNode extends IssuePlaceNode {
  readonly body: string;
  readonly subIssuesSummary: { readonly total: number };
}

interface ParentNode {
  readonly id: string;
  readonly subIssues?: Maybe<Connection<SubIssueNode>>;
}

/** The visible sub-issues of issues, in GitHub's order, by the node id of each issue. One call per 100 issues. */
export async function loadSubIssues(
  client: GitHubClient,
  nodeIds: readonly string[],
): Promise<ReadonlyMap<string, readonly SubIssueNode[]>> {
  const found = new Map<string, readonly SubIssueNode[]>();
  await askInBatches(nodeIds, 100, async (ids, patience) => {
    const tried = `read the sub-issues of ${ids.length === 1 ? 'an issue' : `${ids.length} issues`}`;
    const reply = await client.graphql<{ nodes: (ParentNode | null)[] }>(
      SUB_ISSUES_OF,
      { ids },
      { tried, ...patience },
    );
    demandAnswer(reply, tried);
    for (const node of reply.data.nodes) {
      if (node === null) continue;
      const { nodes } = demandPart(node.subIssues, tried);
      found.set(
        node.id,
        (nodes ?? []).filter((child) => child !== null),
      );
    }
  });
  return found;
}

/** How many levels of visible sub-issues stand below each issue; one call per level and 100 issues. */
export async function loadLevelsBelow(
  client: GitHubClient,
  issues: readonly { readonly id: string; readonly total: number }[],
): Promise<ReadonlyMap<string, number>> {
  const levels = new Map(issues.map(({ id }) => [id, 0]));
  /** Issues of the present level that have something below them, by the issues that they stand below. */
  let present = new Map<string, readonly string[]>(
    issues.flatMap(({ id, total }) => (total > 0 ? [[id, [id]] as const] : [])),
  );
  for (let level = 1; level <= 8 && present.size > 0; level += 1) {
    const below = await loadSubIssues(client, [...new Set([...present.values()].flat())]);
    for (const root of present.keys()) levels.set(root, level);
    const next = [...present].map(([root, ids]) => [root, ids.flatMap((id) => parentsAmong(below.get(id)))] as const);
    present = new Map(next.filter(([, ids]) => ids.length > 0));
  }
  return levels;
}

const parentsAmong = (nodes: readonly SubIssueNode[] = []): readonly string[] =>
  nodes.flatMap(({ id, subIssuesSummary }) => (subIssuesSummary.total > 0 ? [id] : []));
