import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { parse } from 'yaml';
import { HANDLED_EVENTS } from '../../src/surfaces/app/route-event.ts';

const text = readFileSync(new URL('../../app.yml', import.meta.url), 'utf8');
const app: { default_events: string[]; default_permissions: Record<string, string> } = parse(text);

/** GitHub sends these to every App. */
const UNASKED = ['installation', 'installation_repositories'];

test('app.yml subscribes to exactly the events that the App handles', () => {
  expect([...app.default_events, ...UNASKED].sort()).toEqual(HANDLED_EVENTS);
});

test('app.yml asks for no write permission but those for issues, review requests and checks of its own', () => {
  expect(app.default_permissions).toEqual({
    metadata: 'read',
    issues: 'write',
    pull_requests: 'write',
    checks: 'write',
    merge_queues: 'read',
    statuses: 'read',
    contents: 'read',
  });
});

test('app.yml says why it asks for each event and each permission', () => {
  const lines = text.split('\n');
  const unexplained = [
    ...app.default_events.filter((name) => !lines.some((line) => line.startsWith(`  - ${name} # `))),
    ...Object.keys(app.default_permissions).filter((name) => {
      const at = lines.findIndex((line) => line.startsWith(`  ${name}: `));
      return !lines[at - 1]?.startsWith('  # ');
    }),
  ];
  expect(unexplained).toEqual([]);
});
