import { type Ref, refKey } from '../core/task/identity.ts';
import { isBatch } from '../core/umbrella/batch-umbrella.ts';
import { askInBatches } from './ask-smaller.ts';
import type { GitHubClient } from './client.ts';
import { demandAnswer } from './demand-answer.ts';
import { refOf } from './map-task.ts';
import type { Connection, IssuePlaceNode, Maybe } from './nodes.ts';
import { UMBRELLAS_ABOVE, UMBRELLAS_NEAR } from './queries/task-queries.ts';

interface AncestorsNode extends IssuePlaceNode {
  readonly parent?: AncestorsNode | null;
  readonly subIssuesSummary?: { readonly total: number };
  readonly blocking?: Maybe<Connection<AncestorsNode>>;
}

interface NearNode extends IssuePlaceNode {
  readonly body?: string;
  readonly parent?: NearNode | null;
  readonly subIssuesSummary?: { readonly total: number };
}

interface IssueIds {
  readonly nodeIds: readonly string[];
}

/**
 * All umbrellas that a change of these issues can touch: their ancestors (eight levels), the issues themselves where
 * they have children, and the umbrellas of the tasks that they block. Issues that are gone or hidden are left out.
 * Nearest first, each once; 1 point per 100 issues.
 */
export async function findUmbrellas(client: GitHubClient, subjects: IssueIds): Promise<readonly Ref[]> {
  const issues = await loadNodes<AncestorsNode>(client, UMBRELLAS_ABOVE, subjects);
  const touched = issues.flatMap((issue) => [
    issue,
    ...(issue.blocking?.nodes ?? []).filter((blocked) => blocked !== null),
  ]);
  return unique(touched.flatMap(umbrellasFrom));
}

/**
 * For each issue the one umbrella that it is or is directly part of; lonely issues have none. A batch is no umbrella of its
 * own: the one above it is meant.
 */
export async function findNearestUmbrellas(client: GitHubClient, subjects: IssueIds): Promise<readonly Ref[]> {
  const issues = await loadNodes<NearNode>(client, UMBRELLAS_NEAR, subjects);
  return unique(issues.flatMap(nearestUmbrella));
}

/** The umbrella whose batch this issue is; null for every other issue. */
export async function findUmbrellaOfBatch(client: GitHubClient, nodeId: string): Promise<Ref | null> {
  const [issue] = await loadNodes<NearNode>(client, UMBRELLAS_NEAR, { nodeIds: [nodeId] });
  return issue === undefined ? null : umbrellaOfBatch(issue);
}

function nearestUmbrella(issue: NearNode): readonly Ref[] {
  const { parent } = issue;
  const ofBatch = umbrellaOfBatch(issue);
  if (ofBatch !== null) return [ofBatch];
  if ((issue.subIssuesSummary?.total ?? 0) > 0) return [refOf(issue)];
  return parent == null ? [] : [umbrellaOfBatch(parent) ?? refOf(parent)];
}

function umbrellaOfBatch({ body = '', parent, subIssuesSummary }: NearNode): Ref | null {
  if (parent == null) return null;
  const above = refOf(parent);
  // Without a count it is somebody's parent, and so has children.
  return isBatch({ body, parent: above, childrenTotal: subIssuesSummary?.total ?? 1 }) ? above : null;
}

async function loadNodes<Node extends IssuePlaceNode>(
  client: GitHubClient,
  query: string,
  { nodeIds }: IssueIds,
): Promise<readonly Node[]> {
  const issues: Node[] = [];
  await askInBatches([...new Set(nodeIds)], 100, async (ids, patience) => {
    const tried = `find the umbrellas of ${ids.length} issues`;
    const reply = await client.graphql<{ nodes: (Node | null)[] }>(query, { ids }, { tried, ...patience });
    demandAnswer(reply, tried);
    // What is no issue, a pull request for instance, answers nothing but its type.
    for (const node of reply.data.nodes) if (node?.repository !== undefined) issues.push(node);
  });
  return issues;
}

/** The issue itself, where it has children, and all above it. */
function umbrellasFrom(issue: AncestorsNode): readonly Ref[] {
  const umbrellas: Ref[] = (issue.subIssuesSummary?.total ?? 0) > 0 ? [refOf(issue)] : [];
  for (let above = issue.parent; above != null; above = above.parent) umbrellas.push(refOf(above));
  return umbrellas;
}

const unique = (refs: readonly Ref[]): readonly Ref[] => [...new Map(refs.map((ref) => [refKey(ref), ref])).values()];
