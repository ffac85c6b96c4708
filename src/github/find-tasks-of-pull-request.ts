import { type Config, parseConfig } from '../core/config.ts';
import type { Gap } from '../core/reading.ts';
import type { PullRequestFacts } from '../core/task/facts.ts';
import { formatRef, parseRef, type Ref, refKey } from '../core/task/identity.ts';
import { tasksNamedBy } from '../core/task/link-pull-requests.ts';
import { revertTargets } from '../core/task/reverts.ts';
import { revertedCommits } from '../core/task/text-references.ts';
import type { GitHubClient } from './client.ts';
import { completeLists } from './complete-lists.ts';
import { findIssuesByPlannedId } from './find-issues-by-planned-id.ts';
import { listPullRequestsOfCommit } from './find-pull-requests-of-commit.ts';
import { loadByRef } from './load-by-ref.ts';
import { mapPullRequest } from './map-pull-request.ts';
import { refOf } from './map-task.ts';
import type { Connection, IssuePlaceNode, Maybe, PullRequestNode } from './nodes.ts';
import { createUnread } from './unread.ts';

interface FoundTask {
  readonly ref: Ref;
  readonly nodeId: string;
}

interface FindOptions {
  /** Grammars of planned ids; default: the built-in ones. */
  readonly idPatterns?: Config['tasks']['ids'];
  /** The pull requests asked for as they were before something was taken out; default: as they are. */
  readonly seenAs?: (facts: PullRequestFacts) => PullRequestFacts;
}

interface ClosingNode extends PullRequestNode {
  readonly closingIssuesReferences?: Maybe<Connection<IssuePlaceNode>>;
}

interface FoundTasks {
  readonly tasks: readonly FoundTask[];
  /** What was not looked up, because a pull request names more than anybody means. */
  readonly gaps: readonly Gap[];
}

/** A revert of a revert of a revert … is followed this far. */
const MAX_REVERTS = 3;

/** Of one pull request. Anybody may write thousands of numbers into a text; 20 issues take a call, each planned id a search. */
const MOST_NAMED = { issues: 60, 'planned ids': 10, reverts: 10 } as const;

/**
 * The tasks that pull requests may belong to: those that GitHub says they close, those that their title, body, branch
 * and commits name, and for a revert the tasks of what it reverts. A branch linked by hand is not seen from this side;
 * GitHub counts a pull request from such a branch among the closing references. Of each pull request the first 60 issues,
 * 10 planned ids and 10 reverts that it names are followed; what is left out is a gap.
 */
export async function findTasksOfPullRequests(
  client: GitHubClient,
  refs: readonly Ref[],
  { idPatterns, seenAs = (facts) => facts }: FindOptions = {},
): Promise<FoundTasks> {
  const gaps: Gap[] = [];
  const config = configWith(idPatterns);
  const tasks = new Map<string, FoundTask>();
  const named = new Map<string, Ref>();
  const plannedIds = new Map<string, { readonly id: string; readonly repository: Ref }>();
  for (const { facts, closes } of await loadWithReverted(client, refs, { seenAs, gaps })) {
    for (const issue of closes) tasks.set(refKey(refOf(issue)), { ref: refOf(issue), nodeId: issue.id });
    const names = tasksNamedBy(facts, config);
    const isClosed = new Set(closes.map((issue) => refKey(refOf(issue))));
    const others = names.refs.filter((ref) => !isClosed.has(refKey(ref)));
    for (const ref of firstOf(others, { what: 'issues', by: facts.ref, gaps })) named.set(refKey(ref), ref);
    for (const id of firstOf(names.plannedIds, { what: 'planned ids', by: facts.ref, gaps }))
      plannedIds.set(`${facts.ref.owner}/${facts.ref.repo} ${id}`, { id, repository: facts.ref });
  }
  const unresolved = [...named].filter(([key]) => !tasks.has(key)).map(([, ref]) => ref);
  const issues = [
    ...(await loadByRef<IssuePlaceNode>(client, unresolved, { kind: 'issue' })),
    ...(await searchAll(client, [...plannedIds.values()], config.tasks.ids)),
  ];
  for (const issue of issues) tasks.set(refKey(refOf(issue)), { ref: refOf(issue), nodeId: issue.id });
  return { tasks: [...tasks.values()], gaps };
}

interface Naming {
  readonly what: keyof typeof MOST_NAMED;
  readonly by: Ref;
  readonly gaps: Gap[];
}

function firstOf<One>(all: readonly One[], { what, by, gaps }: Naming): readonly One[] {
  const left = all.length - MOST_NAMED[what];
  const gap = { cause: 'truncated', what: `${left} of ${all.length} ${what} that ${formatRef(by)} names` } as const;
  if (left > 0) gaps.push({ ...gap, repository: { owner: by.owner, repo: by.repo } });
  return all.slice(0, MOST_NAMED[what]);
}

function configWith(ids: Config['tasks']['ids'] | undefined): Config {
  const { config } = parseConfig({ text: null, ownerText: null });
  return ids === undefined ? config : { ...config, tasks: { ...config.tasks, ids } };
}

interface LoadedPullRequest {
  readonly facts: PullRequestFacts;
  readonly closes: readonly IssuePlaceNode[];
}

interface Following {
  readonly seenAs: NonNullable<FindOptions['seenAs']>;
  readonly gaps: Gap[];
}

async function loadWithReverted(
  client: GitHubClient,
  refs: readonly Ref[],
  { seenAs, gaps }: Following,
): Promise<readonly LoadedPullRequest[]> {
  const loaded = new Map<string, LoadedPullRequest>();
  let due = refs;
  for (let depth = 0; depth <= MAX_REVERTS && due.length > 0; depth += 1) {
    const asTheyAre = await loadRound(client, due);
    const round = depth > 0 ? asTheyAre : asTheyAre.map((one) => ({ ...one, facts: seenAs(one.facts) }));
    for (const pullRequest of round) loaded.set(refKey(pullRequest.facts.ref), pullRequest);
    const reverted = await Promise.all(round.map(({ facts }) => pullRequestsRevertedBy(client, facts, gaps)));
    due = reverted.flat().filter((ref) => !loaded.has(refKey(ref)));
  }
  return [...loaded.values()];
}

async function loadRound(client: GitHubClient, refs: readonly Ref[]): Promise<readonly LoadedPullRequest[]> {
  const unread = createUnread();
  const nodes = await loadByRef<ClosingNode>(client, refs, { kind: 'pullRequest', unread });
  await completeLists({ client, unread }, { pullRequests: nodes });
  return nodes.map((node) => ({
    facts: mapPullRequest(node, unread),
    closes: (node.closingIssuesReferences?.nodes ?? []).filter((issue) => issue !== null),
  }));
}

async function pullRequestsRevertedBy(
  client: GitHubClient,
  facts: PullRequestFacts,
  gaps: Gap[],
): Promise<readonly Ref[]> {
  const targets = revertTargets({ baseCommits: new Map(), pullRequests: new Map([[refKey(facts.ref), facts]]) }).get(
    refKey(facts.ref),
  );
  const byNumber = [...(targets ?? [])].map((key) => parseRef(key, { defaultRepository: null, ids: [] }));
  const numbered = byNumber.filter((ref): ref is Ref => ref !== null && 'number' in ref);
  const messages = facts.commits.known ? facts.commits.value.map(({ message }) => message) : [];
  const shas = [...new Set([facts.body, ...messages].flatMap(revertedCommits).map(({ sha }) => sha))];
  const followed = firstOf([...numbered, ...shas], { what: 'reverts', by: facts.ref, gaps });
  const found = await Promise.all(
    followed.map(async (one) => (typeof one === 'string' ? listPullRequestsOfCommit(client, facts.ref, one) : [one])),
  );
  return found.flat();
}

async function searchAll(
  client: GitHubClient,
  wanted: readonly { readonly id: string; readonly repository: Ref }[],
  ids: readonly string[],
): Promise<readonly IssuePlaceNode[]> {
  const found = await Promise.all(
    wanted.map(({ id, repository }) => findIssuesByPlannedId(client, id, { repository, ids })),
  );
  return found.flat();
}
