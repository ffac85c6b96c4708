import { afterEach, describe, expect, test } from 'vitest';
import { connectWithToken } from '../../src/github/connect-with-token.ts';
import { catalogEntry } from '../../src/operations/catalog.ts';
import type { OperationContext } from '../../src/operations/operation.ts';
import { refreshReviewers } from '../../src/operations/refresh-reviewers.ts';
import { removeReviewRequest, requestReview } from '../../src/sandbox/actions/request-review.ts';
import { type Sandbox, startSandbox } from '../../src/sandbox/start-sandbox.ts';
import type { World } from '../../src/sandbox/world.ts';
import { loadOpenPlaces } from '../../src/store/reviewers/load-standings.ts';
import { describeOnBothStores } from '../store/on-both-stores.ts';
import { buildBacklogWorld, HARBOR, NOW, type Pull } from './review-backlog-world.ts';

const EIGHT = Array.from({ length: 8 }, (): Pull => ({ by: 'kim' }));
const NO_STORE = 'There is no store here, so nobody counts what others ask for at the same moment.';

let sandbox: Sandbox;
let world: World;
afterEach(() => sandbox.close());

const start = async (reviewers: string, pulls: readonly Pull[]) => {
  world = buildBacklogWorld(reviewers, pulls);
  sandbox = await startSandbox({ world });
};
const contextOf = (more: Partial<OperationContext> = {}): OperationContext => ({
  github: connectWithToken({ token: 'kims-token', apiUrl: sandbox.apiUrl, pace: 'sandbox' }),
  now: () => NOW,
  isTimeGiven: true,
  defaultRepository: HARBOR,
  ...more,
});
interface Told {
  readonly requests: readonly {
    readonly ref: { number: number };
    readonly chosen: readonly { login: string }[];
    readonly refused: readonly { readonly login: string; readonly reason: string }[];
    readonly missing: number;
    readonly why: string | null;
  }[];
  readonly outcomes: readonly { readonly outcome: string; readonly change: object }[];
  readonly remarks: readonly string[];
  readonly takenOff: readonly object[];
}
const ask = async (context: OperationContext, input: object = { all: true }): Promise<Told> =>
  (await catalogEntry('reviewers.ask').run(context, input)) as Told;
const pulls = () => [...(world.repositories.get('octo/harbor')?.pullRequests.values() ?? [])];
const asked = () => pulls().map(({ reviewRequests }) => reviewRequests.map(({ login }) => login));
const took = ({ requests }: Told) =>
  requests.flatMap(({ ref, chosen }) => chosen.map(({ login }) => `${ref.number} ${login}`));

describeOnBothStores('reviewers that somebody asks for', (store) => {
  const withStore = () => contextOf({ store: async () => store(), hasStore: () => true, isStoreOpen: () => false });

  test('by three people at once are nobody beyond their capacity and none twice, and each is told what they did', async () => {
    await start('capacity: 2, pool: [noor, lena, tomas]', EIGHT);
    const told = await Promise.all([
      ask(withStore()),
      ask(withStore(), { pull: '#8' }),
      ask(withStore(), { pull: '#7' }),
    ]);
    expect(asked().flat().sort()).toEqual(['lena', 'lena', 'noor', 'noor', 'tomas', 'tomas']);
    expect(asked().filter((logins) => logins.length > 1)).toEqual([]);
    const done = pulls().flatMap(({ number, reviewRequests }) =>
      reviewRequests.map(({ login }) => `${number} ${login}`),
    );
    expect(told.flatMap(took).sort()).toEqual(done.sort());
    expect(told.flatMap(({ remarks }) => remarks)).not.toContain(NO_STORE);
  });

  test('by a person and by the App at once are nobody beyond their capacity, and none twice', async () => {
    await start('mode: assign, capacity: 2, pool: [noor, lena, tomas]', EIGHT);
    await Promise.all([
      ask(withStore(), { pull: '#8' }),
      ask(withStore(), { pull: '#7' }),
      refreshReviewers({ ...withStore(), isStoreOpen: () => true }, HARBOR, { numbers: new Set(), isAtAll: true }),
    ]);
    expect(asked().flat().sort()).toEqual(['lena', 'lena', 'noor', 'noor', 'tomas', 'tomas']);
    expect(asked().filter((logins) => logins.length > 1)).toEqual([]);
  });

  test('have a place in the store, and lose it when GitHub shows a person took the request away', async () => {
    await start('capacity: 1, pool: [noor, lena]', [{ by: 'kim' }]);
    const places = async () =>
      (await loadOpenPlaces({ ...store(), origin: new URL(sandbox.apiUrl).host }, HARBOR)).map(({ login }) => login);
    const told = await ask(withStore(), { pull: '#1' });
    const change = { kind: 'request_review', on: { ...HARBOR, number: 1 }, login: 'noor' };
    expect([told.outcomes, await places()]).toEqual([
      [{ change, outcome: 'done', reason: null, code: null }],
      ['noor'],
    ]);
    removeReviewRequest(world, 'kim', { item: { repository: 'octo/harbor', number: 1 }, reviewers: ['noor'] });
    const later = { ...withStore(), now: () => '2026-03-10T14:30:00Z' };
    expect(took(await ask(later, { pull: '#1' }))).toEqual(['1 lena']);
    expect(await places()).toEqual(['lena']);
  });
});

test.each(['observe', 'assign'])(
  'in mode %s nobody takes the place of whom a person took off for all at once, and somebody does for that one alone',
  async (mode) => {
    await start(`mode: ${mode}, pool: [noor, lena, tomas]`, [{ by: 'kim' }, { by: 'kim' }]);
    const item = { repository: 'octo/harbor', number: 1 };
    requestReview(world, 'kim', { item, reviewers: ['noor'] });
    removeReviewRequest(world, 'kim', { item, reviewers: ['noor'] });
    const all = await ask(contextOf());
    expect([asked().map(({ length }) => length), all.takenOff]).toEqual([[0, 1], [{ ...HARBOR, number: 1 }]]);
    const alone = await ask(contextOf(), { pull: '#1' });
    expect([took(alone), alone.takenOff]).toEqual([[expect.stringMatching(/^1 (lena|tomas)$/)], []]);
  },
);

test('where there is no store reviewers are asked all the same, and it is said', async () => {
  await start('capacity: 2, pool: [noor, lena]', [{ by: 'kim' }]);
  const told = await ask(contextOf());
  expect([took(told), asked(), told.remarks.at(-1)]).toEqual([['1 noor'], [['noor']], NO_STORE]);
  expect(sandbox.requests.writes().length).toBe(1);
});

describe('where there is no store and GitHub refuses somebody', () => {
  const refuseNext = (times: number, status: 422 | 403 = 422) =>
    sandbox.faults.failNext({ status, times, match: { operation: 'pulls/request-reviewers' } });
  const became = ({ outcomes }: Told) =>
    outcomes.map(({ change, outcome }) => `${outcome} ${'kind' in change ? change.kind : ''}`);

  test('the next one is asked, and whom GitHub refused is assigned to nothing', async () => {
    await start('assignee: true, pool: [noor, lena, tomas]', [{ by: 'kim' }]);
    refuseNext(1);
    const told = await ask(contextOf());
    expect([took(told), became(told), asked()]).toEqual([
      ['1 lena'],
      ['failed request_review', 'done request_review', 'done add_assignee'],
      [['lena']],
    ]);
  });

  test('somebody who was just given a review has no room for it', async () => {
    await start('capacity: 1, pool: [noor, lena]', [{ by: 'kim' }, { by: 'kim' }]);
    refuseNext(1);
    const told = await ask(contextOf());
    expect([took(told), told.requests.map(({ missing, why }) => [missing, why])]).toEqual([
      ['2 lena'],
      [
        [1, 'noor could not be asked: GitHub refused the attempt to ask noor to review octo/harbor#1 (422)'],
        [0, null],
      ],
    ]);
  });

  test.each([
    ['three refusals', 4, 422, 3],
    ['what is not about a person', 1, 403, 1],
  ] as const)('nobody else is asked after %s', async (_, times, status, tries) => {
    await start('pool: [noor, lena, tomas, ravi, kim], count: 1', [{ by: 'ravi' }]);
    refuseNext(times, status);
    const told = await ask(contextOf());
    expect([became(told).length, took(told), asked()]).toEqual([tries, [], [[]]]);
    const [{ refused, why } = { refused: [], why: null }] = told.requests;
    expect([refused.length, why]).toEqual([tries, expect.stringMatching(/^(\w+ could not be asked: .*){1,3}$/)]);
    expect(why).not.toContain('available');
  });

  test('somebody else is asked, and who could not be is told beside', async () => {
    await start('pool: [noor, lena], count: 2', [{ by: 'kim' }]);
    refuseNext(1, 403);
    const told = await ask(contextOf());
    const refused = [{ login: expect.stringMatching(/noor|lena/), reason: expect.stringContaining('403') }];
    expect(told.requests).toMatchObject([{ chosen: [{}], refused, missing: 1, why: null }]);
  });
});

test('where reviewers are off nobody is asked', async () => {
  await start('mode: off', [{ by: 'kim' }]);
  await expect(ask(contextOf())).rejects.toMatchObject({ code: 'usage' });
  expect(asked()).toEqual([[]]);
});
