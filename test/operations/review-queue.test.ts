import { afterEach, expect, test } from 'vitest';
import { connectWithToken } from '../../src/github/connect-with-token.ts';
import type { OperationContext } from '../../src/operations/operation.ts';
import { refreshReviewers } from '../../src/operations/refresh-reviewers.ts';
import { reviewersExplain } from '../../src/operations/reviewers-explain.ts';
import { reviewersLoad } from '../../src/operations/reviewers-load.ts';
import { reviewersSuggest } from '../../src/operations/reviewers-suggest.ts';
import { type Sandbox, startSandbox } from '../../src/sandbox/start-sandbox.ts';
import type { World } from '../../src/sandbox/world.ts';
import { noteAbsence } from '../../src/store/reviewers/absences.ts';
import { noteCapacity } from '../../src/store/reviewers/capacities.ts';
import { loadReviewQueue } from '../../src/store/reviewers/review-queue.ts';
import { describeOnBothStores } from '../store/on-both-stores.ts';
import { buildBacklogWorld, HARBOR, NOW, type Pull } from './review-backlog-world.ts';

/** One large change, and small ones; all but the fourth may be reviewed by anybody. */
const PULLS: readonly Pull[] = [
  { by: 'kim', paths: Array.from({ length: 60 }, (_, index) => `docs/${index}.md`) },
  { by: 'kim' },
  { by: 'kim' },
  { by: 'kim', paths: ['db/a.sql'] },
  { by: 'kim', paths: ['docs/a.md', 'docs/b.md'] },
];

const WITH_TWO_OF_LENA: readonly Pull[] = [...PULLS, { by: 'kim', paths: ['db/b.sql'] }];

describeOnBothStores('the queue of reviews', (store) => {
  let sandbox: Sandbox;
  let world: World;
  afterEach(() => sandbox.close());

  const start = async (reviewers: string, pulls = PULLS) => {
    world = buildBacklogWorld(reviewers, pulls);
    sandbox = await startSandbox({ world });
  };
  const contextOf = (): OperationContext => ({
    github: connectWithToken({ token: 'kims-token', apiUrl: sandbox.apiUrl, pace: 'sandbox' }),
    now: () => NOW,
    isTimeGiven: true,
    defaultRepository: HARBOR,
    store: async () => store(),
    hasStore: () => true,
    isStoreOpen: () => true,
  });
  const there = () => ({ ...store(), origin: new URL(sandbox.apiUrl).host });
  const refresh = () => refreshReviewers(contextOf(), HARBOR, { numbers: new Set(), isAtAll: true });
  const queue = async () => (await reviewersLoad.run(contextOf(), {})).queue;
  const numbers = async () => (await queue()).map(({ ref }) => ref.number);
  const askedOf = (login: string) =>
    [...(world.repositories.get('octo/harbor')?.pullRequests.values() ?? [])].flatMap(({ number, reviewRequests }) =>
      reviewRequests.some((one) => one.login === login) ? [number] : [],
    );

  test('is what the App has nobody for, and is given out in that order as there is room', async () => {
    await start('mode: assign, capacity: 1, pool: [noor, lena]');
    await refresh();
    const first = askedOf('noor');
    const left = await numbers();
    expect([...left].sort()).toEqual((await loadReviewQueue(there())).map(({ request }) => request.number).sort());
    const given: number[] = [];
    for (const capacity of [2, 3]) {
      await noteCapacity(there(), 'noor', capacity);
      await refresh();
      given.push(...askedOf('noor').filter((number) => !first.includes(number) && !given.includes(number)));
    }
    // Lena, who alone can take the fourth, was kept for it.
    expect([left, given]).toEqual([
      [3, 5, 1],
      [3, 5],
    ]);
    expect(await numbers()).toEqual([1]);
  });

  test('is what would be left if what lacks a reviewer were given out, where nobody is asked by itself', async () => {
    await start('capacity: 1, pool: [noor, lena]', WITH_TWO_OF_LENA);
    expect(await numbers()).toEqual([6, 3, 5, 1]);
    expect((await queue())[0]).toEqual({
      ref: { ...HARBOR, number: 6 },
      title: 'Work',
      ...{
        needs: ['lena'],
        missing: 1,
        effort: 0.5 + Math.log2(2 + 9) / 8,
        waitsFor: 'somebody_available',
        isOverdue: false,
      },
      ...{ readyAt: '2026-03-09T21:00:00Z', dueAt: '2026-03-11T21:00:00Z', why: 'nobody is available for it now' },
    });
  });

  test('is of a team what its members could review', async () => {
    await start('capacity: 1, pool: [noor, lena]', WITH_TWO_OF_LENA);
    world.repositories.get('octo/harbor')?.teams.set('crew', ['noor']);
    const { queue: ofTeam } = await reviewersLoad.run(contextOf(), { team: 'crew' });
    expect(ofTeam.map(({ ref }) => ref.number)).toEqual([3, 5, 1]);
  });

  test('is looked at when one request alone is suggested for or explained: whom another would get is told', async () => {
    const ofBatch = (remark: string): boolean => remark.startsWith('Given out together');
    const suggest = async (pull: string) => {
      const { requests, remarks } = await reviewersSuggest.run(contextOf(), { pull });
      const explained = await reviewersExplain.run(contextOf(), { pull });
      expect(explained.remarks.filter(ofBatch)).toEqual(remarks.filter(ofBatch));
      const logins = requests.flatMap(({ chosen }) => chosen.map(({ login }) => login));
      return [logins, remarks.filter(ofBatch)];
    };
    const words = (gets: string, fate: string) =>
      `Given out together with all else that lacks a reviewer, lena would review ${gets} and ${fate}; \`reviewers suggest --all\` shows that.`;
    // Tomas cannot review his own.
    const both: readonly Pull[] = [{ by: 'kim' }, { by: 'tomas' }];
    await start('capacity: 1, pool: [lena, tomas]', both);
    expect(await suggest('#1')).toEqual([['lena'], [words('#2', 'tomas #1')]]);
    expect(await suggest('#2')).toEqual([['lena'], []]);
    await sandbox.close();
    await start('capacity: 1, pool: [lena]', both);
    expect(await suggest('#1')).toEqual([['lena'], []]);
    expect(await suggest('#2')).toEqual([['lena'], [words('#1', '#2 would wait')]]);
  });

  test('reads alike for who is away and who is full, and no more of GitHub than a suggestion for all', async () => {
    await start('mode: assign, capacity: 1, pool: [noor, lena]', [{ by: 'kim', paths: ['db/a.sql'] }, ...PULLS]);
    await noteCapacity(there(), 'lena', 0);
    const busy = await queue();
    await noteCapacity(there(), 'lena', null);
    await noteAbsence(
      there(),
      { login: 'lena', now: NOW },
      { from: '2026-03-01T00:00:00Z', until: null, level: 'off' },
    );
    expect(await queue()).toEqual(busy);
    expect(busy.map(({ ref, why }) => [ref.number, why])).toContainEqual([1, 'nobody is available for it now']);
    const reads = async (run: () => Promise<unknown>): Promise<number> => {
      const before = sandbox.requests.entries.length;
      await run();
      return sandbox.requests.entries.length - before;
    };
    expect(await reads(queue)).toBe(await reads(() => reviewersSuggest.run(contextOf(), { all: true })));
    expect(sandbox.requests.writes()).toEqual([]);
  });
});
