import { expect, test } from 'vitest';
import { setAssignees } from '../../../src/sandbox/actions/assign.ts';
import { addBlockedBy } from '../../../src/sandbox/actions/block-issue.ts';
import { closeIssue, reopenIssue } from '../../../src/sandbox/actions/close-issue.ts';
import { createComment, deleteComment } from '../../../src/sandbox/actions/comment.ts';
import { label, setLabels, unlabel } from '../../../src/sandbox/actions/label.ts';
import { addSubIssue, removeSubIssue, reprioritizeSubIssue } from '../../../src/sandbox/actions/link-sub-issue.ts';
import { openIssue } from '../../../src/sandbox/actions/open-issue.ts';
import { addReaction, removeReaction } from '../../../src/sandbox/actions/react.ts';
import { deleteIssue, transferIssue } from '../../../src/sandbox/actions/remove-issue.ts';
import { advanceClock, findByDatabaseId, findByNodeId } from '../../../src/sandbox/create-world.ts';
import type { IssueRecord } from '../../../src/sandbox/world.ts';
import { makeSampleWorld } from '../sample-world.ts';
import { refusalOf } from './refusal-of.ts';

const timelineOf = (issue: IssueRecord | undefined) =>
  (issue?.timeline ?? []).map(({ kind, createdAt, subject }) => [kind, createdAt.slice(11, 16), subject]);

test('a new issue is open, numbered after the last one and found by both its ids', () => {
  const { world, home } = makeSampleWorld();
  openIssue(world, 'kim', { repository: 'octo/home', title: 'First', number: 7 });
  const record = openIssue(world, 'kim', { repository: 'OCTO/Home', title: 'Second', body: 'Text' });
  expect(record).toMatchObject({ number: 8, state: 'open', stateReason: null, author: 'kim', body: 'Text' });
  const node = { type: 'Issue', repository: home, record };
  expect([findByNodeId(world, record.nodeId), findByDatabaseId(world, 'Issue', record.id)]).toEqual([node, node]);
  expect([findByNodeId(world, 'I_none'), findByDatabaseId(world, 'PullRequest', record.id)]).toEqual([null, null]);
});

test('closing and reopening keep reason, time, closer and timeline', () => {
  const { world, issue, home } = makeSampleWorld();
  const item = issue('One');
  advanceClock(world, 3600);
  closeIssue(world, 'ravi', { item, reason: 'not_planned' });
  expect(home.issues.get(1)).toMatchObject({
    state: 'closed',
    stateReason: 'not_planned',
    closedAt: '2026-03-02T10:00:00Z',
    closedBy: 'ravi',
  });
  advanceClock(world, 3600);
  reopenIssue(world, 'kim', { item });
  expect(home.issues.get(1)).toMatchObject({ state: 'open', stateReason: 'reopened', closedAt: null, closedBy: null });
  expect(timelineOf(home.issues.get(1))).toEqual([
    ['closed_event', '10:00', {}],
    ['reopened_event', '11:00', {}],
  ]);
});

test('labels are compared without case, made when missing and set as a whole', () => {
  const { world, issue, home } = makeSampleWorld();
  const item = issue('One');
  label(world, 'kim', { item, labels: ['Bug', 'bug', 'lane:api'] });
  setLabels(world, 'kim', { item, labels: ['BUG', 'new'] });
  expect([...(home.issues.get(1)?.labels ?? [])]).toEqual(['Bug', 'new']);
  expect([...home.labels.keys()]).toEqual(['bug', 'lane:api', 'new']);
  expect(refusalOf(() => unlabel(world, 'kim', { item, label: 'lane:api' }))).toEqual([404, 'Not Found']);
});

test('assignees are set as a whole, by people that exist', () => {
  const { world, issue, home } = makeSampleWorld();
  const item = issue('One');
  setAssignees(world, 'kim', { item, assignees: ['kim', 'ravi'] });
  setAssignees(world, 'kim', { item, assignees: ['RAVI', 'nobody'] });
  expect([...(home.issues.get(1)?.assignees ?? [])]).toEqual(['ravi']);
  expect(home.issues.get(1)?.timeline.map(({ kind, subject }) => [kind, subject.login])).toEqual([
    ['assigned_event', 'kim'],
    ['assigned_event', 'ravi'],
    ['unassigned_event', 'kim'],
  ]);
});

test('a link stands on both sides and in both timelines; only the parent counts as updated', () => {
  const { world, issue, home, vault } = makeSampleWorld();
  const [parent, child] = [issue('Parent'), issue('Child', 'octo/vault')];
  advanceClock(world, 60);
  addSubIssue(world, 'kim', { parent, child });
  const [above, below] = [home.issues.get(1), vault.issues.get(1)];
  expect([above?.children, below?.parent, above?.updatedAt, below?.updatedAt]).toEqual([
    [child],
    parent,
    '2026-03-02T09:01:00Z',
    '2026-03-02T09:00:00Z',
  ]);
  removeSubIssue(world, 'kim', { parent, child });
  expect([above?.children, below?.parent]).toEqual([[], null]);
  expect(timelineOf(above)).toEqual([
    ['sub_issue_added_event', '09:01', { item: child }],
    ['sub_issue_removed_event', '09:01', { item: child }],
  ]);
  expect(timelineOf(below)).toEqual([
    ['parent_issue_added_event', '09:01', { item: parent }],
    ['parent_issue_removed_event', '09:01', { item: parent }],
  ]);
  expect(refusalOf(() => removeSubIssue(world, 'kim', { parent, child }))).toEqual([404, 'Not Found']);
});

test('sub-issues keep the order they are given', () => {
  const { world, issue, home } = makeSampleWorld();
  const [parent, a, b, c] = [issue('Parent'), issue('A'), issue('B'), issue('C')];
  for (const child of [a, b, c]) addSubIssue(world, 'kim', { parent, child });
  const numbers = () => home.issues.get(1)?.children.map(({ number }) => number);
  reprioritizeSubIssue(world, 'kim', { parent, child: a, after: c });
  expect(numbers()).toEqual([3, 4, 2]);
  reprioritizeSubIssue(world, 'kim', { parent, child: c, before: b });
  expect(numbers()).toEqual([4, 3, 2]);
  expect([
    refusalOf(() => reprioritizeSubIssue(world, 'kim', { parent, child: a })),
    refusalOf(() => reprioritizeSubIssue(world, 'kim', { parent, child: a, after: parent })),
  ]).toEqual([
    [422, 'exactly one of after_id and before_id is needed'],
    [404, 'Not Found'],
  ]);
});

test('mentions become cross references once, outside code, and never close from an issue', () => {
  const { world, issue, home } = makeSampleWorld();
  const target = issue('Target');
  const source = issue('Source');
  for (const body of ['Fixes #1', 'again octo/home#1', '`#1`', 'a#1b', '#99']) {
    createComment(world, 'kim', { item: source, body });
  }
  createComment(world, 'kim', { item: target, body: 'self #1' });
  expect(home.issues.get(1)?.timeline).toMatchObject([
    { kind: 'cross_referenced_event', subject: { item: source }, willClose: false },
  ]);
});

test('a reaction counts once per person and can be taken back', () => {
  const { world, issue, home } = makeSampleWorld();
  const item = issue('One');
  const comment = createComment(world, 'kim', { item, body: 'Hi' });
  const first = addReaction(world, 'ravi', { comment: comment.id, content: 'eyes' });
  expect(addReaction(world, 'ravi', { comment: comment.id, content: 'eyes' })).toBe(first);
  addReaction(world, 'kim', { item, content: 'heart' });
  expect([comment.reactions.length, home.issues.get(1)?.reactions.length]).toEqual([1, 1]);
  removeReaction(world, 'ravi', { comment: comment.id, reaction: first.id });
  expect(comment.reactions).toEqual([]);
  expect(refusalOf(() => removeReaction(world, 'ravi', { comment: comment.id, reaction: first.id }))).toEqual([
    404,
    'Not Found',
  ]);
});

test('a deleted comment is gone by its id', () => {
  const { world, issue, home } = makeSampleWorld();
  const { id, nodeId } = createComment(world, 'kim', { item: issue('One'), body: 'Hi' });
  deleteComment(world, 'kim', { comment: id });
  expect([home.issues.get(1)?.comments, findByNodeId(world, nodeId)]).toEqual([[], null]);
  expect(refusalOf(() => deleteComment(world, 'kim', { comment: id }))).toEqual([404, 'Not Found']);
});

test('a deleted issue leaves no link behind', () => {
  const { world, issue, home } = makeSampleWorld();
  const [parent, child, other] = [issue('Parent'), issue('Child'), issue('Other')];
  addSubIssue(world, 'kim', { parent, child });
  addBlockedBy(world, 'kim', { blocked: other, blocker: child });
  addBlockedBy(world, 'kim', { blocked: child, blocker: parent });
  const nodeId = home.issues.get(2)?.nodeId ?? '';
  deleteIssue(world, 'kim', { item: child });
  expect([home.issues.get(1)?.children, home.issues.get(1)?.blocking, home.issues.get(3)?.blockedBy]).toEqual([
    [],
    [],
    [],
  ]);
  expect([home.issues.has(2), findByNodeId(world, nodeId)]).toEqual([false, null]);
});

test('a transferred issue keeps text, comments and links under a new number, and its old address leads there', () => {
  const { world, issue, home, vault } = makeSampleWorld();
  const [parent, child, grandchild] = [issue('Parent'), issue('Child'), issue('Grandchild')];
  addSubIssue(world, 'kim', { parent, child });
  addSubIssue(world, 'kim', { parent: child, child: grandchild });
  label(world, 'kim', { item: child, labels: ['bug'] });
  createComment(world, 'kim', { item: child, body: 'Hi' });
  const moved = transferIssue(world, 'kim', { item: child, repository: 'octo/vault' });
  const place = { repository: 'octo/vault', number: 1 };
  expect(moved).toMatchObject({ title: 'Child', parent, children: [grandchild], comments: [{ body: 'Hi' }] });
  expect([home.issues.get(1)?.children, home.issues.get(3)?.parent]).toEqual([[place], place]);
  expect([home.issues.has(2), vault.issues.get(1), vault.labels.has('bug')]).toEqual([false, moved, true]);
  expect(world.moved.get('octo/home#2')).toEqual(place);
  expect(refusalOf(() => transferIssue(world, 'kim', { item: place, repository: 'octo/vault' }))).toEqual([
    422,
    'issues move only between repositories of one owner',
  ]);
});
