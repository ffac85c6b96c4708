import type { SourceReading } from '../core/readiness/coverage-of.ts';
import { formatSelector, type Selector } from '../core/readiness/parse-selector.ts';
import type { BaseCommit, ReadinessScope } from '../core/readiness/readiness-facts.ts';
import type { Gap, Reading } from '../core/reading.ts';
import type { Instant, PullRequestFacts } from '../core/task/facts.ts';
import type { RepositoryRef } from '../core/task/identity.ts';
import { parseConfigOf } from '../core/umbrella/config-of-snapshot.ts';
import type { WorkSnapshot } from '../core/umbrella/snapshot.ts';
import type { GitHubClient } from './client.ts';
import { apart, startGathering } from './gathering.ts';
import { loadBaseCommits } from './load-base-commits.ts';
import { loadConfig } from './load-config.ts';
import { loadMembers } from './load-scope-members.ts';
import { noSuchRepository } from './no-such-repository.ts';

export interface ReadinessQuestion {
  readonly repository: RepositoryRef;
  readonly selector: Selector;
  readonly now: Instant;
  /** Id of the workflow run that asks, which judges no commit. */
  readonly ownRun?: number;
  readonly onProgress?: (progress: {
    readonly label: string;
    readonly done: number;
    readonly total: number | null;
  }) => void;
}

/** What GitHub tells of a scope. */
export interface LoadedReadiness {
  readonly scope: ReadinessScope;
  readonly work: WorkSnapshot;
  readonly tasks: ReadonlySet<string>;
  readonly pullRequests: ReadonlySet<string>;
  readonly baseCommits: Reading<readonly BaseCommit[]>;
  readonly sources: readonly SourceReading[];
}

/**
 * Reads everything of GitHub's that a readiness report is made from. Nothing but a missing repository, umbrella, milestone,
 * branch or tag, which were asked for by name, ends it: what else cannot be read is a gap.
 */
export async function loadReadiness(client: GitHubClient, question: ReadinessQuestion): Promise<LoadedReadiness> {
  const { repository } = question;
  const texts = await loadConfig(client, repository);
  if (!texts.isThere) throw noSuchRepository(repository);
  const { config } = parseConfigOf(texts);
  const gathering = startGathering(client);
  const defaultBranch = texts.defaultBranch ?? 'main';
  const members = await loadMembers({ gathering, question, config, texts, defaultBranch });
  const base = apart(gathering);
  const baseCommits = await loadBaseCommits(base, {
    repository,
    branch: members.baseBranch,
    count: config.readiness.base_green_runs + FURTHER_COMMITS,
    isRequired: () => null,
    ownRun: question.ownRun ?? null,
  });
  const newest = baseCommits.known ? (baseCommits.value[0]?.sha ?? null) : null;
  const { selector, title, umbrella, baseBranch, tasks, pullRequests, work } = members;
  const { kind } = selector;
  const named = { repository, selector: formatSelector(selector), kind, title, baseBranch, baseSha: newest };
  const scope: ReadinessScope = umbrella === null ? named : { ...named, umbrella };
  const inScope = [...pullRequests].flatMap((key) => work.pullRequests.get(key) ?? []);
  const sources: readonly SourceReading[] = [
    { source: 'configuration', gaps: texts.gaps, isRead: texts.configText !== null },
    ...members.sources,
    ...detailSources(inScope, gapsOfRuns(baseCommits)),
    { source: 'base branch', gaps: base.gaps, isRead: baseCommits.known },
  ];
  return { scope, work: { ...work, gaps: [...work.gaps, ...texts.gaps] }, tasks, pullRequests, baseCommits, sources };
}

/** Besides those that are asked for: commits that were pushed together run once. */
const FURTHER_COMMITS = 5;

const gapsOfRuns = (commits: Reading<readonly BaseCommit[]>): readonly Gap[] =>
  commits.known ? commits.value.flatMap(({ runs }) => (runs.known ? [] : [runs.gap])) : [];

/** What is read with the open pull requests of the scope and is missing there. */
function detailSources(
  pullRequests: readonly PullRequestFacts[],
  gapsOfBase: readonly Gap[],
): readonly SourceReading[] {
  const open = pullRequests.filter(({ state }) => state === 'open');
  const reviews = open.flatMap(({ reviews: one, reviewRequests }) => [one, reviewRequests]);
  const checks = open.map((one) => one.checks);
  return [
    { source: 'reviews', gaps: gapsOf(reviews), isRead: reviews.some((one) => one.known) },
    { source: 'checks', gaps: [...gapsOf(checks), ...gapsOfBase], isRead: checks.some((one) => one.known) },
  ];
}

const gapsOf = (readings: readonly Reading<unknown>[]): readonly Gap[] =>
  readings.flatMap((reading) => (reading.known ? [] : [reading.gap]));
