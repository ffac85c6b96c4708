import type { Gap } from '../core/reading.ts';
import type { MergeStanding } from '../core/risk/merge-standing.ts';
import type { MergeMethod } from '../core/risk/next-merges.ts';
import { type Ref, type RepositoryRef, refKey } from '../core/task/identity.ts';
import { closedByWords } from '../core/task/stated-work.ts';
import { askInBatches } from './ask-smaller.ts';
import type { GitHubClient, GraphqlProblem } from './client.ts';
import { demandAnswer } from './demand-answer.ts';
import type { MergeRules } from './load-merge-rules.ts';
import { loadTaskBlockers } from './load-task-blockers.ts';
import type { Connection, Maybe, PlaceNode } from './nodes.ts';
import { type IssueNode, isCutTask, isOpenIssue, openTaskOf, refOf } from './open-task.ts';
import { MERGE_STANDINGS } from './queries/risk-queries.ts';
import { gapOf, truncated } from './unread.ts';

export interface MergeStandings {
  /** By the node id of the pull request; one that GitHub did not tell of is absent. */
  readonly standings: ReadonlyMap<string, MergeStanding>;
  /** What the caller merges with by default, else what the repository and the branch allow. */
  readonly mergeMethod: MergeMethod;
  readonly gaps: readonly Gap[];
}

interface ContextNode {
  readonly name?: string;
  readonly conclusion?: string | null;
  readonly context?: string;
  readonly state?: string;
}

interface StandingNode {
  readonly id?: string;
  readonly body: string;
  readonly url: string;
  readonly repository: PlaceNode;
  readonly commits: Maybe<Connection<{ readonly commit: { readonly message: string } }>>;
  readonly reviewDecision: MergeStanding['reviewDecision'];
  readonly mergeable: 'MERGEABLE' | 'CONFLICTING' | 'UNKNOWN';
  readonly timelineItems: Maybe<Connection<{ readonly createdAt?: string }>>;
  readonly statusCheckRollup: Maybe<{ readonly contexts: Maybe<Connection<ContextNode>> }>;
  readonly closingIssuesReferences: Maybe<Connection<IssueNode>>;
}

interface Answer {
  readonly repository: Maybe<{
    readonly viewerDefaultMergeMethod: 'MERGE' | 'SQUASH' | 'REBASE';
    readonly mergeCommitAllowed: boolean;
    readonly squashMergeAllowed: boolean;
    readonly rebaseMergeAllowed: boolean;
    /** What branch protection asks of this viewer; null where nothing, as for those who may pass it by. */
    readonly ref: Maybe<{ readonly refUpdateRule: Maybe<{ readonly requiresLinearHistory: boolean }> }>;
  }>;
  readonly nodes: Maybe<readonly (StandingNode | null)[]>;
}

const PULLS_PER_CALL = 50;
const PERMISSIONS = 'checks: read, statuses: read, issues: read';

/** The fields that may keep it from merging: what nobody knows without them, and what lets them be read. */
const FIELDS: Readonly<Record<string, readonly [what: string, permission: string]>> = {
  reviewDecision: ['whether it is approved', 'pull_requests: read'],
  statusCheckRollup: ['whether its checks passed', 'checks: read, statuses: read'],
  closingIssuesReferences: ['what blocks its task', 'issues: read'],
};

/**
 * Reviews, checks and what blocks the tasks of open pull requests: one call for 50, and one for 50 tasks that only their words
 * name. What is not whole is a gap.
 */
export async function loadMergeStandings(
  client: GitHubClient,
  { owner, repo, branch }: RepositoryRef & { readonly branch: string },
  ids: readonly string[],
  allows: MergeRules['allows'],
): Promise<MergeStandings> {
  let mergeMethod: MergeMethod = 'merge';
  const standings = new Map<string, MergeStanding>();
  const gaps: Gap[] = [];
  const named = new Map<string, readonly Ref[]>();
  await askInBatches(ids, PULLS_PER_CALL, async (batch, patience) => {
    const what = `reviews, checks and blockers of ${batch.length} pull requests`;
    const tried = `read the ${what}`;
    const reply = await client.graphql<Answer>(
      MERGE_STANDINGS,
      { owner, repo, base: `refs/heads/${branch}`, ids: batch },
      { tried, ...patience },
    );
    demandAnswer(reply, tried);
    const [problem] = reply.problems;
    mergeMethod = methodOf(reply.data.repository, allows);
    const answered = reply.data.nodes ?? [];
    const nodes = answered.filter((node) => node !== null);
    if (problem !== undefined) gaps.push(gapOf(problem, what, PERMISSIONS));
    else if (nodes.some(isCut)) gaps.push(truncated(what));
    for (const [place, node] of answered.entries()) {
      if (node?.id === undefined) continue;
      standings.set(node.id, standingOf(node, unreadOf(node, reply.problems, place)));
      named.set(node.id, namedBy(node));
    }
  });
  const more = await loadTaskBlockers(client, [...named.values()].flat());
  const all = [...standings].map(([id, standing]) => {
    const tasks = (named.get(id) ?? []).flatMap((ref) => more.tasks.get(refKey(ref)) ?? []);
    return [id, { ...standing, tasks: [...standing.tasks, ...tasks] }] as const;
  });
  return { standings: new Map(all), gaps: [...gaps, ...more.gaps], mergeMethod };
}

/** Tasks that its words close beside those that GitHub says it closes, which are into the default branch alone. */
function namedBy(node: StandingNode): readonly Ref[] {
  const { body, url, repository, commits, closingIssuesReferences } = node;
  const told = new Set(nodesOf(closingIssuesReferences).map((task) => refKey(refOf(task))));
  const place = { owner: repository.owner.login, repo: repository.name, number: 0 };
  const messages = nodesOf(commits).map(({ commit: { message } }) => message);
  return closedByWords({ body, url, ref: place }, messages).filter((ref) => !told.has(refKey(ref)));
}

/** By branch protection and rulesets, of what the settings of the repository allow. Where the branch forbids all that the repository allows, nothing can be merged, and its own word stands. */
function methodOf(settings: Answer['repository'], allows: MergeRules['allows']): MergeMethod {
  const inRepository: readonly MergeMethod[] = [
    ...(settings?.mergeCommitAllowed === true ? ['merge' as const] : []),
    ...(settings?.squashMergeAllowed === true ? ['squash' as const] : []),
    ...(settings?.rebaseMergeAllowed === true ? ['rebase' as const] : []),
  ];
  const isLinear = settings?.ref?.refUpdateRule?.requiresLinearHistory === true;
  const onBranch = inRepository.filter((method) => allows(method) && !(isLinear && method === 'merge'));
  const allowed = onBranch.length > 0 ? onBranch : inRepository;
  return allowed.find((method) => method.toUpperCase() === settings?.viewerDefaultMergeMethod) ?? allowed[0] ?? 'merge';
}

/** Refused at any depth below a field, nobody knows what the field would say. */
function unreadOf(node: StandingNode, problems: readonly GraphqlProblem[], place: number): readonly Gap[] {
  const refused = Object.entries(FIELDS).flatMap(([field, [what, permission]]) => {
    const problem = problems.find(({ path }) => path[0] === 'nodes' && path[1] === place && path[2] === field);
    return problem === undefined ? [] : [gapOf(problem, what, permission)];
  });
  const isLong = node.statusCheckRollup?.contexts?.pageInfo?.hasNextPage === true;
  return isLong ? [...refused, truncated('whether all of its checks passed')] : refused;
}

function isCut({ closingIssuesReferences, statusCheckRollup, commits }: StandingNode): boolean {
  const lists = [closingIssuesReferences, statusCheckRollup?.contexts, commits];
  return lists.some((list) => list?.pageInfo?.hasNextPage === true) || nodesOf(closingIssuesReferences).some(isCutTask);
}

const MERGEABLE = { MERGEABLE: 'mergeable', CONFLICTING: 'conflicting', UNKNOWN: 'unknown' } as const;

function standingOf(node: StandingNode, unread: readonly Gap[]): MergeStanding {
  const { reviewDecision, timelineItems, statusCheckRollup, closingIssuesReferences } = node;
  const open = nodesOf(closingIssuesReferences).filter(isOpenIssue);
  return {
    readyAt: nodesOf(timelineItems).at(-1)?.createdAt ?? null,
    mergeable: MERGEABLE[node.mergeable] ?? 'unknown',
    reviewDecision,
    failedChecks: nodesOf(statusCheckRollup?.contexts).flatMap(failedName),
    tasks: open.map(openTaskOf),
    unread,
  };
}

const FAILED = new Set(['FAILURE', 'ERROR', 'TIMED_OUT', 'STARTUP_FAILURE', 'ACTION_REQUIRED']);

function failedName({ name, conclusion, context, state }: ContextNode): readonly string[] {
  const shown = name ?? context;
  return shown !== undefined && FAILED.has(conclusion ?? state ?? '') ? [shown] : [];
}

const nodesOf = <T>(connection: Maybe<Connection<T>>): readonly T[] =>
  (connection?.nodes ?? []).filter((node) => node !== null);
