import { afterAll, beforeAll, beforeEach, describe, expect, onTestFinished, test } from 'vitest';
import { issueMarker } from '../../src/core/issue-marker.ts';
import { batchKey } from '../../src/core/umbrella/batch-umbrella.ts';
import { applyChanges } from '../../src/operations/apply-changes.ts';
import type { OperationContext } from '../../src/operations/operation.ts';
import { planApply } from '../../src/operations/plan-apply.ts';
import { umbrellaLink, umbrellaMove } from '../../src/operations/umbrella-link.ts';
import { umbrellaOrder } from '../../src/operations/umbrella-order.ts';
import { umbrellaUnlink } from '../../src/operations/umbrella-unlink.ts';
import { addSubIssue } from '../../src/sandbox/actions/link-sub-issue.ts';
import { openIssue } from '../../src/sandbox/actions/open-issue.ts';
import { openPullRequest } from '../../src/sandbox/actions/open-pull-request.ts';
import { addRepository } from '../../src/sandbox/create-world.ts';
import type { Sandbox } from '../../src/sandbox/start-sandbox.ts';
import type { World } from '../../src/sandbox/world.ts';
import { openStore } from '../../src/store/open-store.ts';
import type { Store } from '../../src/store/store.ts';
import { harborWorld, item, REPOSITORY, reach } from './harbor-world.ts';
import { countingClock } from './plan-world.ts';

let world: World;
let sandbox: Sandbox;
let context: OperationContext;

/** #1 is the umbrella of #2 to #4, #5 stands alone. */
beforeEach(() => {
  ({ world } = harborWorld());
});

async function start(): Promise<void> {
  ({ sandbox, context } = await reach(world));
  onTestFinished(() => sandbox.close());
}

const ref = (number: number) => ({ owner: 'octo', repo: 'harbor', number });
const open = (title: string, body = ''): number =>
  openIssue(world, 'kim', { repository: REPOSITORY, title, body }).number;
const childrenOf = (number: number) =>
  world.repositories
    .get(REPOSITORY)
    ?.issues.get(number)
    ?.children.map((child) => child.number);
const outcomes = (items: readonly { readonly named: string; readonly outcome: string }[]) =>
  items.map(({ named, outcome }) => [named, outcome]);

describe('linking', () => {
  test('reports on each issue by whatever it was named, and one refusal stops none of the others', async () => {
    const planned = open('P7.M1.T1: Paint the buoy');
    const pull = openPullRequest(world, 'kim', { repository: REPOSITORY, title: 'Change', branch: 'change' }).number;
    addRepository(world, { owner: 'coast', name: 'pier' });
    openIssue(world, 'kim', { repository: 'coast/pier', title: 'Far away' });
    await start();
    const children = ['2', 'octo/harbor#5', 'P7.M1.T1', `#${pull}`, 'coast/pier#1', '99', '1'];
    const { umbrella, items, changes, batchPlan } = await umbrellaLink.run(context, { umbrella: '#1', children });
    expect(umbrella).toEqual(ref(1));
    expect(outcomes(items)).toEqual([
      ['octo/harbor#2', 'already'],
      ['octo/harbor#5', 'link'],
      [`octo/harbor#${planned}`, 'link'],
      [`octo/harbor#${pull}`, 'refused'],
      ['coast/pier#1', 'refused'],
      ['octo/harbor#1', 'refused'],
      ['99', 'refused'],
    ]);
    const link = (child: number) => ({
      kind: 'add_sub_issue',
      parent: ref(1),
      child: ref(child),
      replaceParent: false,
    });
    expect({ changes, batchPlan }).toEqual({ changes: [link(5), link(planned)], batchPlan: [] });
    expect(sandbox.requests.writes()).toEqual([]);
  });

  test('its changes do what they say, and a second time there is nothing left to do', async () => {
    await start();
    const names = { umbrella: '1', children: ['5'] };
    await applyChanges(context, (await umbrellaLink.run(context, names)).changes);
    expect(childrenOf(1)).toEqual([2, 3, 4, 5]);
    expect(await umbrellaLink.run(context, names)).toMatchObject({ items: [{ outcome: 'already' }], changes: [] });
  });

  test('asks GitHub for twenty issues at once', async () => {
    const children = Array.from({ length: 20 }, (_, n) => String(open(`Task ${n}`)));
    await start();
    await umbrellaLink.run(context, { umbrella: '1', children: children.slice(0, 19) });
    expect(sandbox.requests.entries.map(({ operation }) => operation)).toEqual([
      'issues/get',
      'LinkEnds',
      'SubIssuesOf',
    ]);
  });

  test('sees how deep a subtree goes before it is linked', async () => {
    let above = 5;
    for (let level = 1; level <= 8; level += 1) {
      const below = open(`Level ${level}`);
      addSubIssue(world, 'kim', { parent: item(above), child: item(below) });
      above = below;
    }
    await start();
    const { items } = await umbrellaLink.run(context, { umbrella: '1', children: ['5'] });
    expect(items).toMatchObject([
      {
        outcome: 'refused',
        reason: 'octo/harbor#5 would be on level 1 with 8 more below it, and GitHub allows 8 levels',
      },
    ]);
  });

  test('refuses a second parent and names the way to move it; a move does it', async () => {
    await start();
    const { items, changes } = await umbrellaLink.run(context, { umbrella: '5', children: ['2'] });
    expect({ items, changes }).toMatchObject({
      items: [{ outcome: 'refused', hint: 'parasol umbrella move octo/harbor#2 --to octo/harbor#5' }],
      changes: [],
    });
    const move = await umbrellaMove.run(context, { to: '5', children: ['2'] });
    expect(move.items).toMatchObject([{ outcome: 'move', from: ref(1) }]);
    await applyChanges(context, move.changes);
    expect([childrenOf(1), childrenOf(5)]).toEqual([[3, 4], [2]]);
  });

  test('fails as a whole when GitHub does not answer', async () => {
    await start();
    sandbox.faults.failNext({ status: 502, times: 20, match: { operation: 'LinkEnds' } });
    await expect(umbrellaLink.run(context, { umbrella: '1', children: ['5'] })).rejects.toMatchObject({
      code: 'github_unavailable',
    });
  });
});

describe('more than a hundred', () => {
  let store: Store;
  beforeAll(async () => {
    store = await openStore({ folder: null, now: () => '2026-03-02T09:00:00Z' });
  }, 60_000);
  afterAll(() => store.close());

  beforeEach(() => {
    for (let n = 0; n < 95; n += 1) addSubIssue(world, 'kim', { parent: item(1), child: item(open(`Task ${n}`)) });
  });

  test('becomes a plan that makes a batch, and applied twice it has filled that once', async () => {
    const more = [open('One'), open('Two'), open('Three')];
    await start();
    const planning = { ...context, store: async () => store, clock: countingClock() };
    const { items, changes, batchPlan, planId } = await umbrellaLink.run(planning, {
      umbrella: '1',
      children: more.map(String),
    });
    expect(sandbox.requests.writes()).toEqual([]);
    expect(items.map(({ outcome }) => outcome)).toEqual(['link', 'link', 'link']);
    expect(changes).toEqual([]);
    expect(batchPlan.map(({ what }) => what)).toEqual([
      'open "P1.M1: Tides service (batch 2)" under #1',
      `make #${more[0]} a child of #1`,
      `make #${more[1]} a child of the new issue batch-2`,
      `make #${more[2]} a child of the new issue batch-2`,
    ]);
    for (let time = 0; time < 2; time += 1) {
      await planApply.run(planning, { id: planId ?? '', reviewName: 'review' });
    }
    expect([childrenOf(1)?.length, childrenOf(1)?.slice(-2), childrenOf(104)]).toEqual([
      100,
      [104, more[0]],
      [more[1], more[2]],
    ]);
  });

  test('goes into the batch that stands there, whose children count as the umbrella’s own', async () => {
    const batch = open('More', issueMarker(batchKey(ref(1), 2)));
    const inside = open('Inside');
    addSubIssue(world, 'kim', { parent: item(1), child: item(batch) });
    addSubIssue(world, 'kim', { parent: item(batch), child: item(inside) });
    const more = [open('One'), open('Two')];
    await start();
    const children = [...more, inside].map(String);
    const { items, changes } = await umbrellaLink.run(context, { umbrella: '1', children });
    expect(items.map(({ outcome }) => outcome)).toEqual(['link', 'link', 'already']);
    await applyChanges(context, changes);
    expect([childrenOf(1)?.length, childrenOf(batch)]).toEqual([100, [inside, more[1]]]);
    const { changes: unlinking } = await umbrellaUnlink.run(context, { umbrella: '1', children: [String(inside)] });
    expect(unlinking).toEqual([{ kind: 'remove_sub_issue', parent: ref(batch), child: ref(inside) }]);
  });
});

test("unlinking takes a child out, leaves what is out alone, and refuses another umbrella's child", async () => {
  const other = open('Other child');
  addSubIssue(world, 'kim', { parent: item(5), child: item(other) });
  const alone = open('Alone');
  await start();
  const children = ['3', String(alone), String(other)];
  const { items, changes } = await umbrellaUnlink.run(context, { umbrella: '1', children });
  expect(outcomes(items)).toEqual([
    ['octo/harbor#3', 'unlink'],
    [`octo/harbor#${alone}`, 'already'],
    [`octo/harbor#${other}`, 'refused'],
  ]);
  await applyChanges(context, changes);
  expect([childrenOf(1), childrenOf(5)]).toEqual([[2, 4], [other]]);
});

describe('ordering', () => {
  const order = (rest: Partial<Parameters<typeof umbrellaOrder.run>[1]>) =>
    umbrellaOrder.run(context, { umbrella: '1', child: '4', first: false, last: false, ...rest });

  test('puts a child where it is wanted', async () => {
    await start();
    await applyChanges(context, (await order({ first: true })).changes);
    expect(childrenOf(1)).toEqual([4, 2, 3]);
    await applyChanges(context, (await order({ before: '3' })).changes);
    expect(childrenOf(1)).toEqual([2, 4, 3]);
    expect(await order({ after: 'P1.M1.T1' })).toEqual({ umbrella: ref(1), child: ref(4), changes: [] });
  });

  test.each([
    ['no place', {}],
    ['two places', { first: true, after: '2' }],
  ])('refuses %s before GitHub is asked', async (_what, rest) => {
    await start();
    await expect(order(rest)).rejects.toMatchObject({ code: 'usage' });
    expect(sandbox.requests.entries).toEqual([]);
  });
});
