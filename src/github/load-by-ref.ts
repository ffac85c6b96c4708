import type { Ref } from '../core/task/identity.ts';
import type { GitHubClient } from './client.ts';
import { demandAnswer } from './demand-answer.ts';
import { byRefQuery } from './queries/by-ref-query.ts';
import type { Unread } from './unread.ts';

/** Up to 20 in one call, so that a call stays far below GitHub's limits. */
const PER_CALL = 20;

const NAMES = { issue: 'issues', thing: 'issues or pull requests', pullRequest: 'pull requests' } as const;

interface ItemAnswer<Node> {
  readonly issueOrPullRequest?: Node | null;
  readonly pullRequest?: Node | null;
}

/** Issues or pull requests by number, in the order of the references; those that are gone or hidden are left out. */
export async function loadByRef<Node extends { readonly number: number }>(
  client: GitHubClient,
  refs: readonly Ref[],
  { kind, unread }: { readonly kind: 'issue' | 'thing' | 'pullRequest'; readonly unread?: Unread },
): Promise<readonly Node[]> {
  const found: Node[] = [];
  for (let from = 0; from < refs.length; from += PER_CALL) {
    const batch = refs.slice(from, from + PER_CALL);
    const variables = Object.fromEntries(
      batch.flatMap(({ owner, repo, number }, n) => [
        [`owner${n}`, owner],
        [`repo${n}`, repo],
        [`number${n}`, number],
      ]),
    );
    const tried = `read ${batch.length} ${NAMES[kind]}`;
    const query = byRefQuery(kind, batch.length);
    const reply = await client.graphql<Record<`item${number}`, ItemAnswer<Node> | null>>(query, variables, { tried });
    unread?.note(reply);
    const isWhole = [...batch.keys()].every((n) => reply.data[`item${n}`] != null);
    if (!isWhole || unread === undefined) demandAnswer(reply, tried);
    for (const n of batch.keys()) {
      const item = reply.data[`item${n}`];
      const node = item?.issueOrPullRequest ?? item?.pullRequest;
      // A pull request, where an issue was asked for, answers nothing but its type.
      if (node?.number !== undefined) found.push(node);
    }
  }
  return found;
}
