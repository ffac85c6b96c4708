import type { Selector } from '../core/readiness/parse-selector.ts';
import type { Instant, TaskFacts } from '../core/task/facts.ts';
import { type Ref, refKey } from '../core/task/identity.ts';
import { askInBatches } from './ask-smaller.ts';
import type { Gathering } from './gathering.ts';
import { refOf } from './map-task.ts';
import type { Connection, Maybe, PlaceNode } from './nodes.ts';
import { noteGap } from './note-gap.ts';
import { SCOPE_EVENTS } from './queries/readiness-queries.ts';

interface EventsNode {
  readonly id?: string;
  readonly timelineItems?: Maybe<Connection<ScopeEvent>>;
}

type ScopeEvent =
  | { readonly __typename: 'MilestonedEvent'; readonly createdAt: string; readonly milestoneTitle: string }
  | {
      readonly __typename: 'ParentIssueAddedEvent';
      readonly createdAt: string;
      readonly parent: Maybe<{ readonly number: number; readonly repository: PlaceNode }>;
    };

interface ScopeQuestion {
  readonly selector: Selector;
  readonly umbrella: Ref | null;
  readonly tasks: readonly TaskFacts[];
}

type ScopeTimes = ReadonlyMap<string, Instant | null>;

/**
 * When each task came into its scope: since it carries the label or the milestone, or since it and all above it hang under
 * the umbrella; null where its timeline does not say. Being found by a search, a phase or a merge has no time of its own:
 * there a task is in since it was made. One call per 100 tasks, and none but for milestones and umbrellas.
 */
export async function loadScopedAt(gathering: Gathering, question: ScopeQuestion): Promise<ScopeTimes> {
  const { selector, umbrella, tasks } = question;
  if (selector.kind === 'label') {
    const label = selector.label.toLowerCase();
    return timesBy(tasks, ({ labeledAt }) => labeledAt[label] ?? null);
  }
  if (selector.kind !== 'milestone' && umbrella === null) return timesBy(tasks, ({ createdAt }) => createdAt);
  const events = await loadEvents(gathering, tasks);
  if (selector.kind === 'milestone') {
    return timesBy(tasks, (task) => {
      const own = (events.get(task.nodeId) ?? []).filter(
        (event) => event.__typename === 'MilestonedEvent' && event.milestoneTitle === selector.milestone,
      );
      return own.at(-1)?.createdAt ?? null;
    });
  }
  const linkedAt = new Map(tasks.map((task) => [refKey(task.ref), lastLink(task, events.get(task.nodeId) ?? [])]));
  return timesBy(tasks, (task) => latestLink(task, { gathering, umbrella, linkedAt }));
}

const timesBy = (tasks: readonly TaskFacts[], timeOf: (task: TaskFacts) => Instant | null): ScopeTimes =>
  new Map(tasks.map((task) => [refKey(task.ref), timeOf(task)]));

async function loadEvents(
  gathering: Gathering,
  tasks: readonly TaskFacts[],
): Promise<ReadonlyMap<string, readonly ScopeEvent[]>> {
  const found = new Map<string, readonly ScopeEvent[]>();
  const what = `since when ${tasks.length} tasks are in the scope`;
  await noteGap(gathering, { what, permission: 'issues: read' }, async () => {
    const ids = tasks.map(({ nodeId }) => nodeId);
    await askInBatches(ids, 100, async (batch, patience) => {
      const tried = `read ${what}`;
      const reply = await gathering.client.graphql<{ nodes: (EventsNode | null)[] }>(
        SCOPE_EVENTS,
        { ids: batch },
        { tried, ...patience },
      );
      for (const node of reply.data.nodes) {
        const events = (node?.timelineItems?.nodes ?? []).filter((event) => event !== null);
        if (node?.id !== undefined) found.set(node.id, events);
      }
    });
    return null;
  });
  return found;
}

function lastLink({ parent }: TaskFacts, events: readonly ScopeEvent[]): Instant | null {
  if (parent === null) return null;
  const own = events.filter(
    (event) => event.__typename === 'ParentIssueAddedEvent' && event.parent != null && isParent(event.parent, parent),
  );
  return own.at(-1)?.createdAt ?? null;
}

const isParent = (node: { readonly number: number; readonly repository: PlaceNode }, parent: Ref): boolean =>
  refKey(refOf(node)) === refKey(parent);

interface Links {
  readonly gathering: Gathering;
  readonly umbrella: Ref | null;
  readonly linkedAt: ReadonlyMap<string, Instant | null>;
}

/** The last link of those that lead up to the umbrella; batches in between hold what was there before them. */
function latestLink(task: TaskFacts, { gathering, umbrella, linkedAt }: Links): Instant | null {
  let latest: Instant | null = null;
  const seen = new Set<string>();
  for (let at: TaskFacts | undefined = task; at !== undefined; ) {
    const key = refKey(at.ref);
    if (umbrella !== null && key === refKey(umbrella)) return latest;
    const time = linkedAt.get(key);
    if (time === null || seen.has(key)) return null;
    seen.add(key);
    if (time !== undefined && (latest === null || time > latest)) latest = time;
    at = at.parent === null ? undefined : gathering.tasks.get(refKey(at.parent));
  }
  return null;
}
