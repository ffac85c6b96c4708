import { formatRef, type Ref } from '../core/task/identity.ts';
import { batchNumberOf } from '../core/umbrella/batch-umbrella.ts';
import type { LinkEnd } from '../core/umbrella/links/link-end.ts';
import type { UmbrellaRoom } from '../core/umbrella/links/plan-batches.ts';
import type { GitHubClient } from './client.ts';
import { demandAnswer } from './demand-answer.ts';
import { loadLevelsBelow, loadSubIssues, type SubIssueNode } from './load-sub-issues.ts';
import { refOf } from './map-task.ts';
import type { PlaceNode } from './nodes.ts';
import { linkEndsQuery } from './queries/link-queries.ts';

/** Up to 20 in one call, as everywhere. */
const PER_CALL = 20;

interface AboveNode {
  readonly number: number;
  readonly repository: PlaceNode;
  readonly parent?: AboveNode | null;
}

interface EndNode extends AboveNode {
  readonly __typename: 'Issue' | 'PullRequest';
  readonly id?: string;
  readonly title: string;
  readonly url: string;
  readonly subIssuesSummary?: { readonly total: number };
}

/**
 * The ends of links, in the order of the references; null for what is gone or hidden. One call per 20, and one per level
 * below those of which `needsLevels` says so, by their place in the list; the others get 0 levels.
 */
export async function loadLinkEnds(
  client: GitHubClient,
  refs: readonly Ref[],
  needsLevels: (index: number) => boolean = () => false,
): Promise<readonly (LinkEnd | null)[]> {
  const nodes: (EndNode | null)[] = [];
  for (let from = 0; from < refs.length; from += PER_CALL) {
    nodes.push(...(await askForEnds(client, refs.slice(from, from + PER_CALL))));
  }
  const issues = nodes.flatMap((node, n) =>
    node?.id === undefined || !needsLevels(n) ? [] : [{ id: node.id, total: node.subIssuesSummary?.total ?? 0 }],
  );
  const levels = await loadLevelsBelow(client, issues);
  return nodes.map((node) => (node === null ? null : endOf(node, levels.get(node.id ?? '') ?? 0)));
}

async function askForEnds(client: GitHubClient, refs: readonly Ref[]): Promise<readonly (EndNode | null)[]> {
  const tried = `read ${refs.length === 1 ? refs.map((ref) => formatRef(ref)).join() : `${refs.length} issues`}`;
  const variables = Object.fromEntries(
    refs.flatMap(({ owner, repo, number }, n) => [
      [`owner${n}`, owner],
      [`repo${n}`, repo],
      [`number${n}`, number],
    ]),
  );
  const reply = await client.graphql<Record<`item${number}`, { readonly item: EndNode | null } | null>>(
    linkEndsQuery(refs.length),
    variables,
    { tried },
  );
  demandAnswer(reply, tried);
  return refs.map((_, n) => reply.data[`item${n}`]?.item ?? null);
}

function endOf(node: EndNode, levelsBelow: number): LinkEnd {
  const ancestors: Ref[] = [];
  for (let above = node.parent; above != null; above = above.parent) ancestors.push(refOf(above));
  return {
    ref: refOf(node),
    kind: node.__typename === 'Issue' ? 'issue' : 'pull_request',
    nodeId: node.id ?? null,
    title: node.title,
    url: node.url,
    ancestors,
    levelsBelow,
    childrenTotal: node.subIssuesSummary?.total ?? 0,
  };
}

/** What stands directly below an umbrella and below each of its batches. */
export interface UmbrellaLists {
  readonly room: UmbrellaRoom;
  /** The umbrella's own list first, its batches left out of it; then those of its batches. */
  readonly lists: readonly { readonly parent: Ref; readonly children: readonly Ref[] }[];
}

/** One call, two where the umbrella has batches; none where it has no child. */
export async function loadUmbrellaLists(client: GitHubClient, umbrella: LinkEnd): Promise<UmbrellaLists> {
  const { ref, nodeId, title, childrenTotal } = umbrella;
  const isEmpty = nodeId === null || childrenTotal === 0;
  const children = isEmpty ? [] : ((await loadSubIssues(client, [nodeId])).get(nodeId) ?? []);
  const found = children.flatMap((child) => {
    const number = batchNumberOf(child.body, ref);
    return number === null ? [] : [{ id: child.id, ref: refOf(child), number, total: child.subIssuesSummary.total }];
  });
  const batchIds = new Set(found.map((batch) => batch.id));
  const own = children.filter((child) => !batchIds.has(child.id)).map(refOf);
  const below =
    found.length === 0 ? new Map<string, readonly SubIssueNode[]>() : await loadSubIssues(client, [...batchIds]);
  return {
    room: {
      ref,
      title,
      above: umbrella.ancestors.length,
      childrenTotal,
      movable: own.toReversed(),
      batches: found.map((batch) => ({ ref: batch.ref, number: batch.number, childrenTotal: batch.total })),
    },
    lists: [
      { parent: ref, children: own },
      ...found.map((batch) => ({ parent: batch.ref, children: (below.get(batch.id) ?? []).map(refOf) })),
    ],
  };
}
