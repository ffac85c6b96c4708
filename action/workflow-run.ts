import { tmpdir } from 'node:os';
import { context } from '@actions/github';
import * as z from 'zod';
import { UserError } from '../src/core/failure.ts';
import type { RepositoryRef } from '../src/core/task/identity.ts';
import { parseRepository } from '../src/operations/repository-input.ts';

/** The run of a workflow that this step is part of, as far as the runner tells. */
export interface WorkflowRun {
  readonly repository: RepositoryRef;
  /** `https://api.github.com`, or an Enterprise Server's. */
  readonly apiUrl: string;
  readonly graphqlUrl: string;
  /** `https://github.com`: where git fetches from. */
  readonly serverUrl: string;
  /** Its id; null where the runner does not tell. */
  readonly id: number | null;
  /** The issue that the event is about; null for others. */
  readonly issue: number | null;
  /** The pull request that it is about. */
  readonly pullRequest: number | null;
  /** Another workflow's run that started this one: whose head it was about. */
  readonly after: { readonly owner: string; readonly branch: string; readonly sha: string } | null;
  /** The commit that a check belongs to: a pull request's own head, not its merge. */
  readonly headSha: string | null;
  /** A folder that the runner empties. */
  readonly temporaryFolder: string;
  /** What relative paths begin at. */
  readonly workspace: string;
}

const numbered = z.object({ number: z.int().positive() });
const eventSchema = z.object({
  issue: numbered.optional().catch(undefined),
  pull_request: numbered
    .extend({ head: z.object({ sha: z.string() }) })
    .optional()
    .catch(undefined),
  workflow_run: z
    .object({
      head_sha: z.string(),
      head_branch: z.string(),
      head_repository: z.object({ owner: z.object({ login: z.string() }) }),
    })
    .optional()
    .catch(undefined),
});

/** What the runner's environment and the event's file say. Throws `usage` outside a workflow. */
export function readWorkflowRun(env: Readonly<Record<string, string | undefined>>): WorkflowRun {
  const { issue, pull_request: pull, workflow_run: run } = eventSchema.parse(context.payload);
  if (!env.GITHUB_REPOSITORY) throw noWorkflow();
  return {
    repository: parseRepository(env.GITHUB_REPOSITORY),
    apiUrl: context.apiUrl,
    graphqlUrl: context.graphqlUrl,
    serverUrl: context.serverUrl,
    id: Number(env.GITHUB_RUN_ID) || null,
    issue: issue?.number ?? null,
    pullRequest: pull?.number ?? null,
    after:
      run === undefined ? null : { owner: run.head_repository.owner.login, branch: run.head_branch, sha: run.head_sha },
    headSha: pull?.head.sha ?? run?.head_sha ?? env.GITHUB_SHA ?? null,
    temporaryFolder: env.RUNNER_TEMP || tmpdir(),
    workspace: env.GITHUB_WORKSPACE || process.cwd(),
  };
}

function noWorkflow(): UserError {
  return new UserError('usage', 'GITHUB_REPOSITORY names no repository.', 'Run this as a step of a workflow.');
}
