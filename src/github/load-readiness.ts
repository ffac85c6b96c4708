import type { WantedBackports } from '../core/readiness/backports/backport.ts';
import type { SourceReading } from '../core/readiness/coverage-of.ts';
import { formatSelector } from '../core/readiness/parse-selector.ts';
import type {
  BaseCommit,
  ReadinessScope,
  RequiredChecks,
  ReviewRequestFacts,
  RunFacts,
  WaiverFacts,
} from '../core/readiness/readiness-facts.ts';
import { type Gap, type Reading, unknown } from '../core/reading.ts';
import type { Instant, PullRequestFacts } from '../core/task/facts.ts';
import { parseConfigOf } from '../core/umbrella/config-of-snapshot.ts';
import type { WorkSnapshot } from '../core/umbrella/snapshot.ts';
import { checkBase } from './check-base.ts';
import type { GitHubClient } from './client.ts';
import { apart, startGathering } from './gathering.ts';
import { loadBaseCommits } from './load-base-commits.ts';
import { loadConfig } from './load-config.ts';
import { loadHeadRuns } from './load-head-runs.ts';
import { loadRequiredChecks } from './load-required-checks.ts';
import { loadReviewRequests } from './load-review-requests.ts';
import { loadScopeBackports } from './load-scope-backports.ts';
import { loadMembers } from './load-scope-members.ts';
import { loadScopedAt } from './load-scoped-at.ts';
import { loadWaiverFile } from './load-waiver-file.ts';
import { noSuchRepository } from './no-such-repository.ts';
import type { ReadinessQuestion } from './readiness-question.ts';

/** What GitHub tells of a scope. */
export interface LoadedReadiness {
  readonly scope: ReadinessScope;
  readonly work: WorkSnapshot;
  readonly tasks: ReadonlySet<string>;
  readonly pullRequests: ReadonlySet<string>;
  readonly baseCommits: Reading<readonly BaseCommit[]>;
  readonly mainCommits?: { readonly branch: string; readonly commits: Reading<readonly BaseCommit[]> };
  readonly requiredChecks: RequiredChecks;
  readonly headRuns: Reading<ReadonlyMap<string, readonly RunFacts[]>>;
  readonly scopedAt: ReadonlyMap<string, Instant | null>;
  readonly reviewRequests: ReadonlyMap<string, readonly ReviewRequestFacts[]>;
  readonly outsideGaps: readonly Gap[];
  readonly wantedBackports: WantedBackports;
  readonly waivers: Reading<readonly WaiverFacts[]>;
  readonly sources: readonly SourceReading[];
}

/**
 * Reads everything of GitHub's that a readiness report is made from. Nothing but a missing repository, umbrella, milestone,
 * branch or tag, which were asked for by name, ends it: what else cannot be read, those among it where GitHub does not let
 * anybody look, is a gap.
 */
export async function loadReadiness(client: GitHubClient, question: ReadinessQuestion): Promise<LoadedReadiness> {
  const { repository } = question;
  const texts = await loadConfig(client, repository);
  if (!texts.isThere) throw noSuchRepository(repository);
  const { config } = parseConfigOf(texts);
  const gathering = startGathering(client);
  const defaultBranch = texts.defaultBranch ?? 'main';
  const { base = defaultBranch } = config.readiness;
  const isAsked = base !== defaultBranch && question.selector.kind !== 'branch';
  const doubt = isAsked ? await checkBase(client, repository, { base, texts }) : null;
  const place = { defaultBranch, base: doubt === null ? base : defaultBranch };
  const members = await loadMembers({ gathering, question, config, texts, ...place });
  const { selector, title, umbrella, baseBranch, since: _, work, ...keys } = members;
  const [requiring, lately, reviewing, dating] = [
    apart(gathering),
    apart(gathering),
    apart(gathering),
    apart(gathering),
  ];
  const trying = apart(gathering);
  const requiredChecks = await loadRequiredChecks(requiring, repository, baseBranch);
  const inDoubt = doubt === null ? [] : [doubt];
  const count = config.readiness.base_green_runs + FURTHER_COMMITS;
  const ownRun = question.ownRun ?? null;
  const asked = { repository, branch: baseBranch, count, ownRun };
  const baseCommits = doubt === null ? await loadBaseCommits(lately, asked) : unknown(doubt);
  const main = hasNoRun(baseCommits) && baseBranch !== defaultBranch ? { ...asked, branch: defaultBranch } : null;
  const mainCommits =
    main === null ? {} : { mainCommits: { branch: defaultBranch, commits: await loadBaseCommits(lately, main) } };
  const pullRequests = [...keys.pullRequests].flatMap((key) => work.pullRequests.get(key) ?? []);
  const tasks = [...keys.tasks].flatMap((key) => work.tasks.get(key) ?? []);
  const hasFreeze = config.readiness.freeze !== undefined;
  const headRuns = await loadHeadRuns(trying, { pullRequests, ownRun });
  const marks = { repository, members, config: config.readiness, defaultBranch };
  const wantedBackports = await loadScopeBackports(apart(gathering), marks);
  const file = await loadWaiverFile(client, repository, config.readiness.waivers);
  return {
    ...keys,
    scope: {
      ...{ repository, selector: formatSelector(selector), kind: selector.kind, title, baseBranch },
      ...(umbrella === null ? {} : { umbrella }),
      ...(doubt === null ? {} : { isBaseInDoubt: true }),
      baseSha: baseCommits.known ? (baseCommits.value[0]?.sha ?? null) : null,
    },
    work: { ...work, gaps: [...work.gaps, ...texts.gaps, ...inDoubt] },
    baseCommits,
    ...mainCommits,
    requiredChecks,
    headRuns,
    scopedAt: hasFreeze ? await loadScopedAt(dating, { selector, umbrella, tasks }) : new Map(),
    reviewRequests: await loadReviewRequests(reviewing, pullRequests),
    wantedBackports,
    waivers: file.waivers,
    sources: [
      { source: 'configuration', gaps: texts.gaps, isRead: texts.configText !== null },
      ...members.sources,
      { source: 'scope times', gaps: dating.gaps, isRead: false, isNeeded: hasFreeze },
      ...detailSources(pullRequests, { reviews: reviewing.gaps, checks: gapsOfRuns(baseCommits) }),
      { source: 'check attempts', gaps: trying.gaps, isRead: headRuns.known && headRuns.value.size > 0 },
      { source: 'base branch', gaps: [...lately.gaps, ...inDoubt], isRead: baseCommits.known },
      { source: 'required checks', gaps: requiring.gaps, isRead: requiring.gaps.length < 2 },
      {
        source: 'backport labels',
        gaps: wantedBackports.gaps,
        isRead: wantedBackports.branches.length > 0,
        isNeeded: wantedBackports.main !== null,
      },
      { source: 'waivers', gaps: file.gaps, isRead: file.waivers.known },
    ],
  };
}

/** Besides those that are asked for: commits that were pushed together run once, and GitHub lists what merges brought. */
const FURTHER_COMMITS = 15;

const hasNoRun = (commits: Reading<readonly BaseCommit[]>): boolean =>
  commits.known && commits.value.every(({ runs }) => runs.known && runs.value.length === 0);

const gapsOfRuns = (commits: Reading<readonly BaseCommit[]>): readonly Gap[] =>
  commits.known ? commits.value.flatMap(({ runs }) => (runs.known ? [] : [runs.gap])) : [];

/** What is read with the open pull requests of the scope and is missing there. */
function detailSources(
  pullRequests: readonly PullRequestFacts[],
  further: { readonly reviews: readonly Gap[]; readonly checks: readonly Gap[] },
): readonly SourceReading[] {
  const open = pullRequests.filter(({ state }) => state === 'open');
  const reviews = open.flatMap(({ reviews: one, reviewRequests }) => [one, reviewRequests]);
  const checks = open.map((one) => one.checks);
  return [
    { source: 'reviews', gaps: [...gapsOf(reviews), ...further.reviews], isRead: reviews.some((one) => one.known) },
    { source: 'checks', gaps: [...gapsOf(checks), ...further.checks], isRead: checks.some((one) => one.known) },
  ];
}

const gapsOf = (readings: readonly Reading<unknown>[]): readonly Gap[] =>
  readings.flatMap((reading) => (reading.known ? [] : [reading.gap]));
