import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { issueMarker } from '../../src/core/issue-marker.ts';
import { batchKey } from '../../src/core/umbrella/batch-umbrella.ts';
import { loadUmbrella } from '../../src/github/load-umbrella.ts';
import { catalogEntry } from '../../src/operations/catalog.ts';
import { configInForce } from '../../src/operations/config-in-force.ts';
import type { OperationContext } from '../../src/operations/operation.ts';
import { readClaims } from '../../src/operations/read-claims.ts';
import { refreshRollup } from '../../src/operations/refresh-rollup.ts';
import { takeOldSigns } from '../../src/operations/take-old-signs.ts';
import { umbrellaShow } from '../../src/operations/umbrella-show.ts';
import { workClaim } from '../../src/operations/work-claim.ts';
import { workRelease } from '../../src/operations/work-release.ts';
import { workRenew } from '../../src/operations/work-renew.ts';
import { closeIssue } from '../../src/sandbox/actions/close-issue.ts';
import { addSubIssue } from '../../src/sandbox/actions/link-sub-issue.ts';
import { openIssue } from '../../src/sandbox/actions/open-issue.ts';
import { putFile } from '../../src/sandbox/actions/push-commits.ts';
import { addLabel } from '../../src/sandbox/create-world.ts';
import { describeOnBothStores } from '../store/on-both-stores.ts';
import {
  itemOf,
  KEY,
  REPOSITORY,
  refOf,
  type SandboxedUmbrella,
  startSandboxedUmbrella,
} from './sandboxed-umbrella.ts';

describeOnBothStores('agents at work', (store) => {
  let harbor: SandboxedUmbrella;
  let now: string;

  const start = async (config: string | null = 'version: 1\nwork: { show: none }\n') => {
    harbor = await startSandboxedUmbrella(config);
    addLabel(harbor.world, harbor.repository, { name: 'claimed' });
    now = '2026-03-02T09:00:00Z';
  };

  beforeEach(() => start());
  afterEach(() => harbor.sandbox.close());

  const context = (): OperationContext => ({
    ...harbor.context,
    now: () => now,
    isTimeGiven: true,
    store: async () => store(),
    isStoreOpen: () => true,
  });
  const claim = (agent: string, more: object = {}) =>
    workClaim.run(context(), { umbrella: '#1', agent, lease: '30m', ...more });
  const holder = (agent = 'a7', task = '#2', token = 1) => ({ task, agent, token });
  const release = (agent = 'a7', task = '#2', token = 1) => workRelease.run(context(), holder(agent, task, token));
  const renew = (agent = 'a7', task = '#2', token = 1) =>
    workRenew.run(context(), { ...holder(agent, task, token), lease: '2h' });
  const issue = (number: number) => harbor.repository.issues.get(number);

  test('get a task each, with what they need to keep it', async () => {
    expect(await claim('a7')).toEqual({
      umbrella: refOf(harbor.umbrella),
      claim: {
        task: { ...REPOSITORY, number: 2 },
        agent: 'a7',
        token: 1,
        claimedAt: '2026-03-02T09:00:00Z',
        expiresAt: '2026-03-02T09:30:00Z',
      },
      again: false,
      task: {
        title: 'Build the pier',
        url: expect.stringMatching(/\/octo\/harbor\/issues\/2$/),
        lane: null,
        unblocks: 0,
        unsure: null,
      },
      retryAt: null,
      reason: null,
      shown: { as: 'none', outcome: 'unchanged', reason: null },
      leftOut: [],
      gaps: [],
      remarks: [],
    });
    expect((await claim('a8')).claim?.task.number).toBe(3);
    expect(harbor.writes()).toEqual([]);
  });

  test('are told when to ask again once every task is claimed', async () => {
    await claim('a7');
    now = '2026-03-02T09:10:00Z';
    await claim('a8');
    expect(await claim('a9')).toMatchObject({
      claim: null,
      retryAt: '2026-03-02T09:30:00Z',
      reason: 'Nothing is free: 2 claimed by agents.',
    });
    now = '2026-03-02T09:30:00Z';
    expect((await claim('a9')).claim).toMatchObject({ task: { number: 2 }, token: 2 });
  });

  test('who are 21 at one moment get 20 distinct tasks, and the last is told when to ask again', async () => {
    for (let number = 4; number <= 21; number += 1) {
      const child = openIssue(harbor.world, 'kim', { repository: KEY, title: `Pile ${number}` });
      addSubIssue(harbor.world, 'kim', { parent: itemOf(harbor.umbrella), child: itemOf(child) });
    }
    const answers = await Promise.all(Array.from({ length: 21 }, (_, index) => claim(`a${index}`)));
    const numbers = answers.flatMap((one) => (one.claim === null ? [] : [one.claim.task.number]));
    expect(numbers.toSorted((a, b) => a - b)).toEqual(Array.from({ length: 20 }, (_, index) => index + 2));
    expect(answers.filter((one) => one.claim === null)).toEqual([
      expect.objectContaining({ retryAt: '2026-03-02T09:30:00Z', reason: 'Nothing is free: 20 claimed by agents.' }),
    ]);
  });

  test('get the same claim when they ask again, since an answer may be lost, and one more if they say so', async () => {
    const first = await claim('a7');
    now = '2026-03-02T09:05:00Z';
    expect(await claim('a7')).toEqual({ ...first, again: true });
    expect((await claim('a8')).claim?.task.number).toBe(3);
    await release('a8', '#3');
    expect(await claim('a7', { another: true })).toMatchObject({ again: false, claim: { task: { number: 3 } } });
  });

  test('who ask twice at one moment under one name get one task', async () => {
    const answers = await Promise.all([claim('a7'), claim('a7'), claim('a7')]);
    expect(answers.map((one) => one.claim?.task.number)).toEqual([2, 2, 2]);
    expect(answers.filter(({ again }) => !again)).toHaveLength(1);
    const named = await Promise.all([claim('a8', { task: '#3' }), claim('a8', { task: '#3' })]);
    expect(named.map((one) => [one.claim?.task.number, one.claim?.token])).toEqual([
      [3, 1],
      [3, 1],
    ]);
  });

  test('on machines whose clocks differ agree on what is free, by the clock of the store', async () => {
    const on = (clock: string, agent: string) =>
      workClaim.run({ ...context(), now: () => clock, isTimeGiven: false }, { umbrella: '#1', agent, lease: '30m' });
    const slow = await on('2001-01-01T00:00:00Z', 'a7');
    const fast = await on('2099-01-01T00:00:00Z', 'a8');
    const none = await on('2099-01-01T00:00:00Z', 'a9');
    expect([slow.claim?.task.number, fast.claim?.task.number]).toEqual([2, 3]);
    expect([none.claim, none.retryAt]).toEqual([null, slow.claim?.expiresAt]);
  });

  test('are not kept at a task that is closed, or of another lane than they ask for', async () => {
    addLabel(harbor.world, harbor.repository, { name: 'lane:light' });
    issue(3)?.labels.add('lane:light');
    await claim('a7', { task: '#2' });
    expect((await claim('a7', { lane: 'light' })).claim?.task.number).toBe(3);
    expect(await claim('a7', { lane: 'nope' })).toMatchObject({
      claim: null,
      retryAt: null,
      reason: 'No task of this umbrella is in the lane nope: its lanes are light.',
    });
    await release('a7', '#3');
    closeIssue(harbor.world, 'kim', { item: itemOf(harbor.children[0]) });
    expect((await claim('a7')).claim?.task.number).toBe(3);
  });

  test('may ask for one task, and get the same claim when they ask again', async () => {
    const first = await claim('a7', { task: '#3' });
    now = '2026-03-02T09:05:00Z';
    const again = await claim('a7', { task: '#3' });
    expect(again).toEqual({ ...first, again: true });
    await expect(claim('a8', { task: '#3' })).rejects.toMatchObject({
      code: 'claim_refused',
      message: 'octo/harbor#3 cannot be claimed: agent a7 has it until 2026-03-02T09:30:00Z.',
    });
  });

  test('cannot have what is started, or lies elsewhere', async () => {
    issue(2)?.assignees.add('kim');
    await expect(claim('a7', { task: '#2' })).rejects.toMatchObject({
      message: 'octo/harbor#2 cannot be claimed: it is in progress, kim assigned.',
    });
    await expect(claim('a7', { task: '#1' })).rejects.toMatchObject({
      message: 'octo/harbor#1 is no task below octo/harbor#1 that an agent could work on.',
    });
    await expect(workClaim.run(context(), { umbrella: '#2', agent: 'a7', lease: '30m' })).rejects.toMatchObject({
      code: 'not_an_umbrella',
    });
    await expect(claim('a7', { lease: '25h' })).rejects.toMatchObject({ code: 'usage' });
  });

  test('get nothing below a closed umbrella, and hear why', async () => {
    await claim('a7', { task: '#2' });
    closeIssue(harbor.world, 'kim', { item: itemOf(harbor.umbrella) });
    expect(await claim('a8')).toMatchObject({
      claim: null,
      retryAt: null,
      reason: 'Nothing is free: 2 below a closed umbrella.',
    });
    for (const [agent, task] of [
      ['a8', '#3'],
      ['a7', '#2'],
    ] as const) {
      await expect(claim(agent, { task })).rejects.toMatchObject({
        code: 'claim_refused',
        message: `octo/harbor${task} cannot be claimed: it is below octo/harbor#1, which is closed.`,
      });
    }
  });

  test('keep a task by renewing, and lose it to the next when they do not', async () => {
    await claim('a7');
    now = '2026-03-02T09:20:00Z';
    expect((await renew()).claim).toMatchObject({ token: 1, expiresAt: '2026-03-02T11:20:00Z' });
    now = '2026-03-02T12:00:00Z';
    expect((await claim('a8')).claim).toMatchObject({ task: { number: 2 }, token: 2 });
    const lost = { code: 'claim_refused', message: expect.stringContaining('agent a8 has it since') };
    await expect(renew()).rejects.toMatchObject(lost);
    await expect(release()).rejects.toMatchObject(lost);
  });

  test('are told which words of an outcome cannot be kept', async () => {
    await claim('a7');
    const asked = { ...holder(), outcome: 'done\u0000' };
    await expect(async () => catalogEntry('work.release').run(context(), asked)).rejects.toMatchObject({
      code: 'usage',
      message: 'work.release cannot take this. outcome: takes no NUL character',
    });
  });

  test('give a task back, and the next who asks gets it', async () => {
    await claim('a7');
    expect(await release()).toEqual({
      task: { ...REPOSITORY, number: 2 },
      agent: 'a7',
      token: 1,
      shown: { as: 'rollup', outcome: 'withheld', reason: 'this identity keeps no rollup there' },
    });
    expect((await claim('a8')).claim).toMatchObject({ task: { number: 2 }, token: 2 });
  });

  test('show in the rollup: the child is in progress by its claim, until it is released', async () => {
    await harbor.sandbox.close();
    await start('version: 1\n');
    await refreshRollup(context(), refOf(harbor.umbrella));
    const row = () =>
      issue(1)
        ?.comments[0]?.body.split('\n')
        .find((line) => line.includes('Build the pier') && line.startsWith('|'));
    expect((await claim('a|7')).shown).toEqual({ as: 'rollup', outcome: 'done', reason: null });
    expect(row()).toMatch(
      /🔨 in progress · 1\u202fmin<br>claimed by agent a&#124;7 until 09:30 UTC .*\(agent a&#124;7\)/,
    );
    expect((await renew('a|7')).shown.outcome).toBe('done');
    expect(row()).toContain('until 11:00 UTC');
    expect((await release('a|7')).shown).toEqual({ as: 'rollup', outcome: 'done', reason: null });
    expect(row()).toContain('⚪ unblocked');
    expect(issue(1)?.comments).toHaveLength(1);
  });

  test('show in the rollups above the nearest one too, also through a batch of it', async () => {
    await harbor.sandbox.close();
    await start('version: 1\n');
    const open = (title: string, parent: number, body = '') => {
      const child = openIssue(harbor.world, 'kim', { repository: KEY, title, body });
      addSubIssue(harbor.world, 'kim', { parent: { repository: KEY, number: parent }, child: itemOf(child) });
      return child.number;
    };
    const nested = open('Dredge the basin', 1);
    const batch = open('More of it', nested, issueMarker(batchKey(refOf({ number: nested }), 2)));
    const task = open('Hire a dredger', batch);
    const comment = (number: number) => issue(number)?.comments[0]?.body ?? '';
    for (const number of [1, nested]) await refreshRollup(context(), refOf({ number }));
    const before = comment(1);
    expect((await claim('a7', { task: `#${task}` })).shown).toEqual({ as: 'rollup', outcome: 'done', reason: null });
    expect(comment(nested)).toContain('claimed by agent a7');
    expect(
      comment(1)
        .split('\n')
        .find((line) => line.includes('Dredge the basin')),
    ).toContain('🔨 in progress');
    expect((await release('a7', `#${task}`)).shown.outcome).toBe('done');
    expect(comment(1)).toBe(before);
  });

  test('show to readers with the store at hand, and to no others', async () => {
    await claim('a7');
    const stateWith = async (one: OperationContext) => {
      const { children } = await umbrellaShow.run(one, { ref: '#1' });
      return children[0]?.state.state;
    };
    expect([await stateWith(context()), await stateWith({ ...context(), isStoreOpen: () => false })]).toEqual([
      'in_progress',
      'unblocked',
    ]);
  });

  describe.each([
    ['label', () => [...(issue(2)?.labels ?? [])], 'claimed'],
    ['assignee', () => [...(issue(2)?.assignees ?? [])], 'kim'],
  ] as const)('show as %s', (show, signs, sign) => {
    beforeEach(async () => {
      await harbor.sandbox.close();
      await start(`version: 1\nwork: { show: ${show} }\n`);
    });

    test('while they work, and no longer', async () => {
      expect((await claim('a7')).shown).toEqual({ as: show, outcome: 'done', reason: null });
      expect(signs()).toEqual([sign]);
      expect((await renew()).shown).toEqual({ as: show, outcome: 'unchanged', reason: null });
      expect((await release()).shown).toEqual({ as: show, outcome: 'done', reason: null });
      expect(signs()).toEqual([]);
    });

    test('and one whose lease is over is tidied up by the next who asks, who may get that very task', async () => {
      await claim('a7');
      now = '2026-03-02T10:00:00Z';
      expect((await claim('a8', { task: '#3' })).claim?.token).toBe(1);
      expect(signs()).toEqual([]);
      expect((await claim('a9')).claim).toMatchObject({ task: { number: 2 }, token: 2 });
      expect(signs()).toEqual([sign]);
    });

    test('and one that another tidies up while they look keeps them from nothing', async () => {
      await claim('a7');
      now = '2026-03-02T10:00:00Z';
      // The store is opened once the umbrella has been read, with the old sign in it.
      let overtaken: Promise<unknown> | null = null;
      const late = async () => {
        overtaken ??= claim('a8', { task: '#3' });
        await overtaken;
        return store();
      };
      const got = await workClaim.run({ ...context(), store: late }, { umbrella: '#1', agent: 'a9', lease: '30m' });
      expect(got.claim).toMatchObject({ task: { number: 2 }, token: 2 });
    });

    test('and one that is claimed anew while it is tidied up is shown as before', async () => {
      await claim('a7');
      now = '2026-03-02T10:00:00Z';
      const snapshot = await loadUmbrella(harbor.context.github, refOf(harbor.umbrella), { now: () => now });
      const claims = await readClaims(context(), snapshot);
      let asked = 0;
      const sweeping = async () => {
        asked += 1;
        // The second question is the note that the sign is gone.
        if (asked === 2) await claim('a8', { task: '#2' });
        return store();
      };
      const { work } = configInForce(snapshot).config;
      expect(await takeOldSigns({ ...context(), store: sweeping }, { snapshot, claims, show: work })).toEqual([]);
      expect(signs()).toEqual([sign]);
      await release('a8', '#2', 2);
      expect(signs()).toEqual([]);
    });

    test('and one whose lease is over returns to the pool in the very call that tidies it up', async () => {
      await claim('a7');
      await claim('a8');
      now = '2026-03-02T10:00:00Z';
      expect((await claim('a9')).claim).toMatchObject({ task: { number: 2 }, token: 2 });
      expect(signs()).toEqual([sign]);
    });
  });

  test('renew under the last valid configuration while the file is broken', async () => {
    await harbor.sandbox.close();
    await start('version: 1\nwork: { show: label }\n');
    await claim('a7');
    putFile(harbor.world, 'kim', { repository: KEY, path: '.github/parasol.yml', text: 'tusks: {}\n' });
    expect((await renew()).shown).toEqual({ as: 'label', outcome: 'unchanged', reason: null });
  });

  test('leave a label alone that was there before', async () => {
    await harbor.sandbox.close();
    await start('version: 1\nwork: { show: label }\n');
    issue(2)?.labels.add('claimed');
    expect((await claim('a7')).shown).toEqual({ as: 'label', outcome: 'unchanged', reason: null });
    await release();
    expect([...(issue(2)?.labels ?? [])]).toEqual(['claimed']);
  });

  test('keep their claim when GitHub will not show it, and hear why', async () => {
    await harbor.sandbox.close();
    await start('version: 1\nwork: { show: label, label: nowhere }\n');
    const { claim: got, shown } = await claim('a7');
    expect(got?.task.number).toBe(2);
    expect(shown).toEqual({ as: 'label', outcome: 'failed', reason: 'octo/harbor has no label "nowhere".' });
  });
});
