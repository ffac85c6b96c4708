import { known } from '../core/reading.ts';
import type { BlockerFacts } from '../core/task/facts.ts';
import { refKey } from '../core/task/identity.ts';
import { askInBatches } from './ask-smaller.ts';
import type { Gathering } from './gathering.ts';
import type { Connection, Maybe } from './nodes.ts';
import { noteGap } from './note-gap.ts';
import { blockersOf, type IssueNode } from './open-task.ts';
import { OUTSIDE_BLOCKERS } from './queries/task-queries.ts';

interface BlockerAnswer {
  readonly nodes: (OutsideNode | null)[];
}

interface OutsideNode {
  readonly id?: string;
  readonly assignedActors?: Maybe<Connection<{ readonly login?: string }>>;
  readonly blockedBy?: IssueNode['blockedBy'];
}

type Outside = Pick<BlockerFacts, 'assignees' | 'blockedBy'>;

/**
 * Says of each blocker who works on it, and of those that are no tasks of the scope what blocks them in turn. Asking in the
 * first call would cost a point per child, so blockers among the tasks take it from there, and only open ones elsewhere are
 * asked for.
 */
export async function loadOutsideBlockers(gathering: Gathering): Promise<void> {
  const elsewhere = new Map<string, Outside>();
  const ids = [...gathering.openBlockers].filter(([key]) => !gathering.tasks.has(key));
  const keys = new Map(ids.map(([key, id]) => [id, key]));
  const missing = { what: `assignees of ${ids.length} blockers`, permission: 'issues: read' };
  await noteGap(gathering, missing, async () => {
    await askInBatches([...keys.keys()], 100, async (batch, patience) => {
      const tried = `read who works on ${batch.length} blockers`;
      const reply = await gathering.client.graphql<BlockerAnswer>(
        OUTSIDE_BLOCKERS,
        { ids: batch },
        { tried, ...patience },
      );
      for (const node of reply.data.nodes) {
        if (node !== null) elsewhere.set(keys.get(node.id ?? '') ?? '', outsideOf(node));
      }
    });
    return null;
  });
  const furtherOf = ({ ref }: BlockerFacts): Outside => {
    const task = gathering.tasks.get(refKey(ref));
    return task === undefined ? (elsewhere.get(refKey(ref)) ?? { assignees: [] }) : { assignees: task.assignees };
  };
  for (const [key, task] of gathering.tasks) {
    if (!task.blockers.known || task.blockers.value.length === 0) continue;
    const blockers = task.blockers.value.map((blocker) => ({ ...blocker, ...furtherOf(blocker) }));
    gathering.tasks.set(key, { ...task, blockers: known(blockers) });
  }
}

function outsideOf({ assignedActors, blockedBy }: OutsideNode): Outside {
  const assignees = (assignedActors?.nodes ?? []).flatMap((assignee) => assignee?.login ?? []);
  return blockedBy == null ? { assignees } : { assignees, blockedBy: blockersOf({ blockedBy }) };
}
