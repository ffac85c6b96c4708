import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { parseReviewFile } from '../../src/core/plan/review-file.ts';
import { planApply } from '../../src/operations/plan-apply.ts';
import { planUndoOperation } from '../../src/operations/plan-undo.ts';
import { umbrellaBackfill } from '../../src/operations/umbrella-backfill.ts';
import { umbrellaDrift } from '../../src/operations/umbrella-drift.ts';
import { closeIssue } from '../../src/sandbox/actions/close-issue.ts';
import { editIssue } from '../../src/sandbox/actions/edit-issue.ts';
import { addSubIssue } from '../../src/sandbox/actions/link-sub-issue.ts';
import { openStore } from '../../src/store/open-store.ts';
import type { Store } from '../../src/store/store.ts';
import { contextOf, countingClock, digestOf, type PlanWorld, startPlanWorld } from './plan-world.ts';

let store: Store;
let planned: PlanWorld;

beforeAll(async () => {
  store = await openStore({ folder: null, now: () => '2026-03-02T09:00:00Z' });
}, 60_000);

beforeEach(async () => {
  planned = await startPlanWorld({ issues: 8 });
  await store.db.deleteFrom('plans').execute();
});

afterEach(() => planned.sandbox.close());
afterAll(() => store.close());

const key = (number: number) => ({ repository: 'octo/harbor', number });
const say = (number: number, body: string) => editIssue(planned.world, 'kim', { item: key(number), body });
const context = () => contextOf(planned, store, countingClock());
const parents = () => [...planned.repository.issues.values()].map(({ parent }) => parent?.number ?? null);

async function backfill(wish: Partial<Parameters<typeof umbrellaBackfill.run>[1]> = {}) {
  return umbrellaBackfill.run(context(), { suggest: false, save: false, review: false, ...wish });
}

describe('umbrella backfill', () => {
  test('proposes what the texts state, with the words and their place, and writes nothing', async () => {
    say(2, 'Some words.\n\nParent: #1');
    say(3, 'Part of #1');
    say(4, 'As said in #1');
    say(5, 'Blocked by #2');
    const before = digestOf(planned.repository);
    expect(await backfill()).toEqual({
      repository: 'octo/harbor',
      issues: 8,
      proposals: [
        {
          child: 'octo/harbor#2',
          parent: 'octo/harbor#1',
          relation: 'parent',
          rule: 'parent_line',
          confidence: 0.9,
          tier: 'apply',
          evidence: [{ quote: 'Parent: #1', in: { owner: 'octo', repo: 'harbor', number: 2 }, line: 3 }],
        },
        expect.objectContaining({ child: 'octo/harbor#3', rule: 'part_of', tier: 'review' }),
        expect.objectContaining({ child: 'octo/harbor#5', parent: 'octo/harbor#2', relation: 'blocked_by' }),
      ],
      conflicts: [],
      gaps: [],
      plan: null,
      checklist: null,
    });
    expect(digestOf(planned.repository)).toEqual(before);
    expect(planned.sandbox.requests.writes()).toEqual([]);
    expect(await store.db.selectFrom('plans').select('id').execute()).toEqual([]);
  });

  test('asks a person about a link that a plan made and that was undone', async () => {
    say(2, 'Parent: #1');
    const { plan } = await backfill({ save: true });
    await planApply.run(context(), { id: plan ?? '', reviewName: '' });
    expect((await backfill()).proposals).toEqual([]);
    await planUndoOperation.run(context(), { id: plan ?? '' });
    const atHand = { ...context(), isStoreOpen: () => true };
    const { proposals } = await umbrellaBackfill.run(atHand, { suggest: false, save: false, review: false });
    expect(proposals).toMatchObject([{ rule: 'parent_line', tier: 'review' }]);
  });

  test('lists what contradicts itself, and leaves it alone', async () => {
    say(2, 'Parent: #1\n\nEpic: #7');
    say(3, 'Parent: #4');
    addSubIssue(planned.world, 'kim', { parent: key(7), child: key(3) });
    const { proposals, conflicts } = await backfill();
    expect(proposals).toEqual([]);
    expect(conflicts.map(({ text }) => text)).toEqual([
      '#2 under #1, #7: its texts name more than one parent',
      '#3 under #4: it has another parent already; `parasol umbrella move` would change that',
    ]);
  });

  test('proposes only for issues created since a day, from the whole history', async () => {
    say(2, 'Parent: #1');
    expect((await backfill({ since: '2026-03-02' })).proposals).toHaveLength(1);
    expect((await backfill({ since: '2026-03-03' })).proposals).toHaveLength(0);
  });

  test('is applied by plan, undone by plan, and finds nothing when it runs again', async () => {
    say(2, 'Parent: #1');
    say(3, 'Part of #1');
    const atStart = digestOf(planned.repository);
    const { plan, checklist } = await backfill({ review: true });
    const ticked = (checklist ?? '').replace('- [ ]', '- [x]');
    expect(parseReviewFile(ticked, 'links.md')).toEqual({ planId: plan, ticked: ['link-2', 'link-3'] });
    await planApply.run(context(), { id: plan ?? '', review: ticked, reviewName: 'links.md' });
    expect(parents().slice(0, 4)).toEqual([null, 1, 1, null]);
    expect((await backfill()).proposals).toEqual([]);
    await planUndoOperation.run(context(), { id: plan ?? '' });
    expect(digestOf(planned.repository)).toEqual(atStart);
  });
});

describe('umbrella drift --fix', () => {
  test('keeps a plan that brings text and links together, and finds nothing after it', async () => {
    say(1, 'Plan\n\n- [ ] #2 quay\n- [ ] #3 crane\n\n0/2 done');
    addSubIssue(planned.world, 'kim', { parent: key(1), child: key(2) });
    closeIssue(planned.world, 'kim', { item: key(2) });
    const { verdict, plan } = await umbrellaDrift.run(context(), { ref: '#1', fix: true });
    expect(verdict).toBe('drifted');
    await planApply.run(context(), { id: plan ?? '', reviewName: '' });
    expect(planned.repository.issues.get(1)?.body).toBe('Plan\n\n- [x] #2 quay\n- [ ] #3 crane\n\n1/2 done');
    expect(parents().slice(0, 3)).toEqual([null, 1, 1]);
    const left = await umbrellaDrift.run(context(), { ref: '#1', fix: false });
    expect(left.verdict).toBe('in_step');
  });
});
