import { setTimeout as pause } from 'node:timers/promises';
import { afterEach, expect, test } from 'vitest';
import { suggestedIn } from '../../src/core/reviewers/render-suggestion.ts';
import type { Ref } from '../../src/core/task/identity.ts';
import { connectWithToken } from '../../src/github/connect-with-token.ts';
import type { OperationContext } from '../../src/operations/operation.ts';
import { refreshReviewers } from '../../src/operations/refresh-reviewers.ts';
import { reviewersAsk } from '../../src/operations/reviewers-ask.ts';
import { reviewersSuggest } from '../../src/operations/reviewers-suggest.ts';
import { closePullRequest } from '../../src/sandbox/actions/edit-pull-request.ts';
import { removeReviewRequest, requestReview } from '../../src/sandbox/actions/request-review.ts';
import { submitReview } from '../../src/sandbox/actions/submit-review.ts';
import { advanceClock } from '../../src/sandbox/clock.ts';
import { type Sandbox, startSandbox } from '../../src/sandbox/start-sandbox.ts';
import type { World } from '../../src/sandbox/world.ts';
import { noteAbsence } from '../../src/store/reviewers/absences.ts';
import { assignUnderCap } from '../../src/store/reviewers/assign-review.ts';
import { loadOpenPlaces } from '../../src/store/reviewers/load-standings.ts';
import { loadReviewQueue } from '../../src/store/reviewers/review-queue.ts';
import { describeOnBothStores } from '../store/on-both-stores.ts';
import { buildBacklogWorld, HARBOR, NOW, type Pull } from './review-backlog-world.ts';

const ELSEWHERE = { owner: 'octo', repo: 'quay', number: 1 };

describeOnBothStores('a backlog of reviews', (store) => {
  let sandbox: Sandbox;
  let world: World;
  afterEach(() => sandbox.close());

  const start = async (reviewers: string, pulls: readonly Pull[]) => {
    world = buildBacklogWorld(reviewers, pulls);
    sandbox = await startSandbox({ world });
  };
  const contextOf = (now = NOW): OperationContext => ({
    github: connectWithToken({ token: 'kims-token', apiUrl: sandbox.apiUrl, pace: 'sandbox' }),
    now: () => now,
    isTimeGiven: true,
    defaultRepository: HARBOR,
    store: async () => store(),
    isStoreOpen: () => true,
  });
  const pulls = () => [...(world.repositories.get('octo/harbor')?.pullRequests.values() ?? [])];
  const refresh = (now = NOW) =>
    refreshReviewers(contextOf(now), HARBOR, { numbers: new Set(), isAtAll: true, endedSince: null });
  const asked = () => pulls().map(({ reviewRequests }) => reviewRequests.map(({ login }) => login).sort());
  const there = () => ({ ...store(), origin: new URL(sandbox.apiUrl).host });
  const queued = async () => (await loadReviewQueue(there())).map(({ request }) => request.number);

  test('of an agent is given to somebody else than the account that opened it', async () => {
    await start('mode: assign, pool: [kim, noor]', [{ by: 'kim', body: 'Agent: a7' }]);
    await refresh();
    expect([asked(), sandbox.requests.writes().length]).toEqual([[['noor']], 1]);
  });

  const refuseNext = (times: number) =>
    sandbox.faults.failNext({ status: 422, times, match: { operation: 'pulls/request-reviewers' } });

  test('goes to the next one where GitHub refuses the first', async () => {
    await start('mode: assign, pool: [noor, lena, tomas]', [{ by: 'kim' }]);
    refuseNext(2);
    const { outcomes } = await refresh();
    expect(outcomes.map(({ outcome, code }) => [outcome, code])).toEqual([
      ['failed', 'usage'],
      ['failed', 'usage'],
      ['done', null],
    ]);
    expect([asked().map(({ length }) => length), await queued()]).toEqual([[1], []]);
  });

  test('is tried with three people that GitHub refuses, and then waits', async () => {
    await start('mode: assign, pool: [noor, lena, tomas, kim]', [{ by: 'ravi' }]);
    refuseNext(4);
    const { outcomes } = await refresh();
    expect([outcomes.length, asked(), await queued()]).toEqual([3, [[]], [1]]);
  });

  test('is tried with nobody else where no one could be asked', async () => {
    await start('mode: assign, pool: [noor, lena, tomas]', [{ by: 'kim' }]);
    sandbox.faults.failNext({ status: 403, match: { operation: 'pulls/request-reviewers' } });
    const { outcomes } = await refresh();
    expect([outcomes.map(({ code }) => code), asked(), await queued()]).toEqual([['forbidden'], [[]], [1]]);
  });

  /** Ten, of which noor has some and is away; whoever gets one more is told by the numbers. */
  const handOn = async (pool: string, refused: number) => {
    await start(
      `mode: assign, capacity: 20, hand_off: true, pool: ${pool}`,
      Array.from({ length: 10 }, () => ({ by: 'kim' })),
    );
    await refresh();
    const before = asked();
    const absence = { from: '2026-03-01T00:00:00Z', until: null, level: 'off' } as const;
    await noteAbsence(there(), { login: 'noor', now: NOW }, absence);
    refuseNext(refused);
    const { outcomes } = await refresh();
    const moved = asked().flatMap(([now], place) => (now === before[place]?.[0] ? [] : [[before[place]?.[0], now]]));
    return { moved, became: outcomes.map(({ change, outcome }) => `${outcome} ${change.kind}`) };
  };

  test('is handed on to the next one where GitHub refuses the first', async () => {
    const { moved, became } = await handOn('[noor, lena, tomas]', 1);
    expect(became).toEqual(['failed request_review', 'done request_review', 'done remove_review_request']);
    expect(moved).toEqual([['noor', expect.stringMatching(/^(lena|tomas)$/)]]);
  });

  test('stays with who says on GitHub that they are busy: that lowers the rank, and is no sign of inactivity', async () => {
    const ten = Array.from({ length: 10 }, () => ({ by: 'kim' }));
    await start('mode: assign, capacity: 20, hand_off: true, pool: [noor, lena]', ten);
    await refresh();
    const before = asked();
    expect(before.flat()).toContain('noor');
    const account = world.accounts.get('noor');
    if (account === undefined) throw new Error('there is no noor');
    account.status = { message: null, isBusy: true };
    expect([(await refresh()).outcomes, asked()]).toEqual([[], before]);
  });

  test('stays with whom it has where GitHub refuses everybody to whom it could be handed on', async () => {
    const { moved, became } = await handOn('[noor, lena]', 3);
    expect([moved, became]).toEqual([[], ['failed request_review']]);
    expect((await refresh()).outcomes.map(({ outcome }) => outcome)).toEqual(['failed']);
  });

  test('that ended while nobody ran is cleared of what was said of it, and of nothing that ended before', async () => {
    await start('mode: suggest, pool: [noor]', [{ by: 'kim' }, { by: 'kim' }]);
    await refresh();
    const count = () => pulls().map(({ comments }) => comments.length);
    const close = (number: number) => closePullRequest(world, 'kim', { item: { repository: 'octo/harbor', number } });
    const since = (endedSince: string | null) =>
      refreshReviewers(contextOf(), HARBOR, { numbers: new Set(), isAtAll: true, endedSince });
    close(1);
    advanceClock(world, 7_200);
    close(2);
    expect(count()).toEqual([1, 1]);
    await since('2026-03-10T13:00:00Z');
    expect(count()).toEqual([1, 0]);
    await since(null);
    expect(count()).toEqual([0, 0]);
  });

  test('is given out at once, so that no request takes the only reviewer of another', async () => {
    await start('mode: assign, capacity: 1, pool: [noor, lena]', [{ by: 'kim' }, { by: 'lena' }]);
    await refresh();
    expect(asked()).toEqual([['lena'], ['noor']]);
  });

  test('is given to nobody beyond their capacity; the rest waits, and each is asked for once', async () => {
    const six = Array.from({ length: 6 }, () => ({ by: 'kim' }));
    await start('mode: assign, capacity: 2, pool: [noor, lena]', six);
    await refresh();
    const first = asked();
    expect(first.flat().sort()).toEqual(['lena', 'lena', 'noor', 'noor']);
    const waiting = pulls().flatMap(({ number, reviewRequests }) => (reviewRequests.length === 0 ? [number] : []));
    expect(await queued()).toEqual(waiting);
    await refresh();
    expect([asked(), sandbox.requests.writes().length]).toEqual([first, 4]);
  });

  test('gets several people for what nobody knows alone, and nobody else after them', async () => {
    await start('mode: assign, capacity: 5, pool: [noor, lena, tomas]', [
      { by: 'kim', paths: ['api/a.ts', 'db/b.sql'] },
      { by: 'kim', paths: ['api/a.ts'] },
      { by: 'kim', paths: ['api/a.ts', 'db/b.sql', 'web/c.tsx'] },
    ]);
    await refresh();
    expect(asked()).toEqual([['lena', 'noor'], ['noor'], ['lena', 'noor', 'tomas']]);
    await refresh();
    expect([sandbox.requests.writes().length, await queued()]).toEqual([6, []]);
  });

  /** Another process gives a review to the first of these who has room. */
  const give = (request: Ref, ...logins: readonly string[]) =>
    assignUnderCap(there(), {
      request,
      ...{ count: 1, seenAt: NOW, repositories: new Set<string>(), now: NOW },
      candidates: logins.map((login) => ({ login, cap: 1, waiting: new Set() })),
    });

  const told = () => pulls().map(({ comments }) => comments.map(({ body }) => body.replace(/^<!--.*?-->/, '').trim()));
  const YET =
    'No reviewer yet: nobody is available for it now. It waits, and somebody is found as soon as they can take it.';

  test('is told of in one comment when it has waited for a day, until somebody has it', async () => {
    await start('mode: assign, capacity: 1, sla: 30d, pool: [noor]', [{ by: 'kim' }, { by: 'kim' }]);
    await refresh('2026-03-10T15:00:00Z');
    expect([asked(), told()]).toEqual([
      [['noor'], []],
      [[], []],
    ]);
    for (const now of ['2026-03-11T12:00:00Z', '2026-03-11T13:00:00Z']) await refresh(now);
    expect([told(), sandbox.requests.writes().length]).toEqual([[[], [YET]], 2]);
    submitReview(world, 'noor', { item: { repository: 'octo/harbor', number: 1 }, state: 'approved' });
    await refresh('2026-03-11T14:00:00Z');
    expect([asked(), told()]).toEqual([
      [[], ['noor']],
      [[], []],
    ]);
  });

  test('is told of alike where everybody is away, which nobody reads', async () => {
    await start('mode: assign, pool: [noor]', [{ by: 'kim' }]);
    const absence = { from: '2026-03-01T00:00:00Z', until: null, level: 'off' } as const;
    await noteAbsence(there(), { login: 'noor', now: NOW }, absence);
    await refresh('2026-03-10T15:00:00Z');
    expect(told()).toEqual([[]]);
    await refresh('2026-03-11T12:00:00Z');
    expect(told()).toEqual([[YET]]);
  });

  test('is told of at once where nobody can review it, by two Apps in one comment, until a person asks somebody', async () => {
    await start('mode: assign, pool: [noor]', [{ by: 'noor' }, { by: 'kim', paths: ['db/b.sql'] }]);
    await Promise.all([refresh(), refresh()]);
    const NOBODY = 'No reviewer was found: nobody but its authors can be asked here. Ask somebody by hand';
    expect([asked(), told()]).toEqual([
      [[], ['noor']],
      [[expect.stringContaining(NOBODY)], []],
    ]);
    requestReview(world, 'noor', { item: { repository: 'octo/harbor', number: 1 }, reviewers: ['tomas'] });
    await refreshReviewers(contextOf(), HARBOR, { numbers: new Set([1]), isAtAll: false });
    expect([asked(), told()]).toEqual([
      [['tomas'], ['noor']],
      [[], []],
    ]);
  });

  test('for which a person asked somebody while nobody ran is cleared of its comment at the next look at all', async () => {
    await start('mode: assign, pool: [noor]', [{ by: 'noor' }, { by: 'kim' }]);
    await refresh();
    expect(told()).toEqual([[expect.stringContaining('No reviewer was found')], []]);
    requestReview(world, 'noor', { item: { repository: 'octo/harbor', number: 1 }, reviewers: ['tomas'] });
    await refresh();
    expect([asked(), told()]).toEqual([
      [['tomas'], ['noor']],
      [[], []],
    ]);
    const writes = sandbox.requests.writes().length;
    await refresh();
    expect(sandbox.requests.writes().length).toBe(writes);
  });

  test('counts what was given elsewhere and GitHub did not show', async () => {
    await start('mode: assign, capacity: 1, pool: [noor, lena]', [{ by: 'kim' }, { by: 'kim' }]);
    expect(await give(ELSEWHERE, 'noor')).toEqual(['noor']);
    await refresh();
    expect([asked().flat(), (await queued()).length]).toEqual([['lena'], 1]);
  });

  /** Comes back as soon as the first has a place; GitHub takes its time with being told. */
  const refreshWithPause = async () => {
    sandbox.faults.hangNext({ match: { operation: 'pulls/request-reviewers' }, ms: 1500 });
    const end = refresh();
    while ((await loadOpenPlaces(there(), HARBOR)).length === 0) await pause(10);
    return { end };
  };

  test('finds somebody else where another process was faster with a person', async () => {
    await start('mode: assign, capacity: 1, pool: [noor, lena, tomas]', [{ by: 'kim' }, { by: 'kim' }]);
    const refreshed = await refreshWithPause();
    const [lost] = await give(ELSEWHERE, 'noor', 'lena');
    await refreshed.end;
    expect([asked(), await queued()]).toEqual([[[lost === 'noor' ? 'lena' : 'noor'], ['tomas']], []]);
  });

  test('is left alone where another process just gave it to the person that was chosen here', async () => {
    await start('mode: assign, capacity: 1, pool: [noor, lena, tomas]', [{ by: 'kim' }, { by: 'kim' }]);
    const refreshed = await refreshWithPause();
    const [given] = await give({ ...HARBOR, number: 2 }, 'noor', 'lena');
    await refreshed.end;
    expect([asked(), await queued()]).toEqual([[[given === 'noor' ? 'lena' : 'noor'], []], []]);
  });

  test('is suggested at once, too: nobody is named beyond their capacity, and who is named stays', async () => {
    await start('mode: suggest, capacity: 1, pool: [noor, lena, tomas]', [{ by: 'kim' }, { by: 'lena' }]);
    await refresh();
    const named = () =>
      pulls().map(({ comments }) => comments.map(({ body }) => /Suggested reviewers?: (.*?)\. /.exec(body)?.[1]));
    expect(named()).toEqual([['**lena**'], ['**noor**']]);
    await refresh();
    expect([named(), sandbox.requests.writes().length]).toEqual([[['**lena**'], ['**noor**']], 2]);
  });

  test('is given out at a first look as the command line does, also where more waits than all have room for', async () => {
    const backlog = Array.from({ length: 16 }, () => ({ by: 'kim' }));
    await start('mode: assign, capacity: 4, pool: [noor, lena]', backlog);
    const { requests } = await reviewersSuggest.run(contextOf(), { all: true });
    const told = requests.map(({ chosen }) => chosen.map(({ login }) => login));
    expect(told.flat().length).toBeGreaterThan(8);
    await refresh();
    const first = asked();
    expect(first).toEqual(told);
    await refresh();
    expect(asked()).toEqual(first);
    await sandbox.close();
    await start('mode: assign, capacity: 4, pool: [noor, lena]', backlog);
    await reviewersAsk.run(contextOf(), { all: true });
    expect(asked()).toEqual(told);
  });

  test('whose reviewer a person took off has somebody else named by the App and the command line, and never that one', async () => {
    await start('mode: suggest, pool: [noor, lena]', [{ by: 'kim' }]);
    const item = { repository: 'octo/harbor', number: 1 };
    requestReview(world, 'kim', { item, reviewers: ['noor'] });
    removeReviewRequest(world, 'kim', { item, reviewers: ['noor'] });
    const { requests, takenOff } = await reviewersSuggest.run(contextOf(), { all: true });
    expect([requests.map(({ chosen }) => chosen.map(({ login }) => login)), takenOff]).toEqual([[['lena']], []]);
    await refresh();
    expect(pulls().map(({ comments }) => comments.flatMap(({ body }) => suggestedIn(body)))).toEqual([['lena']]);
  });

  test('is suggested as the command line does, also where more waits than all have room for', async () => {
    await start(
      'mode: suggest, capacity: 4, pool: [noor, lena]',
      Array.from({ length: 16 }, () => ({ by: 'kim' })),
    );
    const { requests } = await reviewersSuggest.run(contextOf(), { all: true });
    const told = requests.map(({ chosen }) => chosen.map(({ login }) => login));
    await refresh();
    const named = pulls().map(({ comments }) => comments.flatMap(({ body }) => suggestedIn(body)));
    expect(named.flat().length).toBeGreaterThan(8);
    expect(named).toEqual(told);
    await refresh();
    expect(sandbox.requests.writes().length).toBe(named.flat().length);
  });
});
