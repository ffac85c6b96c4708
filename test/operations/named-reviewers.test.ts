import { afterEach, expect, test } from 'vitest';
import { renderSuggestion } from '../../src/core/reviewers/render-suggestion.ts';
import { connectWithToken } from '../../src/github/connect-with-token.ts';
import type { OperationContext } from '../../src/operations/operation.ts';
import { reviewersAsk } from '../../src/operations/reviewers-ask.ts';
import { reviewersExplain } from '../../src/operations/reviewers-explain.ts';
import { reviewersLoad } from '../../src/operations/reviewers-load.ts';
import { reviewersSuggest } from '../../src/operations/reviewers-suggest.ts';
import { createComment } from '../../src/sandbox/actions/comment.ts';
import { requestReview } from '../../src/sandbox/actions/request-review.ts';
import { addAccount } from '../../src/sandbox/create-world.ts';
import { type Sandbox, startSandbox } from '../../src/sandbox/start-sandbox.ts';
import type { World } from '../../src/sandbox/world.ts';
import { buildBacklogWorld, HARBOR, NOW, type Pull } from './review-backlog-world.ts';

/** Noor works now and Lena later, so that nobody would choose Lena first who reads no comment. */
const TWO: readonly Pull[] = [{ by: 'kim' }, { by: 'kim' }];
const SUGGESTING = 'mode: suggest, capacity: 1, pool: [noor, lena]';

let sandbox: Sandbox;
let world: World;
afterEach(() => sandbox.close());

const start = async (app: string | null, reviewers = SUGGESTING, pulls = TWO) => {
  world = buildBacklogWorld(reviewers, pulls, app);
  for (const login of ['parasol[bot]', 'echo[bot]', 'github-actions[bot]']) addAccount(world, { login, type: 'Bot' });
  // A person may have the login that GraphQL shows a bot by.
  addAccount(world, { login: 'parasol' });
  sandbox = await startSandbox({ world });
};
const at = (number: number) => ({ repository: 'octo/harbor', number });
const say = (by: string, number: number, login: string) =>
  createComment(world, by, {
    item: at(number),
    body: renderSuggestion([{ login, familiarity: 0 }], { canReroll: true }),
  });
const context = (): OperationContext => ({
  github: connectWithToken({ token: 'kims-token', apiUrl: sandbox.apiUrl, pace: 'sandbox' }),
  now: () => NOW,
  isTimeGiven: true,
  defaultRepository: HARBOR,
});
const suggest = async (input: object = { all: true }) => {
  const { requests, remarks } = await reviewersSuggest.run(context(), input);
  return {
    names: requests.map(({ ref, chosen }) => `${ref.number} ${chosen.map(({ login }) => login).join(' ')}`),
    remarks: remarks.filter((remark) => remark.includes('names reviewers')),
  };
};

test("whom the App's comment names is who another reader is told, asks and sees explained, and has a place by it", async () => {
  await start('parasol');
  say('parasol[bot]', 2, 'noor');
  expect(await suggest()).toEqual({ names: ['1 lena', '2 noor'], remarks: [] });
  expect((await suggest({ pull: '#1' })).names).toEqual(['1 lena']);
  const { candidates } = await reviewersExplain.run(context(), { pull: '#2' });
  expect(candidates.find(({ kind }) => kind === 'chosen')?.login).toBe('noor');
  await reviewersAsk.run(context(), { all: true });
  const pulls = [...(world.repositories.get('octo/harbor')?.pullRequests.values() ?? [])];
  expect(pulls.map(({ reviewRequests }) => reviewRequests.map(({ login }) => login))).toEqual([['lena'], ['noor']]);
});

test('whom the App names waits for nobody in the queue, and who is named stays only while they could be asked', async () => {
  await start('parasol', 'mode: suggest, capacity: 1, pool: [noor]');
  say('parasol[bot]', 2, 'noor');
  expect((await reviewersLoad.run(context(), {})).queue.map(({ ref }) => ref.number)).toEqual([1]);
  requestReview(world, 'kim', { item: at(1), reviewers: ['noor'] });
  expect((await reviewersLoad.run(context(), {})).queue.map(({ ref }) => ref.number)).toEqual([2]);
});

test.each([
  ['a person', 'ravi'],
  ['a person of the same name', 'parasol'],
  ['another bot', 'echo[bot]'],
  ['a workflow', 'github-actions[bot]'],
])('a comment with the same marker by %s names nobody', async (_, by) => {
  await start('parasol');
  const alone = await suggest();
  say(by, 1, 'lena');
  expect([await suggest(), alone.names[0]]).toEqual([alone, '1 noor']);
});

test('a bot that nobody called the App names nobody, and it is said how to tell', async () => {
  await start(null);
  say('parasol[bot]', 1, 'lena');
  say('github-actions[bot]', 2, 'lena');
  const { names, remarks } = await suggest();
  expect(names[0]).toBe('1 noor');
  expect(remarks).toEqual([
    'parasol[bot] names reviewers on #1, which count for nothing here. If that is the App that Parasol runs as, say so in .github/parasol.yml: `app: parasol`.',
  ]);
});

test('who is named and was asked has one place by it, also where another request is tried again', async () => {
  await start('parasol', 'mode: suggest, capacity: 2, pool: [noor, lena]');
  say('parasol[bot]', 2, 'noor');
  sandbox.faults.failNext({ status: 422, times: 1, match: { operation: 'pulls/request-reviewers' } });
  const { requests } = await reviewersAsk.run(context(), { all: true });
  expect(requests.map(({ chosen, refused }) => [chosen, refused].map((all) => all.map(({ login }) => login)))).toEqual([
    [['noor'], ['lena']],
    [['noor'], []],
  ]);
});
