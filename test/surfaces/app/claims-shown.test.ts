import { afterEach, beforeEach, expect, test } from 'vitest';
import { addSubIssue } from '../../../src/sandbox/actions/link-sub-issue.ts';
import { openIssue } from '../../../src/sandbox/actions/open-issue.ts';
import { claimTask } from '../../../src/store/claim-task.ts';
import { releaseClaim } from '../../../src/store/hold-claim.ts';
import { describeOnBothStores } from '../../store/on-both-stores.ts';
import { startAppWithStore } from './app-with-store.ts';
import type { createManualClock } from './manual-clock.ts';
import { at, buildTestWorld, KEY, type TestApp } from './test-app.ts';

describeOnBothStores("claims in the App's rollups", (store) => {
  let app: TestApp;
  let clock: ReturnType<typeof createManualClock>;

  beforeEach(async () => {
    ({ app, clock } = await startAppWithStore(buildTestWorld(), store()));
  });
  afterEach(() => app.close());

  const pass = async (ms: number) => {
    await clock.advance(ms);
    await app.settle();
  };
  const line = (words: RegExp) => words.exec(app.ownComments()[0]?.body ?? '')?.[0] ?? null;
  const claimLine = () => line(/claimed by agent \S+ until \d\d:\d\d UTC/);
  const ref = (number: number) => ({ owner: 'octo', repo: 'harbor', number });
  const TASK = ref(2);
  const there = () => ({ ...store(), origin: new URL(app.sandbox.apiUrl).host });
  const claim = async (until: string) => {
    const leaseMs = Date.parse(until) - Date.parse(clock.now());
    const request = { task: TASK, umbrella: ref(1), agent: 'a7', now: clock.now(), leaseMs };
    return (await claimTask(there(), request))?.claim;
  };

  test('that another process made show within 15 seconds, without an event', async () => {
    await claim('2026-03-02T09:30:00Z');
    await app.settle();
    expect(claimLine()).toBeNull();
    await pass(15_000);
    expect(claimLine()).toBe('claimed by agent a7 until 09:30 UTC');
    expect(app.log).toEqual([]);
  });

  test('that run out go at that very moment', async () => {
    await claim('2026-03-02T09:00:40Z');
    await pass(15_000);
    expect({ line: claimLine(), left: clock.left() }).toEqual({
      line: 'claimed by agent a7 until 09:00 UTC',
      left: [15_000],
    });
    await pass(13_000);
    await pass(2000);
    expect({ line: claimLine(), left: clock.left() }).toEqual({
      line: 'claimed by agent a7 until 09:00 UTC',
      left: [10_000],
    });
    await pass(10_000);
    expect({ line: claimLine(), left: clock.left() }).toEqual({ line: null, left: [15_000] });
  });

  test('show in the rollup of the umbrella above too', async () => {
    const top = openIssue(app.world, 'kim', { repository: KEY, title: 'All of the coast' });
    addSubIssue(app.world, 'kim', { parent: at(top), child: at(app.umbrella) });
    await app.settle();
    const state = () => /🔨 in progress|⚪ unblocked/.exec(app.ownComments(top)[0]?.body ?? '')?.[0];
    expect(state()).toBe('⚪ unblocked');
    await claim('2026-03-02T09:30:00Z');
    await pass(15_000);
    expect(state()).toBe('🔨 in progress');
  });

  test('that are given back go', async () => {
    const claimed = await claim('2026-03-02T09:30:00Z');
    await pass(15_000);
    expect(claimLine()).not.toBeNull();
    const holder = { task: TASK, agent: 'a7', token: claimed?.token ?? 0 };
    await releaseClaim(there(), holder, { now: clock.now(), outcome: null });
    await pass(15_000);
    expect(claimLine()).toBeNull();
  });

  test('that change nothing cost no request to GitHub', async () => {
    await claim('2026-03-02T09:30:00Z');
    await pass(15_000);
    app.sandbox.requests.reset();
    for (let look = 0; look < 20; look += 1) await pass(15_000);
    expect(app.sandbox.requests.entries).toEqual([]);
  });
});
