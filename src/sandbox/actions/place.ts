import { findIssue, findItem, findPullRequest, findRepository } from '../find-record.ts';
import { findByDatabaseId } from '../node-id.ts';
import type { CommentRecord, IssueRecord, ItemKey, PullRequestRecord, RepositoryRecord, World } from '../world.ts';
import { notFound } from './world-refusal.ts';

/** An issue or pull request together with its repository and key. */
export interface Place<Item = IssueRecord | PullRequestRecord> {
  readonly key: ItemKey;
  readonly repository: RepositoryRecord;
  readonly item: Item;
}

/** The repository of a key, or a 404. */
export function requireRepository(world: World, key: string): RepositoryRecord {
  const repository = findRepository(world, key);
  if (repository === null) throw notFound();
  return repository;
}

/** The issue of a key, or a 404. */
export function requireIssue(world: World, key: ItemKey): Place<IssueRecord> {
  return placeOf(world, key, findIssue(world, key));
}

/** The pull request of a key, or a 404. */
export function requirePullRequest(world: World, key: ItemKey): Place<PullRequestRecord> {
  return placeOf(world, key, findPullRequest(world, key));
}

/** Whatever has the number, or a 404. */
export function requireItem(world: World, key: ItemKey): Place {
  return placeOf(world, key, findItem(world, key));
}

/** A comment by its database id with the place it is in, or a 404. */
export function requireComment(world: World, id: number): Place & { readonly comment: CommentRecord } {
  const node = findByDatabaseId(world, 'IssueComment', id);
  if (node === null) throw notFound();
  return { ...placeIn(node.repository, node.item), comment: node.record };
}

/** The place of an item whose repository is known. */
export function placeIn<Item extends { readonly number: number }>(
  repository: RepositoryRecord,
  item: Item,
): Place<Item> {
  const key = { repository: `${repository.owner}/${repository.name}`.toLowerCase(), number: item.number };
  return { key, repository, item };
}

/** GitHub's event name for changes of this kind of item. */
export function eventNameOf(item: IssueRecord | PullRequestRecord): 'issues' | 'pull_request' {
  return item.kind === 'issue' ? 'issues' : 'pull_request';
}

function placeOf<Item extends { readonly number: number }>(world: World, key: ItemKey, item: Item | null): Place<Item> {
  if (item === null) throw notFound();
  return placeIn(requireRepository(world, key.repository), item);
}
