import { isInside } from '../access/viewer.ts';
import type { Files } from '../files-at.ts';
import type {
  AccountRecord,
  BranchRules,
  CheckRunRecord,
  CommitRecord,
  FileRecord,
  IssueRecord,
  ItemKey,
  PullRequestRecord,
  RepositoryRecord,
  TimelineRecord,
  WorldNode,
} from '../world.ts';
import { forbidden } from './github-error.ts';
import { accountOf, type GraphqlContext, mayRead, visibleRepository } from './graphql-context.ts';

/**
 * What a resolver gets as its object: a record of the world with its surroundings. `type` is the GraphQL type, so that
 * a node found by its id is a source as it stands. Types that the world has no record for follow the same shape.
 */
export type Source<Type extends WorldNode['type']> = Extract<WorldNode, { readonly type: Type }>;

export interface AccountSource {
  readonly type: AccountRecord['type'];
  readonly record: AccountRecord;
}

export type IssueSource = Source<'Issue'>;
export type PullRequestSource = Source<'PullRequest'>;
export type ItemSource = IssueSource | PullRequestSource;
export type CommitSource = Source<'Commit'>;

export interface RefSource {
  readonly type: 'Ref';
  readonly repository: RepositoryRecord;
  readonly kind: 'branch' | 'tag';
  readonly name: string;
}

export interface RefUpdateRuleSource {
  readonly type: 'RefUpdateRule';
  readonly branch: string;
  readonly rules: BranchRules;
}

export interface TreeSource {
  readonly type: 'Tree';
  readonly repository: RepositoryRecord;
  /** All files of its commit. */
  readonly files: Files;
  /** Without a slash at the end; empty for the root. */
  readonly path: string;
}

export interface BlobSource {
  readonly type: 'Blob';
  readonly repository: RepositoryRecord;
  readonly path: string;
  readonly text: string;
}

export interface TeamSource {
  readonly type: 'Team';
  readonly owner: string;
  readonly slug: string;
  readonly members: readonly string[];
}

export interface IssueTypeSource {
  readonly type: 'IssueType';
  readonly repository: RepositoryRecord;
  readonly name: string;
}

export interface CheckSuiteSource {
  readonly type: 'CheckSuite';
  readonly repository: RepositoryRecord;
  readonly commit: CommitRecord;
  readonly app: string;
  /** Of the workflow run whose suite it is. */
  readonly workflowRun: number | undefined;
  readonly runs: readonly CheckRunRecord[];
}

export interface WorkflowSource {
  readonly type: 'Workflow';
  readonly repository: RepositoryRecord;
  readonly name: string;
}

export interface PullRequestCommitSource {
  readonly type: 'PullRequestCommit';
  readonly pullRequest: PullRequestSource;
  readonly commit: CommitSource;
}

export interface ChangedFileSource {
  readonly record: FileRecord;
}

/** The GraphQL type of a source; some share one world type and differ by a kind that their record has. */
export function typeNameOf(source: unknown): string | undefined {
  if (typeof source !== 'object' || source === null || !('type' in source)) return undefined;
  const record = 'record' in source ? source.record : undefined;
  switch (source.type) {
    case 'TimelineItem':
      return eventTypeName(record);
    case 'IssueField':
      return issueFieldTypeName(record);
    case 'IssueFieldValue': {
      const field = typeof record === 'object' && record !== null && 'field' in record ? record.field : undefined;
      const name = issueFieldTypeName(field);
      return name === undefined ? undefined : `${name}Value`;
    }
    default:
      return typeof source.type === 'string' ? source.type : undefined;
  }
}

export function issueSource(repository: RepositoryRecord, record: IssueRecord): IssueSource {
  return { type: 'Issue', repository, record };
}

export function pullRequestSource(repository: RepositoryRecord, record: PullRequestRecord): PullRequestSource {
  return { type: 'PullRequest', repository, record };
}

export function itemSource(repository: RepositoryRecord, record: IssueRecord | PullRequestRecord): ItemSource {
  return record.kind === 'issue' ? issueSource(repository, record) : pullRequestSource(repository, record);
}

/** The item behind a key; null when it is gone or lies where the viewer may not look. */
export function visibleItem(context: GraphqlContext, key: ItemKey): ItemSource | null {
  const repository = visibleRepository(context, key.repository);
  const record = repository?.issues.get(key.number) ?? repository?.pullRequests.get(key.number);
  return repository === null || record === undefined ? null : itemSource(repository, record);
}

export function visibleIssue(context: GraphqlContext, key: ItemKey): IssueSource | null {
  const item = visibleItem(context, key);
  return item?.type === 'Issue' ? item : null;
}

/** The item itself, or GitHub's refusal in its place where the viewer lacks the permission for its kind. */
export function readable<Item extends ItemSource>(context: GraphqlContext, item: Item): Item | Error {
  const permission = item.type === 'Issue' ? 'issues' : 'pull_requests';
  return mayRead(context, item.repository, permission) ? item : forbidden();
}

export function accountSource(record: AccountRecord): AccountSource {
  return { type: record.type, record };
}

/** The account behind a login; null for one that no longer exists, which GitHub shows as a ghost. */
export function actor(context: GraphqlContext, login: string | null): AccountSource | null {
  const record = login === null ? null : accountOf(context, login);
  return record === null ? null : accountSource(record);
}

export function commitSource(repository: RepositoryRecord, sha: string | null): CommitSource | null {
  const record = sha === null ? undefined : repository.commits.get(sha);
  return record === undefined ? null : { type: 'Commit', repository, record };
}

export function refSource(repository: RepositoryRecord | null | undefined, name: string): RefSource | null {
  return repository?.branches.has(name) ? { type: 'Ref', repository, kind: 'branch', name } : null;
}

export function tagSource(repository: RepositoryRecord, name: string): RefSource | null {
  return repository.tags.has(name) ? { type: 'Ref', repository, kind: 'tag', name } : null;
}

export function teamSource(repository: RepositoryRecord, slug: string): TeamSource | null {
  const members = repository.teams.get(slug);
  return members === undefined ? null : { type: 'Team', owner: repository.owner, slug, members };
}

/**
 * The teams of an organization: those of its repositories, of which one name is one team wherever it stands. Outsiders see
 * none, as on GitHub; an App sees that they are there, and what they are with `members: read`.
 */
export function teamsOf(owner: string, context: GraphqlContext): readonly TeamSource[] {
  if (!isInside(context.world, context.viewer, owner)) return [];
  const own = [...context.world.repositories.values()].filter((one) => one.owner.toLowerCase() === owner.toLowerCase());
  const members = new Map<string, readonly string[]>();
  for (const { teams } of own)
    for (const [slug, logins] of teams) members.set(slug, [...new Set([...(members.get(slug) ?? []), ...logins])]);
  return [...members].map(([slug, logins]) => ({ type: 'Team', owner, slug, members: logins }));
}

function eventTypeName(record: unknown): string | undefined {
  return isTimelineRecord(record) ? EVENT_TYPES[record.kind] : undefined;
}

function isTimelineRecord(record: unknown): record is TimelineRecord {
  return typeof record === 'object' && record !== null && 'kind' in record;
}

function issueFieldTypeName(field: unknown): string | undefined {
  const type = typeof field === 'object' && field !== null && 'type' in field ? field.type : undefined;
  return typeof type === 'string' ? ISSUE_FIELD_TYPES.get(type) : undefined;
}

const ISSUE_FIELD_TYPES: ReadonlyMap<string, string> = new Map([
  ['text', 'IssueFieldText'],
  ['number', 'IssueFieldNumber'],
  ['date', 'IssueFieldDate'],
  ['single_select', 'IssueFieldSingleSelect'],
]);

const EVENT_TYPES: Readonly<Record<TimelineRecord['kind'], string>> = {
  assigned_event: 'AssignedEvent',
  unassigned_event: 'UnassignedEvent',
  labeled_event: 'LabeledEvent',
  unlabeled_event: 'UnlabeledEvent',
  milestoned_event: 'MilestonedEvent',
  demilestoned_event: 'DemilestonedEvent',
  closed_event: 'ClosedEvent',
  reopened_event: 'ReopenedEvent',
  cross_referenced_event: 'CrossReferencedEvent',
  blocked_by_added_event: 'BlockedByAddedEvent',
  blocked_by_removed_event: 'BlockedByRemovedEvent',
  blocking_added_event: 'BlockingAddedEvent',
  blocking_removed_event: 'BlockingRemovedEvent',
  parent_issue_added_event: 'ParentIssueAddedEvent',
  parent_issue_removed_event: 'ParentIssueRemovedEvent',
  sub_issue_added_event: 'SubIssueAddedEvent',
  sub_issue_removed_event: 'SubIssueRemovedEvent',
  connected_event: 'ConnectedEvent',
  ready_for_review_event: 'ReadyForReviewEvent',
  convert_to_draft_event: 'ConvertToDraftEvent',
  merged_event: 'MergedEvent',
  review_requested_event: 'ReviewRequestedEvent',
  review_request_removed_event: 'ReviewRequestRemovedEvent',
};
