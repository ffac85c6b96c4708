import type { BaseCommit, RunConclusion, RunFacts } from '../core/readiness/readiness-facts.ts';
import { known, type Reading, unknown } from '../core/reading.ts';
import type { RepositoryRef } from '../core/task/identity.ts';
import type { Gathering } from './gathering.ts';
import { statusOf } from './load-head-runs.ts';
import { CHECKS_PERMISSION, isOwnCheck, readContexts } from './map-pull-request.ts';
import type { CheckRunNode, Connection, Maybe, RollupNode, StatusContextNode } from './nodes.ts';
import { noteGap } from './note-gap.ts';
import { BASE_RUNS } from './queries/readiness-queries.ts';
import { conclusionOf, readAttempts, runIdOf, type SuitesNode } from './read-attempts.ts';
import { gapOf, truncated } from './unread.ts';

interface BaseAnswer {
  readonly repository: Maybe<{
    readonly ref: Maybe<{ readonly target: Maybe<{ readonly history?: Maybe<Connection<BaseCommitNode>> }> }>;
  }>;
}

interface BaseCommitNode {
  readonly oid: string;
  readonly messageHeadline: string;
  readonly committedDate: string;
  readonly url: string;
  readonly statusCheckRollup: Maybe<RollupNode>;
  readonly checkSuites: SuitesNode;
  readonly parents: Maybe<Pick<Connection<{ readonly oid: string }>, 'nodes'>>;
}

interface BaseQuestion {
  readonly repository: RepositoryRef;
  readonly branch: string;
  readonly count: number;
  /** Id of the workflow run that makes the report. */
  readonly ownRun: number | null;
}

/**
 * The newest commits of a branch, newest first, with the last run of every check: one call. GitHub lists what merges brought
 * among them; those are commits of pull requests, which never were the head of the branch.
 */
export async function loadBaseCommits(
  gathering: Gathering,
  question: BaseQuestion,
): Promise<Reading<readonly BaseCommit[]>> {
  const { client, unread, gaps } = gathering;
  const { repository, branch, count } = question;
  const what = `commits of ${branch} in ${repository.owner}/${repository.repo}`;
  const before = gaps.length;
  let commits: readonly BaseCommit[] = [];
  await noteGap(gathering, { what, permission: 'contents: read' }, async () => {
    const variables = { ...repository, branch: `refs/heads/${branch}`, first: count };
    const reply = await client.graphql<BaseAnswer>(BASE_RUNS, variables, { tried: `read the ${what}` });
    unread.note(reply);
    const nodes = reply.data.repository?.ref?.target?.history?.nodes;
    if (nodes == null) return reply.problems[0] ?? { type: null, message: `no branch ${branch}`, path: [] };
    commits = ownLine(nodes.filter((node) => node !== null)).map((node) => commitOf(node, gathering, question));
    return null;
  });
  const gap = gaps[before];
  return gap === undefined ? known(commits) : unknown(gap);
}

/** From the newest on by first parents, as far as they were read. */
function ownLine(nodes: readonly BaseCommitNode[]): readonly BaseCommitNode[] {
  const byId = new Map(nodes.map((node) => [node.oid, node]));
  const line: BaseCommitNode[] = [];
  for (let node = nodes[0]; node !== undefined; node = byId.get(parentOf(node) ?? '')) line.push(node);
  return line;
}

const parentOf = ({ parents }: BaseCommitNode): string | undefined => parents?.nodes?.[0]?.oid;

function commitOf(node: BaseCommitNode, { unread }: Gathering, question: BaseQuestion): BaseCommit {
  const { oid, messageHeadline, committedDate, url, statusCheckRollup: rollup, checkSuites } = node;
  const what = `checks of ${oid.slice(0, 7)}`;
  const refused = rollup == null ? unread.at(node, 'statusCheckRollup') : null;
  const runs = rollup == null ? readNone(refused, what) : runsOf({ rollup, checkSuites }, what, { unread, question });
  const hasParent = parentOf(node) !== undefined;
  return { sha: oid, subject: messageHeadline, committedAt: committedDate, url, runs, hasParent };
}

const readNone = (refused: ReturnType<Gathering['unread']['at']>, what: string): BaseCommit['runs'] =>
  refused === null ? known([]) : unknown(gapOf(refused, what, CHECKS_PERMISSION));

interface Reported {
  readonly rollup: RollupNode;
  readonly checkSuites: SuitesNode;
}

interface RunPlace {
  readonly unread: Gathering['unread'];
  readonly question: BaseQuestion;
}

function runsOf({ rollup, checkSuites }: Reported, what: string, { unread, question }: RunPlace): BaseCommit['runs'] {
  const contexts = readContexts(rollup, what, unread);
  if (!contexts.known) return contexts;
  if (rollup.contexts?.pageInfo?.hasNextPage === true) return unknown(truncated(what));
  const attempts = new Map((readAttempts(checkSuites) ?? []).map(({ last, earlier }) => [last.url, earlier]));
  const ofCode = contexts.value.filter((node) => !isOwnCheck(node) && !isOfConversation(node));
  return known(ofCode.map((node) => runOf(node, question, attempts)));
}

/**
 * Events about issues and the like, whose workflows GitHub puts on whatever commit the default branch has: that says nothing of
 * the commit. What may be a test of it stays: a schedule, a dispatch, another workflow's end.
 * Source: https://docs.github.com/en/actions/reference/workflows-and-actions/events-that-trigger-workflows
 */
const OF_CONVERSATION: ReadonlySet<string> = new Set([
  'discussion',
  'discussion_comment',
  'fork',
  'gollum',
  'issue_comment',
  'issues',
  'label',
  'milestone',
  'watch',
]);

const isOfConversation = (node: CheckRunNode | StatusContextNode): boolean =>
  node.__typename === 'CheckRun' && OF_CONVERSATION.has(node.checkSuite?.workflowRun?.event ?? '');

/** Where the workflow may not be read, its run stands for it: two of one name then count apart rather than as one. */
function workflowOf({ checkSuite, url }: CheckRunNode): string | null {
  const name = checkSuite?.workflowRun?.workflow.name;
  const run = runIdOf(url);
  return name ?? (run === null ? null : `run ${run}`);
}

/** Of attempts that could not be read nothing is told: the last one decides. */
function runOf(
  node: CheckRunNode | StatusContextNode,
  { ownRun }: BaseQuestion,
  attempts: ReadonlyMap<string, readonly RunConclusion[]>,
): RunFacts {
  if (node.__typename === 'StatusContext') return statusOf(node);
  const { name, completedAt = null, url } = node;
  const earlier = attempts.get(url) ?? [];
  const conclusion = conclusionOf(node);
  return {
    ...{ name, workflow: workflowOf(node), conclusion, attempt: earlier.length + 1, earlier },
    ...{ isOwn: ownRun !== null && runIdOf(url) === ownRun && conclusion === 'pending', completedAt, url },
  };
}
