import { type Ref, refKey } from '../core/task/identity.ts';
import { askInBatches } from './ask-smaller.ts';
import type { GitHubClient } from './client.ts';
import { refOf } from './map-task.ts';
import type { Connection, IssuePlaceNode, Maybe } from './nodes.ts';
import { UMBRELLAS_ABOVE } from './queries/task-queries.ts';

interface AncestorsNode extends IssuePlaceNode {
  readonly parent?: AncestorsNode | null;
  readonly subIssuesSummary?: { readonly total: number };
  readonly blocking?: Maybe<Connection<AncestorsNode>>;
}

/**
 * All umbrellas that a change of these issues can touch: their ancestors (eight levels), the issues themselves where
 * they have children, and the umbrellas of the tasks that they block. Issues that are gone or hidden are left out.
 * Nearest first, each once; 1 point per 100 issues.
 */
export async function findUmbrellas(
  client: GitHubClient,
  subjects: { readonly nodeIds: readonly string[] },
): Promise<readonly Ref[]> {
  const umbrellas = new Map<string, Ref>();
  const add = (node: AncestorsNode): void => {
    if ((node.subIssuesSummary?.total ?? 0) > 0) umbrellas.set(refKey(refOf(node)), refOf(node));
    for (let above = node.parent; above != null; above = above.parent)
      umbrellas.set(refKey(refOf(above)), refOf(above));
  };
  await askInBatches([...new Set(subjects.nodeIds)], 100, async (ids, patience) => {
    const tried = `find the umbrellas of ${ids.length} issues`;
    const reply = await client.graphql<{ nodes: (AncestorsNode | null)[] }>(
      UMBRELLAS_ABOVE,
      { ids },
      { tried, ...patience },
    );
    for (const node of reply.data.nodes) {
      if (node?.repository === undefined) continue;
      add(node);
      for (const blocked of node.blocking?.nodes ?? []) if (blocked !== null) add(blocked);
    }
  });
  return [...umbrellas.values()];
}
