import type { Octokit } from '@octokit/rest';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { createComment } from '../../../src/sandbox/actions/comment.ts';
import { addSubIssue } from '../../../src/sandbox/actions/link-sub-issue.ts';
import { openIssue } from '../../../src/sandbox/actions/open-issue.ts';
import { openPullRequest } from '../../../src/sandbox/actions/open-pull-request.ts';
import { transferIssue } from '../../../src/sandbox/actions/remove-issue.ts';
import { addMilestone, addRepository, advanceClock } from '../../../src/sandbox/create-world.ts';
import { type Running, runSmallWorld } from '../http/small-world.ts';

const PORT = { owner: 'harbor', repo: 'port' };
const HERE = { repository: 'harbor/port' };
const at = (number: number, repository = 'harbor/port') => ({ repository, number });

let running: Running;
let kim: Octokit;

beforeEach(async () => {
  running = await runSmallWorld();
  kim = running.as('kim-token');
});

afterEach(() => running.sandbox.close());

const statusOf = (asked: Promise<{ status: number }>) =>
  asked.then(
    ({ status }) => status,
    (error: { status: number }) => error.status,
  );

describe('the list of issues', () => {
  beforeEach(() => {
    const { world, port } = running;
    addMilestone(world, port, { title: 'v1' });
    openIssue(world, 'kim', { ...HERE, title: 'one', labels: ['lane:api', 'bug'], assignees: ['ravi'] });
    advanceClock(world, 60);
    openIssue(world, 'noor', { ...HERE, title: 'two', labels: ['bug'], milestone: 1 });
    advanceClock(world, 60);
    openPullRequest(world, 'kim', { ...HERE, title: 'three', branch: 'three' });
    advanceClock(world, 60);
    createComment(world, 'kim', { item: at(1), body: 'ping' });
  });

  test.each([
    ['has open issues and pull requests, newest first', {}, ['three', 'two', 'one']],
    ['is sorted by the last change', { sort: 'updated' as const }, ['one', 'three', 'two']],
    ['is sorted by comments', { sort: 'comments' as const, direction: 'asc' as const }, ['two', 'three', 'one']],
    ['goes oldest first', { direction: 'asc' as const }, ['one', 'two', 'three']],
    ['needs every label asked for', { labels: 'BUG,lane:api' }, ['one']],
    ['takes what changed since', { since: '2026-03-02T09:02:00Z' }, ['three', 'one']],
    ['takes one assignee', { assignee: 'Ravi' }, ['one']],
    ['takes what nobody has', { assignee: 'none' }, ['three', 'two']],
    ['takes one milestone', { milestone: '1' }, ['two']],
    ['takes one author', { creator: 'noor' }, ['two']],
    ['has nothing closed yet', { state: 'closed' as const }, []],
    ['comes in pages', { per_page: 2, page: 2 }, ['one']],
  ])('%s', async (_, options, titles) => {
    const { data } = await kim.rest.issues.listForRepo({ ...PORT, ...options });
    expect(data.map(({ title }) => title)).toEqual(titles);
  });

  test('tells pull requests by their key, and reads to the end through pagination', async () => {
    const all = await kim.paginate(kim.rest.issues.listForRepo, { ...PORT, per_page: 1 });
    expect(all.map(({ number, pull_request }) => [number, pull_request !== undefined])).toEqual([
      [3, true],
      [2, false],
      [1, false],
    ]);
  });
});

describe('an issue', () => {
  test('is opened, edited, closed and reopened with what was asked for', async () => {
    addMilestone(running.world, running.port, { title: 'v1' });
    const { data: opened } = await kim.rest.issues.create({
      ...PORT,
      title: 'Quay',
      labels: [{ name: 'bug' }],
      type: 'Task',
    });
    const issue = { ...PORT, issue_number: opened.number };
    const { data: edited } = await kim.rest.issues.update({
      ...issue,
      body: 'Stone',
      milestone: 1,
      labels: ['lane:api'],
      assignees: ['ravi'],
    });
    const { data: closed } = await kim.rest.issues.update({
      ...issue,
      state: 'closed',
      state_reason: 'not_planned',
      milestone: null,
    });
    const { data: reopened } = await kim.rest.issues.update({ ...issue, state: 'open', body: null });
    expect([
      opened.type?.name,
      edited.body,
      edited.milestone?.title,
      edited.assignees?.map(({ login }) => login),
    ]).toEqual(['Task', 'Stone', 'v1', ['ravi']]);
    expect(edited.labels.map((label) => (typeof label === 'string' ? label : label.name))).toEqual(['lane:api']);
    expect([closed.state, closed.state_reason, closed.closed_by?.login, closed.milestone]).toEqual([
      'closed',
      'not_planned',
      'kim',
      null,
    ]);
    expect([reopened.state, reopened.state_reason, reopened.body]).toEqual(['open', 'reopened', null]);
  });

  test('is closed as a pull request through the same door', async () => {
    openPullRequest(running.world, 'kim', { ...HERE, title: 'Crane', branch: 'crane' });
    await kim.rest.issues.update({ ...PORT, issue_number: 1, state: 'closed' });
    const closed = running.port.pullRequests.get(1)?.state;
    await kim.rest.issues.update({ ...PORT, issue_number: 1, state: 'open' });
    expect([closed, running.port.pullRequests.get(1)?.state]).toEqual(['closed', 'open']);
  });

  test('is refused with a milestone that is not there, a state that is none, and a body that is too long', async () => {
    openIssue(running.world, 'kim', { ...HERE, title: 'Quay' });
    const statuses = [
      await statusOf(kim.rest.issues.create({ ...PORT, title: 'x', milestone: 9 })),
      await statusOf(kim.request('PATCH /repos/{owner}/{repo}/issues/1', { ...PORT, state: 'shut' })),
      await statusOf(kim.rest.issues.update({ ...PORT, issue_number: 1, body: 'x'.repeat(65_537) })),
    ];
    expect([statuses, running.port.issues.size]).toEqual([[422, 422, 422], 1]);
  });

  test('that was transferred answers with its new address', async () => {
    addRepository(running.world, { owner: 'harbor', name: 'dock' });
    openIssue(running.world, 'kim', { ...HERE, title: 'Quay' });
    transferIssue(running.world, 'kim', { item: at(1), repository: 'harbor/dock' });
    const { data, url } = await kim.rest.issues.get({ ...PORT, issue_number: 1 });
    expect([data.title, url]).toEqual(['Quay', `${running.sandbox.apiUrl}/repos/harbor/dock/issues/1`]);
  });
});

describe('comments and reactions', () => {
  beforeEach(() => {
    openIssue(running.world, 'kim', { ...HERE, title: 'Quay' });
  });

  test('belong to their repository and are changed by their author or a maintainer', async () => {
    const comment = createComment(running.world, 'noor', { item: at(1), body: 'hi' });
    const one = { ...PORT, comment_id: comment.id };
    const edit = (login: string) =>
      statusOf(running.as(`${login}-token`).rest.issues.updateComment({ ...one, body: login }));
    const elsewhere = statusOf(kim.rest.issues.getComment({ ...one, repo: 'vault' }));
    expect([await edit('noor'), await edit('lena'), await edit('kim'), await elsewhere]).toEqual([200, 403, 200, 404]);
    expect([
      comment.body,
      await statusOf(kim.rest.issues.deleteComment(one)),
      await statusOf(kim.rest.issues.getComment(one)),
    ]).toEqual(['kim', 204, 404]);
  });

  test('a reaction is made once: 201, then 200', async () => {
    const comment = createComment(running.world, 'noor', { item: at(1), body: 'hi' });
    const react = () => kim.rest.reactions.createForIssueComment({ ...PORT, comment_id: comment.id, content: 'eyes' });
    const [first, second] = [await react(), await react()];
    expect([first.status, second.status, second.data.id === first.data.id]).toEqual([201, 200, true]);
    const take = () =>
      kim.rest.reactions.deleteForIssueComment({ ...PORT, comment_id: comment.id, reaction_id: first.data.id });
    expect([await statusOf(take()), comment.reactions]).toEqual([204, []]);
  });
});

describe('sub-issues', () => {
  beforeEach(() => {
    for (const title of ['parent', 'child', 'other']) openIssue(running.world, 'kim', { ...HERE, title });
  });

  const idOf = (number: number) => running.port.issues.get(number)?.id ?? 0;
  const add = (parent: number, child: number, replace = false) =>
    kim.rest.issues.addSubIssue({ ...PORT, issue_number: parent, sub_issue_id: idOf(child), replace_parent: replace });

  test('are named by their database id, show in summaries, and have one parent', async () => {
    const { data: parent } = await add(1, 2);
    const { data: child } = await kim.rest.issues.get({ ...PORT, issue_number: 2 });
    expect([parent.number, parent.sub_issues_summary, child.parent_issue_url]).toEqual([
      1,
      { total: 1, completed: 0, percent_completed: 0 },
      `${running.sandbox.apiUrl}/repos/harbor/port/issues/1`,
    ]);
    expect([await statusOf(add(3, 2)), await statusOf(add(3, 2, true)), await statusOf(add(2, 3))]).toEqual([
      422, 201, 422,
    ]);
    const parents = await Promise.all(
      [2, 3].map((number) => statusOf(kim.rest.issues.getParent({ ...PORT, issue_number: number }))),
    );
    expect(parents).toEqual([200, 404]);
  });

  test('are ordered by hand, one neighbour at a time', async () => {
    await add(1, 2);
    await add(1, 3);
    const move = { ...PORT, issue_number: 1, sub_issue_id: idOf(3) };
    await kim.rest.issues.reprioritizeSubIssue({ ...move, before_id: idOf(2) });
    const { data } = await kim.rest.issues.listSubIssues({ ...PORT, issue_number: 1 });
    expect(data.map(({ number }) => number)).toEqual([3, 2]);
    const both = kim.rest.issues.reprioritizeSubIssue({ ...move, before_id: idOf(2), after_id: idOf(2) });
    expect(await statusOf(both)).toBe(422);
  });

  test('an unknown id and a pull request are refused', async () => {
    const pull = openPullRequest(running.world, 'kim', { ...HERE, title: 'Crane', branch: 'crane' });
    const link = (id: number) => statusOf(kim.rest.issues.addSubIssue({ ...PORT, issue_number: 1, sub_issue_id: id }));
    expect([await link(424242), await link(pull.id)]).toEqual([404, 422]);
  });

  test('a hundred fit under one parent, and no more', async () => {
    for (let number = 4; number <= 104; number += 1)
      openIssue(running.world, 'kim', { ...HERE, title: `task ${number}` });
    for (let number = 4; number <= 103; number += 1)
      addSubIssue(running.world, 'kim', { parent: at(1), child: at(number) });
    expect(await statusOf(add(1, 104))).toBe(422);
    const { data } = await kim.rest.issues.listSubIssues({ ...PORT, issue_number: 1, per_page: 100 });
    expect(data.length).toBe(100);
  });
});

describe('dependencies', () => {
  test('link two issues in both directions until they are taken away', async () => {
    const [first, second] = ['first', 'second'].map((title) => openIssue(running.world, 'kim', { ...HERE, title }));
    const link = { ...PORT, issue_number: 2, issue_id: first?.id ?? 0 };
    const { data: blocked } = await kim.rest.issues.addBlockedByDependency(link);
    const { data: blockers } = await kim.rest.issues.listDependenciesBlockedBy({ ...PORT, issue_number: 2 });
    const { data: waiting } = await kim.rest.issues.listDependenciesBlocking({ ...PORT, issue_number: 1 });
    expect([blocked.issue_dependencies_summary, blockers.map(({ id }) => id), waiting.map(({ id }) => id)]).toEqual([
      { blocked_by: 1, total_blocked_by: 1, blocking: 0, total_blocking: 0 },
      [first?.id],
      [second?.id],
    ]);
    expect([
      await statusOf(kim.rest.issues.addBlockedByDependency(link)),
      await statusOf(kim.rest.issues.removeDependencyBlockedBy(link)),
      await statusOf(kim.rest.issues.removeDependencyBlockedBy(link)),
    ]).toEqual([422, 200, 404]);
  });
});

describe('what is hidden', () => {
  test('a private child, parent, blocker and mention show only to those who see their repository', async () => {
    const { world } = running;
    for (const title of ['public', 'umbrella of the public']) openIssue(world, 'kim', { ...HERE, title });
    const secret = openIssue(world, 'kim', { repository: 'harbor/vault', title: 'secret', body: 'see harbor/port#1' });
    const shut = openIssue(world, 'kim', { repository: 'harbor/vault', title: 'shut' });
    addSubIssue(world, 'kim', { parent: at(1), child: at(1, 'harbor/vault') });
    addSubIssue(world, 'kim', { parent: at(2, 'harbor/vault'), child: at(2) });
    await kim.rest.issues.addBlockedByDependency({ ...PORT, issue_number: 1, issue_id: secret.id });
    const seenBy = async (token: string) => {
      const one = running.as(token);
      const [children, blockers, timeline, child] = await Promise.all([
        one.rest.issues.listSubIssues({ ...PORT, issue_number: 1 }),
        one.rest.issues.listDependenciesBlockedBy({ ...PORT, issue_number: 1 }),
        one.rest.issues.listEventsForTimeline({ ...PORT, issue_number: 1 }),
        one.rest.issues.get({ ...PORT, issue_number: 2 }),
      ]);
      const parent = await statusOf(one.rest.issues.getParent({ ...PORT, issue_number: 2 }));
      const lists = [children.data.length, blockers.data.length, timeline.data.length];
      return [...lists, child.data.parent_issue_url !== undefined, parent];
    };
    expect([await seenBy('kim-token'), await seenBy('noor-token')]).toEqual([
      [1, 1, 3, true, 200],
      [0, 0, 0, false, 404],
    ]);
    const link = running.as('ravi-token').rest.issues.addSubIssue({ ...PORT, issue_number: 2, sub_issue_id: shut.id });
    expect(await statusOf(link)).toBe(404);
  });
});

test('a label of more than 50 characters is refused', async () => {
  const make = (name: string) => statusOf(kim.rest.issues.createLabel({ ...PORT, name }));
  expect([await make('a'.repeat(50)), await make('a'.repeat(51))]).toEqual([201, 422]);
  const { number } = openIssue(running.world, 'kim', { ...HERE, title: 'Labelled' });
  const put = kim.rest.issues.addLabels({ ...PORT, issue_number: number, labels: ['b'.repeat(51)] });
  expect(await statusOf(put)).toBe(422);
});
