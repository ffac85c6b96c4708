import type { Field, FieldTable } from '../field-table.ts';
import { requireRead } from '../graphql-context.ts';
import {
  actor,
  commitSource,
  type ItemSource,
  itemSource,
  readable,
  refSource,
  type Source,
  teamSource,
  visibleIssue,
  visibleItem,
} from '../source.ts';
import { itemPath } from './item-fields.ts';

type EventSource = Source<'TimelineItem'>;

const itself = ({ repository, item }: EventSource): ItemSource => itemSource(repository, item);

const eventPath = (source: EventSource): string => `${itemPath(itself(source))}#event-${source.record.id}`;

const located: FieldTable<EventSource> = {
  url: (source, _args, { baseUrl }) => baseUrl + eventPath(source),
  resourcePath: eventPath,
};

/** The issue or pull request that the entry speaks of, refused where its kind may not be read. */
const otherItem: Field<EventSource> = ({ record }, _args, context) => {
  const item = record.subject.item === undefined ? null : visibleItem(context, record.subject.item);
  return item === null ? null : readable(context, item);
};

const otherIssue: Field<EventSource> = ({ record }, _args, context) => {
  const issue = record.subject.item === undefined ? null : visibleIssue(context, record.subject.item);
  if (issue !== null) requireRead(context, issue.repository, 'issues');
  return issue;
};

const subjectAccount: Field<EventSource> = ({ record }, _args, context) => actor(context, record.subject.login ?? null);

const isElsewhere: Field<EventSource> = ({ repository, record }) => {
  const key = `${repository.owner}/${repository.name}`.toLowerCase();
  return record.subject.item !== undefined && record.subject.item.repository !== key;
};

const eventFields: FieldTable<EventSource> = {
  id: ({ record }) => record.nodeId,
  actor: ({ record }, _args, context) => actor(context, record.actor),
  createdAt: ({ record }) => record.createdAt,
};

const assignmentFields: FieldTable<EventSource> = {
  ...eventFields,
  assignable: itself,
  assignee: subjectAccount,
  user: ({ record }, _args, context) => {
    const account = actor(context, record.subject.login ?? null);
    return account?.type === 'User' ? account : null;
  },
};

const labellingFields: FieldTable<EventSource> = {
  ...eventFields,
  labelable: itself,
  label: ({ repository, record }) => {
    const label = repository.labels.get((record.subject.label ?? '').toLowerCase());
    return label === undefined ? null : { type: 'Label', repository, record: label };
  },
};

const milestoneFields: FieldTable<EventSource> = {
  ...eventFields,
  subject: itself,
  milestoneTitle: ({ record }) => record.subject.milestone ?? '',
};

const draftFields: FieldTable<EventSource> = { ...eventFields, ...located, pullRequest: itself };

const requestFields: FieldTable<EventSource> = {
  ...eventFields,
  pullRequest: itself,
  requestedReviewer: (source, args, context) =>
    source.record.subject.team === undefined
      ? subjectAccount(source, args, context)
      : teamSource(source.repository, source.record.subject.team),
};

/** Only the last closing still has its reason in the world; for earlier ones GitHub's null stands. */
const closingReason: Field<EventSource> = ({ item, record }) => {
  if (item.kind !== 'issue' || item.state !== 'closed') return null;
  const last = item.timeline.findLast((event) => event.kind === 'closed_event');
  return last === record ? (item.stateReason?.toUpperCase() ?? null) : null;
};

/** One table per event type that the world records. */
export const eventTables: Readonly<Record<string, FieldTable<EventSource>>> = {
  AssignedEvent: assignmentFields,
  UnassignedEvent: assignmentFields,
  LabeledEvent: labellingFields,
  UnlabeledEvent: labellingFields,
  MilestonedEvent: milestoneFields,
  DemilestonedEvent: milestoneFields,
  ClosedEvent: {
    ...eventFields,
    ...located,
    closable: itself,
    closer: (source, args, context) =>
      source.record.subject.item === undefined
        ? commitSource(source.repository, source.record.subject.sha ?? null)
        : otherItem(source, args, context),
    stateReason: closingReason,
  },
  ReopenedEvent: { ...eventFields, closable: itself },
  CrossReferencedEvent: {
    ...eventFields,
    ...located,
    source: otherItem,
    target: itself,
    referencedAt: ({ record }) => record.createdAt,
    isCrossRepository: isElsewhere,
    willCloseTarget: ({ record }) => record.willClose ?? false,
  },
  BlockedByAddedEvent: { ...eventFields, blockingIssue: otherIssue },
  BlockedByRemovedEvent: { ...eventFields, blockingIssue: otherIssue },
  BlockingAddedEvent: { ...eventFields, blockedIssue: otherIssue },
  BlockingRemovedEvent: { ...eventFields, blockedIssue: otherIssue },
  ParentIssueAddedEvent: { ...eventFields, parent: otherIssue },
  ParentIssueRemovedEvent: { ...eventFields, parent: otherIssue },
  SubIssueAddedEvent: { ...eventFields, subIssue: otherIssue },
  SubIssueRemovedEvent: { ...eventFields, subIssue: otherIssue },
  ConnectedEvent: { ...eventFields, source: itself, subject: otherItem, isCrossRepository: isElsewhere },
  ReadyForReviewEvent: draftFields,
  ConvertToDraftEvent: draftFields,
  MergedEvent: {
    ...eventFields,
    ...located,
    pullRequest: itself,
    commit: ({ repository, item, record }) => {
      const merged = item.kind === 'pull_request' ? item.mergeCommitSha : null;
      return commitSource(repository, record.subject.sha ?? merged);
    },
    mergeRefName: ({ item }) => (item.kind === 'pull_request' ? item.baseRefName : null),
    mergeRef: ({ repository, item }) => (item.kind === 'pull_request' ? refSource(repository, item.baseRefName) : null),
  },
  ReviewRequestedEvent: requestFields,
  ReviewRequestRemovedEvent: requestFields,
};
