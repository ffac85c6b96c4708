import { expect, test } from 'vitest';
import { assign } from '../../../src/sandbox/actions/assign.ts';
import { addBlockedBy } from '../../../src/sandbox/actions/block-issue.ts';
import { closeIssue } from '../../../src/sandbox/actions/close-issue.ts';
import { createComment, editComment } from '../../../src/sandbox/actions/comment.ts';
import { editIssue } from '../../../src/sandbox/actions/edit-issue.ts';
import { label } from '../../../src/sandbox/actions/label.ts';
import { addSubIssue } from '../../../src/sandbox/actions/link-sub-issue.ts';
import { openIssue } from '../../../src/sandbox/actions/open-issue.ts';
import { openPullRequest } from '../../../src/sandbox/actions/open-pull-request.ts';
import { requestReview } from '../../../src/sandbox/actions/request-review.ts';
import { submitReview } from '../../../src/sandbox/actions/submit-review.ts';
import { addAccount, addRepository } from '../../../src/sandbox/create-world.ts';
import { makeSampleWorld, type SampleWorld } from '../sample-world.ts';
import { refusalOf } from './refusal-of.ts';

const many = (count: number) => Array.from({ length: count }, (_, index) => index);

function withPullRequest(): SampleWorld & { readonly pull: { repository: string; number: number } } {
  const sample = makeSampleWorld();
  const { number } = openPullRequest(sample.world, 'ravi', { repository: 'octo/home', title: 'Work', branch: 'work' });
  return { ...sample, pull: { repository: 'octo/home', number } };
}

test('a title has 1 to 256 characters', () => {
  const { world, issue } = makeSampleWorld();
  const open = (title: string) => () => openIssue(world, 'kim', { repository: 'octo/home', title });
  const item = issue('Fine');
  expect([
    refusalOf(open('x'.repeat(256))),
    refusalOf(open('x'.repeat(257))),
    refusalOf(open('  ')),
    refusalOf(() => editIssue(world, 'kim', { item, title: 'x'.repeat(257) })),
  ]).toEqual([
    'done',
    [422, 'title is too long (maximum is 256 characters)'],
    [422, 'Validation Failed'],
    [422, 'title is too long (maximum is 256 characters)'],
  ]);
});

test('bodies and comments have at most 65,536 characters, and a comment has some', () => {
  const { world, issue } = makeSampleWorld();
  const item = issue('Fine');
  const long = 'x'.repeat(65_537);
  const { id } = createComment(world, 'kim', { item, body: 'x'.repeat(65_536) });
  const tooLong = [422, 'body is too long (maximum is 65536 characters)'];
  expect([
    refusalOf(() => openIssue(world, 'kim', { repository: 'octo/home', title: 'Long', body: long })),
    refusalOf(() => editIssue(world, 'kim', { item, body: long })),
    refusalOf(() => createComment(world, 'kim', { item, body: long })),
    refusalOf(() => editComment(world, 'kim', { comment: id, body: long })),
    refusalOf(() => createComment(world, 'kim', { item, body: ' \n' })),
  ]).toEqual([tooLong, tooLong, tooLong, tooLong, [422, 'body cannot be blank']]);
});

test('a parent has at most 100 sub-issues, closed ones included', () => {
  const { world, issue } = makeSampleWorld();
  const parent = issue('Parent');
  for (const index of many(100)) {
    const child = issue(`Child ${index}`);
    addSubIssue(world, 'kim', { parent, child });
    closeIssue(world, 'kim', { item: child });
  }
  const child = issue('One too many');
  expect(refusalOf(() => addSubIssue(world, 'kim', { parent, child }))).toEqual([
    422,
    'Parent cannot have more than 100 sub-issues',
  ]);
});

test('sub-issues go 8 levels deep, counted over what hangs below the new child too', () => {
  const { world, issue } = makeSampleWorld();
  const chain = many(9).map((level) => issue(`Level ${level}`));
  const link = (parent: number, child: number) => () =>
    addSubIssue(world, 'kim', { parent: chain[parent] ?? issue('x'), child: chain[child] ?? issue('y') });
  for (const level of many(3)) link(level, level + 1)();
  for (const level of many(4)) link(level + 4, level + 5)();
  expect(refusalOf(link(3, 4))).toBe('done');
  const tooDeep = [422, 'Sub-issues cannot be nested deeper than 8 levels'];
  const top = issue('Above everything');
  expect([
    refusalOf(link(8, 9)),
    refusalOf(() => addSubIssue(world, 'kim', { parent: top, child: chain[0] ?? top })),
  ]).toEqual([tooDeep, tooDeep]);
});

test('an issue has one parent, unless the old one is to be replaced', () => {
  const { world, issue, home } = makeSampleWorld();
  const [first, second, child] = [issue('First'), issue('Second'), issue('Child')];
  addSubIssue(world, 'kim', { parent: first, child });
  expect([
    refusalOf(() => addSubIssue(world, 'kim', { parent: second, child })),
    refusalOf(() => addSubIssue(world, 'kim', { parent: first, child })),
    refusalOf(() => addSubIssue(world, 'kim', { parent: second, child, replaceParent: true })),
  ]).toEqual([
    [422, 'Sub issue may only have one parent'],
    [422, 'Issue may not contain duplicate sub-issues'],
    'done',
  ]);
  expect([home.issues.get(1)?.children, home.issues.get(2)?.children, home.issues.get(3)?.parent]).toEqual([
    [],
    [child],
    second,
  ]);
});

test('a replacement that is refused leaves the old parent in place', () => {
  const { world, issue, home } = makeSampleWorld();
  const [parent, child] = [issue('Parent'), issue('Child')];
  addSubIssue(world, 'kim', { parent, child });
  refusalOf(() => addSubIssue(world, 'kim', { parent: child, child: parent, replaceParent: true }));
  expect(home.issues.get(2)?.parent).toEqual(parent);
});

test('a sub-issue is an issue of the same owner and not above its parent', () => {
  const { world, issue, pull } = withPullRequest();
  addRepository(world, { owner: 'elsewhere', name: 'far' });
  const [top, middle, far] = [issue('Top'), issue('Middle'), issue('Far', 'elsewhere/far')];
  addSubIssue(world, 'kim', { parent: top, child: middle });
  const link = (parent: typeof top, child: typeof top) => refusalOf(() => addSubIssue(world, 'kim', { parent, child }));
  expect([link(top, pull), link(pull, top), link(top, far), link(middle, top), link(top, top)]).toEqual([
    [422, 'Sub issue must be an issue, not a pull request'],
    [404, 'Not Found'],
    [422, 'Sub issue must belong to the same owner'],
    [422, 'Sub issue may not contain its own parent'],
    [422, 'Sub issue may not contain its own parent'],
  ]);
});

test('an issue is blocked by at most 50 issues and blocks at most 50', () => {
  const { world, issue } = makeSampleWorld();
  const [blocked, blocker] = [issue('Blocked'), issue('Blocker')];
  for (const index of many(50)) {
    addBlockedBy(world, 'kim', { blocked, blocker: issue(`Blocker ${index}`) });
    addBlockedBy(world, 'kim', { blocked: issue(`Blocked ${index}`), blocker });
  }
  const other = issue('Other');
  expect([
    refusalOf(() => addBlockedBy(world, 'kim', { blocked, blocker: other })),
    refusalOf(() => addBlockedBy(world, 'kim', { blocked: other, blocker })),
  ]).toEqual([
    [422, 'Issue cannot be blocked by more than 50 issues'],
    [422, 'Issue cannot block more than 50 issues'],
  ]);
});

test('a blocker is another issue, named once', () => {
  const { world, issue, pull } = withPullRequest();
  const [blocked, blocker] = [issue('Blocked'), issue('Blocker')];
  addBlockedBy(world, 'kim', { blocked, blocker });
  const block = (by: typeof blocked) => refusalOf(() => addBlockedBy(world, 'kim', { blocked, blocker: by }));
  expect([block(pull), block(blocked), block(blocker), block({ ...blocker, number: 99 })]).toEqual([
    [422, 'A pull request cannot be a blocker'],
    [422, 'An issue cannot block itself'],
    [422, 'Dependency already exists'],
    [404, 'Not Found'],
  ]);
});

test('an item has at most 100 labels and 10 assignees', () => {
  const { world, issue } = makeSampleWorld();
  const item = issue('Popular');
  const people = many(11).map((index) => addAccount(world, { login: `person${index}` }).login);
  label(world, 'kim', { item, labels: many(100).map((index) => `label ${index}`) });
  assign(world, 'kim', { item, assignees: people.slice(0, 10) });
  expect([
    refusalOf(() => label(world, 'kim', { item, labels: ['Label 1'] })),
    refusalOf(() => label(world, 'kim', { item, labels: ['another'] })),
    refusalOf(() => assign(world, 'kim', { item, assignees: people })),
  ]).toEqual(['done', [422, 'cannot have more than 100 labels'], [422, 'cannot have more than 10 assignees']]);
});

test('reviews are asked of collaborators and known teams, not of the author, and not of more than 15', () => {
  const { world, pull, home } = withPullRequest();
  const ask = (reviewers: readonly string[], teams: readonly string[] = []) =>
    refusalOf(() => requestReview(world, 'ravi', { item: pull, reviewers, teams }));
  for (const index of many(16)) home.teams.set(`team${index}`, []);
  const notCollaborator = [422, expect.stringContaining('not a collaborator')];
  expect([
    ask(['ravi']),
    ask(['noor']),
    ask([], ['nowhere']),
    ask(
      [],
      many(16).map((index) => `team${index}`),
    ),
    ask(['kim'], ['core']),
  ]).toEqual([
    [422, 'Review cannot be requested from pull request author.'],
    notCollaborator,
    notCollaborator,
    [422, 'Cannot request more than 15 reviewers'],
    'done',
  ]);
});

test('authors cannot approve their own pull request, and a request for changes says why', () => {
  const { world, pull } = withPullRequest();
  const review = (login: string, state: 'approved' | 'changes_requested' | 'commented', body = '') =>
    refusalOf(() => submitReview(world, login, { item: pull, state, body }));
  expect([
    review('ravi', 'approved'),
    review('ravi', 'changes_requested', 'No'),
    review('ravi', 'commented', 'Note'),
    review('kim', 'changes_requested'),
  ]).toEqual([
    [422, 'Can not approve your own pull request'],
    [422, 'Can not request changes on your own pull request'],
    'done',
    [422, 'body cannot be blank'],
  ]);
});
