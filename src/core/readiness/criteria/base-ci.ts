import { ghCommand } from '../../gh-command.ts';
import type { Gap, Reading } from '../../reading.ts';
import { uniqueGaps } from '../../umbrella/gaps.ts';
import { authorOf, maintainer } from '../actors.ts';
import {
  type BaseCheck,
  checksOfCommit,
  countedChecks,
  EVERY_CHECK,
  whereChecksRun,
  withoutOwnJob,
} from '../base-checks.ts';
import type { Criterion, DraftFinding, Judgement, ReadinessView } from '../criterion.ts';
import { nameOfCommit } from '../item-name.ts';
import { kindWords } from '../kind-words.ts';
import { ratioOf } from '../ratio-of.ts';
import type { BaseCommit } from '../readiness-facts.ts';
import type { Actor } from '../report-schema.ts';
import { indexOfScope } from '../scope-index.ts';
import { unreadFinding } from '../unread-finding.ts';

/**
 * Whether the newest commits of the base passed, as many in succession as `readiness.base_green_runs` says. Below the
 * newest, commits on which nothing ran are passed over: what is pushed together runs once. Which checks count, which of
 * several runs, and what is a pass: see `base-checks.ts`.
 */
export const baseCi: Criterion = {
  id: 'base_ci',
  title: 'Base CI',
  blocksByDefault: true,
  isOfScope: () => false,
  judge: judgeBase,
};

function judgeBase(view: ReadinessView): Judgement {
  const configured = view.config.readiness.required_checks;
  if (configured?.length === 0) return notJudged('readiness.required_checks names no check');
  const { scope, baseCommits } = view.facts;
  const asked = view.config.readiness.base_green_runs;
  const threshold = asked === 1 ? 'the newest commit passed' : `the newest ${asked} commits with runs passed`;
  if (!baseCommits.known) {
    const place = { kind: 'unread_base', item: null, names: [], repository: scope.repository };
    const findings = [unreadFinding(baseCommits.gap, place)];
    return { applies: true, measured: null, threshold, reason: 'the commits of the base could not be read', findings };
  }
  const commits = withoutOwnJob(baseCommits.value);
  const unread = configured === undefined ? unreadRequired(view) : [];
  const counted = countedChecks(commits, configured, view.facts.requiredChecks);
  const elsewhere = counted === null ? ranElsewhere(commits, view) : [];
  if (counted === null && unread.length === 0 && elsewhere.length === 0) {
    return notJudged('nothing runs in the repository besides what makes this report, and no other check is required');
  }
  const judged = commitsToJudge(commits, asked).map((commit) => ({
    commit,
    findings: counted === null ? [] : findingsOn(commit, counted, view),
  }));
  const findings = [
    ...judged.flatMap((one) => one.findings),
    ...missingRuns(judged.length, commits, view),
    ...unread,
    ...elsewhere,
  ];
  const green =
    counted === null ? 0 : judged.filter((one) => one.findings.every(({ effect }) => effect === 'informs')).length;
  return {
    applies: true,
    measured: { text: `${green} of ${asked} passed`, ratio: ratioOf(green, asked) },
    threshold,
    reason: kindWords(findings) || `the newest ${asked === 1 ? 'commit' : `${asked} commits`} passed`,
    findings,
  };
}

const notJudged = (reason: string): Judgement => ({
  applies: false,
  measured: null,
  threshold: null,
  reason,
  findings: [],
});

/** A base on which nothing ran did not pass where the repository has checks; whether they are meant to run there nobody says. */
function ranElsewhere(commits: readonly BaseCommit[], view: ReadinessView): readonly DraftFinding[] {
  const { scope, mainCommits } = view.facts;
  const where = whereChecksRun(view);
  if (where === null) {
    if (mainCommits === undefined) return [];
    const place = { kind: 'unread_main', item: null, names: [], repository: scope.repository };
    return gapsOfRuns(mainCommits.commits).map((gap) => unreadFinding(gap, place));
  }
  const [newest] = commits;
  return [
    {
      kind: 'unchecked_base',
      effect: 'unknown',
      item: newest === undefined ? null : nameOfCommit(newest, scope),
      names: [],
      since: newest?.committedAt ?? null,
      why: `no check ran on the newest commits of ${scope.baseBranch}, while checks run on ${where}`,
      actor: maintainer(scope.repository),
      action: {
        text: `run the checks on ${scope.baseBranch}, or set readiness.criteria.base_ci to off where none is meant to`,
        command: null,
        url: newest?.url ?? null,
      },
      evidence: newest === undefined ? [] : [{ text: 'no run', url: newest.url, sha: newest.sha }],
    },
  ];
}

function gapsOfRuns(commits: Reading<readonly BaseCommit[]>): readonly Gap[] {
  if (!commits.known) return [commits.gap];
  return uniqueGaps(commits.value.flatMap(({ runs }) => (runs.known ? [] : [runs.gap])));
}

/** What GitHub requires besides may have failed, or never have run. */
function unreadRequired({ facts }: ReadinessView): readonly DraftFinding[] {
  const place = { kind: 'unread_required_checks', item: null, names: [], repository: facts.scope.repository };
  return uniqueGaps(facts.requiredChecks.gaps).map((gap) => unreadFinding(gap, place));
}

function commitsToJudge(commits: readonly BaseCommit[], asked: number): readonly BaseCommit[] {
  const [newest, ...older] = commits;
  if (newest === undefined) return [];
  return [newest, ...older.filter(({ runs }) => !runs.known || runs.value.some(({ isOwn }) => !isOwn))].slice(0, asked);
}

function findingsOn(
  commit: BaseCommit,
  counted: Parameters<typeof checksOfCommit>[1],
  view: ReadinessView,
): readonly DraftFinding[] {
  if (!commit.runs.known) {
    const item = nameOfCommit(commit, view.facts.scope);
    return [
      unreadFinding(commit.runs.gap, { kind: 'unread_runs', item, names: [], repository: view.facts.scope.repository }),
    ];
  }
  return checksOfCommit(commit.runs.value, counted).flatMap((check) => findingOf(check, commit, view) ?? []);
}

function findingOf(check: BaseCheck, commit: BaseCommit, view: ReadinessView): DraftFinding | null {
  if (check.standing === 'passed') return null;
  const { scope } = view.facts;
  const place = `${scope.baseBranch} at ${commit.sha.slice(0, 7)}`;
  const { kind, effect, why, text } = WORDS[check.standing](check.name, place, scope.baseBranch);
  const url = check.run?.url ?? commit.url;
  return {
    kind,
    part: check.name,
    effect,
    item: nameOfCommit(commit, scope),
    names: [],
    since: check.run?.completedAt ?? commit.committedAt,
    why,
    actor: check.standing === 'failed' ? whoMerged(commit, view) : maintainer(scope.repository),
    action: { text, command: rerunCommand(check, view), url },
    evidence: [{ text: `${check.name}: ${check.seen}`, url, sha: commit.sha }],
  };
}

type Words = Pick<DraftFinding, 'kind' | 'effect' | 'why'> & { readonly text: string };

const WORDS: Readonly<
  Record<Exclude<BaseCheck['standing'], 'passed'>, (name: string, place: string, base: string) => Words>
> = {
  failed: (name, place) => ({
    kind: 'failed_check',
    effect: 'fails',
    why: `${name} failed on ${place}`,
    text: `fix ${name} on ${place}`,
  }),
  skipped: (name, place) => ({
    kind: 'skipped_check',
    effect: 'fails',
    why: `${name} was skipped on ${place}, which is no pass`,
    text: `run ${name} on ${place}`,
  }),
  superseded: (name, place) => ({
    kind: 'cancelled_check',
    effect: 'fails',
    why: `${name} was cancelled or superseded on ${place}, which is no pass`,
    text: `run ${name} again on ${place}`,
  }),
  never_ran: (name, place) => ({
    kind: 'check_never_ran',
    effect: 'fails',
    why: name === EVERY_CHECK ? `no check ran on ${place}` : `${name} never ran on ${place}`,
    text: name === EVERY_CHECK ? `run the checks on ${place}` : `run ${name} on ${place}`,
  }),
  never_seen: (name, _place, base) => ({
    kind: 'check_never_seen',
    effect: 'unknown',
    why: `GitHub requires ${name}, and none of the newest commits of ${base} has a run of it`,
    text: `run ${name} on ${base}, or name under readiness.required_checks what has to pass there`,
  }),
  pending: (name, place) => ({
    kind: 'pending_check',
    effect: 'unknown',
    why: `${name} is not finished on ${place}`,
    text: `wait for ${name} on ${place}`,
  }),
  flaky: (name, place) => ({
    kind: 'flaky_check',
    effect: 'informs',
    why: `${name} failed on ${place} before it passed`,
    text: `make ${name} tell the same twice`,
  }),
};

/** The author of the pull request that the commit is the merge of. */
function whoMerged({ sha }: BaseCommit, view: ReadinessView): Actor {
  const pullRequest = indexOfScope(view).byMergeCommit.get(sha);
  return pullRequest === undefined ? maintainer(view.facts.scope.repository) : authorOf(pullRequest);
}

const RUN = /\/actions\/runs\/(\d+)/;

function rerunCommand({ run, standing }: BaseCheck, { facts: { scope } }: ReadinessView): string | null {
  const id = RUN.exec(run?.url ?? '')?.[1];
  if (id === undefined || standing === 'flaky') return null;
  const asked = { number: id, url: run?.url ?? null };
  if (standing === 'pending') return ghCommand('run watch', asked, scope.repository);
  return ghCommand('run rerun', asked, scope.repository, standing === 'failed' ? ['--failed'] : []);
}

function missingRuns(
  judged: number,
  commits: readonly BaseCommit[],
  { facts: { scope }, config }: ReadinessView,
): readonly DraftFinding[] {
  const asked = config.readiness.base_green_runs;
  if (judged >= asked) return [];
  // Older ones may well have a run: they were not read.
  const isCut = commits.at(-1)?.hasParent !== false;
  return [
    {
      kind: 'too_few_runs',
      effect: isCut ? 'unknown' : 'fails',
      item: null,
      names: [],
      why:
        judged === 0
          ? `no commit of ${scope.baseBranch} was found`
          : `only ${judged} of the ${asked} commits that have to pass had a run${isCut ? `, of the newest ${commits.length}` : ''}`,
      actor: maintainer(scope.repository),
      action: { text: `run the checks on more commits of ${scope.baseBranch}`, command: null, url: null },
      evidence: [],
    },
  ];
}
