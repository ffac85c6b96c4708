import { canSee } from '../access/viewer.ts';
import { notFound } from '../actions/world-refusal.ts';
import { findItem, findRepository } from '../find-record.ts';
import { serializeAnyIssue } from '../serialize/serialize-issue.ts';
import type { IssueRecord, ItemKey, PullRequestRecord, RepositoryRecord } from '../world.ts';
import type { RepositoryCall, RestCall } from './route.ts';

export type Item = IssueRecord | PullRequestRecord;

/** An issue as this viewer may see it: the link to a parent in a hidden repository is left out. */
export function showIssue(call: RestCall, repository: RepositoryRecord, item: Item): Readonly<Record<string, unknown>> {
  const json = serializeAnyIssue(call.world, repository, item, call.baseUrl);
  if (item.kind === 'pull_request' || item.parent === null) return json;
  if (canSee(call.world, call.viewer, item.parent.repository)) return json;
  return Object.fromEntries(Object.entries(json).filter(([name]) => name !== 'parent_issue_url'));
}

/** The issue or pull request that the path names, or 404. */
export function requireItemOf(call: RepositoryCall): Item {
  const item = findItem(call.world, itemKeyOf(call));
  if (item === null) throw notFound();
  return item;
}

/** The issue that the path names; 404 for a pull request too. */
export function requireIssueOf(call: RepositoryCall): IssueRecord {
  const item = requireItemOf(call);
  if (item.kind !== 'issue') throw notFound();
  return item;
}

/** The key that `:issue_number` or `:pull_number` in the path stands for. */
export function itemKeyOf(call: RepositoryCall): ItemKey {
  const number = call.parameters.issue_number ?? call.parameters.pull_number;
  return { repository: call.repositoryKey, number: Number(number) };
}

/** The items behind keys, in order, without those in repositories that the viewer does not see. */
export function visibleItems(call: RestCall, keys: readonly ItemKey[]): readonly VisibleItem[] {
  return keys.flatMap((key) => {
    const repository = findRepository(call.world, key.repository);
    const item = findItem(call.world, key);
    return repository && item && canSee(call.world, call.viewer, key.repository) ? [{ repository, item }] : [];
  });
}

interface VisibleItem {
  readonly repository: RepositoryRecord;
  readonly item: Item;
}
