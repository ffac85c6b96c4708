import type { Gap } from '../core/reading.ts';
import { type Ref, refKey } from '../core/task/identity.ts';
import type { GitHubClient } from './client.ts';
import { demandAnswer } from './demand-answer.ts';
import type { Maybe } from './nodes.ts';
import { type IssueNode, isCutTask, isOpenIssue, type OpenTask, openTaskOf } from './open-task.ts';
import { taskBlockersQuery } from './queries/risk-queries.ts';
import { gapOf, truncated } from './unread.ts';

interface ItemNode extends Partial<IssueNode> {
  readonly __typename: string;
}

type Answer = Readonly<Record<`item${number}`, Maybe<{ readonly issueOrPullRequest: Maybe<ItemNode> }>>>;

export interface TaskBlockers {
  /** By the `refKey` that was asked for; what is closed, a pull request or not there is absent. */
  readonly tasks: ReadonlyMap<string, OpenTask>;
  readonly gaps: readonly Gap[];
}

const TASKS_PER_CALL = 50;

/** The open issues among those named, each with the open ones that block it: one call for 50. */
export async function loadTaskBlockers(client: GitHubClient, refs: readonly Ref[]): Promise<TaskBlockers> {
  const distinct = [...new Map(refs.map((ref) => [refKey(ref), ref])).values()];
  const tasks = new Map<string, OpenTask>();
  const gaps: Gap[] = [];
  for (let from = 0; from < distinct.length; from += TASKS_PER_CALL) {
    const batch = distinct.slice(from, from + TASKS_PER_CALL);
    const variables = batch.flatMap(({ owner, repo, number }, n) => [
      [`owner${n}`, owner] as const,
      [`repo${n}`, repo] as const,
      [`number${n}`, number] as const,
    ]);
    const what = `blockers of ${batch.length} tasks that pull requests name`;
    const tried = `read the ${what}`;
    const query = taskBlockersQuery(batch.length);
    const reply = await client.graphql<Answer>(query, Object.fromEntries(variables), { tried });
    demandAnswer(reply, tried);
    const nodes = batch.map((ref, n) => [ref, reply.data[`item${n}`]?.issueOrPullRequest] as const);
    // Anybody may name what is not there.
    const problem = reply.problems.find(({ type }) => type !== 'NOT_FOUND');
    if (problem !== undefined) gaps.push(gapOf(problem, what, 'issues: read'));
    for (const [ref, node] of nodes) {
      if (node == null || !isIssue(node) || !isOpenIssue(node)) continue;
      tasks.set(refKey(ref), openTaskOf(node));
      if (isCutTask(node)) gaps.push(truncated(what));
    }
  }
  return { tasks, gaps };
}

const isIssue = (node: ItemNode): node is ItemNode & IssueNode => node.__typename === 'Issue';
