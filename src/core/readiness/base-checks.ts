import { compileGlob } from '../glob.ts';
import { isOwnCheckName } from '../own-checks.ts';
import { known } from '../reading.ts';
import { compareText } from './compare-refs.ts';
import type { ReadinessView } from './criterion.ts';
import type { BaseCommit, RequiredChecks, RunConclusion, RunFacts } from './readiness-facts.ts';

/** Which checks of a base commit have to pass. */
export interface CountedChecks {
  readonly counts: (run: RunFacts) => boolean;
  /** Each has to have run. */
  readonly expected: readonly ExpectedCheck[];
  /** They are required: being skipped is no pass. False where all checks count, of which some are skipped by design. */
  readonly areRequired: boolean;
}

interface ExpectedCheck {
  /** A name as it is, or a glob. */
  readonly name: string;
  readonly fits: (run: RunFacts) => boolean;
  /** Whether it is meant to run on the base: somebody says so, or it did. */
  readonly isMeantHere: boolean;
}

export interface BaseCheck {
  readonly name: string;
  /** `never_seen`: GitHub requires it of what merges into the base, and no commit of the base that was read has a run of it. */
  readonly standing: 'passed' | 'failed' | 'skipped' | 'superseded' | 'never_ran' | 'never_seen' | 'pending' | 'flaky';
  /** Null where it never ran. */
  readonly run: RunFacts | null;
  /** What was seen, in words. */
  readonly seen: string;
}

/** Stands for the name of a check where none is asked for by name. */
export const EVERY_CHECK = 'every check';

/**
 * Those that the configuration names; else those that GitHub requires, whether or not one of them ever ran on the base; else
 * all. Null where none of these is there: nothing is asked of the base, and nothing ever ran on it. The run that makes the
 * report never counts, and neither do Parasol's own checks.
 */
export function countedChecks(
  commits: readonly BaseCommit[],
  configured: readonly string[] | undefined,
  required: RequiredChecks,
): CountedChecks | null {
  if (configured !== undefined) {
    const asked = configured.map((name) => {
      const fits = compileGlob(name);
      return { name, fits: (run: RunFacts) => fits(run.name), isMeantHere: true };
    });
    const expected = ofOthers(commits, asked);
    return expected.length === 0 ? null : requireAll(expected);
  }
  const runs = commits.flatMap((commit) => (commit.runs.known ? foreign(commit.runs.value) : []));
  const names = required.names.filter((name) => !isOwnCheckName(name)).toSorted(compareText);
  const asked = names.map((name) => {
    const fits = (run: RunFacts): boolean => run.name === name;
    return { name, fits, isMeantHere: runs.some(fits) };
  });
  const expected = ofOthers(commits, asked);
  if (expected.length > 0) return requireAll(expected);
  if (runs.length === 0 && commits.length > 0 && commits.every((commit) => commit.runs.known)) return null;
  return {
    counts: () => true,
    expected: [{ name: EVERY_CHECK, fits: () => true, isMeantHere: true }],
    areRequired: false,
  };
}

/**
 * The commits with earlier runs of the job that asks as its own: what it said before is no reason for what it says now. Of
 * several jobs that go on in its run nobody can tell which one asks, and workflows may share the names of jobs.
 */
export function withoutOwnJob(commits: readonly BaseCommit[]): readonly BaseCommit[] {
  const own = commits.flatMap(({ runs }) => (runs.known ? runs.value.filter(({ isOwn }) => isOwn) : []));
  const [asking] = own;
  if (asking === undefined || asking.workflow === null || !own.every((run) => isSameJob(run, asking))) return commits;
  const marked = (run: RunFacts): RunFacts => (isSameJob(run, asking) ? { ...run, isOwn: true } : run);
  return commits.map((commit) =>
    commit.runs.known ? { ...commit, runs: known(commit.runs.value.map(marked)) } : commit,
  );
}

const isSameJob = (one: RunFacts, other: RunFacts): boolean =>
  one.name === other.name && one.workflow === other.workflow;

/**
 * Where something runs although nothing ever did on the base: `main`, `pull requests`. Null: nowhere that was read, so that
 * the repository has no checks.
 */
export function whereChecksRun({ facts }: Pick<ReadinessView, 'facts'>): string | null {
  const { mainCommits, headRuns, baseCommits } = facts;
  const base = baseCommits.known ? baseCommits.value : [];
  if (mainCommits?.commits.known) {
    const onMain = withoutOwnJob([...mainCommits.commits.value, ...base]).flatMap(({ runs }) =>
      runs.known ? foreign(runs.value) : [],
    );
    if (onMain.length > 0) return mainCommits.branch;
  }
  const onHeads = headRuns?.known ? [...headRuns.value.values()].flat() : [];
  return onHeads.some(({ name }) => !isOwnCheckName(name)) ? 'pull requests' : null;
}

const ofOthers = (commits: readonly BaseCommit[], asked: readonly ExpectedCheck[]): readonly ExpectedCheck[] =>
  asked.filter(({ fits }) => !isOnlyOwn(commits, fits));

const requireAll = (expected: readonly ExpectedCheck[]): CountedChecks => ({
  counts: (run) => expected.some(({ fits }) => fits(run)),
  expected,
  areRequired: true,
});

/** What makes the report cannot have passed before it. */
function isOnlyOwn(commits: readonly BaseCommit[], fits: (run: RunFacts) => boolean): boolean {
  const runs = commits.flatMap((commit) => (commit.runs.known ? commit.runs.value.filter(fits) : []));
  return runs.length > 0 && runs.every(({ isOwn }) => isOwn);
}

const foreign = (runs: readonly RunFacts[]): readonly RunFacts[] => runs.filter(({ isOwn }) => !isOwn);

/**
 * How every counted check stands on one commit, by name: the last run of a name in a workflow decides, by its last attempt.
 * GitHub's `neutral` is a pass, as it is for GitHub; where all checks count, skipped ones are left out as long as one ran.
 */
export function checksOfCommit(runs: readonly RunFacts[], counted: CountedChecks): readonly BaseCheck[] {
  const others = foreign(runs).filter(counted.counts);
  // A later run that skips a check must not cover the one that failed.
  const judged = lastRuns(counted.areRequired ? others : others.filter(({ conclusion }) => conclusion !== 'skipped'));
  const isMade = (fits: (run: RunFacts) => boolean) =>
    counted.areRequired && runs.some((run) => run.isOwn && fits(run));
  const missing = counted.expected.filter(({ fits }) => !judged.some(fits) && !isMade(fits));
  return [
    ...judged.map((run) => ({ name: nameAmong(judged, run), standing: standingOf(run), run, seen: seenOf(run) })),
    ...missing.map(
      ({ name, isMeantHere }): BaseCheck => ({
        ...{ name, run: null, seen: 'no run' },
        standing: isMeantHere ? 'never_ran' : 'never_seen',
      }),
    ),
  ];
}

/** As GitHub's pages write it, where jobs of several workflows have one name. */
function nameAmong(runs: readonly RunFacts[], { name, workflow }: RunFacts): string {
  const isShared = runs.some((one) => one.name === name && one.workflow !== workflow);
  return isShared && workflow !== null ? `${workflow} / ${name}` : name;
}

function lastRuns(runs: readonly RunFacts[]): readonly RunFacts[] {
  const last = new Map<string, RunFacts>();
  for (const run of runs.toSorted(byTime)) last.set(JSON.stringify([run.name, run.workflow]), run);
  return [...last.values()].sort(
    (a, b) => compareText(a.name, b.name) || compareText(a.workflow ?? '', b.workflow ?? ''),
  );
}

/** What is not finished is the latest. */
const byTime = (a: RunFacts, b: RunFacts): number =>
  compareText(a.completedAt ?? '~', b.completedAt ?? '~') ||
  a.attempt - b.attempt ||
  compareText(a.url ?? '', b.url ?? '') ||
  compareText(a.conclusion, b.conclusion);

const STANDINGS: Readonly<Record<RunConclusion, BaseCheck['standing']>> = {
  success: 'passed',
  neutral: 'passed',
  failure: 'failed',
  timed_out: 'failed',
  action_required: 'failed',
  skipped: 'skipped',
  cancelled: 'superseded',
  stale: 'superseded',
  pending: 'pending',
};

function standingOf({ conclusion, earlier }: RunFacts): BaseCheck['standing'] {
  const standing = STANDINGS[conclusion];
  return standing === 'passed' && earlier.some((one) => STANDINGS[one] === 'failed') ? 'flaky' : standing;
}

const seenOf = ({ conclusion, attempt }: RunFacts): string =>
  `${conclusion.replaceAll('_', ' ')}${attempt > 1 ? ` on attempt ${attempt}` : ''}`;
