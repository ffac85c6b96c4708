import { type Ref, refKey } from '../core/task/identity.ts';
import type { NamedIssue } from '../core/umbrella/scaffold/plan-checklist.ts';
import type { GitHubClient } from './client.ts';
import { demandAnswer } from './demand-answer.ts';
import { refOf } from './map-task.ts';
import type { PlaceNode } from './nodes.ts';
import { namedIssuesQuery } from './queries/scaffold-queries.ts';

interface NumberedNode {
  readonly number: number;
  readonly repository: PlaceNode;
}

interface ItemNode extends NumberedNode {
  readonly __typename: string;
  readonly parent?: NumberedNode | null;
}

type Answer = Readonly<Record<`item${number}`, { readonly issueOrPullRequest: ItemNode | null } | null>>;

/** Issues and pull requests with their parents by the `refKey` that was asked for, in one call for 100; hidden ones are left out. */
export async function loadNamedIssues(
  client: GitHubClient,
  refs: readonly Ref[],
): Promise<ReadonlyMap<string, NamedIssue>> {
  const distinct = [...new Map(refs.map((ref) => [refKey(ref), ref])).values()].slice(0, 100);
  if (distinct.length === 0) return new Map();
  const variables = distinct.flatMap(({ owner, repo, number }, n) => [
    [`owner${n}`, owner] as const,
    [`repo${n}`, repo] as const,
    [`number${n}`, number] as const,
  ]);
  const tried = `read ${distinct.length} issues that a checklist names`;
  const query = namedIssuesQuery(distinct.length);
  const reply = await client.graphql<Answer>(query, Object.fromEntries(variables), { tried });
  demandAnswer(reply, tried);
  return new Map(
    distinct.flatMap((ref, n) => {
      const node = reply.data[`item${n}`]?.issueOrPullRequest;
      return node == null ? [] : [[refKey(ref), namedIssue(node)] as const];
    }),
  );
}

const namedIssue = (node: ItemNode): NamedIssue => ({
  ref: refOf(node),
  isPullRequest: node.__typename !== 'Issue',
  parent: node.parent == null ? null : refOf(node.parent),
});
