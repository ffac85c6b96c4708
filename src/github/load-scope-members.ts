import type { Config } from '../core/config.ts';
import type { SourceReading } from '../core/readiness/coverage-of.ts';
import type { Selector } from '../core/readiness/parse-selector.ts';
import type { Gap } from '../core/reading.ts';
import { branchKey } from '../core/task/branch-of-record.ts';
import type { Instant, PullRequestFacts } from '../core/task/facts.ts';
import { type Ref, refKey, repositoryKey } from '../core/task/identity.ts';
import { linkPullRequests } from '../core/task/link-pull-requests.ts';
import type { ConfigTexts } from '../core/umbrella/config-of-snapshot.ts';
import type { WorkSnapshot } from '../core/umbrella/snapshot.ts';
import { apart, type Gathering, snapshotSoFar } from './gathering.ts';
import { loadBranchCommits } from './load-branch-commits.ts';
import { loadDescendants } from './load-descendants.ts';
import { loadIssueFields } from './load-issue-fields.ts';
import { loadLinkedWork } from './load-linked-work.ts';
import { loadOutsideBlockers } from './load-outside-blockers.ts';
import { loadOutsideTasks } from './load-outside-tasks.ts';
import { loadBranchStart, loadScopeStart } from './load-scope-start.ts';
import { loadScopeTasks, type TaskSelector } from './load-scope-tasks.ts';
import { loadTasksOfPullRequests } from './load-tasks-of-pull-requests.ts';
import { noteGap } from './note-gap.ts';
import type { ReadinessQuestion } from './readiness-question.ts';
import { sweepBaseCommits } from './sweep-base-commits.ts';
import { sweepPullRequests } from './sweep-pull-requests.ts';

export interface ScopeLoading {
  readonly gathering: Gathering;
  readonly question: ReadinessQuestion;
  readonly config: Config;
  readonly texts: ConfigTexts;
  readonly defaultBranch: string;
  /** The base as configured, else the default branch; what `branch:` names goes before it. */
  readonly base: string;
}

export interface ScopeMembers {
  /** As it is to be written. */
  readonly selector: Selector;
  readonly title: string;
  readonly umbrella: Ref | null;
  readonly baseBranch: string;
  /** What could not be read of tasks, none of the scope, of what was merged meanwhile. */
  readonly outsideGaps: readonly Gap[];
  /** What was merged earlier is not in scope; null where the scope is made of tasks. */
  readonly since: Instant | null;
  readonly work: WorkSnapshot;
  /** Keys of what is in scope. */
  readonly tasks: ReadonlySet<string>;
  readonly pullRequests: ReadonlySet<string>;
  readonly sources: readonly SourceReading[];
}

/** The tasks and pull requests of a scope with all that belongs to them. */
export async function loadMembers(loading: ScopeLoading): Promise<ScopeMembers> {
  const { selector } = loading.question;
  return selector.kind === 'since' || selector.kind === 'branch'
    ? loadMerged(loading, selector)
    : loadTaskMembers(loading, selector);
}

async function loadTaskMembers(loading: ScopeLoading, asked: TaskSelector): Promise<ScopeMembers> {
  const { gathering, question, config, base: baseBranch } = loading;
  const reading = apart(gathering);
  const { repository, onProgress } = question;
  const place = { repository, ids: config.tasks.ids, ...(onProgress && { onProgress }) };
  const { keys, ...scope } = await loadScopeTasks(reading, asked, place);
  const linking = apart(gathering);
  const work = await loadWork(loading, { reading, linking, base: baseBranch, umbrella: scope.umbrella });
  const linked = linksOf(work, config, (key) => keys.has(key));
  const [since = null] = [...keys].flatMap((key) => work.tasks.get(key)?.createdAt ?? []).sort();
  const outside = { repository, kind: asked.kind, base: baseBranch, since, config };
  const outsideGaps = await loadOutsideTasks(gathering, outside);
  return {
    ...scope,
    baseBranch,
    outsideGaps: outsideGaps ?? [],
    since: null,
    work,
    tasks: keys,
    pullRequests: new Set(linked.flatMap(([, pullRequests]) => pullRequests)),
    sources: [
      { source: 'tasks', gaps: reading.gaps, isRead: keys.size > 0 },
      { source: 'pull requests', gaps: linking.gaps, isRead: gathering.pullRequests.size > 0 },
      { source: 'tasks outside', gaps: outsideGaps ?? [], isRead: true, isNeeded: outsideGaps !== null },
      { source: 'releases', gaps: [], isRead: false, isNeeded: false },
    ],
  };
}

type MergedSelector = Extract<Selector, { readonly kind: 'since' | 'branch' }>;

async function loadMerged(loading: ScopeLoading, asked: MergedSelector): Promise<ScopeMembers> {
  const { gathering, question, config, defaultBranch } = loading;
  const { repository, now } = question;
  const [releases, linking, reading] = [apart(gathering), apart(gathering), apart(gathering)];
  const base = asked.kind === 'branch' ? asked.branch : loading.base;
  const start = { repository, base, now };
  const { since, forkSha, ...scope } =
    asked.kind === 'branch'
      ? await loadBranchStart(releases, asked, { ...start, defaultBranch })
      : await loadScopeStart(releases, asked, start);
  await sweepPullRequests(linking, repository, since);
  const isIn = ({ mergedAt, baseRefName, mergeCommitSha, ref }: PullRequestFacts): boolean =>
    repositoryKey(ref) === repositoryKey(repository) &&
    baseRefName === base &&
    mergedAt !== null &&
    mergedAt > since &&
    mergeCommitSha !== forkSha;
  const merged = [...gathering.pullRequests.values()].filter(isIn);
  await loadTasksOfPullRequests(reading, merged, config);
  const below = { what: 'tasks below those of the scope', permission: 'issues: read' };
  await noteGap(reading, below, () => loadDescendants(reading).then(() => null));
  const work = await loadWork(loading, {
    reading,
    linking,
    base,
    umbrella: null,
    mergedSince: merged.length > 0 ? since : null,
  });
  const mergedKeys = new Set(merged.map(({ ref }) => refKey(ref)));
  const linked = linksOf(work, config, () => true).filter(([, keys]) => keys.some((key) => mergedKeys.has(key)));
  return {
    ...scope,
    umbrella: null,
    baseBranch: base,
    since,
    outsideGaps: [],
    work: { ...work, gaps: [...releases.gaps, ...work.gaps] },
    tasks: new Set(linked.map(([key]) => key)),
    pullRequests: new Set([...mergedKeys, ...linked.flatMap(([, keys]) => keys)]),
    sources: [
      { source: 'tasks', gaps: reading.gaps, isRead: gathering.tasks.size > 0 },
      { source: 'pull requests', gaps: linking.gaps, isRead: gathering.pullRequests.size > 0 },
      { source: 'releases', gaps: releases.gaps, isRead: false },
    ],
  };
}

interface WorkParts {
  readonly reading: Gathering;
  readonly linking: Gathering;
  readonly umbrella: Ref | null;
  /** What is merged there is judged. */
  readonly base: string;
  /** Where something was merged that no task may know of: since when the base is searched for its reverts. */
  readonly mergedSince?: string | null;
}

async function loadWork(loading: ScopeLoading, parts: WorkParts): Promise<WorkSnapshot> {
  const { gathering, question, texts } = loading;
  const { reading, linking, umbrella, mergedSince = null } = parts;
  const { repository } = question;
  const commits = new Map(await loadLinkedWork(linking, { config: texts, details: 'all' }));
  const key = repositoryKey(repository);
  const known = commits.get(key);
  if (mergedSince !== null) {
    const swept = await sweepBaseCommits(linking, repository, mergedSince);
    if (known === undefined || known.length < swept.length) commits.set(key, swept);
  }
  const branchCommits = await loadCommitsOfBase(loading, parts);
  await loadIssueFields(reading, { umbrella, config: texts, baseCommits: commits });
  await loadOutsideBlockers(reading);
  const { configText, ownerConfigText, lastValidConfigs } = texts;
  return {
    ...snapshotSoFar(gathering, commits),
    ...(branchCommits === null ? {} : { branchCommits }),
    readAt: question.now,
    configText,
    ownerConfigText,
    ...(lastValidConfigs && { lastValidConfigs }),
    gaps: [...reading.gaps, ...linking.gaps],
  };
}

/** Since the first merge there: nothing earlier could revert any. Null for the default branch, whose commits are there. */
async function loadCommitsOfBase({ gathering, question, defaultBranch }: ScopeLoading, { linking, base }: WorkParts) {
  const { repository } = question;
  const place = repositoryKey(repository);
  const [since] = [...gathering.pullRequests.values()]
    .filter(({ ref, baseRefName }) => baseRefName === base && repositoryKey(ref) === place)
    .flatMap(({ mergedAt }) => mergedAt ?? [])
    .sort();
  if (base === defaultBranch || since === undefined) return null;
  const commits = await loadBranchCommits(linking, { ...repository, branch: base, since });
  return new Map([[branchKey(place, base), commits]]);
}

/** Tasks with the keys of their pull requests. */
function linksOf(
  work: WorkSnapshot,
  config: Config,
  isWanted: (key: string) => boolean,
): readonly (readonly [string, readonly string[]])[] {
  return [...linkPullRequests(work, config)].flatMap(([key, links]) =>
    isWanted(key) ? [[key, links.map(({ pullRequest }) => refKey(pullRequest))] as const] : [],
  );
}
