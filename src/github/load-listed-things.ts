import { type Ref, refKey } from '../core/task/identity.ts';
import type { ListedThing } from '../core/umbrella/drift/drift.ts';
import type { GitHubClient } from './client.ts';
import { loadByRef } from './load-by-ref.ts';
import { refOf } from './map-task.ts';
import type { IssuePlaceNode } from './nodes.ts';

type ThingNode = IssuePlaceNode &
  (
    | { readonly __typename: 'PullRequest' }
    | { readonly __typename: 'Issue'; readonly state: 'OPEN' | 'CLOSED'; readonly parent: IssuePlaceNode | null }
  );

/** What the references of a text are, by `refKey`, at most 20 a call: issues with state and parent, pull requests, or nothing to be seen. */
export async function loadListedThings(
  client: GitHubClient,
  refs: readonly Ref[],
): Promise<ReadonlyMap<string, ListedThing>> {
  const nodes = await loadByRef<ThingNode>(client, refs, { kind: 'thing' });
  const things = new Map<string, ListedThing>(refs.map((ref) => [refKey(ref), { kind: 'missing' }]));
  for (const node of nodes) things.set(refKey(refOf(node)), thingOf(node));
  return things;
}

function thingOf(node: ThingNode): ListedThing {
  if (node.__typename === 'PullRequest') return { kind: 'pull_request' };
  const parent = node.parent === null ? null : refOf(node.parent);
  return { kind: 'issue', state: node.state === 'OPEN' ? 'open' : 'closed', parent };
}
