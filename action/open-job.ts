import { mkdtemp, rm } from 'node:fs/promises';
import { join } from 'node:path';
import * as actions from '@actions/core';
import { instantAt } from '../src/core/instant-at.ts';
import { type Reading, unknown } from '../src/core/reading.ts';
import { connectWithToken } from '../src/github/connect-with-token.ts';
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
export async function openJob(inputs: ActionInputs, workflow: WorkflowRun): Promise<OpenedJob> {
  const folder = await mkdtemp(join(workflow.temporaryFolder, 'parasol-'));
  const context = await connect(inputs, { workflow, cacheFolder: join(folder, 'cache') });
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
  readonly cacheFolder: string;
}

async function connect(inputs: ActionInputs, { workflow, cacheFolder }: Place): Promise<OperationContext> {
  const { apiUrl, graphqlUrl, repository } = workflow;
  const github = connectWithToken({
    ...{ token: inputs['github-token'], apiUrl, graphqlUrl },
    ...(await ownFetch()),
    log: { debug: actions.debug, info: actions.debug, warn: actions.info, error: actions.info },
  });
  const { now } = inputs;
  const given = now === null ? null : instantAt(Date.parse(now));
  return {
    github,
    defaultRepository: repository,
    now: () => given ?? instantAt(Date.now()),
    machine: { cacheFolder, readsImports: false },
  };
}

const PROXIES = ['HTTPS_PROXY', 'https_proxy', 'HTTP_PROXY', 'http_proxy'] as const;

/** The way through a proxy is large: it is read only where there is one. */
async function ownFetch(): Promise<{ readonly fetch?: typeof globalThis.fetch }> {
  if (PROXIES.every((name) => !process.env[name])) return {};
  const { proxiedFetch } = await import('./proxied-fetch.ts');
  return { fetch: proxiedFetch() };
}
