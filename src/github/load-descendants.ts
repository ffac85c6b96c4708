import { known, type Reading, unknown } from '../core/reading.ts';
import type { TaskFacts } from '../core/task/facts.ts';
import { formatRef, type Ref, refKey } from '../core/task/identity.ts';
import { askInBatches } from './ask-smaller.ts';
import { type Gathering, gatherTasks } from './gathering.ts';
import type { Connection, Maybe, TaskNode } from './nodes.ts';
import { CHILD_IDS, TASKS_BY_ID } from './queries/task-queries.ts';
import { readList } from './read-list.ts';
import { truncated, type Unread } from './unread.ts';

/** GitHub nests sub-issues eight levels deep. */
const MAX_LEVELS = 8;

/**
 * Reads below every task that has children not read yet, level by level: first the children's ids (GitHub's order, one
 * call per 100 parents), then those of them that are not known yet (one call per 100 tasks).
 */
export async function loadDescendants(gathering: Gathering): Promise<void> {
  for (let level = 0; level < MAX_LEVELS; level += 1) {
    const parents = [...gathering.tasks.values()].filter(isUnopened);
    if (parents.length === 0) return;
    const childIds = await loadChildIds(gathering, parents);
    const missing = new Set([...childIds.values()].flatMap((ids) => (ids.known ? ids.value : [])));
    for (const id of gathering.taskKeys.keys()) missing.delete(id);
    await loadTasksById(gathering, [...missing]);
    for (const parent of parents) {
      const ids = childIds.get(parent.nodeId) ?? unknown(truncated(`sub-issues of ${formatRef(parent.ref)}`));
      gathering.tasks.set(refKey(parent.ref), { ...parent, children: childrenOf(gathering, parent, ids) });
    }
  }
}

/** Tasks by node id, in batches; those that are gone or hidden are left out. */
export async function loadTasksById(gathering: Gathering, ids: readonly string[]): Promise<void> {
  await askInBatches(ids, 100, async (batch, patience) => {
    const tried = `read ${batch.length} tasks`;
    const reply = await gathering.client.graphql<{ nodes: (TaskNode | null)[] }>(
      TASKS_BY_ID,
      { ids: batch },
      { tried, ...patience },
    );
    gathering.unread.note(reply);
    await gatherTasks(
      gathering,
      reply.data.nodes.filter((node) => node?.id !== undefined && node !== null) as TaskNode[],
    );
  });
}

/** Its number of children is known, but nothing was asked about them yet. */
function isUnopened({ children, childrenTotal }: TaskFacts): boolean {
  return childrenTotal > 0 && !children.known && children.gap.cause === 'truncated';
}

interface ParentNode {
  readonly id: string;
  readonly subIssues: Maybe<Connection<{ readonly id: string }>>;
}

type ChildIds = ReadonlyMap<string, Reading<readonly string[]>>;

async function loadChildIds({ client, unread }: Gathering, parents: readonly TaskFacts[]): Promise<ChildIds> {
  const found = new Map<string, Reading<readonly string[]>>();
  const names = new Map(parents.map(({ nodeId, ref }) => [nodeId, formatRef(ref)]));
  await askInBatches([...names.keys()], 100, async (ids, patience) => {
    const tried = `read the sub-issues of ${ids.length} tasks`;
    const reply = await client.graphql<{ nodes: (ParentNode | null)[] }>(CHILD_IDS, { ids }, { tried, ...patience });
    unread.note(reply);
    for (const node of reply.data.nodes) {
      if (node !== null) found.set(node.id, readChildIds(node, names.get(node.id) ?? node.id, unread));
    }
  });
  return found;
}

function readChildIds(node: ParentNode, name: string, unread: Unread): Reading<readonly string[]> {
  const what = `sub-issues of ${name}`;
  const place = { holder: node, field: 'subIssues', what, permission: 'issues: read', skipsHidden: true };
  const list = readList(node.subIssues, place, unread);
  return list.known ? known(list.value.map(({ id }) => id)) : list;
}

function childrenOf(gathering: Gathering, parent: TaskFacts, ids: Reading<readonly string[]>): Reading<readonly Ref[]> {
  if (!ids.known) return ids.gap.cause === 'truncated' ? unknown({ ...ids.gap, cause: 'unavailable' }) : ids;
  const refs: Ref[] = [];
  for (const id of ids.value) {
    const task = gathering.tasks.get(gathering.taskKeys.get(id) ?? '');
    // Seen among the ids, but not answered when asked for: gone in between, or refused.
    if (task === undefined) return unknown({ cause: 'unavailable', what: `a sub-issue of ${formatRef(parent.ref)}` });
    refs.push(task.ref);
  }
  return known(refs);
}
