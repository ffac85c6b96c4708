import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import type { PlanItem } from '../../src/core/plan/plan.ts';
import { applyChanges } from '../../src/operations/apply-changes.ts';
import { planApply } from '../../src/operations/plan-apply.ts';
import { planShow } from '../../src/operations/plan-show.ts';
import { planUndoOperation } from '../../src/operations/plan-undo.ts';
import type { RunReport } from '../../src/operations/run-items.ts';
import { savePlan } from '../../src/operations/save-plan.ts';
import { addBlockedBy } from '../../src/sandbox/actions/block-issue.ts';
import { createComment } from '../../src/sandbox/actions/comment.ts';
import { editIssue } from '../../src/sandbox/actions/edit-issue.ts';
import { label as putLabel, unlabel } from '../../src/sandbox/actions/label.ts';
import { linkBranch } from '../../src/sandbox/actions/link-branch.ts';
import { addSubIssue, removeSubIssue } from '../../src/sandbox/actions/link-sub-issue.ts';
import { openIssue } from '../../src/sandbox/actions/open-issue.ts';
import { deleteIssue } from '../../src/sandbox/actions/remove-issue.ts';
import { addUserToken } from '../../src/sandbox/create-world.ts';
import { openStore } from '../../src/store/open-store.ts';
import type { Store } from '../../src/store/store.ts';
import { loadWriteTimes } from '../../src/store/write-log.ts';
import {
  contextOf,
  countingClock,
  create,
  digestOf,
  draftOf,
  edit,
  item,
  label,
  link,
  type PlanWorld,
  ref,
  startPlanWorld,
  TOKEN,
} from './plan-world.ts';

let store: Store;
let planned: PlanWorld;
/** The sandbox's too: what it shows late shows once it was waited for. */
let clock: ReturnType<typeof countingClock>;

beforeAll(async () => {
  store = await openStore({ folder: null, now: () => '2026-03-02T09:00:00Z' });
}, 60_000);

beforeEach(async () => {
  clock = countingClock();
  planned = await startPlanWorld({ issues: 8, clock: () => new Date(clock.nowMs()) });
  await store.db.deleteFrom('plans').execute();
  await store.db.deleteFrom('writes').execute();
});

afterEach(() => planned.sandbox.close());
afterAll(() => store.close());

const REPOSITORY = { owner: 'octo', repo: 'harbor' };
const key = (number: number) => ({ repository: 'octo/harbor', number });

/** As if the process had died when the issue was about to be made, or right after. */
const crash = (id: string, at = '2026-03-02T08:00:00Z') =>
  store.db
    .updateTable('plan_items')
    .set({ status: 'started', result: null, after: null, started_at: at, before: NOT_MADE })
    .where('plan_id', '=', id)
    .execute();

const NOT_MADE = JSON.stringify({ kind: 'creation', made: null });

async function start(...items: readonly PlanItem[]) {
  const context = contextOf(planned, store, clock);
  const { id } = await savePlan(context, draftOf(...items));
  const atStart = digestOf(planned.repository);
  const choose = (choice: object) => ({ id, reviewName: 'links.md', ...choice });
  return {
    id,
    atStart,
    apply: (choice = {}) => planApply.run(context, choose(choice)),
    undo: (choice = {}) => planUndoOperation.run(context, choose(choice)),
    digest: () => digestOf(planned.repository),
    issue: (number: number) => planned.repository.issues.get(number),
    writes: () => planned.sandbox.requests.writes().length,
  };
}

const statuses = ({ items }: RunReport) => Object.fromEntries(items.map(({ id, status }) => [id, status]));
const reasons = ({ items }: RunReport) => Object.fromEntries(items.map(({ id, reason }) => [id, reason]));

const makeLabel = (name: string) =>
  item(`make-${name}`, { kind: 'create_label', repository: REPOSITORY, name, color: 'ededed', description: '' });

const blocked = item('block-new', { kind: 'add_blocker', on: { item: 'create-api' }, blocker: ref(5) });
const ofAllKinds = [link(2), link(3), label(4), edit(5), create('api'), blocked];

describe('plan.apply', () => {
  test('does every item once, in order, and nothing the second time', async () => {
    const { apply, issue, writes } = await start(...ofAllKinds);
    const report = await apply();
    expect(new Set(Object.values(statuses(report)))).toEqual(new Set(['done']));
    expect({ counts: report.counts, isComplete: report.isComplete }).toEqual({ counts: { done: 6 }, isComplete: true });
    expect(issue(1)?.children.map(({ number }) => number)).toEqual([2, 3, 9]);
    expect(issue(9)).toMatchObject({ title: 'New api', blockedBy: [key(5)] });
    const before = writes();
    expect(await apply()).toMatchObject({ counts: { done: 6 }, note: 'done earlier, nothing written now' });
    expect({ writes: writes(), note: report.note }).toEqual({ writes: before, note: null });
  });

  test('of a plan that was taken back writes nothing, and says how to go on', async () => {
    const { apply, undo, writes } = await start(link(2));
    await apply();
    await undo();
    const before = writes();
    expect(await apply()).toMatchObject({
      counts: { undone: 1 },
      note: expect.stringMatching(
        /^undone earlier, nothing written now: .*make a new plan with the command that made it/,
      ),
    });
    expect(writes()).toBe(before);
  });

  test('does an equal draft of the same moment again once the first was done and taken back', async () => {
    const first = await start(link(2));
    expect((await start(link(2))).id).toBe(first.id);
    await first.apply();
    await first.undo();
    const again = await start(link(2));
    expect(again.id).not.toBe(first.id);
    expect(await again.apply()).toMatchObject({ counts: { done: 1 }, note: null });
    expect(again.issue(2)?.parent).toEqual(key(1));
  });

  test('leaves out what is not chosen, and what needs it', async () => {
    const { apply } = await start(...ofAllKinds);
    const report = await apply({ only: 'link-*, block-new' });
    expect(report.counts).toEqual({ done: 2, planned: 4 });
    expect(reasons(report)).toMatchObject({
      'label-4': 'not chosen',
      'block-new': 'needs create-api, which is left out',
    });
  });

  test('keeps what an earlier run said of an item that this one is not asked for', async () => {
    const { apply } = await start(link(2), link(99));
    const failed = reasons(await apply())['link-99'];
    expect(failed).toContain('#99');
    expect(reasons(await apply({ only: 'link-2' }))['link-99']).toBe(failed);
  });

  test('follows a checklist, and names file and line of what is wrong with one', async () => {
    const { apply, id } = await start(link(2), link(3), link(4));
    const review = `<!-- plan ${id} -->\n- [x] make #3 a child of #1 — "Part of #1" (part_of, 0.93) <!-- link-3 -->\n- [ ] link <!-- link-2 -->\n`;
    expect((await apply({ review })).counts).toEqual({ planned: 2, done: 1 });
    await expect(apply({ review: `${review}- [x] odd <!-- link-9 -->` })).rejects.toMatchObject({
      code: 'usage',
      message: 'links.md:4: the plan has no item link-9.',
    });
  });

  test('skips what GitHub says already, and does what needs it', async () => {
    addSubIssue(planned.world, 'noor', { parent: key(1), child: key(2) });
    const { apply } = await start(link(2), { ...label(3), needs: ['link-2'] });
    const report = await apply();
    expect(statuses(report)).toEqual({ 'link-2': 'skipped', 'label-3': 'done' });
    expect(reasons(report)).toEqual({ 'link-2': 'GitHub says so already', 'label-3': null });
  });

  test('tells a failed item with its reason, skips what needs it, and does the rest', async () => {
    addSubIssue(planned.world, 'noor', { parent: key(7), child: key(2) });
    const { apply } = await start(link(2), { ...label(2), needs: ['link-2'] }, link(3));
    const report = await apply();
    expect(statuses(report)).toEqual({ 'link-2': 'failed', 'label-2': 'skipped', 'link-3': 'done' });
    expect(reasons(report)['label-2']).toBe('needs link-2, which failed');
    expect(report.isComplete).toBe(false);
    removeSubIssue(planned.world, 'noor', { parent: key(7), child: key(2) });
    expect((await apply()).counts).toEqual({ done: 3 });
  });

  test('tries one write of each kind that the token may not do, and names the permission', async () => {
    const { apply, writes } = await start(label(2), label(3), { ...edit(4), needs: ['label-3'] }, link(5), link(6));
    const before = writes();
    addUserToken(planned.world, { token: TOKEN, login: 'kim', permissions: { metadata: 'read', issues: 'read' } });
    const report = await apply();
    expect(report).toMatchObject({ failure: 'forbidden', isComplete: false, isResumable: true });
    expect(report.counts).toEqual({ failed: 2, planned: 3 });
    expect(writes() - before).toBe(2);
    expect(reasons(report)).toEqual({
      'label-2': expect.stringMatching(/\(403\)\. It needs the permission issues: write/),
      'label-3': expect.stringMatching(
        /^not tried: GitHub refused label-2, which is of the same kind\. It needs the permission issues: write/,
      ),
      'edit-4': 'not tried: needs label-3, which was not tried',
      'link-5': expect.stringMatching(/\(403\)\. It needs the permission issues: write/),
      'link-6': expect.stringMatching(/^not tried: GitHub refused link-5, which is of the same kind\./),
    });
    addUserToken(planned.world, { token: TOKEN, login: 'kim' });
    expect(await apply()).toMatchObject({ counts: { done: 5 }, isComplete: true, isResumable: false });
  });

  test('overwrites no text that somebody changed since the plan was made', async () => {
    const { apply, issue } = await start(edit(5));
    editIssue(planned.world, 'noor', { item: key(5), body: 'Mine' });
    const report = await apply();
    expect(report).toMatchObject({ counts: { failed: 1 }, isComplete: false, isResumable: false });
    expect(reasons(report)).toEqual({
      'edit-5':
        'its text was changed meanwhile: make a new plan with the command that made it (parasol umbrella backfill octo/harbor#1)',
    });
    expect(issue(5)?.body).toBe('Mine');
  });

  test('keeps a second between writes and stays under 500 in an hour', async () => {
    const { apply } = await start(...Array.from({ length: 5 }, (_, index) => label(index + 1)));
    await apply();
    expect(clock.slept).toEqual([1000, 1000, 1000, 1000]);
  });

  test('keeps the pace together with another plan of the same store', async () => {
    const plans = [await start(label(1), label(2), label(3)), await start(link(4), link(5), link(6))];
    await Promise.all(plans.map(({ apply }) => apply()));
    const begun = await loadWriteTimes(store, '2026-03-02T09:00:00Z');
    expect(begun).toHaveLength(6);
    expect(begun.filter((at, index) => at - (begun[index - 1] ?? 0) < 1000)).toEqual([]);
  });

  test('leaves a count of every write that was sent, those of undoing too', async () => {
    const { apply, undo, writes } = await start(label(2), create('a'), link(3));
    await apply();
    await undo();
    const begun = await loadWriteTimes(store, '2026-03-02T09:00:00Z');
    expect([begun.length, writes()]).toEqual([7, 7]);
  });

  test('waits for what was written outside plans while the store was open, each write counted once', async () => {
    const { apply } = await start(link(2));
    const outside = { ...contextOf(planned, store, clock), isStoreOpen: () => true };
    const urgent = { kind: 'add_label', on: ref(4), label: 'urgent' } as const;
    await applyChanges(outside, [urgent, urgent]);
    await applyChanges({ ...outside, isStoreOpen: () => false }, [{ ...urgent, on: ref(5) }]);
    expect(await loadWriteTimes(store, '2026-03-02T00:00:00Z')).toEqual([clock.nowMs()]);
    await apply();
    expect({ slept: clock.slept, writes: (await loadWriteTimes(store, '2026-03-02T00:00:00Z')).length }).toEqual({
      slept: [1000],
      writes: 2,
    });
  });

  test('is told to last as long as it does after what the store wrote before', async () => {
    const { id } = await start(label(2));
    const at = (index: number): string => new Date(clock.nowMs() - 1_000_000 + index * 2000).toISOString();
    const earlier = Array.from({ length: 500 }, (_, index) => ({ at: at(index) }));
    await store.db.insertInto('writes').values(earlier).execute();
    const { due } = await planShow.run(contextOf(planned, store, clock), { id });
    expect(due).toMatchObject({ writes: 1, seconds: 2602 });
  });

  test('looks at what stands there after the wait, so that undo leaves what a person did meanwhile', async () => {
    const { sleep } = clock;
    const meanwhile = async (ms: number) => {
      putLabel(planned.world, 'noor', { item: key(2), labels: ['urgent'] });
      await sleep(ms);
    };
    clock = { ...clock, sleep: meanwhile };
    const { apply, undo, issue } = await start(label(1), label(2));
    expect(statuses(await apply())).toEqual({ 'label-1': 'done', 'label-2': 'skipped' });
    await undo();
    expect([issue(1)?.labels.size, issue(2)?.labels.size]).toEqual([0, 1]);
  });

  test('waits as long as GitHub says at a secondary limit, and sends the item again', async () => {
    const { apply } = await start(link(2));
    // More often than the client itself repeats a call.
    planned.sandbox.faults.secondaryLimit({
      retryAfterSeconds: 1,
      times: 5,
      match: { method: 'POST', path: /sub_issues$/ },
    });
    expect((await apply()).counts).toEqual({ done: 1 });
    expect(clock.slept).toContain(1000);
  });

  test.each([
    ['a link', link(2), { method: 'POST', path: /sub_issues$/ }],
    ['a new issue', create('api'), { operation: 'CreateIssue' }],
  ])('finds %s whose answer got lost, and makes it once', async (_, lost, match) => {
    const { apply, issue } = await start(lost);
    planned.sandbox.faults.dropConnection({ match, afterWrite: true, times: 3 });
    expect((await apply()).counts).toEqual({ done: 1 });
    expect(issue(1)?.children).toHaveLength(1);
  });

  test('finds an issue that was made when the process died, though GitHub answers stale at first', async () => {
    const { id, apply, issue } = await start(create('api'));
    planned.sandbox.faults.staleReads({ forMs: 2500 });
    await apply();
    const crashed = { status: 'started', result: null, after: null };
    await store.db.updateTable('plan_items').set(crashed).where('plan_id', '=', id).execute();
    expect((await apply()).counts).toEqual({ done: 1 });
    expect({ children: issue(1)?.children.length, slept: clock.slept }).toEqual({ children: 1, slept: [1000, 2000] });
  });

  const meddlings: readonly [string, () => void][] = [
    ['unlinked it', () => removeSubIssue(planned.world, 'noor', { parent: key(1), child: key(9) })],
    ['moved it', () => addSubIssue(planned.world, 'noor', { parent: key(2), child: key(9), replaceParent: true })],
    ['deleted its parent', () => deleteIssue(planned.world, 'noor', { item: key(1) })],
  ];
  test.each(meddlings)('finds an issue that was made when the process died, though somebody %s', async (_, meddle) => {
    const { id, apply, issue, digest } = await start(create('api'));
    await apply();
    await crash(id);
    meddle();
    const report = await apply();
    expect({ counts: report.counts, made: report.items[0]?.issue }).toEqual({ counts: { done: 1 }, made: '#9' });
    expect({ open: issue(9)?.state, numbers: digest().filter(({ number }) => number > 8).length }).toEqual({
      open: 'open',
      numbers: 1,
    });
  });

  test('finds an issue behind many newer ones, makes it once, and asks no further back than its making', async () => {
    for (let n = 0; n < 150; n += 1) openIssue(planned.world, 'noor', { repository: 'octo/harbor', title: `Old ${n}` });
    await clock.sleep(3_600_000);
    const { id, apply, digest } = await start(create('api', null));
    await apply();
    const startedAt = new Date(clock.nowMs()).toISOString();
    for (let n = 0; n < 120; n += 1) openIssue(planned.world, 'noor', { repository: 'octo/harbor', title: `New ${n}` });
    const count = digest().length;
    await crash(id, startedAt);
    const asked = planned.sandbox.requests.entries.length;
    const report = await apply();
    const pages = planned.sandbox.requests.entries.slice(asked).filter((one) => one.operation === 'NewestIssues');
    expect({ counts: report.counts, issues: digest().length, pages: pages.length }).toEqual({
      counts: { done: 1 },
      issues: count,
      pages: 2,
    });
  });

  test('takes no issue for its own that another plan made with the same key', async () => {
    const other = await start(create('api', 2));
    await other.apply();
    const { id, apply, issue } = await start(create('api'));
    await crash(id);
    await apply();
    expect([issue(1)?.children, issue(2)?.children]).toEqual([[key(10)], [key(9)]]);
  });

  test.each([
    ['12 seconds', 12_000, { done: 1 }],
    ['longer than it waits', 40_000, { unknown: 1 }],
  ])('makes an issue once whose answer got lost, though reads are stale for %s', async (_, forMs, counts) => {
    const { apply, undo, issue, digest } = await start(create('api'));
    planned.sandbox.faults.staleReads({ forMs });
    planned.sandbox.faults.dropConnection({ match: { operation: 'CreateIssue' }, afterWrite: true, times: 1 });
    expect((await apply()).counts).toEqual(counts);
    expect((await apply()).counts).toEqual(counts);
    await clock.sleep(60_000);
    expect((await apply()).counts).toEqual({ done: 1 });
    expect(digest()).toHaveLength(9);
    expect((await undo()).counts).toEqual({ undone: 1 });
    expect(issue(9)?.state).toBe('closed');
  });

  test('sends an issue again only a minute after it may have been sent, and undoes nothing before', async () => {
    const { id, apply, undo, digest } = await start(create('api'));
    await crash(id, new Date(clock.nowMs() - 5000).toISOString());
    const report = await apply();
    expect({ counts: report.counts, ...reasons(report), failure: report.failure }).toEqual({
      counts: { unknown: 1 },
      'create-api':
        'Nobody knows yet whether GitHub opened "New api": it may show for 60 s after it was sent, and is not sent again for 40 s.',
      failure: 'github_unavailable',
    });
    expect((await undo()).counts).toEqual({ unknown: 1 });
    expect(digest()).toHaveLength(8);
    await clock.sleep(60_000);
    expect((await apply()).counts).toEqual({ done: 1 });
    expect(digest()).toHaveLength(9);
  });

  test.each(['started', 'failed'])(
    'counts as its own what stands after an attempt that ended as %s',
    async (status) => {
      const { id, apply, undo, issue } = await start(label(4));
      await apply();
      await store.db.updateTable('plan_items').set({ status, result: null }).where('plan_id', '=', id).execute();
      expect((await apply()).counts).toEqual({ done: 1 });
      await undo();
      expect(issue(4)?.labels).toEqual(new Set());
    },
  );

  test('leaves an item in doubt so while GitHub hides the issue', async () => {
    const { id, apply, undo, issue } = await start(label(4));
    await apply();
    const hidden = issue(4);
    await store.db
      .updateTable('plan_items')
      .set({ status: 'started', result: null })
      .where('plan_id', '=', id)
      .execute();
    planned.repository.issues.delete(4);
    expect(statuses(await apply())).toEqual({ 'label-4': 'unknown' });
    if (hidden !== undefined) planned.repository.issues.set(4, hidden);
    expect((await apply()).counts).toEqual({ done: 1 });
    await undo();
    expect(issue(4)?.labels).toEqual(new Set());
  });

  test('waits for an issue that it made a moment ago to show', async () => {
    const { apply, issue } = await start(create('api'), blocked);
    planned.sandbox.faults.staleReads({ forMs: 2500 });
    expect((await apply()).counts).toEqual({ done: 2 });
    expect(issue(9)?.blockedBy).toEqual([key(5)]);
  });

  test('is refused while another run holds the plan', async () => {
    const { id, apply } = await start(link(2));
    const [host, pid] = ['elsewhere', '7'];
    const held = { holder: `${host}|${pid}||1`, held_until: new Date(Date.now() + 60_000).toISOString() };
    await store.db.updateTable('plans').set(held).where('id', '=', id).execute();
    await expect(apply()).rejects.toMatchObject({
      code: 'store_locked',
      message: expect.stringContaining('Process 7 on elsewhere'),
    });
    await store.db.updateTable('plans').set({ held_until: '2020-01-01T00:00:00Z' }).where('id', '=', id).execute();
    expect((await apply()).counts).toEqual({ done: 1 });
  });

  test('stops once GitHub itself fails three times in a row, and says what was not reached', async () => {
    const { apply } = await start(link(2), link(3), link(4), link(5));
    planned.sandbox.faults.failNext({ status: 503, times: 1000 });
    const report = await apply();
    expect(statuses(report)).toEqual({
      'link-2': 'failed',
      'link-3': 'failed',
      'link-4': 'failed',
      'link-5': 'planned',
    });
    expect(reasons(report)['link-5']).toBe('not reached: GitHub failed several times in a row');
    expect(report.failure).toBe('github_unavailable');
    planned.sandbox.faults.clear();
    expect((await apply()).counts).toEqual({ done: 4 });
  });
});

describe('plan.undo', () => {
  test('takes everything back: links, labels, texts, dependencies, and the new issue closed and unlinked', async () => {
    const { apply, undo, digest, atStart, issue } = await start(...ofAllKinds);
    await apply();
    expect((await undo()).counts).toEqual({ undone: 6 });
    expect(digest().filter(({ number }) => number <= 8)).toEqual(atStart);
    expect(issue(9)).toMatchObject({ state: 'closed', stateReason: 'not_planned', parent: null, blockedBy: [] });
    expect((await undo()).counts).toEqual({ undone: 6 });
  });

  test('puts a child that was moved back at its old place', async () => {
    for (const child of [2, 3, 4]) addSubIssue(planned.world, 'noor', { parent: key(7), child: key(child) });
    const move = (child: number) =>
      item(`move-${child}`, { kind: 'add_sub_issue', parent: ref(1), child: ref(child), replaceParent: true });
    const order = item('order-4', { kind: 'place_sub_issue', parent: ref(1), child: ref(3), after: null });
    const gone = item('unlink-4', { kind: 'remove_sub_issue', parent: ref(7), child: ref(4) });
    const { apply, undo, digest, atStart, issue } = await start(move(2), move(3), order, gone);
    await apply();
    expect(issue(1)?.children.map(({ number }) => number)).toEqual([3, 2]);
    expect((await undo()).counts).toEqual({ undone: 4 });
    expect(digest()).toEqual(atStart);
  });

  test('keeps what somebody changed since, with the reason', async () => {
    const { apply, undo, issue } = await start(link(2), edit(5), create('api'), create('web'));
    await apply();
    removeSubIssue(planned.world, 'noor', { parent: key(1), child: key(2) });
    addSubIssue(planned.world, 'noor', { parent: key(7), child: key(2) });
    editIssue(planned.world, 'noor', { item: key(5), body: 'Mine' });
    createComment(planned.world, 'noor', { item: key(9), body: 'I am on it' });
    const report = await undo();
    expect(statuses(report)).toEqual({
      'link-2': 'kept',
      'edit-5': 'kept',
      'create-api': 'kept',
      'create-web': 'undone',
    });
    expect(reasons(report)).toMatchObject({
      'link-2': 'somebody linked it under octo/harbor#7 since',
      'edit-5': 'somebody edited the text since',
      'create-api': 'somebody commented on it since',
    });
    expect([issue(5)?.body, issue(9)?.state, issue(10)?.state]).toEqual(['Mine', 'open', 'closed']);
  });

  test('takes for nobody else what it took off a new issue itself, though GitHub still shows it', async () => {
    const { apply, undo, issue } = await start(create('api'), blocked);
    await apply();
    await clock.sleep(10_000);
    planned.sandbox.faults.staleReads({ forMs: 2500 });
    expect((await undo()).counts).toEqual({ undone: 2 });
    expect(issue(9)).toMatchObject({ state: 'closed', blockedBy: [] });
  });

  test('keeps a new issue on which work has begun', async () => {
    const { apply, undo, issue } = await start(...['a', 'b', 'c', 'd'].map((name) => create(name)));
    await apply();
    linkBranch(planned.world, 'noor', { item: key(9), branch: 'start' });
    unlabel(planned.world, 'noor', { item: key(10), label: 'lane:api' });
    addBlockedBy(planned.world, 'noor', { blocked: key(2), blocker: key(11) });
    expect(reasons(await undo())).toEqual({
      'create-a': 'a branch is linked to it by now',
      'create-b': 'somebody took a label off it since',
      'create-c': 'what waits for it was changed since',
      'create-d': null,
    });
    expect([9, 10, 11, 12].map((number) => issue(number)?.state)).toEqual(['open', 'open', 'open', 'closed']);
  });

  test('deletes a label that it made and that only its own new issues carry, and keeps one that is in use', async () => {
    const [made, used] = [makeLabel('fresh'), makeLabel('busy')];
    const on4 = item('on-4', { kind: 'add_label', on: ref(4), label: 'fresh' });
    const born = { ...create('api'), needs: ['make-fresh'] };
    const labelled =
      born.change.kind === 'create_issue' ? { ...born, change: { ...born.change, labels: ['fresh'] } } : born;
    const { apply, undo } = await start(made, used, on4, labelled);
    expect((await apply()).counts).toEqual({ done: 4 });
    putLabel(planned.world, 'noor', { item: key(5), labels: ['busy'] });
    const report = await undo();
    expect(statuses(report)).toEqual({
      'make-fresh': 'undone',
      'make-busy': 'kept',
      'on-4': 'undone',
      'create-api': 'undone',
    });
    expect(reasons(report)['make-busy']).toBe('1 issue or pull request carries the label');
    const labels = [...planned.repository.labels.keys()];
    expect(labels.filter((name) => name === 'fresh' || name === 'busy')).toEqual(['busy']);
  });

  test('says that a second time nothing was written, and so of what was never applied', async () => {
    const { apply, undo, writes } = await start(link(2));
    expect(await undo()).toMatchObject({
      counts: { planned: 1 },
      note: 'never applied, so that there is nothing to take back',
    });
    await apply();
    expect((await undo()).note).toBeNull();
    const before = writes();
    expect(await undo()).toMatchObject({ counts: { undone: 1 }, note: 'undone earlier, nothing written now' });
    expect(writes()).toBe(before);
  });

  test('takes back only what was applied', async () => {
    addSubIssue(planned.world, 'noor', { parent: key(1), child: key(2) });
    const { apply, undo, issue } = await start(link(2), link(3), link(4));
    await apply({ skip: 'link-4' });
    expect((await undo()).counts).toEqual({ skipped: 1, undone: 1, planned: 1 });
    expect(issue(1)?.children.map(({ number }) => number)).toEqual([2]);
  });

  test('goes on where it was cut off', async () => {
    const { apply, undo, digest, atStart } = await start(link(2), link(3));
    await apply();
    planned.sandbox.faults.failNext({ status: 503, times: 1000, match: { method: 'DELETE' } });
    expect((await undo()).isComplete).toBe(false);
    planned.sandbox.faults.clear();
    expect((await undo()).counts).toEqual({ undone: 2 });
    expect(digest()).toEqual(atStart);
  });

  test('lets nothing be applied to a new issue that it closed', async () => {
    const { apply, undo, digest } = await start(create('api'), blocked, { ...label(3), needs: ['create-api'] });
    await apply({ only: 'create-api' });
    await undo();
    const atUndo = digest();
    expect(reasons(await apply({ only: 'block-new' }))).toMatchObject({
      'block-new': 'needs create-api, which is left out',
    });
    expect(reasons(await apply())).toEqual({
      'create-api': null,
      'block-new': 'needs create-api, which was undone',
      'label-3': 'needs create-api, which was undone',
    });
    expect(digest()).toEqual(atUndo);
  });

  test('applies nothing again that was undone', async () => {
    const { apply, undo } = await start(link(2));
    await apply();
    await undo();
    expect((await apply()).counts).toEqual({ undone: 1 });
  });
});
