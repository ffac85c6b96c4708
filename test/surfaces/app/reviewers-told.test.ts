import { afterEach, expect, test } from 'vitest';
import { assign, unassign } from '../../../src/sandbox/actions/assign.ts';
import { closePullRequest, convertToDraft, reopenPullRequest } from '../../../src/sandbox/actions/edit-pull-request.ts';
import type { PullRequestRecord } from '../../../src/sandbox/world.ts';
import { startAppServer } from '../../../src/surfaces/app/start-app-server.ts';
import { describeOnBothStores } from '../../store/on-both-stores.ts';
import { type ReviewApp, startReviewApp } from './review-app.ts';
import { at, settingsOf } from './test-app.ts';

const config = (more = 'mode: assign', people = '[noor]') => `reviewers: { pool: ${people}, ${more} }\n`;

describeOnBothStores('what everybody is told of reviewers whom the App asks', (store) => {
  let review: ReviewApp;
  afterEach(() => review.app.close());

  const start = async (text = config()) => {
    review = await startReviewApp(text, store());
  };

  test('a decline leaves the request in the queue that others see, and is no removal by a person', async () => {
    await start();
    const pull = await review.open();
    await review.say(review.only(pull), pull, '/parasol decline too-busy');
    expect((await review.load()).queue).toMatchObject([{ ref: { number: pull.number }, missing: 1 }]);
    const { candidates } = await review.explain(pull);
    expect(candidates.find(({ login }) => login === 'noor')?.text).toBe('declined it (too-busy)');
  });

  test('where everybody who could review it has declined, it says so at once and promises nobody', async () => {
    await start(config('mode: assign', '[noor, lena]'));
    const pull = await review.open();
    await review.say(review.only(pull), pull, '/parasol decline conflict');
    expect(review.told(pull)).toEqual([]);
    await review.say(review.only(pull), pull, '/parasol decline not-mine');
    const words =
      /^No reviewer was found: everybody who could review it has declined \((lena and noor|noor and lena)\)\. Ask somebody by hand/;
    expect(review.told(pull)).toEqual([expect.stringMatching(words)]);
    expect((await review.load()).queue).toMatchObject([{ waitsFor: 'somebody_able' }]);
  });

  test.each([
    ['away', () => review.away('lena')],
    ['without capacity', () => review.capacity('lena', '0')],
  ])(
    'where the last who could is %s, the first decline is told as where they are full: not at once',
    async (_, act) => {
      await start(config('mode: assign', '[noor, lena]'));
      await act();
      const pull = await review.open();
      await review.say('noor', pull, '/parasol decline conflict');
      expect([review.asked(pull), review.told(pull)]).toEqual([[], []]);
      const { queue } = await review.load();
      expect(queue).toMatchObject([{ waitsFor: 'somebody_available', why: 'nobody is available for it now' }]);
    },
  );

  const SUGGESTING = 'mode: suggest, capacity: 1';
  const named = (pull: PullRequestRecord): string | undefined => /\*\*(\w+)\*\*/.exec(review.told(pull).join())?.[1];

  test('whom a suggestion names is named no more once others fill them, and somebody idle is', async () => {
    await start(config(SUGGESTING, '[noor, lena]'));
    const pull = await review.open();
    const first = named(pull) ?? '';
    expect(['noor', 'lena']).toContain(first);
    await review.open({ reviewers: [first] });
    expect(named(pull)).toBe(first === 'noor' ? 'lena' : 'noor');
  });

  test('where everybody who could be named has declined, the comment says who, and what to do', async () => {
    await start(config('mode: suggest', '[noor, lena]'));
    const pull = await review.open();
    await review.say(named(pull) ?? '', pull, '/parasol decline conflict');
    await review.say(named(pull) ?? '', pull, '/parasol decline not-mine');
    const words =
      /^No reviewer was found: everybody who could review it has declined \(.*noor.*\)\. Ask somebody by hand/;
    expect(review.told(pull)).toEqual([expect.stringMatching(words)]);
    const { requests, remarks } = await review.suggest();
    expect(requests.map(({ why }) => why)).toEqual([expect.stringContaining('has declined (')]);
    expect(remarks.at(-1)).toBe(
      `Nobody is left who could review #${pull.number}: ask somebody by hand, who then has it whatever they said before, or name in CODEOWNERS or in .github/parasol.yml who else could.`,
    );
    await review.request(pull, 'lena');
    expect(review.told(pull)).toEqual([]);
  });

  test('a reroll of a suggestion changes nothing where all others are named elsewhere', async () => {
    await start(config(SUGGESTING, '[noor, lena]'));
    const pulls = [await review.open(), await review.open()] as const;
    const before = pulls.map(named);
    expect(before.toSorted()).toEqual(['lena', 'noor']);
    await review.say('kim', pulls[0], '/parasol reroll');
    expect(pulls.map(named)).toEqual(before);
    expect(review.told(pulls[0]).join()).toContain(
      'Nobody else can be asked for this review now, so all stays as it is.',
    );
  });

  test('a pull request that becomes a draft is suggested to nobody, and its reviewer to others at once', async () => {
    await start(config(SUGGESTING));
    const pulls = [await review.open(), await review.open()] as const;
    expect(pulls.map(named)).toEqual(['noor', undefined]);
    convertToDraft(review.app.world, 'kim', { item: at(pulls[0]) });
    await review.app.settle();
    expect(pulls.map(named)).toEqual([undefined, 'noor']);
    expect(review.told(pulls[0])).toEqual([]);
  });

  test('a pull request that becomes a draft frees room that others get at once', async () => {
    await start(config('mode: assign, capacity: 1'));
    const pulls = [await review.open(), await review.open()] as const;
    await review.pass(2);
    expect(pulls.map(review.asked)).toEqual([['noor'], []]);
    convertToDraft(review.app.world, 'kim', { item: at(pulls[0]) });
    await review.app.settle();
    expect(review.asked(pulls[1])).toEqual(['noor']);
  });

  test.each([
    ['a suggestion', SUGGESTING, '/parasol capacity 9', 'Suggested reviewer'],
    ['that nobody was found', 'mode: assign', '/parasol decline conflict', 'No reviewer was found'],
  ])('%s stands no more once the pull request is closed', async (_, more, said, told) => {
    await start(config(more));
    const pull = await review.open();
    await review.say('noor', pull, said);
    expect(review.told(pull)).toEqual([expect.stringContaining(told)]);
    closePullRequest(review.app.world, 'kim', { item: at(pull) });
    await review.app.settle();
    expect([review.told(pull), review.app.log]).toEqual([[], []]);
  });

  test('a suggestion on what is closed while no App runs goes when one starts', async () => {
    await start(config(SUGGESTING));
    const pull = await review.open();
    expect(named(pull)).toBe('noor');
    const { app } = review;
    await app.server.close();
    closePullRequest(app.world, 'kim', { item: at(pull) });
    const later = await startAppServer({
      ...{ ...settingsOf(app.app, app.sandbox, app.log), now: () => app.world.now() },
      store: { store: async () => store(), isStoreOpen: () => true },
    });
    await later.idle();
    expect(review.told(pull)).toEqual([]);
    await later.close();
  });

  test('a pull request that is closed and opened again has its suggestion', async () => {
    await start(config(SUGGESTING));
    const pull = await review.open();
    closePullRequest(review.app.world, 'kim', { item: at(pull) });
    reopenPullRequest(review.app.world, 'kim', { item: at(pull) });
    await review.app.settle();
    expect(named(pull)).toBe('noor');
  });

  const ASSIGNING = config('mode: assign, assignee: true', '[noor, lena, tomas]');

  test.each([
    ['decline', (pull: PullRequestRecord, first: string) => review.say(first, pull, '/parasol decline too-busy')],
    ['reroll', (pull: PullRequestRecord) => review.say('kim', pull, '/parasol reroll')],
  ])('a %s unassigns whom the App assigned, and assigns who is asked instead', async (_, act) => {
    await start(ASSIGNING);
    const pull = await review.open();
    const first = review.only(pull);
    expect([...pull.assignees]).toEqual([first]);
    await act(pull, first);
    expect(review.only(pull)).not.toBe(first);
    expect([...pull.assignees]).toEqual([review.only(pull)]);
    expect(review.app.log).toEqual([]);
  });

  test('whom a person takes off is unassigned, and nobody whom a person assigned', async () => {
    await start(ASSIGNING);
    const pull = await review.open();
    const first = review.only(pull);
    await review.remove(pull, first);
    expect([...pull.assignees]).toEqual([]);
    const own = await review.open();
    const chosen = review.only(own);
    unassign(review.app.world, 'kim', { item: at(own), assignees: [chosen] });
    assign(review.app.world, 'kim', { item: at(own), assignees: [chosen] });
    await review.say(chosen, own, '/parasol decline not-mine');
    expect([...own.assignees].toSorted()).toEqual([chosen, review.only(own)].toSorted());
  });

  test('whom another bot took off is not asked again, and somebody else is', async () => {
    await start(config('mode: assign', '[noor, lena]'));
    const pull = await review.open();
    const first = review.only(pull);
    await review.pass(2);
    await review.remove(pull, first, 'gatekeeper[bot]');
    expect(review.only(pull)).toBe(first === 'noor' ? 'lena' : 'noor');
    const { candidates } = await review.explain(pull);
    expect(candidates.find(({ login }) => login === first)?.text).toBe('was taken off by a bot');
  });
});
