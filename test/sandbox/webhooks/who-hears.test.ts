import { expect, test } from 'vitest';
import { addBlockedBy } from '../../../src/sandbox/actions/block-issue.ts';
import { createComment } from '../../../src/sandbox/actions/comment.ts';
import { addSubIssue } from '../../../src/sandbox/actions/link-sub-issue.ts';
import { openPullRequest } from '../../../src/sandbox/actions/open-pull-request.ts';
import { addInstallation } from '../../../src/sandbox/create-world.ts';
import { makeSampleWorld } from '../sample-world.ts';
import { nameOf, problemsOf, recordDeliveries } from './record-deliveries.ts';

test('an installation hears only of its own repositories', () => {
  const { world, issue, installation } = makeSampleWorld();
  installation.repositories = new Set(['octo/home']);
  const deliveries = recordDeliveries(world);
  issue('Seen');
  issue('Unseen', 'octo/vault');
  expect(deliveries.map(nameOf)).toEqual(['issues.opened octo/home#1']);
});

test('an installation of another account hears nothing', () => {
  const { world, issue, app, installation } = makeSampleWorld();
  world.installations.delete(installation.id);
  addInstallation(world, { appId: app.id, account: 'elsewhere' });
  const deliveries = recordDeliveries(world);
  issue('Unseen');
  expect(deliveries).toEqual([]);
});

test('a permission that was not granted and an event that is not listened to keep deliveries away', () => {
  const { world, issue, installation, app } = makeSampleWorld();
  const deliveries = recordDeliveries(world);
  installation.permissions = { metadata: 'read', pull_requests: 'read' };
  const first = issue('No permission');
  openPullRequest(world, 'ravi', { repository: 'octo/home', title: 'Heard', branch: 'a' });
  Object.assign(app, { events: ['issue_comment'] });
  openPullRequest(world, 'ravi', { repository: 'octo/home', title: 'Not listened to', branch: 'b' });
  createComment(world, 'kim', { item: first, body: 'On an issue' });
  createComment(world, 'kim', { item: { ...first, number: 2 }, body: 'On a pull request' });
  expect(deliveries.map(nameOf)).toEqual(['pull_request.opened octo/home#2', 'issue_comment.created octo/home#2']);
});

test('each of two installed Apps gets its own delivery', () => {
  const { world, issue, app } = makeSampleWorld();
  const second = addInstallation(world, { appId: app.id, account: 'octo' });
  const deliveries = recordDeliveries(world);
  issue('Seen twice');
  expect(deliveries.map(({ installationId }) => installationId)).toEqual([second.id - 1, second.id]);
});

test('the other side of a link is left out where the installation may not see it', () => {
  const { world, issue, installation } = makeSampleWorld();
  installation.repositories = new Set(['octo/home']);
  const seen = issue('Public');
  const hidden = issue('Hidden title', 'octo/vault');
  const deliveries = recordDeliveries(world);
  addSubIssue(world, 'kim', { parent: seen, child: hidden });
  addBlockedBy(world, 'kim', { blocked: seen, blocker: hidden });
  expect(deliveries.map(({ payload }) => Object.keys(payload).filter((key) => key.includes('issue')))).toEqual([
    ['parent_issue_id', 'parent_issue'],
    ['blocked_issue_id', 'blocked_issue'],
  ]);
  expect([JSON.stringify(deliveries).includes('Hidden title'), problemsOf(deliveries)]).toEqual([false, []]);
});
