import { UserError } from '../core/failure.ts';
import type { Instant } from '../core/task/facts.ts';
import { formatRef, type Ref } from '../core/task/identity.ts';
import { batchesIn } from '../core/umbrella/lineage/build-lineage.ts';
import type {
  Ancestor,
  BatchFamily,
  Family,
  LineageFacts,
  LinkEvent,
  Relative,
} from '../core/umbrella/lineage/lineage.ts';
import { askInBatches } from './ask-smaller.ts';
import type { GitHubClient } from './client.ts';
import { demandAnswer } from './demand-answer.ts';
import { refOf } from './map-task.ts';
import type { ActorNode, Connection, IssuePlaceNode, PlaceNode } from './nodes.ts';
import { LINEAGE, LINES_BELOW } from './queries/lineage-queries.ts';

interface LineNode extends IssuePlaceNode {
  readonly title: string;
  readonly url: string;
  readonly state: 'OPEN' | 'CLOSED';
  readonly body: string;
  readonly viewerDidAuthor: boolean;
}

interface EventNode {
  readonly __typename: string;
  readonly createdAt: Instant;
  readonly actor: ActorNode;
  readonly other: { readonly number: number; readonly repository: PlaceNode } | null;
}

interface BelowNode {
  readonly subIssuesSummary: { readonly total: number };
  readonly subIssues: Connection<LineNode>;
}

interface AncestorNode extends LineNode, Partial<BelowNode> {
  readonly parentEvents: Connection<EventNode>;
  readonly parent?: AncestorNode | null;
}

interface SubjectNode extends LineNode, BelowNode {
  readonly createdAt: Instant;
  readonly blockedBy: Connection<LineNode>;
  readonly blocking: Connection<LineNode>;
  readonly issueDependenciesSummary: { readonly totalBlockedBy: number; readonly totalBlocking: number };
  readonly parentEvents: Connection<EventNode>;
  readonly linkEvents: Connection<EventNode>;
  readonly blockerEvents: Connection<EventNode>;
  readonly blockedEvents: Connection<EventNode>;
  readonly parent: AncestorNode | null;
}

/** A task's family: one call, and one more where batches stand in it. */
export async function loadLineage(
  client: GitHubClient,
  ref: Ref,
): Promise<LineageFacts & { readonly createdAt: Instant }> {
  const tried = `read the lineage of ${formatRef(ref)}`;
  const reply = await client.graphql<{ repository: { issue: SubjectNode | null } | null }>(
    LINEAGE,
    { ...ref },
    { tried },
  );
  demandAnswer(reply, tried);
  const node = reply.data.repository?.issue;
  if (node == null) {
    throw new UserError(
      'not_found',
      `There is no issue ${formatRef(ref)}, or you may not see it.`,
      'Check the spelling.',
    );
  }
  const facts = factsOf(node);
  const batches = batchesIn(facts);
  const inBatches = batches.length === 0 ? facts.inBatches : await loadFamilies(client, batches);
  return { ...facts, inBatches, createdAt: node.createdAt };
}

function factsOf(node: SubjectNode): LineageFacts {
  const { totalBlockedBy, totalBlocking } = node.issueDependenciesSummary;
  return {
    task: relativeOf(node),
    parentEvents: eventsOf(node.parentEvents),
    isHistoryWhole: node.parentEvents.pageInfo?.hasNextPage !== true,
    ancestors: ancestorsOf(node.parent),
    children: familyOf(node),
    blockers: { shown: relatives(node.blockedBy), total: totalBlockedBy },
    blocked: { shown: relatives(node.blocking), total: totalBlocking },
    linkEvents: eventsOf(node.linkEvents),
    blockerEvents: eventsOf(node.blockerEvents),
    blockedEvents: eventsOf(node.blockedEvents),
    inBatches: new Map(),
  };
}

function ancestorsOf(parent: AncestorNode | null | undefined): readonly Ancestor[] {
  if (parent == null) return [];
  const { subIssues, subIssuesSummary } = parent;
  const children = subIssues && subIssuesSummary ? familyOf({ subIssues, subIssuesSummary }) : null;
  const nearest = { ...relativeOf(parent), children, parentEvents: eventsOf(parent.parentEvents) };
  return [nearest, ...ancestorsOf(parent.parent)];
}

interface BatchNode extends Partial<BelowNode> {
  readonly id: string;
  readonly linkEvents?: Connection<EventNode>;
}

async function loadFamilies(
  client: GitHubClient,
  batches: readonly Relative[],
): Promise<ReadonlyMap<string, BatchFamily>> {
  const found = new Map<string, BatchFamily>();
  const all = [...new Set(batches.map(({ nodeId }) => nodeId))];
  await askInBatches(all, 100, async (ids, patience) => {
    const tried = `read ${ids.length} batch umbrellas`;
    const reply = await client.graphql<{ nodes: (BatchNode | null)[] }>(LINES_BELOW, { ids }, { tried, ...patience });
    demandAnswer(reply, tried);
    for (const node of reply.data.nodes) {
      if (node?.subIssues === undefined || node.subIssuesSummary === undefined) continue;
      const { subIssues, subIssuesSummary, linkEvents = { nodes: [] } } = node;
      found.set(node.id, { ...familyOf({ subIssues, subIssuesSummary }), linkEvents: eventsOf(linkEvents) });
    }
  });
  return found;
}

const familyOf = ({ subIssues, subIssuesSummary }: BelowNode): Family => ({
  shown: relatives(subIssues),
  total: subIssuesSummary.total,
});

const relatives = ({ nodes }: Connection<LineNode>): readonly Relative[] =>
  (nodes ?? []).filter((node) => node !== null).map(relativeOf);

const relativeOf = (node: LineNode): Relative => ({
  nodeId: node.id,
  ref: refOf(node),
  title: node.title,
  url: node.url,
  state: node.state === 'OPEN' ? 'open' : 'closed',
  body: node.body,
  isOwn: node.viewerDidAuthor,
});

/** An event whose other end may not be seen tells nothing. */
const eventsOf = ({ nodes }: Connection<EventNode>): readonly LinkEvent[] =>
  (nodes ?? []).flatMap((node) =>
    node?.other == null
      ? []
      : [
          {
            kind: node.__typename === 'ParentIssueRemovedEvent' ? ('removed' as const) : ('added' as const),
            other: refOf(node.other),
            actor: node.actor?.login ?? null,
            at: node.createdAt,
          },
        ],
  );
