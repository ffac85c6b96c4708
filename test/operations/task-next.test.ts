import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { UserError } from '../../src/core/failure.ts';
import { issueMarker } from '../../src/core/issue-marker.ts';
import { batchKey } from '../../src/core/umbrella/batch-umbrella.ts';
import type { OperationContext } from '../../src/operations/operation.ts';
import { taskNext } from '../../src/operations/task-next.ts';
import { workClaim } from '../../src/operations/work-claim.ts';
import { addBlockedBy } from '../../src/sandbox/actions/block-issue.ts';
import { linkBranch } from '../../src/sandbox/actions/link-branch.ts';
import { addSubIssue } from '../../src/sandbox/actions/link-sub-issue.ts';
import { openIssue } from '../../src/sandbox/actions/open-issue.ts';
import { openPullRequest } from '../../src/sandbox/actions/open-pull-request.ts';
import { pushCommits } from '../../src/sandbox/actions/push-commits.ts';
import { addLabel } from '../../src/sandbox/create-world.ts';
import { openStore } from '../../src/store/open-store.ts';
import type { Store } from '../../src/store/store.ts';
import { itemOf, KEY, refOf, type SandboxedUmbrella, startSandboxedUmbrella } from './sandboxed-umbrella.ts';

const NOW = '2026-03-02T09:00:00Z';

let store: Store;
let harbor: SandboxedUmbrella;
let opened: number;

beforeAll(async () => {
  store = await openStore({ folder: null, now: () => NOW });
}, 60_000);
afterAll(() => store.close());

beforeEach(async () => {
  await store.db.deleteFrom('claims').execute();
  opened = 0;
  harbor = await startSandboxedUmbrella('version: 1\nwork: { show: none }\n');
  for (const name of ['lane:api', 'lane:docs']) addLabel(harbor.world, harbor.repository, { name });
});
afterEach(() => harbor.sandbox.close());

/** One more child of the umbrella. */
function child(title: string, { body = '', lane = 'api' } = {}): number {
  const issue = openIssue(harbor.world, 'kim', { repository: KEY, title, body, labels: [`lane:${lane}`] });
  addSubIssue(harbor.world, 'kim', { parent: itemOf(harbor.umbrella), child: itemOf(issue) });
  return issue.number;
}

const at = (number: number) => ({ repository: KEY, number });

function changing(task: number, ...paths: string[]): number {
  const files = paths.map((path) => ({ path, status: 'modified' as const }));
  const pull = { repository: KEY, title: `Work on ${task}`, body: `Closes #${task}`, branch: `work-${task}`, files };
  return openPullRequest(harbor.world, 'kim', pull).number;
}

const context = (more: Partial<OperationContext> = {}): OperationContext => ({
  ...harbor.context,
  now: () => NOW,
  isTimeGiven: true,
  store: async () => {
    opened += 1;
    return store;
  },
  hasStore: () => true,
  ...more,
});

type Asked = Partial<Parameters<typeof taskNext.run>[1]>;
const next = (asked: Asked = {}, more: Partial<OperationContext> = {}) =>
  taskNext.run(context(more), { umbrella: '#1', limit: 10, ...asked });
const claim = (agent: string, more: object = {}) =>
  workClaim.run(context(), { umbrella: '#1', agent, lease: '30m', ...more });
const numbers = ({ tasks }: Awaited<ReturnType<typeof next>>) => tasks.map(({ ref }) => ref.number);
const operations = () => harbor.sandbox.requests.entries.map(({ operation }) => operation);

describe('task next', () => {
  test('lists what can start, the task that unblocks the most first, and what cannot in one line', async () => {
    const serve = child('Serve the tides');
    const tell = child('Tell the captains', { lane: 'docs' });
    addBlockedBy(harbor.world, 'kim', { blocked: at(tell), blocker: at(serve) });
    expect(await next({ limit: 2 })).toEqual({
      umbrella: refOf(harbor.umbrella),
      tasks: [
        {
          ref: refOf({ number: serve }),
          title: 'Serve the tides',
          url: expect.stringMatching(/\/octo\/harbor\/issues\/4$/),
          lane: 'api',
          unblocks: 1,
          unsure: null,
        },
        expect.objectContaining({ ref: refOf(harbor.children[0]), lane: null, unblocks: 0 }),
      ],
      total: 3,
      leftOut: [],
      notFree: '1 blocked',
      retryAt: null,
      claimsRead: true,
      gaps: [],
      remarks: [],
    });
    expect(numbers(await next({ lane: 'API' }))).toEqual([serve]);
    expect(await next({ lane: 'nope' })).toMatchObject({
      tasks: [],
      remarks: ['No task of this umbrella is in the lane nope: its lanes are api, docs.'],
    });
    expect(harbor.writes()).toEqual([]);
  });

  test('is the order in which tasks are claimed, and leaves out what an agent holds', async () => {
    const serve = child('Serve the tides');
    addBlockedBy(harbor.world, 'kim', { blocked: at(child('Tell the captains')), blocker: at(serve) });
    const listed = numbers(await next());
    const claimed: number[] = [];
    for (const agent of ['a7', 'a8', 'a9']) claimed.push((await claim(agent)).claim?.task.number ?? 0);
    expect(claimed).toEqual(listed);
    expect(await next()).toMatchObject({
      tasks: [],
      total: 0,
      notFree: '1 blocked, 3 claimed by agents',
      retryAt: '2026-03-02T09:30:00Z',
    });
  });

  test('looks through batch umbrellas', async () => {
    const body = issueMarker(batchKey(refOf(harbor.umbrella), 2));
    const batch = child('More of Harbor opens', { body });
    const inside = openIssue(harbor.world, 'kim', { repository: KEY, title: 'Paint the hull' });
    addSubIssue(harbor.world, 'kim', { parent: at(batch), child: itemOf(inside) });
    expect(numbers(await next())).toEqual([2, 3, inside.number]);
  });

  test('makes no store to look for claims, and says that it did not look', async () => {
    const { claimsRead, remarks } = await next({}, { hasStore: () => false });
    expect({ claimsRead, remarks, opened }).toEqual({
      claimsRead: false,
      remarks: ['there is no store here, so claims of agents elsewhere are not known'],
      opened: 0,
    });
  });

  test('knows that nothing is claimed in a world, whose store begins and ends with the command', async () => {
    const { claimsRead, remarks } = await next({}, { hasStore: () => false, isStoreFresh: true });
    expect({ claimsRead, remarks, opened }).toEqual({ claimsRead: true, remarks: [], opened: 0 });
  });

  test('goes on without claims where the store is held, and says so', async () => {
    const held = new UserError('store_locked', 'Process 7 holds the store.', 'Stop it.');
    const seen = await next({}, { store: () => Promise.reject(held) });
    expect(numbers(seen)).toEqual([2, 3]);
    expect([seen.claimsRead, seen.remarks]).toEqual([
      false,
      ['claims of agents could not be read: Process 7 holds the store.'],
    ]);
  });

  test('refuses an issue without sub-issues', async () => {
    await expect(next({ umbrella: '#2' })).rejects.toMatchObject({ code: 'not_an_umbrella' });
  });
});

describe('what open pull requests change', () => {
  test('is read in one more call, and only when it is to be avoided', async () => {
    child('Serve the tides', { body: 'Paths: src/api/**' });
    changing(2, 'src/api/serve.ts');
    changing(3, 'docs/tides.md');
    await next();
    const without = operations();
    harbor.sandbox.requests.reset();
    await next({ avoidOverlap: true });
    expect(operations().filter((name) => name === 'ChangedPaths')).toHaveLength(1);
    expect(operations().filter((name) => name !== 'ChangedPaths').length).toBeLessThanOrEqual(without.length);
    expect(without).not.toContain('ChangedPaths');
  });

  test('keeps tasks out of the list, each with the pull request in the way', async () => {
    const serve = child('Serve the tides', { body: 'Paths: src/api/**' });
    const paint = child('Paint it', { body: 'Change `src/web/page.ts`.' });
    const pull = changing(2, 'src/api/serve.ts');
    const { tasks, leftOut, notFree } = await next({ avoidOverlap: true });
    expect(tasks.map(({ ref, unsure }) => [ref.number, unsure])).toEqual([
      [3, 'paths unknown'],
      [paint, null],
    ]);
    expect(leftOut).toEqual([
      {
        task: refOf({ number: serve }),
        title: 'Serve the tides',
        lane: { kind: 'pull_request', ref: refOf({ number: pull }), name: null },
        path: 'src/api/serve.ts',
      },
    ]);
    expect(notFree).toBe('1 implemented, 1 left out for files that others are changing');
    expect(numbers(await next())).toEqual([3, serve, paint]);
  });

  test('is not given to an agent that avoids it, even when asked for by number', async () => {
    harbor.repository.issues.get(3)?.assignees.add('kim');
    const serve = child('Serve the tides', { body: 'Paths: src/api/**' });
    const pull = changing(2, 'src/api/serve.ts');
    expect(await claim('a7', { avoidOverlap: true })).toMatchObject({
      claim: null,
      reason: 'Nothing is free: 1 implemented, 1 in progress, 1 left out for files that others are changing.',
      leftOut: [{ task: { number: serve }, lane: { ref: { number: pull } } }],
    });
    await expect(claim('a7', { avoidOverlap: true, task: `#${serve}` })).rejects.toMatchObject({
      code: 'claim_refused',
      message: `octo/harbor#${serve} cannot be claimed: octo/harbor#${pull} changes src/api/serve.ts.`,
    });
    expect((await claim('a7')).claim?.task.number).toBe(serve);
  });

  test('is read to the end where it is long', async () => {
    child('Serve the tides', { body: 'Paths: src/z' });
    changing(2, ...Array.from({ length: 250 }, (_, n) => `docs/${n}.md`), 'src/z/last.ts');
    expect((await next({ avoidOverlap: true })).leftOut).toMatchObject([{ path: 'src/z/last.ts' }]);
    expect(operations().filter((name) => name === 'FurtherPaths')).toHaveLength(2);
  });

  test('that cannot be read leaves a gap, and nobody says that a task is clear of it', async () => {
    const serve = child('Serve the tides', { body: 'Paths: src/api/**' });
    const pull = changing(2, 'src/api/serve.ts');
    harbor.sandbox.faults.failNext({ match: { operation: 'ChangedPaths' }, times: 20, status: 502 });
    const { tasks, gaps } = await next({ avoidOverlap: true });
    expect(tasks.find(({ ref }) => ref.number === serve)?.unsure).toBe(`files of octo/harbor#${pull} not read`);
    expect(gaps).toEqual([{ cause: 'unavailable', what: `files of octo/harbor#${pull}` }]);
  });

  test('counts by the old name too where a file was moved', async () => {
    const serve = child('Serve the tides', { body: 'Paths: src/api/serve.ts' });
    const files = [{ path: 'src/tides.ts', previousPath: 'src/api/serve.ts', status: 'renamed' as const }];
    const pull = { repository: KEY, title: 'Move', body: 'Closes #2', branch: 'move', files };
    openPullRequest(harbor.world, 'kim', pull);
    expect((await next({ avoidOverlap: true })).leftOut).toMatchObject([
      { task: { number: serve }, path: 'src/api/serve.ts' },
    ]);
    harbor.sandbox.faults.failNext({ match: { path: /files$/ }, times: 20, status: 502 });
    const { tasks, gaps } = await next({ avoidOverlap: true });
    expect(tasks.find(({ ref }) => ref.number === serve)?.unsure).toMatch(
      /^former names of moved files of .* not read$/,
    );
    expect(gaps).toHaveLength(1);
  });
});

describe('what a branch without a pull request changes', () => {
  test('keeps tasks out of the list; before the first push what its task names does', async () => {
    const serve = child('Serve the tides', { body: 'Paths: src/api/**' });
    const paint = child('Paint the hull', { body: 'Paths: src/hull' });
    const keel = child('Lay the keel', { body: 'Paths: src/hull/keel.ts' });
    linkBranch(harbor.world, 'kim', { item: itemOf(harbor.children[0]), branch: 'tides' });
    pushCommits(harbor.world, 'kim', {
      repository: KEY,
      branch: 'tides',
      commits: ['Serve'],
      files: [{ path: 'src/api/serve.ts', status: 'added' }],
    });
    linkBranch(harbor.world, 'kim', { item: at(keel), branch: 'keel' });
    const { leftOut } = await next({ avoidOverlap: true });
    expect(leftOut.map(({ task, lane, path }) => [task.number, lane.kind, lane.name, path])).toEqual([
      [serve, 'branch', 'tides', 'src/api/serve.ts'],
      [paint, 'branch', 'keel', 'src/hull/keel.ts'],
    ]);
  });

  test('is unknown where the comparison cannot be read, and a task says so', async () => {
    const serve = child('Serve the tides', { body: 'Paths: src/api/**' });
    linkBranch(harbor.world, 'kim', { item: itemOf(harbor.children[0]), branch: 'tides' });
    harbor.sandbox.faults.failNext({ match: { path: /compare/ }, times: 20, status: 502 });
    const { tasks, gaps } = await next({ avoidOverlap: true });
    expect(tasks.find(({ ref }) => ref.number === serve)?.unsure).toBe(
      'files of branch tides of octo/harbor#2 not read',
    );
    expect(gaps).toHaveLength(1);
  });
});

describe('what a claimed task is to touch', () => {
  test('is given to nobody else who avoids it, though all ask at one moment', async () => {
    for (const number of [2, 3]) harbor.repository.issues.get(number)?.assignees.add('kim');
    for (const name of ['one', 'two', 'three']) child(name, { body: 'Paths: src/api/**' });
    const free = child('Paint', { body: 'Paths: src/hull' });
    const answers = await Promise.all(['a1', 'a2', 'a3'].map((agent) => claim(agent, { avoidOverlap: true })));
    const given = answers.flatMap((one) => one.claim?.task.number ?? []);
    expect(given).toHaveLength(2);
    expect(given).toContain(free);
    expect(answers.find((one) => one.claim === null)?.retryAt).toBe('2026-03-02T09:30:00Z');
  });
});
