import { instantAt } from '../../core/instant-at.ts';
import { requirePullRequest } from '../actions/place.ts';
import { beginAttempt, type Ending, endJobs, startWorkflowRun } from '../actions/run-workflow.ts';
import { WorldRefusal } from '../actions/world-refusal.ts';
import type { RepositoryRecord, WorkflowRunRecord } from '../world.ts';
import { usualAuthor } from './issue-steps.ts';
import type { FilePath } from './parse-world-file.ts';
import { resolveTime } from './relative-time.ts';
import type { Rank } from './replay-steps.ts';
import { planAt, requireLogin, type Story } from './story.ts';
import type { CheckOutcome, RepositoryEntry, RunEntry } from './world-file-schema.ts';

/** How long an attempt takes, and how long after its start the next one begins where no time is given. */
const USUAL_MINUTES = 5;
const NEXT_MINUTES = 10;

interface Attempt {
  readonly jobs: Readonly<Record<string, CheckOutcome>>;
  /** Of the whole run, where the jobs do not say it. */
  readonly outcome?: CheckOutcome;
  readonly at?: string;
}

interface PlannedRun {
  readonly repository: string;
  readonly actor: string;
  readonly workflow: string;
  readonly event: string;
  /** Asked when the run starts. */
  readonly head: () => { readonly headSha: string; readonly headBranch: string };
  readonly at: string;
  readonly rank: Rank;
  readonly minutes: number;
  readonly attempts: readonly Attempt[];
}

/** Plans the runs that a repository's entry tells, on the head that their branch or pull request has at that time. */
export function planRuns(
  story: Story,
  repository: { readonly name: string; readonly entry: RepositoryEntry; readonly record: RepositoryRecord },
): void {
  const { name, entry, record } = repository;
  for (const [index, run] of entry.runs.entries()) {
    const path = ['repositories', name, 'runs', index];
    planRun(story, path, {
      repository: name,
      actor: requireLogin(story, path, run.by ?? usualAuthor(record)),
      workflow: run.workflow,
      event: run.event ?? (run.pull_request === undefined ? 'push' : 'pull_request'),
      head: () => headOf(story, { name, record, run }),
      at: resolveTime(run.at, story.now),
      rank: 'mark',
      minutes: USUAL_MINUTES,
      attempts: toldAttempts(run, story.now),
    });
  }
}

function headOf(
  { world }: Story,
  { name, record, run }: { readonly name: string; readonly record: RepositoryRecord; readonly run: RunEntry },
) {
  if (run.pull_request !== undefined) {
    const { headSha, headRefName } = requirePullRequest(world, {
      repository: name.toLowerCase(),
      number: run.pull_request,
    }).item;
    return { headSha, headBranch: headRefName };
  }
  const headBranch = run.branch ?? record.defaultBranch;
  const headSha = record.branches.get(headBranch);
  if (headSha === undefined) throw new WorldRefusal(422, `there is no branch ${headBranch} then`);
  return { headSha, headBranch };
}

/** Attempts by their jobs: each check's outcomes in turn, its last one standing for the attempts after. */
export function attemptsOf(checks: RunEntry['checks']): readonly Attempt[] {
  const lists = Object.entries(checks).map(
    ([name, given]) => [name, typeof given === 'string' ? [given] : given] as const,
  );
  const count = Math.max(1, ...lists.map(([, outcomes]) => outcomes.length));
  return Array.from({ length: count }, (_, index) => ({
    jobs: Object.fromEntries(lists.map(([name, outcomes]) => [name, outcomes[index] ?? outcomes.at(-1) ?? 'success'])),
  }));
}

/** A run without checks has one job of its workflow's name; a single outcome of a check is that of the last attempt. */
function toldAttempts({ workflow, attempts, checks }: RunEntry, now: string): readonly Attempt[] {
  const names = Object.keys(checks);
  if (attempts.length === 0) return attemptsOf(names.length === 0 ? { [workflow]: 'success' } : checks);
  return attempts.map((one, index) => {
    const { as: outcome, at = undefined } = typeof one === 'string' ? { as: one } : one;
    const isLast = index === attempts.length - 1;
    const jobOf = (name: string): CheckOutcome => {
      const given = checks[name] ?? outcome;
      if (typeof given !== 'string') return given[index] ?? outcome;
      return isLast ? given : outcome;
    };
    const jobs = Object.fromEntries((names.length === 0 ? [workflow] : names).map((name) => [name, jobOf(name)]));
    return { jobs, outcome, ...(at === undefined ? {} : { at: resolveTime(at, now) }) };
  });
}

/** Plans a run and its attempts; what would end after `now` ends then, unless it is told to be unfinished. */
export function planRun(story: Story, path: FilePath, planned: PlannedRun): void {
  const { world } = story;
  const { repository, actor, workflow, event, rank, minutes } = planned;
  let run: WorkflowRunRecord | null = null;
  const started = () => {
    run ??= startWorkflowRun(world, actor, { repository, workflow, event, ...planned.head() });
    return run;
  };
  for (const [index, { jobs, outcome, at }] of planned.attempts.entries()) {
    const begin = at ?? earlier(after(planned.at, index * NEXT_MINUTES), story.now);
    planAt(story, path, {
      at: begin < planned.at ? planned.at : begin,
      rank,
      run: () => void beginAttempt(world, actor, { repository, run: started(), jobs: beginnings(jobs) }),
    });
    planAt(story, path, {
      at: earlier(after(begin, minutes), story.now),
      rank,
      run: () => endJobs(world, actor, { repository, run: started(), ...endings(jobs, outcome) }),
    });
  }
}

const isOpen = (outcome: CheckOutcome): outcome is 'pending' | 'queued' =>
  outcome === 'pending' || outcome === 'queued';

const beginnings = (jobs: Attempt['jobs']) =>
  Object.fromEntries(
    Object.entries(jobs).map(([name, outcome]) => [name, outcome === 'queued' ? outcome : ('in_progress' as const)]),
  );

function endings(jobs: Attempt['jobs'], outcome: CheckOutcome | undefined): Pick<Ending, 'jobs' | 'conclusion'> {
  const ended: Record<string, Ending['jobs'][string]> = {};
  for (const [name, one] of Object.entries(jobs)) if (!isOpen(one)) ended[name] = one;
  return { jobs: ended, conclusion: outcome === undefined || isOpen(outcome) ? undefined : outcome };
}

const after = (time: string, minutes: number): string => instantAt(Date.parse(time) + minutes * 60_000);
const earlier = (one: string, other: string): string => (one < other ? one : other);
