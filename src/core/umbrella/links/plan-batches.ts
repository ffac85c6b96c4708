import { withIssueMarker } from '../../issue-marker.ts';
import { neutralizeInline } from '../../markdown.ts';
import type { PlanItem, PlannedRef } from '../../plan/plan.ts';
import { formatRef, type Ref } from '../../task/identity.ts';
import { batchKey, CHILDREN_PER_ISSUE } from '../batch-umbrella.ts';

/** What is known of an umbrella before more children come under it. */
export interface UmbrellaRoom {
  readonly ref: Ref;
  readonly title: string;
  /** How many issues stand above it: 0 for the topmost. */
  readonly above: number;
  /** Direct children, batches among them, closed and hidden ones included. */
  readonly childrenTotal: number;
  /** Direct children that may be moved into a batch when there is no room for the batch itself; the last first. */
  readonly movable: readonly Ref[];
  readonly batches: readonly BatchRoom[];
}

export interface BatchRoom {
  readonly ref: Ref;
  /** From 2. */
  readonly number: number;
  readonly childrenTotal: number;
}

/** Where each new child goes; the same order and length as the children asked for. */
export interface BatchPlan {
  /** New batches, and the moves that make room for them, in the order in which they are to be applied. */
  readonly items: readonly PlanItem[];
  /** The umbrella itself, a batch that stands, or one that `items` makes. */
  readonly parents: readonly PlannedRef[];
}

/**
 * Spreads `count` more children over the umbrella, its batches and as many new batches as it takes: GitHub allows 100
 * under one issue. The umbrella is filled first, then its batches in their order. Each new batch needs a place itself;
 * where none is left, the umbrella's last children move into it. Null when even 100 batches would not hold them all.
 */
export function planBatches(umbrella: UmbrellaRoom, count: number): BatchPlan | null {
  const direct = CHILDREN_PER_ISSUE - umbrella.childrenTotal;
  const standing = umbrella.batches.toSorted((a, b) => a.number - b.number);
  const inBatches = standing.reduce((sum, batch) => sum + roomIn(batch), 0);
  // A new batch takes one place and gives a hundred.
  const fresh = Math.max(0, Math.ceil((count - direct - inBatches) / (CHILDREN_PER_ISSUE - 1)));
  const displaced = Math.max(0, fresh - direct);
  if (standing.length + fresh > CHILDREN_PER_ISSUE || displaced > umbrella.movable.length) return null;
  const first = Math.max(1, ...standing.map(({ number }) => number)) + 1;
  const made = Array.from({ length: fresh }, (_, n) => newBatch(umbrella, first + n, n < displaced));
  const moved = umbrella.movable.slice(0, displaced);
  return {
    items: made.flatMap(({ id, create, link }, n) => [create, ...moveInto(id, moved[n], umbrella), ...link]),
    parents: [
      ...repeat<PlannedRef>(umbrella.ref, Math.max(0, direct - fresh)),
      ...standing.flatMap((batch) => repeat<PlannedRef>(batch.ref, roomIn(batch))),
      ...made.flatMap(({ id }, n) => repeat<PlannedRef>({ item: id }, CHILDREN_PER_ISSUE - (n < displaced ? 1 : 0))),
    ].slice(0, count),
  };
}

const roomIn = ({ childrenTotal }: BatchRoom): number => Math.max(0, CHILDREN_PER_ISSUE - childrenTotal);

const repeat = <T>(value: T, times: number): T[] => Array.from({ length: times }, () => value);

interface NewBatch {
  readonly id: string;
  readonly create: PlanItem;
  /** Empty where the batch is made under the umbrella at once. */
  readonly link: readonly PlanItem[];
}

/** A batch for which the umbrella has no place yet is made beside it and linked once a child has moved into it. */
function newBatch({ ref, title }: UmbrellaRoom, number: number, hasToWait: boolean): NewBatch {
  const id = `batch-${number}`;
  const key = batchKey(ref, number);
  const create: PlanItem = {
    ...itemOf(id),
    change: {
      kind: 'create_issue',
      repository: { owner: ref.owner, repo: ref.repo },
      parent: hasToWait ? null : ref,
      key,
      title: `${[...title].slice(0, 230).join('')} (batch ${number})`,
      body: withIssueMarker(bodyOf(ref, title), key),
      labels: [],
      assignees: [],
      milestone: null,
      issueType: null,
    },
  };
  const change = { kind: 'add_sub_issue', parent: ref, child: { item: id }, replaceParent: false } as const;
  return { id, create, link: hasToWait ? [{ ...itemOf(`link-${id}`), change, needs: [`room-${id}`] }] : [] };
}

function moveInto(id: string, child: Ref | undefined, { ref }: UmbrellaRoom): readonly PlanItem[] {
  if (child === undefined) return [];
  const quote = `${formatRef(ref)} has no place for another child`;
  const item = itemOf(`room-${id}`);
  const change = { kind: 'add_sub_issue', parent: { item: id }, child, replaceParent: true } as const;
  return [{ ...item, change, evidence: item.evidence.map((evidence) => ({ ...evidence, quote })) }];
}

const itemOf = (id: string): Omit<PlanItem, 'change'> => ({
  id,
  needs: [],
  selected: true,
  evidence: [
    {
      rule: 'batch',
      quote: `GitHub allows ${CHILDREN_PER_ISSUE} children under one issue`,
      in: null,
      path: null,
      line: null,
      confidence: null,
    },
  ],
});

const bodyOf = (umbrella: Ref, title: string): string =>
  `More children of #${umbrella.number}, ${neutralizeInline(title)}: GitHub allows ${CHILDREN_PER_ISSUE} under one issue. Parasol counts them as children of that issue.`;
