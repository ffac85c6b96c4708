import { UserError } from '../core/failure.ts';
import { type Gap, known, type Reading, unknown } from '../core/reading.ts';
import type { IssueFieldFacts, TaskFacts } from '../core/task/facts.ts';
import { formatRef, type Ref, refKey } from '../core/task/identity.ts';
import { type ConfigTexts, parseConfigOf } from '../core/umbrella/config-of-snapshot.ts';
import type { WorkSnapshot } from '../core/umbrella/snapshot.ts';
import { tasksNeedingIssueFields } from '../core/umbrella/tasks-needing-issue-fields.ts';
import { askInBatches } from './ask-smaller.ts';
import { type Gathering, snapshotSoFar } from './gathering.ts';
import type { Connection, IssueFieldValueNode, Maybe } from './nodes.ts';
import { problemOf } from './problem-of-failure.ts';
import { ISSUE_FIELDS } from './queries/task-queries.ts';
import { readList } from './read-list.ts';
import { gapOf, type Unread } from './unread.ts';

interface IssueFieldsContext {
  /** Asked for no field itself; null: there is none. */
  readonly umbrella: Ref | null;
  readonly config: ConfigTexts;
  readonly baseCommits: WorkSnapshot['baseCommits'];
}

interface FieldsNode {
  readonly id?: string;
  readonly issueFieldValues?: Maybe<Connection<IssueFieldValueNode>>;
}

/**
 * Looks into the issue fields of those tasks alone that lack an artifact field: one call of 1 point per 100 of them, none
 * where nothing is configured or nothing lacks. Comes after everything else that may hold one. What cannot be read is a
 * gap of these tasks.
 */
export async function loadIssueFields(gathering: Gathering, context: IssueFieldsContext): Promise<void> {
  const { config } = parseConfigOf(context.config);
  const tasks = tasksNeedingIssueFields(snapshotSoFar(gathering, context.baseCommits), context.umbrella, config);
  const byId = new Map(tasks.map((task) => [task.nodeId, task]));
  const take = (task: TaskFacts, issueFields: Reading<readonly IssueFieldFacts[]>): void => {
    gathering.tasks.set(refKey(task.ref), { ...task, issueFields });
    byId.delete(task.nodeId);
  };
  try {
    await askInBatches([...byId.keys()], 100, async (batch, patience) => {
      const tried = `read the issue fields of ${batch.length} tasks`;
      const reply = await gathering.client.graphql<{ nodes: (FieldsNode | null)[] }>(
        ISSUE_FIELDS,
        { ids: batch },
        { tried, feature: 'issue_fields', ...patience },
      );
      gathering.unread.note(reply);
      for (const [index, id] of batch.entries()) {
        const task = byId.get(id);
        if (task !== undefined) take(task, fieldsAt(reply.data.nodes, index, { task, unread: gathering.unread }));
      }
    });
  } catch (error) {
    if (!(error instanceof UserError)) throw error;
    const gap = gapOfCall(error, byId.size);
    for (const task of [...byId.values()]) take(task, unknown(gap));
  }
}

const PERMISSION = 'issues: read';

/** One gap for all tasks of a call that failed, so that it is told once. */
function gapOfCall(error: UserError, count: number): Gap {
  const problem = problemOf(error);
  const isLacking = problem.type === 'NOT_SUPPORTED';
  const what = isLacking ? 'issue fields, which this GitHub server does not have' : `issue fields of ${count} tasks`;
  return gapOf(problem, what, PERMISSION);
}

function fieldsAt(
  nodes: readonly (FieldsNode | null)[],
  index: number,
  { task, unread }: { readonly task: TaskFacts; readonly unread: Unread },
): Reading<readonly IssueFieldFacts[]> {
  const node = nodes[index];
  const what = `issue fields of ${formatRef(task.ref)}`;
  if (node == null) {
    const problem = unread.at(nodes, index);
    return unknown(problem === null ? { cause: 'unavailable', what } : gapOf(problem, what, PERMISSION));
  }
  const place = { holder: node, field: 'issueFieldValues', what, permission: PERMISSION };
  const values = readList(node.issueFieldValues, place, unread);
  return values.known ? known(values.value.flatMap(toFieldFacts)) : values;
}

/** Nothing for a field that was deleted meanwhile, and for kinds that GitHub's schema does not have yet. */
function toFieldFacts({ field, value, number }: IssueFieldValueNode): readonly IssueFieldFacts[] {
  const text = value ?? number?.toString();
  if (field?.name === undefined || text === undefined) return [];
  return [{ name: field.name, value: text, isMembersOnly: field.visibility !== 'ALL' }];
}
