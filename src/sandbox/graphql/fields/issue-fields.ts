import { subIssuesSummary } from '../../serialize/serialize-issue.ts';
import type { ItemKey, LinkedBranchRecord } from '../../world.ts';
import { connect, type PageArguments } from '../connection.ts';
import type { FieldTable } from '../field-table.ts';
import {
  canSeeRepository,
  closingPullRequestsOf,
  type GraphqlContext,
  keyOf,
  mayRead,
  type PlacedPullRequest,
  requireRead,
} from '../graphql-context.ts';
import { byOrder, type Order } from '../order.ts';
import { type IssueSource, pullRequestSource, visibleIssue } from '../source.ts';
import { issueFieldValuesOf } from './issue-field-fields.ts';
import { itemFields, itemPath } from './item-fields.ts';

interface DependencyArguments extends PageArguments {
  readonly orderBy?: Order<'CREATED_AT' | 'DEPENDENCY_ADDED_AT'> | null;
}

interface ClosersArguments extends PageArguments {
  readonly includeClosedPrs?: boolean | null;
  readonly orderByState?: boolean | null;
  readonly userLinkedOnly?: boolean | null;
}

export const issueFields: FieldTable<IssueSource> = {
  ...itemFields,
  bodyUrl: (source, _args, { baseUrl }) => `${baseUrl}${itemPath(source)}#issue-${source.record.id}`,
  state: ({ record }) => record.state.toUpperCase(),
  stateReason: ({ record }, args: { readonly enableDuplicate?: boolean | null }) =>
    shownReason(record.stateReason, args.enableDuplicate === true),
  issueType: ({ repository, record }) =>
    record.issueType === null ? null : { type: 'IssueType', repository, name: record.issueType },
  issueFieldValues: issueFieldValuesOf,
  parent: ({ record }, _args, context) => (record.parent === null ? null : readableIssue(context, record.parent)),
  subIssues: ({ record }, args: PageArguments, context) => issuesBehind(record.children, args, context),
  subIssuesSummary: (source) => source,
  blockedBy: ({ record }, args: DependencyArguments, context) => dependencies(record.blockedBy, args, context),
  blocking: ({ record }, args: DependencyArguments, context) => dependencies(record.blocking, args, context),
  issueDependenciesSummary: (source) => source,
  closedByPullRequestsReferences: (source, args: ClosersArguments, context) => closers(source, args, context),
  linkedBranches: (source, args: PageArguments, context) =>
    connect(linkedBranches(source, context), args, {
      keyOf: (branch) => branch.id,
      toSource: (record) => ({ type: 'LinkedBranch', repository: source.repository, item: source.record, record }),
    }),
};

/** Every sub-issue counts here, also those that the viewer may not see: how a hidden child shows itself. */
export const subIssuesSummaryFields: FieldTable<IssueSource> = {
  total: ({ record }) => record.children.length,
  completed: ({ record }, _args, { world }) => subIssuesSummary(world, record).completed,
  percentCompleted: ({ record }, _args, { world }) => subIssuesSummary(world, record).percent_completed,
};

/** `blockedBy` and `blocking` count what is still open, the `total…` fields everything. */
export const dependenciesSummaryFields: FieldTable<IssueSource> = {
  blockedBy: ({ record }, _args, { world }) => record.blockedBy.filter((key) => !isClosed(world, key)).length,
  blocking: ({ record }, _args, { world }) => record.blocking.filter((key) => !isClosed(world, key)).length,
  totalBlockedBy: ({ record }) => record.blockedBy.length,
  totalBlocking: ({ record }) => record.blocking.length,
};

/** GitHub answers `NOT_PLANNED` for a duplicate unless `enableDuplicate` asks for the finer word. */
function shownReason(reason: IssueSource['record']['stateReason'], enableDuplicate: boolean): string | null {
  return reason === 'duplicate' && !enableDuplicate ? 'NOT_PLANNED' : (reason?.toUpperCase() ?? null);
}

function isClosed(world: GraphqlContext['world'], key: ItemKey): boolean {
  return world.repositories.get(key.repository)?.issues.get(key.number)?.state === 'closed';
}

function readableIssue(context: GraphqlContext, key: ItemKey): IssueSource | null {
  const issue = visibleIssue(context, key);
  if (issue !== null) requireRead(context, issue.repository, 'issues');
  return issue;
}

function issuesBehind(keys: readonly ItemKey[], args: PageArguments, context: GraphqlContext): unknown {
  const issues = keys.flatMap((key) => {
    const issue = visibleIssue(context, key);
    return issue !== null && mayRead(context, issue.repository, 'issues') ? [issue] : [];
  });
  return connect(issues, args, { keyOf: ({ record }) => record.id });
}

/** The world keeps dependencies in the order in which they were added. */
function dependencies(keys: readonly ItemKey[], args: DependencyArguments, context: GraphqlContext): unknown {
  const order = args.orderBy ?? { field: 'DEPENDENCY_ADDED_AT', direction: 'DESC' };
  const inOrder = order.field === 'CREATED_AT' ? byCreation(keys, context) : keys;
  return issuesBehind(order.direction === 'ASC' ? inOrder : inOrder.toReversed(), args, context);
}

function byCreation(keys: readonly ItemKey[], context: GraphqlContext): readonly ItemKey[] {
  return keys.toSorted(
    byOrder(
      { field: 'CREATED_AT', direction: 'ASC' },
      {
        CREATED_AT: (key: ItemKey) => visibleIssue(context, key)?.record.createdAt ?? '',
      },
    ),
  );
}

/** Only open ones unless `includeClosedPrs` asks for merged and closed ones too; GitHub leaves it off by default. */
function closers({ repository, record }: IssueSource, args: ClosersArguments, context: GraphqlContext): unknown {
  requireRead(context, repository, 'pull_requests');
  const key = { repository: keyOf(repository), number: record.number };
  const found = closingPullRequestsOf(context, key).filter(
    (placed) =>
      canSeeRepository(context, placed.repository) &&
      mayRead(context, placed.repository, 'pull_requests') &&
      (args.includeClosedPrs === true || placed.record.state === 'open') &&
      (args.userLinkedOnly !== true || isLinkedByHand(record, placed)),
  );
  const ranks = { open: 0, merged: 1, closed: 2 };
  const ordered = args.orderByState ? found.toSorted((a, b) => ranks[a.record.state] - ranks[b.record.state]) : found;
  return connect(ordered, args, {
    keyOf: (placed) => placed.record.id,
    toSource: (placed) => pullRequestSource(placed.repository, placed.record),
  });
}

function isLinkedByHand(issue: IssueSource['record'], { repository, record }: PlacedPullRequest): boolean {
  return issue.timeline.some(
    ({ kind, subject }) =>
      kind === 'connected_event' &&
      subject.item?.repository === keyOf(repository) &&
      subject.item.number === record.number,
  );
}

function linkedBranches({ record }: IssueSource, context: GraphqlContext): readonly LinkedBranchRecord[] {
  return record.linkedBranches.filter((branch) => {
    const repository = context.world.repositories.get(branch.repository);
    return repository === undefined || canSeeRepository(context, repository);
  });
}
