import { afterAll, beforeAll, beforeEach, describe, expect, onTestFinished, test } from 'vitest';
import { UserError } from '../../src/core/failure.ts';
import { issueMarker } from '../../src/core/issue-marker.ts';
import type { PlanItem, PlannedChange } from '../../src/core/plan/plan.ts';
import { batchKey } from '../../src/core/umbrella/batch-umbrella.ts';
import type { OperationContext } from '../../src/operations/operation.ts';
import { planApply } from '../../src/operations/plan-apply.ts';
import { savePlan } from '../../src/operations/save-plan.ts';
import { taskLineage } from '../../src/operations/task-lineage.ts';
import { addBlockedBy } from '../../src/sandbox/actions/block-issue.ts';
import { addSubIssue, removeSubIssue } from '../../src/sandbox/actions/link-sub-issue.ts';
import { openIssue } from '../../src/sandbox/actions/open-issue.ts';
import { addCollaborator, addRepository, addUserToken, setClock } from '../../src/sandbox/create-world.ts';
import type { Sandbox } from '../../src/sandbox/start-sandbox.ts';
import type { World } from '../../src/sandbox/world.ts';
import { openStore } from '../../src/store/open-store.ts';
import type { Store } from '../../src/store/store.ts';
import { harborWorld, item, REPOSITORY, reach } from './harbor-world.ts';
import { countingClock } from './plan-world.ts';

const MADE = '2026-03-02T09:00:00Z';
const ref = (number: number) => ({ owner: 'octo', repo: 'harbor', number });

let world: World;
let sandbox: Sandbox;
let context: OperationContext;

/** #1 is the umbrella of #2 to #4, and #4 waits for #3; #5 stands alone. */
beforeEach(() => {
  ({ world } = harborWorld());
});

const open = (title: string, body = '', repository = REPOSITORY): number =>
  openIssue(world, 'kim', { repository, title, body }).number;

async function lineageOf(name: string, at?: string, token = 'kims-token') {
  ({ sandbox, context } = await reach(world, token));
  onTestFinished(() => sandbox.close());
  return taskLineage.run(context, { ref: name, ...(at === undefined ? {} : { at }) });
}

const numbers = (edges: readonly { readonly ref: { readonly number: number } }[]) => edges.map((one) => one.ref.number);

test('shows what stands above, beside and below, and both sides of blocking, each with who linked it', async () => {
  const below = open('Below');
  addSubIssue(world, 'ravi', { parent: item(3), child: item(below) });
  const shown = await lineageOf('3');
  const linked = (by: string) => ({ source: 'person', rule: null, plan: null, by, at: MADE });
  expect(shown).toMatchObject({
    task: { ref: ref(3), title: 'P1.M1.T2: Serve the tides', state: 'open', link: null },
    ancestors: [{ ref: ref(1), link: linked('kim') }],
    siblings: { shown: [{ ref: ref(2), state: 'closed', link: null }, { ref: ref(4) }], private: 0 },
    children: { shown: [{ ref: ref(below), link: linked('ravi') }], private: 0 },
    blockers: { shown: [], private: 0 },
    blocked: { shown: [{ ref: ref(4), link: linked('kim') }], private: 0 },
    parentThen: null,
  });
  const waiting = await lineageOf('P1.M1.T3');
  expect(waiting.blockers).toMatchObject({ shown: [{ ref: ref(3), link: linked('kim') }], private: 0 });
});

test('takes two requests', async () => {
  await lineageOf('3');
  expect(sandbox.requests.entries.map(({ operation }) => operation)).toEqual(['issues/get', 'Lineage']);
});

test('a marker tells of the scaffold only where the identity that reads wrote it', async () => {
  const planned = open('Planned', issueMarker('api/1'));
  const copied = openIssue(world, 'ravi', {
    repository: REPOSITORY,
    title: 'Copied',
    body: issueMarker('api/2'),
  }).number;
  for (const child of [planned, copied]) addSubIssue(world, 'kim', { parent: item(5), child: item(child) });
  expect((await lineageOf('5')).children.shown).toMatchObject([
    { link: { source: 'scaffold', rule: null, plan: null, by: 'kim', at: MADE } },
    { link: { source: 'person', by: 'kim' } },
  ]);
});

describe('with the ledger at hand', () => {
  let store: Store;
  beforeAll(async () => {
    store = await openStore({ folder: null, now: () => MADE });
  }, 60_000);
  afterAll(() => store.close());

  const planned = (id: string, change: PlannedChange, rule: string): PlanItem => ({
    id,
    change,
    needs: [],
    selected: true,
    evidence: [{ rule, quote: 'Part of #5', in: ref(3), path: null, line: null, confidence: 0.93 }],
  });

  test('a link names the plan and the rule that made it, until a person makes it anew', async () => {
    const alone = open('Alone');
    ({ sandbox, context } = await reach(world));
    onTestFinished(() => sandbox.close());
    const withStore = { ...context, store: async () => store, hasStore: () => true, clock: countingClock() };
    const made = { item: 'create-tug' };
    const create = {
      kind: 'create_issue',
      repository: ref(5),
      parent: ref(5),
      key: 'tug',
      title: 'Tug',
      body: '',
    } as const;
    const rest = { labels: [], assignees: [], milestone: null, issueType: null };
    const plan = await savePlan(withStore, {
      kind: 'backfill',
      repository: ref(5),
      umbrella: null,
      items: [
        planned(
          'link-alone',
          { kind: 'add_sub_issue', parent: ref(5), child: ref(alone), replaceParent: false },
          'part_of',
        ),
        planned('create-tug', { ...create, ...rest }, 'children_list'),
        planned('wait', { kind: 'add_blocker', on: made, blocker: ref(alone) }, 'blocked_by'),
      ],
      notes: [],
    });
    await planApply.run(withStore, { id: plan.id, reviewName: '' });
    const lineage = (name: string) => taskLineage.run(withStore, { ref: name });
    const by = (rule: string) => ({ source: 'backfill', rule, plan: plan.id, by: 'kim' });
    expect(await lineage('5')).toMatchObject({
      children: {
        shown: [
          { ref: ref(alone), link: by('part_of') },
          { title: 'Tug', link: by('children_list') },
        ],
      },
    });
    expect(await lineage(String(alone))).toMatchObject({
      ancestors: [{ ref: ref(5), link: by('part_of') }],
      blocked: { shown: [{ title: 'Tug', link: by('blocked_by') }] },
    });

    setClock(world, '2026-03-05T10:00:00Z');
    removeSubIssue(world, 'ravi', { parent: item(5), child: item(alone) });
    addSubIssue(world, 'ravi', { parent: item(5), child: item(alone) });
    expect((await lineage(String(alone))).ancestors).toMatchObject([
      { link: { source: 'person', plan: null, by: 'ravi', at: '2026-03-05T10:00:00Z' } },
    ]);
  });

  test('a child that a plan moved into a batch keeps what is known of its link to the umbrella', async () => {
    const batch = open('More', issueMarker(batchKey(ref(1), 2)));
    addSubIssue(world, 'kim', { parent: item(1), child: item(batch) });
    ({ sandbox, context } = await reach(world));
    onTestFinished(() => sandbox.close());
    setClock(world, '2026-03-05T10:00:00Z');
    const withStore = { ...context, store: async () => store, hasStore: () => true, clock: countingClock() };
    const move = { kind: 'add_sub_issue', parent: ref(batch), child: ref(3), replaceParent: true } as const;
    const draft = { kind: 'scaffold', repository: ref(1), umbrella: ref(1), notes: [] } as const;
    const plan = await savePlan(withStore, { ...draft, items: [planned('room', move, 'batch')] });
    await planApply.run(withStore, { id: plan.id, reviewName: '' });
    const { children } = await taskLineage.run(withStore, { ref: '1' });
    expect(children.shown.find((one) => one.ref.number === 3)?.link).toEqual({
      source: 'person',
      rule: null,
      plan: null,
      by: 'kim',
      at: MADE,
    });
  });

  test('a family is shown without it where the store is held by somebody else', async () => {
    ({ sandbox, context } = await reach(world));
    onTestFinished(() => sandbox.close());
    const held = async () => {
      throw new UserError('store_locked', 'Process 7 holds the store.', 'Stop it.');
    };
    const shown = await taskLineage.run({ ...context, store: held, hasStore: () => true }, { ref: '3' });
    expect(shown.ancestors).toMatchObject([{ link: { source: 'person', by: 'kim' } }]);
  });
});

test('private relatives are counted and not named', async () => {
  const secret = addRepository(world, { owner: 'octo', name: 'vault', visibility: 'private' });
  addCollaborator(world, secret, 'kim', 'admin');
  addUserToken(world, { token: 'ravis-token', login: 'ravi' });
  const child = { repository: 'octo/vault', number: open('Hidden', '', 'octo/vault') };
  addSubIssue(world, 'kim', { parent: item(1), child });
  addBlockedBy(world, 'kim', { blocked: item(4), blocker: child });
  addBlockedBy(world, 'kim', { blocked: child, blocker: item(4) });
  const shown = await lineageOf('4', undefined, 'ravis-token');
  expect([shown.siblings.private, shown.blockers.private, shown.blocked.private]).toEqual([1, 1, 1]);
  expect(JSON.stringify(shown)).not.toMatch(/vault|Hidden/);
});

test('batches are looked through, above and below', async () => {
  const batch = open('More', issueMarker(batchKey(ref(1), 2)));
  const [inside, beside] = [open('Inside'), open('Beside')];
  addSubIssue(world, 'kim', { parent: item(1), child: item(batch) });
  for (const child of [inside, beside]) addSubIssue(world, 'kim', { parent: item(batch), child: item(child) });
  const shown = await lineageOf(String(inside), '2026-03-02');
  expect([numbers(shown.ancestors), numbers(shown.siblings.shown)]).toEqual([[1], [2, 3, 4, beside]]);
  expect(shown.parentThen).toMatchObject({ parent: { kind: 'parent', parent: ref(1) } });
  expect(numbers((await lineageOf('1')).children.shown)).toEqual([2, 3, 4, inside, beside]);
});

test('a link through a batch is told with who made it and when, above and below', async () => {
  const batch = open('More', issueMarker(batchKey(ref(1), 2)));
  const inside = open('Inside');
  addSubIssue(world, 'kim', { parent: item(1), child: item(batch) });
  setClock(world, '2026-03-05T10:00:00Z');
  addSubIssue(world, 'ravi', { parent: item(batch), child: item(inside) });
  const link = { source: 'person', rule: null, plan: null, by: 'ravi', at: '2026-03-05T10:00:00Z' };
  expect((await lineageOf(String(inside))).ancestors).toMatchObject([{ ref: ref(1), link }]);
  const { children } = await lineageOf('1');
  expect(children.shown.find((one) => one.ref.number === inside)).toMatchObject({ link });
});

test('tells who was the parent on a day', async () => {
  setClock(world, '2026-03-05T10:00:00Z');
  removeSubIssue(world, 'ravi', { parent: item(1), child: item(3) });
  setClock(world, '2026-03-07T10:00:00Z');
  addSubIssue(world, 'ravi', { parent: item(5), child: item(3) });
  setClock(world, '2026-03-08T10:00:00Z');
  const then = async (at: string) => (await lineageOf('3', at)).parentThen;
  expect(await then('2026-03-04')).toEqual({
    at: '2026-03-04T23:59:59Z',
    parent: { kind: 'parent', parent: ref(1), since: MADE, by: 'kim' },
  });
  expect(await then('2026-03-06')).toMatchObject({ parent: { kind: 'none' } });
  expect(await then('2026-03-07T12:00:00Z')).toMatchObject({
    parent: { kind: 'parent', parent: ref(5), since: '2026-03-07T10:00:00Z', by: 'ravi' },
  });
});

test('takes a moment of any zone, though its day has not come here, and tells it in UTC', async () => {
  setClock(world, '2026-03-02T20:00:00Z');
  expect((await lineageOf('3', '2026-03-03T01:00+09:00')).parentThen).toMatchObject({ at: '2026-03-02T16:00:00Z' });
  expect((await lineageOf('3', '2026-03-02')).parentThen).toMatchObject({ at: '2026-03-02T23:59:59Z' });
});

test.each(['yesterday', '2026-02-30', '2026-02-31T25:00:00Z', '12'])(
  'refuses %j as a moment before GitHub is asked',
  async (at) => {
    await expect(lineageOf('3', at)).rejects.toMatchObject({ code: 'usage', message: `"${at}" is no date.` });
    expect(sandbox.requests.entries).toEqual([]);
  },
);

test.each([
  ['2026-01-01', 'octo/harbor#3 did not exist on 2026-01-01T23:59:59Z.'],
  ['2999-01-01', '2999-01-01T23:59:59Z has not come yet: nobody knows the parent of octo/harbor#3 then.'],
  ['2026-03-02T23:00:00Z', '2026-03-02T23:00:00Z has not come yet: nobody knows the parent of octo/harbor#3 then.'],
])('says of %s that nothing can be known of it', async (at, message) => {
  await expect(lineageOf('3', at)).rejects.toMatchObject({ code: 'usage', message });
});
