import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { loadTaskFile } from '../../../src/sandbox/load-world/load-task-file.ts';
import { loadWorld } from '../../../src/sandbox/load-world.ts';

let folder = '';
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'parasol-tasks-'));
});
afterAll(() => rm(folder, { recursive: true }));

type Row = Readonly<Record<string, unknown>> & { readonly id: string };

const load = (...rows: readonly Row[]) => {
  const text = rows.map((row) => JSON.stringify({ title: 'Task', ...row })).join('\n');
  const world = loadTaskFile({ path: 'plan.jsonl', text, repository: 'plan' });
  const issues = [...(world.repositories.get('world/plan')?.issues.values() ?? [])];
  return { world, issues, byId: (id: string) => issues.find(({ title }) => title.startsWith(`[${id}] `)) };
};

test('a task becomes an issue with its id in front of the title, its text, labels and times', () => {
  const { issues, world } = load({
    id: 'bd-1',
    title: 'Ship it',
    body: 'See #12',
    status: 'open',
    kind: 'epic',
    priority: 1,
    labels: ['sea'],
    createdAt: '2026-01-02T03:04:05.6+01:00',
    updatedAt: '2026-01-03T00:00:00Z',
    closedAt: null,
    parents: [],
    blockedBy: [],
    discoveredFrom: ['bd-2'],
  });
  expect(issues[0]).toMatchObject({
    number: 1,
    title: '[bd-1] Ship it',
    body: 'See #12',
    state: 'open',
    labels: new Set(['sea', 'epic', 'kind:epic', 'priority:1']),
    createdAt: '2026-01-02T02:04:05Z',
    updatedAt: '2026-01-03T00:00:00Z',
  });
  expect([world.now(), world.loadConflicts]).toEqual(['2026-01-03T00:00:00Z', []]);
});

test.each([
  ['open', 'open', null, []],
  ['To Do', 'open', null, []],
  ['In Progress', 'open', null, ['status:in progress']],
  ['closed', 'closed', 'completed', []],
  ['"Done"', 'closed', 'completed', []],
  ["Won't Do", 'closed', 'not_planned', []],
])('the status %s makes an issue %s', (status, state, stateReason, labels) => {
  const { issues } = load({ id: 'a-1', status });
  expect(issues[0]).toMatchObject({ state, stateReason, labels: new Set(labels) });
});

test('issues are numbered in order of creation and closed when the task was', () => {
  const { byId } = load(
    { id: 'a-late', createdAt: '2026-01-05T00:00:00Z', status: 'closed', closedAt: '2026-01-06T00:00:00Z' },
    { id: 'a-early', createdAt: '2026-01-01T00:00:00Z' },
  );
  expect([byId('a-early')?.number, byId('a-late')?.number, byId('a-late')?.closedAt]).toEqual([
    1,
    2,
    '2026-01-06T00:00:00Z',
  ]);
});

test('parents and blockers become links, also when they were created later', () => {
  const { byId } = load(
    { id: 'a-child', parents: ['a-parent'], blockedBy: ['a-blocker'], createdAt: '2026-01-01T00:00:00Z' },
    { id: 'a-parent', createdAt: '2026-01-02T00:00:00Z' },
    { id: 'a-blocker', createdAt: '2026-01-03T00:00:00Z' },
  );
  expect(byId('a-child')).toMatchObject({
    parent: { repository: 'world/plan', number: 2 },
    blockedBy: [{ repository: 'world/plan', number: 3 }],
    timeline: [
      { kind: 'parent_issue_added_event', createdAt: '2026-01-02T00:00:00Z' },
      { kind: 'blocked_by_added_event', createdAt: '2026-01-03T00:00:00Z' },
    ],
  });
});

test('what GitHub could not hold is listed, and the rest is loaded', () => {
  const children = Array.from({ length: 101 }, (_, index) => ({ id: `c-${index}`, parents: ['p-1'] }));
  const { world, byId } = load(
    { id: 'p-1' },
    { id: 'p-2' },
    ...children,
    { id: 'x-1', parents: ['p-2', 'p-1', 'gone-1'], blockedBy: ['gone-2', 'x-1', 'x-1'] },
    { id: 'x-2', title: 'x'.repeat(300), body: 'y'.repeat(65_537) },
  );
  expect([byId('p-1')?.children.length, byId('p-2')?.children.length, byId('x-2')?.title.length]).toEqual([
    100, 1, 256,
  ]);
  expect(world.loadConflicts).toEqual([
    { subject: 'x-1', problem: 'names the parent gone-1, which is not in the file' },
    { subject: 'x-1', problem: 'also names the parent p-1: an issue has one parent, and p-2 comes first' },
    { subject: 'x-1', problem: 'names the blocker gone-2, which is not in the file' },
    { subject: 'x-2', problem: 'its title has 306 characters and is cut after 256' },
    { subject: 'x-2', problem: 'its body has 65537 characters and is cut after 65536' },
    { subject: 'c-100', problem: 'Parent cannot have more than 100 sub-issues' },
    { subject: 'x-1', problem: 'An issue cannot block itself' },
  ]);
});

test('a plain and a compressed file make the same world, named after the file', async () => {
  const text = '{"id":"a-1","title":"One"}\n\n';
  await writeFile(join(folder, 'sea.port.jsonl'), text);
  await writeFile(join(folder, 'sea.port.jsonl.gz'), gzipSync(text));
  const worlds = await Promise.all(
    ['sea.port.jsonl', 'sea.port.jsonl.gz'].map((name) => loadWorld(join(folder, name))),
  );
  expect(worlds.map(({ repositories }) => [...repositories.keys()])).toEqual([['world/sea.port'], ['world/sea.port']]);
});

test.each([
  ['bad.jsonl', '{"id":"a-1","title":"One"}\n{"id":', /bad\.jsonl:2: not JSON/],
  ['bad.jsonl', '{"id":"a-1"}', /bad\.jsonl:1: title is missing\.$/],
  ['bad.jsonl', '{"id":"a-1","title":"x","createdAt":"soon"}', /bad\.jsonl:1: createdAt is no time/],
  ['bad.jsonl', '{"id":"a-1","title":"x"}\n{"id":"a-1","title":"x"}', /bad\.jsonl:2: id a-1 is there twice/],
  ['bad.csv', 'a,b', /bad\.csv: not a world file/],
  ['bad.jsonl.gz', 'not compressed', /bad\.jsonl\.gz: is not compressed with gzip, or damaged/],
  [
    'cut.jsonl.gz',
    gzipSync('{"id":"a-1","title":"One"}\n').subarray(0, -12),
    /cut\.jsonl\.gz: ends before its compressed data is complete/,
  ],
  ['empty.jsonl', '', /empty\.jsonl: is empty/],
  ['empty.yml', '\n', /empty\.yml: is empty/],
  ['empty.jsonl.gz', gzipSync(''), /empty\.jsonl\.gz: is empty/],
])('%s with %s is refused with its place', async (name, text, message) => {
  await writeFile(join(folder, name), text);
  await expect(loadWorld(join(folder, name))).rejects.toMatchObject({
    code: 'world_invalid',
    message: expect.stringMatching(message),
    hint: expect.stringMatching(/\w/),
  });
});

test.each([
  ['none.yml', /none\.yml: there is no such file/],
  ['', /: is a folder$/],
])('what is not a file is refused: %j', async (name, message) => {
  await expect(loadWorld(join(folder, name))).rejects.toMatchObject({
    code: 'world_invalid',
    message: expect.stringMatching(message),
    hint: expect.stringMatching(/\w/),
  });
});
