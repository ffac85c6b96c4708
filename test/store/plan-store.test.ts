import { expect, test } from 'vitest';
import { listAskedPlans } from '../../src/store/asked-plans.ts';
import { takeLease } from '../../src/store/plan-lease.ts';
import { insertPlan, listPlans, loadDoneItems, loadPlan, recordItem } from '../../src/store/plan-store.ts';
import { createItem, linkItem, planOf } from '../core/plan/build-plan.ts';
import { describeOnBothStores } from './on-both-stores.ts';

const PLAN = planOf(linkItem(2), createItem('create-api'));
const AT = '2026-03-02T10:00:00.250Z';
const BEFORE = { kind: 'place', parent: null, previous: null } as const;
const FRESH = {
  status: 'planned',
  attempts: 0,
  before: null,
  after: null,
  result: null,
  reason: null,
  startedAt: null,
  finishedAt: null,
};

describeOnBothStores('the plans of a store', (store) => {
  test('of another GitHub are not given out, and told as such by name', async () => {
    const asked = { on: { owner: 'octo', repo: 'harbor', number: 1 }, commentId: 7, by: 'kim', lanes: [], standing: 0 };
    await insertPlan({ ...store(), origin: 'ghe.example.com' }, { ...PLAN, asked });
    await expect(loadPlan(store(), PLAN.id)).rejects.toMatchObject({
      code: 'usage',
      message: `The plan ${PLAN.id} was made for ghe.example.com, and this is github.com.`,
    });
    expect({
      listed: await listPlans(store(), null),
      asked: await listAskedPlans(store(), '2020-01-01T00:00:00Z'),
      done: await loadDoneItems(store(), PLAN.repository),
    }).toEqual({ listed: [], asked: [], done: [] });
  });

  async function held() {
    await insertPlan(store(), PLAN);
    const lease = await takeLease(store(), PLAN.id);
    const record = (status: Parameters<typeof recordItem>[1]['status'], rest: object = {}) =>
      recordItem(store(), { planId: PLAN.id, itemId: 'link-2', holder: lease.holder, status, at: AT, ...rest });
    return { lease, record };
  }

  test('come back whole, every item planned, and are the same plan the second time', async () => {
    await insertPlan(store(), PLAN);
    await insertPlan(store(), PLAN);
    expect(await loadPlan(store(), PLAN.id)).toEqual({
      plan: PLAN,
      ledger: [
        { itemId: 'link-2', ...FRESH },
        { itemId: 'create-api', ...FRESH },
      ],
    });
    await expect(loadPlan(store(), 'p-00000000')).rejects.toMatchObject({ code: 'not_found' });
  });

  test('are not taken for another one of the same id', async () => {
    await insertPlan(store(), PLAN);
    const other = { ...PLAN, items: PLAN.items.slice(1) };
    await expect(insertPlan(store(), other)).rejects.toThrow(`another plan of the id ${PLAN.id}`);
    expect((await loadPlan(store(), PLAN.id)).plan).toEqual(PLAN);
  });

  test('keep what stood there before, how often it was tried, and what came of it', async () => {
    const { lease, record } = await held();
    await record('started', { before: BEFORE });
    await record('started');
    await record('done', { result: { stands: true, issue: null }, after: null });
    await lease.release();
    expect((await loadPlan(store(), PLAN.id)).ledger[0]).toEqual({
      itemId: 'link-2',
      ...FRESH,
      status: 'done',
      attempts: 2,
      before: BEFORE,
      result: { stands: true, issue: null },
      startedAt: AT,
      finishedAt: AT,
    });
  });

  test('refuse a step that cannot follow the last one, and change nothing then', async () => {
    const { lease, record } = await held();
    await expect(record('done')).rejects.toThrow('cannot become done after planned');
    await lease.release();
    expect((await loadPlan(store(), PLAN.id)).ledger[0]?.status).toBe('planned');
  });

  test('are held by one run at a time, and only it may record', async () => {
    const { lease, record } = await held();
    await expect(takeLease(store(), PLAN.id)).rejects.toMatchObject({
      code: 'store_locked',
      message: expect.stringContaining(`Process ${process.pid} on `),
    });
    await lease.release();
    await expect(record('started')).rejects.toMatchObject({ code: 'store_locked' });
    const next = await takeLease(store(), PLAN.id);
    await lease.release();
    await expect(takeLease(store(), PLAN.id)).rejects.toMatchObject({ code: 'store_locked' });
    await next.release();
  });

  test('are taken over from a run that is not heard of for two minutes, and from a process that is gone', async () => {
    await insertPlan(store(), PLAN);
    const nobody = { holder: 'elsewhere|7||1', held_until: '2026-03-02T10:00:00Z' };
    await store().db.updateTable('plans').set(nobody).execute();
    await expect(takeLease(store(), PLAN.id, { now: '2026-03-02T09:59:59Z' })).rejects.toMatchObject({
      code: 'store_locked',
    });
    const taken = await takeLease(store(), PLAN.id, { now: '2026-03-02T10:00:00Z' });
    const { held_until: until } = await store().db.selectFrom('plans').select('held_until').executeTakeFirstOrThrow();
    expect(new Date(until ?? '').toISOString()).toBe('2026-03-02T10:02:00.000Z');
    const [host] = taken.holder.split('|');
    await taken.release();
    await store()
      .db.updateTable('plans')
      .set({ holder: `${host}|999999999||1`, held_until: '2999-01-01T00:00:00Z' })
      .execute();
    const over = await takeLease(store(), PLAN.id);
    await over.release();
  });

  test('are listed newest first, those of one repository alone where that is asked, with what became of them', async () => {
    const { lease, record } = await held();
    await record('failed', { reason: 'no' });
    await lease.release();
    const newer = { ...planOf(), id: 'p-00000002', createdAt: '2026-03-03T09:00:00Z' };
    await insertPlan(store(), { ...newer, repository: { owner: 'octo', repo: 'pier' } });
    expect((await listPlans(store(), null)).map(({ plan, counts }) => [plan.id, counts])).toEqual([
      ['p-00000002', {}],
      [PLAN.id, { planned: 1, failed: 1 }],
    ]);
    expect((await listPlans(store(), { owner: 'Octo', repo: 'Harbor' })).map(({ plan }) => plan.id)).toEqual([PLAN.id]);
  });
});
