import { suiteRuns } from '../check-suites.ts';
import { newIds, register } from '../node-id.ts';
import type {
  CheckOutputRecord,
  CheckRunRecord,
  CommitRecord,
  EventDetails,
  RepositoryRecord,
  StatusRecord,
  World,
} from '../world.ts';
import { announce } from './announce.ts';
import { requireRepository } from './place.ts';
import { WorldRefusal } from './world-refusal.ts';

export interface CheckRunReport {
  readonly repository: string;
  readonly sha: string;
  readonly name: string;
  /** Slug of the reporting app; `github-actions` otherwise. */
  readonly app?: string;
  /** `completed` when a conclusion is given, else `in_progress`. */
  readonly status?: CheckRunRecord['status'];
  readonly conclusion?: CheckRunRecord['conclusion'];
  readonly output?: CheckOutputRecord;
  /** Id of the workflow run that it is a job of; only such a run is gone on with. */
  readonly workflowRun?: number;
  /** The run that it is about, finished ones too; else the app's unfinished one of that name, or a new one. */
  readonly run?: CheckRunRecord;
}

/**
 * Reports a check run: changes the one named, or goes on with the app's unfinished run of that name, or starts a new one. When it was the app's
 * last unfinished run on the commit, `check_suite.completed` follows.
 */
export function reportCheckRun(world: World, actor: string, input: CheckRunReport): CheckRunRecord {
  const repository = requireRepository(world, input.repository);
  const commit = requireCommit(repository, input.sha);
  const app = input.app ?? 'github-actions';
  const { name, workflowRun } = input;
  const isRunning = (one: CheckRunRecord) =>
    one.name === name && one.app === app && one.workflowRun === workflowRun && one.status !== 'completed';
  const running = input.run ?? commit.checkRuns.find(isRunning);
  const made = { name, app, ...(workflowRun === undefined ? {} : { workflowRun }) };
  const run = running ?? startRun(world, { repository, commit }, made);
  const status = input.status ?? (input.conclusion == null ? 'in_progress' : 'completed');
  run.status = status;
  run.output = input.output ?? run.output;
  if (running === undefined)
    note(world, actor, repository, 'check_run.created', { checkRun: run, sha: commit.sha, app });
  if (status !== 'completed') return run;
  run.conclusion = input.conclusion ?? 'success';
  run.completedAt = world.now();
  note(world, actor, repository, 'check_run.completed', { checkRun: run, sha: commit.sha, app });
  const isLast = suiteRuns(commit, run).every((one) => one.status === 'completed');
  const suite = { app, ...(run.workflowRun === undefined ? {} : { workflowRun: run.workflowRun }) };
  if (isLast) note(world, actor, repository, 'check_suite.completed', { sha: commit.sha, ...suite });
  return run;
}

export interface StatusReport {
  readonly repository: string;
  readonly sha: string;
  readonly context: string;
  readonly state: StatusRecord['state'];
  readonly description?: string | null;
}

/** Reports a commit status; the newest of a context counts. */
export function reportStatus(world: World, actor: string, input: StatusReport): StatusRecord {
  const repository = requireRepository(world, input.repository);
  const commit = requireCommit(repository, input.sha);
  const record: StatusRecord = {
    ...newIds(world, 'StatusContext'),
    context: input.context,
    state: input.state,
    description: input.description ?? null,
    createdAt: world.now(),
  };
  commit.statuses.push(record);
  register(world, { type: 'StatusContext', repository, commit, record });
  note(world, actor, repository, 'status', { status: record, sha: commit.sha });
  return record;
}

function requireCommit(repository: RepositoryRecord, sha: string): CommitRecord {
  const commit = repository.commits.get(sha);
  if (commit === undefined) throw new WorldRefusal(422, `No commit found for SHA: ${sha}`);
  return commit;
}

function startRun(
  world: World,
  { repository, commit }: { readonly repository: RepositoryRecord; readonly commit: CommitRecord },
  made: Pick<CheckRunRecord, 'name' | 'app' | 'workflowRun'>,
): CheckRunRecord {
  const record: CheckRunRecord = {
    ...newIds(world, 'CheckRun'),
    ...made,
    status: 'queued',
    conclusion: null,
    startedAt: world.now(),
    completedAt: null,
    output: { title: null, summary: null, text: null },
  };
  commit.checkRuns.push(record);
  register(world, { type: 'CheckRun', repository, commit, record });
  return record;
}

function note(world: World, actor: string, repository: RepositoryRecord, event: string, details: EventDetails): void {
  const [name = event, action = null] = event.split('.');
  const key = `${repository.owner}/${repository.name}`.toLowerCase();
  announce(world, { name, action, repository: key, sender: actor, details });
}
