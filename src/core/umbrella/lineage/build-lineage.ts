import { issueKeyOf } from '../../issue-marker.ts';
import { type Ref, sameRef } from '../../task/identity.ts';
import { batchNumberOf } from '../batch-umbrella.ts';
import type { LedgerLink } from './ledger-links.ts';
import type {
  Ancestor,
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
  const { task, ancestors, linkEvents, blockerEvents, blockedEvents, parentEvents, inBatches } = facts;
  const above = ancestors.filter((one, n) => !isBatchOf(one, ancestors[n + 1]));
  const [parent] = above;
  const siblings = parent?.children == null ? EMPTY : lookThrough(parent, parent.children, inBatches);
  const shown = siblings.shown.filter(({ ref }) => !sameRef(ref, task.ref));
  const others = { shown, total: siblings.total - (siblings.shown.length - shown.length) };
  const links = [task, ...ancestors];
  const eventsOf = (n: number) => (n === 0 ? parentEvents : (ancestors[n - 1]?.parentEvents ?? []));
  return {
    task: edge(task, null),
    ancestors: ancestors.flatMap((one, n) => {
      const child = links[n];
      if (child === undefined || !above.includes(one)) return [];
      return [
        edge(
          one,
          childLink(
            child,
            lastAdded(eventsOf(n), one.ref),
            lastMade(ledger, { kind: 'child', to: one.ref, ref: child.ref }),
          ),
        ),
      ];
    }),
    siblings: group(others, () => null),
    children: group(lookThrough(task, facts.children, inBatches), (one) =>
      childLink(one, lastAdded(linkEvents, one.ref), lastMade(ledger, { kind: 'child', to: task.ref, ref: one.ref })),
    ),
    blockers: group(facts.blockers, ({ ref }) =>
      linkOf(lastAdded(blockerEvents, ref), lastMade(ledger, { kind: 'blocker', to: task.ref, ref })),
    ),
    blocked: group(facts.blocked, ({ ref }) =>
      linkOf(lastAdded(blockedEvents, ref), lastMade(ledger, { kind: 'blocker', to: ref, ref: task.ref })),
    ),
  };
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

/** A batch without children is still a task to everybody else. */
function lookThrough(parent: Relative, family: Family, inBatches: LineageFacts['inBatches']): Family {
  const parts = family.shown.map((one): Family => {
    const inside = isBatchOf(one, parent) ? inBatches.get(one.nodeId) : undefined;
    return inside === undefined || inside.total === 0 ? { shown: [one], total: 1 } : inside;
  });
  const hidden = family.total - family.shown.length;
  return {
    shown: parts.flatMap(({ shown }) => shown),
    total: parts.reduce((sum, { total }) => sum + total, hidden),
  };
}

function group({ shown, total }: Family, linkOf: (one: Relative) => Provenance | null): LineageGroup {
  return { shown: shown.map((one) => edge(one, linkOf(one))), private: Math.max(0, total - shown.length) };
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

/** A link into a batch has the batch in its ledger, and no line here: its marker tells. */
function childLink(child: Relative, event: LinkEvent | undefined, made: LedgerLink | undefined): Provenance {
  const link = linkOf(event, made);
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
