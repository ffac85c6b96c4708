import type { BaseCommit, RunConclusion, RunFacts } from '../core/readiness/readiness-facts.ts';
import { known, type Reading, unknown } from '../core/reading.ts';
import type { RepositoryRef } from '../core/task/identity.ts';
import type { Gathering } from './gathering.ts';
import { CHECKS_PERMISSION, isOwnCheck, readContexts } from './map-pull-request.ts';
import type { CheckRunNode, Connection, Maybe, RollupNode, StatusContextNode } from './nodes.ts';
import { noteGap } from './note-gap.ts';
import { BASE_RUNS } from './queries/readiness-queries.ts';
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
}

interface BaseQuestion {
  readonly repository: RepositoryRef;
  readonly branch: string;
  readonly count: number;
  /** Whether a check is required; null where that could not be read. */
  readonly isRequired: (name: string) => boolean | null;
  /** Id of the workflow run that makes the report. */
  readonly ownRun: number | null;
}

/** The newest commits of a branch, newest first, with the last run of every check: one call. */
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
    commits = nodes.filter((node) => node !== null).map((node) => commitOf(node, gathering, question));
    return null;
  });
  const gap = gaps[before];
  return gap === undefined ? known(commits) : unknown(gap);
}

function commitOf(node: BaseCommitNode, { unread }: Gathering, question: BaseQuestion): BaseCommit {
  const { oid, messageHeadline, committedDate, url, statusCheckRollup: rollup } = node;
  const what = `checks of ${oid.slice(0, 7)}`;
  const refused = rollup == null ? unread.at(node, 'statusCheckRollup') : null;
  const runs = rollup == null ? readNone(refused, what) : runsOf(rollup, what, { unread, question });
  return { sha: oid, subject: messageHeadline, committedAt: committedDate, url, runs };
}

const readNone = (refused: ReturnType<Gathering['unread']['at']>, what: string): BaseCommit['runs'] =>
  refused === null ? known([]) : unknown(gapOf(refused, what, CHECKS_PERMISSION));

interface RunPlace {
  readonly unread: Gathering['unread'];
  readonly question: BaseQuestion;
}

function runsOf(rollup: RollupNode, what: string, { unread, question }: RunPlace): BaseCommit['runs'] {
  const contexts = readContexts(rollup, what, unread);
  if (!contexts.known) return contexts;
  if (rollup.contexts?.pageInfo?.hasNextPage === true) return unknown(truncated(what));
  return known(contexts.value.filter((node) => !isOwnCheck(node)).map((node) => runOf(node, question)));
}

function runOf(node: CheckRunNode | StatusContextNode, { isRequired, ownRun }: BaseQuestion): RunFacts {
  const once = { attempt: 1, earlier: [] };
  if (node.__typename === 'StatusContext') {
    const { context, state, createdAt = null, targetUrl } = node;
    const conclusion = STATES[state];
    const completedAt = conclusion === 'pending' ? null : createdAt;
    const rest = { isRequired: isRequired(context), isOwn: false, url: targetUrl };
    return { name: context, workflow: null, conclusion, ...once, ...rest, completedAt };
  }
  const { name, status, conclusion, completedAt = null, url } = node;
  return {
    name,
    workflow: null,
    conclusion: status === 'COMPLETED' ? conclusionOf(conclusion) : 'pending',
    ...once,
    isRequired: isRequired(name),
    isOwn: ownRun !== null && runIdOf(url) === ownRun,
    completedAt,
    url,
  };
}

const STATES = {
  SUCCESS: 'success',
  PENDING: 'pending',
  EXPECTED: 'pending',
  FAILURE: 'failure',
  ERROR: 'failure',
} as const;

const CONCLUSIONS: Readonly<Record<string, RunConclusion>> = {
  SUCCESS: 'success',
  FAILURE: 'failure',
  STARTUP_FAILURE: 'failure',
  TIMED_OUT: 'timed_out',
  CANCELLED: 'cancelled',
  SKIPPED: 'skipped',
  NEUTRAL: 'neutral',
  ACTION_REQUIRED: 'action_required',
  STALE: 'stale',
};

/** GitHub's words in either case; one that is not known is no pass. */
const conclusionOf = (word: string | null): RunConclusion =>
  CONCLUSIONS[(word ?? '').toUpperCase()] ?? 'action_required';

/** The page of a check that a workflow made lies below that of its run: `…/actions/runs/12/job/34`. */
function runIdOf(url: string): number | null {
  const id = /\/actions\/runs\/(\d+)(?:\/|$)/.exec(url)?.[1];
  return id === undefined ? null : Number(id);
}
