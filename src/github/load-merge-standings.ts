import type { Gap } from '../core/reading.ts';
import type { MergeStanding } from '../core/risk/merge-standing.ts';
import type { Ref } from '../core/task/identity.ts';
import { askInBatches } from './ask-smaller.ts';
import type { GitHubClient } from './client.ts';
import { demandAnswer } from './demand-answer.ts';
import type { Connection, Maybe, PlaceNode } from './nodes.ts';
import { MERGE_STANDINGS } from './queries/risk-queries.ts';
import { gapOf, truncated } from './unread.ts';

export interface MergeStandings {
  /** By the node id of the pull request; one that GitHub did not tell of is absent. */
  readonly standings: ReadonlyMap<string, MergeStanding>;
  readonly gaps: readonly Gap[];
}

interface IssueNode {
  readonly number: number;
  readonly state: 'OPEN' | 'CLOSED';
  readonly repository: PlaceNode;
  readonly blockedBy?: Maybe<Connection<IssueNode>>;
}

interface ContextNode {
  readonly name?: string;
  readonly conclusion?: string | null;
  readonly context?: string;
  readonly state?: string;
}

interface StandingNode {
  readonly id?: string;
  readonly reviewDecision: MergeStanding['reviewDecision'];
  readonly timelineItems: Maybe<Connection<{ readonly createdAt?: string }>>;
  readonly statusCheckRollup: Maybe<{ readonly contexts: Maybe<Connection<ContextNode>> }>;
  readonly closingIssuesReferences: Maybe<Connection<IssueNode>>;
}

const PULLS_PER_CALL = 50;
const PERMISSIONS = 'checks: read, statuses: read, issues: read';

/** Reviews, checks and what blocks the tasks of open pull requests: one call for 50. What is not whole is a gap. */
export async function loadMergeStandings(client: GitHubClient, ids: readonly string[]): Promise<MergeStandings> {
  const standings = new Map<string, MergeStanding>();
  const gaps: Gap[] = [];
  await askInBatches(ids, PULLS_PER_CALL, async (batch, patience) => {
    const what = `reviews, checks and blockers of ${batch.length} pull requests`;
    const tried = `read the ${what}`;
    const reply = await client.graphql<{ readonly nodes: Maybe<readonly (StandingNode | null)[]> }>(
      MERGE_STANDINGS,
      { ids: batch },
      { tried, ...patience },
    );
    demandAnswer(reply, tried);
    const [problem] = reply.problems;
    const nodes = (reply.data.nodes ?? []).filter((node) => node !== null);
    if (problem !== undefined) gaps.push(gapOf(problem, what, PERMISSIONS));
    else if (nodes.some(isCut)) gaps.push(truncated(what));
    for (const node of nodes) if (node.id !== undefined) standings.set(node.id, standingOf(node));
  });
  return { standings, gaps };
}

function isCut({ closingIssuesReferences, statusCheckRollup }: StandingNode): boolean {
  const tasks = nodesOf(closingIssuesReferences);
  return [closingIssuesReferences, statusCheckRollup?.contexts, ...tasks.map(({ blockedBy }) => blockedBy)].some(
    (list) => list?.pageInfo?.hasNextPage === true,
  );
}

function standingOf(node: StandingNode): MergeStanding {
  const { reviewDecision, timelineItems, statusCheckRollup, closingIssuesReferences } = node;
  const open = nodesOf(closingIssuesReferences).filter(isOpen);
  return {
    readyAt: nodesOf(timelineItems).at(-1)?.createdAt ?? null,
    reviewDecision,
    failedChecks: nodesOf(statusCheckRollup?.contexts).flatMap(failedName),
    tasks: open.map((task) => ({ ref: refOf(task), blockers: nodesOf(task.blockedBy).filter(isOpen).map(refOf) })),
  };
}

const FAILED = new Set(['FAILURE', 'ERROR', 'TIMED_OUT', 'STARTUP_FAILURE', 'ACTION_REQUIRED']);

function failedName({ name, conclusion, context, state }: ContextNode): readonly string[] {
  const shown = name ?? context;
  return shown !== undefined && FAILED.has(conclusion ?? state ?? '') ? [shown] : [];
}

const isOpen = ({ state }: IssueNode): boolean => state === 'OPEN';

const refOf = ({ number, repository: { name, owner } }: IssueNode): Ref => ({
  ...{ owner: owner.login, repo: name, number },
});

const nodesOf = <T>(connection: Maybe<Connection<T>>): readonly T[] =>
  (connection?.nodes ?? []).filter((node) => node !== null);
