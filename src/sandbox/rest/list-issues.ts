import type { Answer } from '../http/answer.ts';
import { pageOf } from '../http/pages.ts';
import type { RepositoryCall } from './route.ts';
import { type Item, showIssue } from './show-issue.ts';

/** `GET /repos/{owner}/{repo}/issues`: issues and pull requests alike, newest first unless told otherwise. */
export function listIssues(call: RepositoryCall): Answer {
  const { repository, query } = call;
  const items: readonly Item[] = [...repository.issues.values(), ...repository.pullRequests.values()];
  const wanted = items.filter((item) => filtersOf(query).every((fits) => fits(item)));
  return pageOf(sortItems(wanted, query), call.url, (item) => showIssue(call, repository, item));
}

type Filter = (item: Item) => boolean;

function filtersOf(query: URLSearchParams): readonly Filter[] {
  const state = query.get('state') ?? 'open';
  const since = query.get('since');
  const labels = (query.get('labels') ?? '').split(',').filter((name) => name !== '');
  return [
    (item) => state === 'all' || (state === 'open') === (item.state === 'open'),
    (item) => since === null || Date.parse(item.updatedAt) >= Date.parse(since),
    (item) => labels.every((name) => hasName(item.labels, name)),
    (item) => fitsOption(query.get('assignee'), [...item.assignees]),
    (item) => fitsOption(query.get('milestone'), item.milestone === null ? [] : [String(item.milestone)]),
    (item) => isSame(query.get('creator') ?? item.author, item.author),
  ];
}

/** `none`, `*`, or one value. */
function fitsOption(wanted: string | null, values: readonly string[]): boolean {
  if (wanted === null) return true;
  if (wanted === 'none') return values.length === 0;
  return wanted === '*' ? values.length > 0 : values.some((value) => isSame(value, wanted));
}

/** Whether a name is among others, compared as GitHub compares labels and logins: in any case. */
export function hasName(names: Iterable<string>, wanted: string): boolean {
  return [...names].some((name) => isSame(name, wanted));
}

function isSame(one: string, other: string): boolean {
  return one.toLowerCase() === other.toLowerCase();
}

/** By `sort` (created, updated, comments) and `direction`; equal ones by number, which rises with creation. */
export function sortItems(items: readonly Item[], query: URLSearchParams): readonly Item[] {
  const sort = query.get('sort') ?? 'created';
  const rank = (item: Item) => {
    if (sort === 'comments') return item.comments.length;
    return Date.parse(sort === 'updated' ? item.updatedAt : item.createdAt);
  };
  const sign = query.get('direction') === 'asc' ? 1 : -1;
  return [...items].sort((one, other) => sign * (rank(one) - rank(other) || one.number - other.number));
}
