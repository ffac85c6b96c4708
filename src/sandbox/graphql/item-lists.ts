import type { IssueRecord, PullRequestRecord, RepositoryRecord } from '../world.ts';
import { type Connection, connect, type PageArguments } from './connection.ts';
import { NotModelled } from './github-error.ts';
import { byOrder, type Order } from './order.ts';
import { isSameLogin } from './same-login.ts';
import { issueSource, pullRequestSource } from './source.ts';

type ItemOrder = Order<'CREATED_AT' | 'UPDATED_AT' | 'COMMENTS'>;

interface ItemArguments extends PageArguments {
  readonly states?: readonly string[] | null;
  /** Any of them is enough. */
  readonly labels?: readonly string[] | null;
  readonly orderBy?: ItemOrder | null;
}

export interface IssuesArguments extends ItemArguments {
  readonly filterBy?: IssueFilters | null;
}

export interface PullRequestsArguments extends ItemArguments {
  readonly baseRefName?: string | null;
  readonly headRefName?: string | null;
}

interface IssueFilters {
  readonly assignee?: string | null;
  readonly createdBy?: string | null;
  /** All of them must be there. */
  readonly labels?: readonly string[] | null;
  readonly mentioned?: string | null;
  readonly milestone?: string | null;
  readonly milestoneNumber?: string | null;
  readonly since?: string | null;
  readonly states?: readonly string[] | null;
  readonly type?: string | null;
  readonly viewerSubscribed?: boolean | null;
}

type AnyItem = IssueRecord | PullRequestRecord;

/** A repository's issues that pass the filters and `isWanted`, oldest first unless ordered otherwise. */
export function listIssues(
  repository: RepositoryRecord,
  args: IssuesArguments,
  isWanted: (issue: IssueRecord) => boolean = () => true,
): Connection {
  const matches = filterOf(repository, args.filterBy ?? {});
  const issues = [...repository.issues.values()].filter(
    (issue) => passesCommon(issue, args) && matches(issue) && isWanted(issue),
  );
  return connect(inOrder(issues, args.orderBy), args, {
    keyOf: (issue) => issue.id,
    toSource: (record) => issueSource(repository, record),
  });
}

/** A repository's pull requests that pass the filters and `isWanted`, oldest first unless ordered otherwise. */
export function listPullRequests(
  repository: RepositoryRecord,
  args: PullRequestsArguments,
  isWanted: (pullRequest: PullRequestRecord) => boolean = () => true,
): Connection {
  const pullRequests = [...repository.pullRequests.values()].filter(
    (item) =>
      passesCommon(item, args) &&
      (args.baseRefName == null || item.baseRefName === args.baseRefName) &&
      (args.headRefName == null || item.headRefName === args.headRefName) &&
      isWanted(item),
  );
  return connect(inOrder(pullRequests, args.orderBy), args, {
    keyOf: (item) => item.id,
    toSource: (record) => pullRequestSource(repository, record),
  });
}

/** Sorts items as `orderBy` says; by creation, oldest first, when it is not given. */
function inOrder<Item extends AnyItem>(items: Item[], order: ItemOrder | null | undefined): Item[] {
  const byNumber = items.sort((a, b) => a.number - b.number);
  if (order == null) return byNumber;
  return byNumber.sort(
    byOrder(order, {
      CREATED_AT: (item) => item.createdAt,
      UPDATED_AT: (item) => item.updatedAt,
      COMMENTS: (item) => item.comments.length,
    }),
  );
}

export function hasLabel(item: AnyItem, name: string): boolean {
  if (item.labels.has(name)) return true;
  return [...item.labels].some((label) => label.toLowerCase() === name.toLowerCase());
}

function passesCommon(item: AnyItem, { states, labels }: ItemArguments): boolean {
  if (states && !states.includes(item.state.toUpperCase())) return false;
  return !labels || labels.some((name) => hasLabel(item, name));
}

function filterOf(repository: RepositoryRecord, filters: IssueFilters): (issue: IssueRecord) => boolean {
  if (filters.mentioned != null) throw new NotModelled('IssueFilters.mentioned');
  if (filters.viewerSubscribed) throw new NotModelled('IssueFilters.viewerSubscribed');
  const since = filters.since == null ? null : Date.parse(filters.since);
  return (issue) =>
    (since === null || Date.parse(issue.updatedAt) >= since) &&
    (!filters.states || filters.states.includes(issue.state.toUpperCase())) &&
    (!filters.labels || filters.labels.every((name) => hasLabel(issue, name))) &&
    (filters.createdBy == null || isSameLogin(issue.author, filters.createdBy)) &&
    matchesOptional(filters.assignee, [...issue.assignees]) &&
    matchesOptional(filters.milestone ?? filters.milestoneNumber, milestoneNames(repository, issue)) &&
    matchesOptional(filters.type, issue.issueType === null ? [] : [issue.issueType]);
}

/** GitHub's filters know `*` for any and an explicit null for none; null here stands for "not filtered". */
function matchesOptional(wanted: string | null | undefined, present: readonly string[]): boolean {
  if (wanted == null) return true;
  if (wanted === '*') return present.length > 0;
  return present.some((name) => name.toLowerCase() === wanted.toLowerCase());
}

function milestoneNames(repository: RepositoryRecord, issue: IssueRecord): readonly string[] {
  const milestone = issue.milestone === null ? undefined : repository.milestones.get(issue.milestone);
  return milestone === undefined ? [] : [String(milestone.number), milestone.title];
}
