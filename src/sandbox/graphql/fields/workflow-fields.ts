import type { FieldTable } from '../field-table.ts';
import { commitSource, type Source, type WorkflowSource } from '../source.ts';
import { syntheticNodeId } from '../synthetic-node-id.ts';
import { checkSuitesOf } from './check-fields.ts';

export const workflowRunFields: FieldTable<Source<'WorkflowRun'>> = {
  id: ({ record }) => record.nodeId,
  databaseId: ({ record }) => record.id,
  runNumber: ({ record }) => record.runNumber,
  event: ({ record }) => record.event,
  createdAt: ({ record }) => record.createdAt,
  updatedAt: ({ record }) =>
    record.attempts.at(-1)?.completedAt ?? record.attempts.at(-1)?.startedAt ?? record.createdAt,
  workflow: ({ repository, record }): WorkflowSource => ({ type: 'Workflow', repository, name: record.workflow }),
  checkSuite: ({ repository, record }) => {
    const commit = commitSource(repository, record.headSha);
    return commit === null ? null : checkSuitesOf(commit).find(({ workflowRun }) => workflowRun === record.id);
  },
  url: (source, _args, { baseUrl }) => baseUrl + runPath(source),
  resourcePath: runPath,
};

export const workflowFields: FieldTable<WorkflowSource> = {
  id: ({ repository, name }) => syntheticNodeId('Workflow', `${repository.id}:${name}`),
  name: ({ name }) => name,
  createdAt: ({ repository }) => repository.createdAt,
};

function runPath({ repository, record }: Source<'WorkflowRun'>): string {
  return `/${repository.owner}/${repository.name}/actions/runs/${record.id}`;
}
