import { mkdtemp, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { instantAt } from '../src/core/instant-at.ts';
import { type Reading, unknown } from '../src/core/reading.ts';
import type { GitHubClient } from '../src/github/client.ts';
import type { OperationContext } from '../src/operations/operation.ts';
import type { ActionJob } from './action-command.ts';
import type { ActionInputs } from './read-inputs.ts';
import type { WorkflowRun } from './workflow-run.ts';

export interface OpenedJob extends ActionJob {
  /** What could not be had, in one line each. */
  readonly notes: readonly string[];
  close(): Promise<void>;
}

/** What a command works with: GitHub by the token, and a folder of its own below the runner's temporary one. */
export async function openJob(inputs: ActionInputs, place: Place): Promise<OpenedJob> {
  const { workflow } = place;
  const folder = await mkdtemp(join(workflow.temporaryFolder, 'parasol-'));
  const context = contextOf(inputs, place, folder);
  const notes: string[] = [];
  const fetchClone = async (branches: readonly string[]): Promise<Reading<string>> => {
    const { fetchClone } = await import('./fetch-clone.ts');
    const clone = await fetchClone(context.github, { workflow, branches, folder, token: inputs['github-token'] });
    if (!clone.known) notes.push(`Not verified in a clone: ${clone.gap.what}.`);
    return clone;
  };
  let clone: Promise<Reading<string>> | null = null;
  return {
    ...{ context, inputs, workflow, notes },
    cloneAtHand: (branches = []) => {
      if (inputs.clone === 'none')
        return Promise.resolve(unknown({ cause: 'no_clone', what: '`clone: none` was asked for' }));
      clone ??= fetchClone(branches);
      return clone;
    },
    close: () => rm(folder, { recursive: true, force: true }),
  };
}

interface Place {
  readonly workflow: WorkflowRun;
  readonly github: GitHubClient;
}

function contextOf(inputs: ActionInputs, { workflow, github }: Place, folder: string): OperationContext {
  const { now } = inputs;
  const given = now === null ? null : instantAt(Date.parse(now));
  return {
    github,
    defaultRepository: workflow.repository,
    now: () => given ?? instantAt(Date.now()),
    machine: { cacheFolder: join(folder, 'cache'), readsImports: false },
  };
}
