import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { addSubIssue, removeSubIssue } from '../../../src/sandbox/actions/link-sub-issue.ts';
import { openIssue } from '../../../src/sandbox/actions/open-issue.ts';
import {
  addApp,
  addCollaborator,
  addInstallation,
  addRepository,
  createWorld,
} from '../../../src/sandbox/create-world.ts';
import type { Delivery } from '../../../src/sandbox/webhooks/webhook-deliveries.ts';
import { recordDeliveries } from './record-deliveries.ts';

const FOLDER = join(import.meta.dirname, '../../../../shared/data/webhooks');
const isPresent = existsSync(FOLDER);
if (!isPresent) console.warn('skipped: the recorded sub-issue deliveries are not in ../shared/data/webhooks');

/** A parent with an assignee and a child without one, both labelled, linked and unlinked in a public repository. */
function regenerate(): Delivery[] {
  const world = createWorld({ now: '2025-11-01T21:42:45Z' });
  const repository = addRepository(world, { owner: 'octo', name: 'home', description: 'A repository' });
  addCollaborator(world, repository, 'kim', 'write');
  const app = addApp(world, { slug: 'p', permissions: { issues: 'read' }, events: ['sub_issues'], publicKey: 'none' });
  addInstallation(world, { appId: app.id, account: 'octo' });
  const open = (title: string, assignees: readonly string[]) =>
    openIssue(world, 'kim', { repository: 'octo/home', title, body: 'Text', labels: ['sample'], assignees }).number;
  const parent = { repository: 'octo/home', number: open('Parent', ['kim']) };
  const child = { repository: 'octo/home', number: open('Child', []) };
  const deliveries = recordDeliveries(world);
  addSubIssue(world, 'kim', { parent, child });
  removeSubIssue(world, 'kim', { parent, child });
  return deliveries;
}

/** Every key path with the JSON type found there. */
function shapeOf(value: unknown, path = ''): string[] {
  if (Array.isArray(value)) {
    return value.length === 0 ? [`${path}: array`] : [...new Set(value.flatMap((one) => shapeOf(one, `${path}[]`)))];
  }
  if (typeof value !== 'object' || value === null) return [`${path}: ${value === null ? 'null' : typeof value}`];
  return [`${path}: object`, ...Object.entries(value).flatMap(([key, one]) => shapeOf(one, `${path}.${key}`))];
}

describe.skipIf(!isPresent)('deliveries recorded on GitHub', () => {
  test.each(['parent_issue_added', 'sub_issue_added', 'parent_issue_removed', 'sub_issue_removed'])(
    'sub_issues.%s has the same paths and types',
    (action) => {
      const recorded: unknown = JSON.parse(readFileSync(join(FOLDER, `sub_issues.${action}.json`), 'utf8'));
      const own = regenerate().find((delivery) => delivery.action === action);
      expect(shapeOf(JSON.parse(JSON.stringify(own?.payload))).sort()).toEqual(shapeOf(recorded).sort());
    },
  );
});

test('after a removal the parent still shows the old total and the child names no parent, as GitHub sends it', () => {
  const removed = regenerate().filter(({ action }) => action?.endsWith('removed') === true);
  expect(removed.map(({ payload }) => payload)).toMatchObject([
    { parent_issue: { sub_issues_summary: { total: 1, completed: 0, percent_completed: 0 } } },
    { parent_issue: { sub_issues_summary: { total: 1, completed: 0, percent_completed: 0 } } },
  ]);
  expect(JSON.stringify(removed)).not.toContain('parent_issue_url');
});
