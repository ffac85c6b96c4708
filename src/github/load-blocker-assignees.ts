import { known } from '../core/reading.ts';
import type { BlockerFacts } from '../core/task/facts.ts';
import { refKey } from '../core/task/identity.ts';
import { askInBatches } from './ask-smaller.ts';
import type { Gathering } from './gathering.ts';
import type { Connection, Maybe } from './nodes.ts';
import { noteGap } from './note-gap.ts';
import { BLOCKER_ASSIGNEES } from './queries/task-queries.ts';

interface BlockerAnswer {
  readonly nodes: ({
    readonly id?: string;
    readonly assignedActors?: Maybe<Connection<{ readonly login?: string }>>;
  } | null)[];
}

/**
 * Says who works on each blocker. Asking in the first call would cost a point per child, so blockers among the tasks
 * take it from there, and only open ones elsewhere are asked for.
 */
export async function loadBlockerAssignees(gathering: Gathering): Promise<void> {
  const elsewhere = new Map<string, readonly string[]>();
  const ids = [...gathering.openBlockers].filter(([key]) => !gathering.tasks.has(key));
  const keys = new Map(ids.map(([key, id]) => [id, key]));
  const missing = { what: `assignees of ${ids.length} blockers`, permission: 'issues: read' };
  await noteGap(gathering, missing, async () => {
    await askInBatches([...keys.keys()], 100, async (batch, patience) => {
      const tried = `read who works on ${batch.length} blockers`;
      const reply = await gathering.client.graphql<BlockerAnswer>(
        BLOCKER_ASSIGNEES,
        { ids: batch },
        { tried, ...patience },
      );
      for (const node of reply.data.nodes) {
        const logins = (node?.assignedActors?.nodes ?? []).flatMap((assignee) => assignee?.login ?? []);
        elsewhere.set(keys.get(node?.id ?? '') ?? '', logins);
      }
    });
    return null;
  });
  const assigneesOf = ({ ref }: BlockerFacts) =>
    gathering.tasks.get(refKey(ref))?.assignees ?? elsewhere.get(refKey(ref)) ?? [];
  for (const [key, task] of gathering.tasks) {
    if (!task.blockers.known || task.blockers.value.length === 0) continue;
    const blockers = task.blockers.value.map((blocker) => ({ ...blocker, assignees: assigneesOf(blocker) }));
    gathering.tasks.set(key, { ...task, blockers: known(blockers) });
  }
}
