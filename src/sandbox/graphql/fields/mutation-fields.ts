import { setAssignees } from '../../actions/assign.ts';
import { addBlockedBy, removeBlockedBy } from '../../actions/block-issue.ts';
import { closeIssue, reopenIssue } from '../../actions/close-issue.ts';
import { createComment, editComment } from '../../actions/comment.ts';
import { editIssue } from '../../actions/edit-issue.ts';
import { setLabels } from '../../actions/label.ts';
import { addSubIssue, checkNewSubIssue, removeSubIssue } from '../../actions/link-sub-issue.ts';
import { openIssue } from '../../actions/open-issue.ts';
import { connect } from '../connection.ts';
import type { Field, FieldTable } from '../field-table.ts';
import { NotModelled } from '../github-error.ts';
import { keyOf } from '../graphql-context.ts';
import { keyOfItem, mutate } from '../mutate.ts';
import {
  commentBehind,
  issueBehind,
  issueByUrl,
  issueTypeBehind,
  itemBehind,
  labelNames,
  loginsOf,
  milestoneNumber,
  repositoryBehind,
} from '../mutation-input.ts';
import { issueSource } from '../source.ts';
import { commentSource } from './item-fields.ts';

interface SubIssueInput {
  readonly issueId: string;
  readonly subIssueId?: string | null;
  readonly subIssueUrl?: string | null;
  readonly replaceParent?: boolean | null;
}

interface DependencyInput {
  readonly issueId: string;
  readonly blockingIssueId: string;
}

interface IssueInput {
  readonly title?: string | null;
  readonly body?: string | null;
  readonly assigneeIds?: readonly string[] | null;
  readonly labelIds?: readonly string[] | null;
  readonly milestoneId?: string | null;
  readonly issueTypeId?: string | null;
}

interface NewIssueInput extends IssueInput {
  readonly repositoryId: string;
  readonly title: string;
  readonly parentIssueId?: string | null;
}

interface IssueUpdateInput extends IssueInput {
  readonly id: string;
  readonly state?: 'OPEN' | 'CLOSED' | null;
}

const CLOSING_REASONS = { COMPLETED: 'completed', NOT_PLANNED: 'not_planned', DUPLICATE: 'duplicate' } as const;

/** The mutations that the sandbox knows, done through the same actions as REST's writes. */
export const mutationFields: FieldTable<unknown> = {
  addSubIssue: mutate((input: SubIssueInput, { context, login, mayWrite }) => {
    const issue = issueBehind(context, input.issueId);
    const subIssue =
      input.subIssueUrl == null ? issueBehind(context, input.subIssueId ?? '') : issueByUrl(context, input.subIssueUrl);
    mayWrite(issue.repository, 'issues');
    const link = { parent: keyOfItem(issue), child: keyOfItem(subIssue) };
    addSubIssue(context.world, login, { ...link, replaceParent: input.replaceParent === true });
    return { issue, subIssue };
  }),
  removeSubIssue: mutate((input: SubIssueInput, { context, login, mayWrite }) => {
    const [issue, subIssue] = [issueBehind(context, input.issueId), issueBehind(context, input.subIssueId ?? '')];
    mayWrite(issue.repository, 'issues');
    removeSubIssue(context.world, login, { parent: keyOfItem(issue), child: keyOfItem(subIssue) });
    return { issue, subIssue };
  }),
  addBlockedBy: mutate((input: DependencyInput, { context, login, mayWrite }) => {
    const [issue, blockingIssue] = [issueBehind(context, input.issueId), issueBehind(context, input.blockingIssueId)];
    mayWrite(issue.repository, 'issues');
    addBlockedBy(context.world, login, { blocked: keyOfItem(issue), blocker: keyOfItem(blockingIssue) });
    return { issue, blockingIssue };
  }),
  removeBlockedBy: mutate((input: DependencyInput, { context, login, mayWrite }) => {
    const [issue, blockingIssue] = [issueBehind(context, input.issueId), issueBehind(context, input.blockingIssueId)];
    mayWrite(issue.repository, 'issues');
    removeBlockedBy(context.world, login, { blocked: keyOfItem(issue), blocker: keyOfItem(blockingIssue) });
    return { issue, blockingIssue };
  }),
  createIssue: mutate((input: NewIssueInput, { context, login, mayWrite, mayTakePart }) => {
    const repository = repositoryBehind(context, input.repositoryId);
    const parent = input.parentIssueId == null ? null : issueBehind(context, input.parentIssueId);
    mayTakePart(repository, 'issues');
    if (parent !== null) {
      mayWrite(parent.repository, 'issues');
      checkNewSubIssue(context.world, keyOfItem(parent), repository.owner);
    }
    const record = openIssue(context.world, login, {
      repository: keyOf(repository),
      title: input.title,
      body: input.body ?? null,
      labels: labelNames(context, input.labelIds),
      assignees: loginsOf(context, input.assigneeIds),
      milestone: milestoneNumber(context, input.milestoneId),
      issueType: issueTypeBehind(repository, input.issueTypeId),
    });
    const issue = issueSource(repository, record);
    if (parent !== null) addSubIssue(context.world, login, { parent: keyOfItem(parent), child: keyOfItem(issue) });
    return { issue };
  }),
  updateIssue: mutate((input: IssueUpdateInput, { context, login, mayWrite }) => {
    const issue = issueBehind(context, input.id);
    const [{ world }, item] = [context, keyOfItem(issue)];
    mayWrite(issue.repository, 'issues');
    editIssue(world, login, {
      item,
      ...(input.title == null ? {} : { title: input.title }),
      ...(input.body == null ? {} : { body: input.body }),
      ...(input.milestoneId === undefined ? {} : { milestone: milestoneNumber(context, input.milestoneId) }),
      ...(input.issueTypeId === undefined ? {} : { issueType: issueTypeBehind(issue.repository, input.issueTypeId) }),
    });
    if (input.labelIds != null) setLabels(world, login, { item, labels: labelNames(context, input.labelIds) });
    if (input.assigneeIds != null)
      setAssignees(world, login, { item, assignees: loginsOf(context, input.assigneeIds) });
    if (input.state === 'CLOSED') closeIssue(world, login, { item });
    if (input.state === 'OPEN') reopenIssue(world, login, { item });
    return { issue };
  }),
  closeIssue: mutate(
    (
      input: { readonly issueId: string; readonly stateReason?: keyof typeof CLOSING_REASONS | null },
      { context, login, mayWrite },
    ) => {
      const issue = issueBehind(context, input.issueId);
      mayWrite(issue.repository, 'issues');
      const reason = CLOSING_REASONS[input.stateReason ?? 'COMPLETED'];
      closeIssue(context.world, login, { item: keyOfItem(issue), reason });
      return { issue };
    },
  ),
  reopenIssue: mutate((input: { readonly issueId: string }, { context, login, mayWrite }) => {
    const issue = issueBehind(context, input.issueId);
    mayWrite(issue.repository, 'issues');
    reopenIssue(context.world, login, { item: keyOfItem(issue) });
    return { issue };
  }),
  addComment: mutate(
    (input: { readonly subjectId: string; readonly body: string }, { context, login, mayTakePart }) => {
      const subject = itemBehind(context, input.subjectId);
      mayTakePart(subject.repository, subject.type === 'Issue' ? 'issues' : 'pull_requests');
      const comment = createComment(context.world, login, { item: keyOfItem(subject), body: input.body });
      const connection = connect([comment], { first: 1 }, { toSource: (record) => commentSource(subject, record) });
      return { subject, commentEdge: { connection, index: 0 } };
    },
  ),
  updateIssueComment: mutate((input: { readonly id: string; readonly body: string }, { context, login, mayEdit }) => {
    const issueComment = commentBehind(context, input.id);
    const permission = issueComment.item.kind === 'issue' ? 'issues' : 'pull_requests';
    mayEdit(issueComment.repository, permission, issueComment.record.author);
    editComment(context.world, login, { comment: issueComment.record.id, body: input.body });
    return { issueComment };
  }),
};

const part =
  (name: string): Field<Readonly<Record<string, unknown>>> =>
  (payload) => {
    if (!(name in payload)) throw new NotModelled(`a mutation's payload field ${name}`);
    return payload[name];
  };

/** What mutations answer: the records they touched, under the names that the payload types give them. */
export const payloadFields: FieldTable<Readonly<Record<string, unknown>>> = {
  clientMutationId: (payload) => payload.clientMutationId ?? null,
  issue: part('issue'),
  subIssue: part('subIssue'),
  blockingIssue: part('blockingIssue'),
  subject: part('subject'),
  commentEdge: part('commentEdge'),
  issueComment: part('issueComment'),
};
