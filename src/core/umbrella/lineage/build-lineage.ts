import { issueKeyOf } from '../../issue-marker.ts';
import { type Ref, sameRef } from '../../task/identity.ts';
import { batchNumberOf } from '../batch-umbrella.ts';
import type { LedgerLink } from './ledger-links.ts';
import type {
  Ancestor,
  BatchFamily,
  Family,
  Lineage,
  LineageEdge,
  LineageFacts,
  LineageGroup,
  LinkEvent,
  Provenance,
  Relative,
} from './lineage.ts';

/** A task's family with the provenance of each link. Batches are looked through: their children are the umbrella's own. */
export function buildLineage(facts: LineageFacts, ledger: readonly LedgerLink[] = []): Lineage {
  const { task, ancestors, linkEvents, blockerEvents, blockedEvents, inBatches } = facts;
  const above = ancestors.filter((one, n) => !isBatchOf(one, ancestors[n + 1]));
  const [parent] = above;
  const siblings = parent?.children == null ? EMPTY : lookThrough(parent, parent.children, inBatches);
  const shown = siblings.shown.filter(({ ref }) => !sameRef(ref, task.ref));
  const others = { shown, total: siblings.total - (siblings.shown.length - shown.length) };
  return {
    task: edge(task, null),
    ancestors: ancestors.flatMap((one, n) => (above.includes(one) ? [edge(one, linkUpTo(n, facts, ledger))] : [])),
    siblings: group(others, () => null),
    children: group(lookThrough(task, facts.children, inBatches), (one, batch) => {
      const own = { to: task.ref, event: lastAdded(linkEvents, one.ref) };
      if (batch === undefined) return childLink(one, [own], ledger);
      return childLink(one, [{ to: batch.ref, event: lastAdded(batch.linkEvents, one.ref) }, own], ledger);
    }),
    blockers: group(facts.blockers, ({ ref }) =>
      linkOf(lastAdded(blockerEvents, ref), lastMade(ledger, { kind: 'blocker', to: task.ref, ref })),
    ),
    blocked: group(facts.blocked, ({ ref }) =>
      linkOf(lastAdded(blockedEvents, ref), lastMade(ledger, { kind: 'blocker', to: ref, ref: task.ref })),
    ),
  };
}

/** How the task, or what stands above it, came under the ancestor of that place, or into a batch of it. */
function linkUpTo(
  n: number,
  { task, ancestors, parentEvents }: LineageFacts,
  ledger: readonly LedgerLink[],
): Provenance {
  const [batch, one] = [ancestors[n - 1], ancestors[n]];
  const isInBatch = batch !== undefined && isBatchOf(batch, one);
  const place = isInBatch ? n - 1 : n;
  const child = place === 0 ? task : (ancestors[place - 1] ?? task);
  const events = place === 0 ? parentEvents : (ancestors[place - 1]?.parentEvents ?? []);
  const ways = [...(isInBatch ? [batch] : []), ...(one === undefined ? [] : [one])];
  return childLink(
    child,
    ways.map(({ ref: to }) => ({ to, event: lastAdded(events, to) })),
    ledger,
  );
}

/** The batches of which somebody has to read the children. */
export function batchesIn({ task, ancestors, children }: LineageFacts): readonly Relative[] {
  const families = [
    { parent: task, shown: children.shown },
    ...ancestors.slice(0, 2).map((one) => ({ parent: one, shown: one.children?.shown ?? [] })),
  ];
  return families.flatMap(({ parent, shown }) => shown.filter((one) => isBatchOf(one, parent)));
}

/** The issue itself, or the umbrella where it is one of the task's batches above. */
export function throughBatch({ ancestors }: LineageFacts, ref: Ref): Ref {
  const n = ancestors.findIndex((one) => sameRef(one.ref, ref));
  const [one, above] = [ancestors[n], ancestors[n + 1]];
  return one !== undefined && above !== undefined && isBatchOf(one, above) ? above.ref : ref;
}

const EMPTY: Family = { shown: [], total: 0 };

const isBatchOf = (one: Relative, parent: Pick<Ancestor, 'ref'> | undefined): boolean =>
  parent !== undefined && batchNumberOf(one.body, parent.ref) !== null;

interface Seen extends Family {
  /** The batches that were looked through, by the node id of what stands in them. */
  readonly batches: ReadonlyMap<string, InBatch>;
}

interface InBatch extends Pick<BatchFamily, 'linkEvents'> {
  readonly ref: Ref;
}

/** A batch without children is still a task to everybody else. */
function lookThrough(parent: Relative, family: Family, inBatches: LineageFacts['inBatches']): Seen {
  const batches = new Map<string, InBatch>();
  const parts = family.shown.map((one): Family => {
    const inside = isBatchOf(one, parent) ? inBatches.get(one.nodeId) : undefined;
    if (inside === undefined || inside.total === 0) return { shown: [one], total: 1 };
    for (const { nodeId } of inside.shown) batches.set(nodeId, { ref: one.ref, linkEvents: inside.linkEvents });
    return inside;
  });
  const hidden = family.total - family.shown.length;
  return {
    shown: parts.flatMap(({ shown }) => shown),
    total: parts.reduce((sum, { total }) => sum + total, hidden),
    batches,
  };
}

type LinkOf = (one: Relative, batch: InBatch | undefined) => Provenance | null;

function group({ shown, total, batches }: Family & Partial<Seen>, linkOf: LinkOf): LineageGroup {
  const edges = shown.map((one) => edge(one, linkOf(one, batches?.get(one.nodeId))));
  return { shown: edges, private: Math.max(0, total - shown.length) };
}

const edge = ({ ref, title, url, state }: Relative, link: Provenance | null): LineageEdge => ({
  ref,
  title,
  url,
  state,
  link,
});

const lastAdded = (events: readonly LinkEvent[], other: Ref): LinkEvent | undefined =>
  events.findLast(({ kind, other: named }) => kind === 'added' && sameRef(named, other));

const lastMade = (ledger: readonly LedgerLink[], { kind, to, ref }: Pick<LedgerLink, 'kind' | 'to' | 'ref'>) =>
  ledger.findLast((link) => link.kind === kind && sameRef(link.to, to) && sameRef(link.ref, ref));

/** A parent that GitHub or the ledger may tell of. */
interface Way {
  readonly to: Ref;
  readonly event: LinkEvent | undefined;
}

/**
 * The link to the nearest parent, a batch or the umbrella itself. A child that a plan moved into a batch for want of room
 * keeps what is known of its link to the umbrella. A planned issue without a plan at hand is told by its marker.
 */
function childLink(child: Relative, [nearest, umbrella]: readonly Way[], ledger: readonly LedgerLink[]): Provenance {
  const made = (way: Way | undefined) => way && lastMade(ledger, { kind: 'child', to: way.to, ref: child.ref });
  const isMoved = umbrella?.event !== undefined && made(nearest)?.isMove === true;
  const way = isMoved ? umbrella : nearest;
  const link = linkOf(way?.event, made(way));
  const isPlanned = link.plan === null && child.isOwn && issueKeyOf(child.body) !== null;
  return isPlanned ? { ...link, source: 'scaffold' } : link;
}

/** GitHub's clock and this machine's may differ by so much. */
const SKEW_MS = 60_000;

/** The ledger tells of a link only while it is the one that the plan made, and not one that a person made anew since. */
function linkOf(event: LinkEvent | undefined, made: LedgerLink | undefined): Provenance {
  const { actor: by, at } = event ?? { actor: null, at: made?.at ?? null };
  const isSame = made !== undefined && (event === undefined || Date.parse(event.at) <= Date.parse(made.at) + SKEW_MS);
  if (isSame) return { source: made.source, rule: made.rule, plan: made.plan, by, at };
  return { source: event === undefined ? 'unknown' : 'person', rule: null, plan: null, by, at };
}
