import { afterEach, expect, test } from 'vitest';
import { putFile } from '../../../src/sandbox/actions/push-commits.ts';
import { startAppServer } from '../../../src/surfaces/app/start-app-server.ts';
import { describeOnBothStores } from '../../store/on-both-stores.ts';
import { type ReviewApp, startReviewApp } from './review-app.ts';
import { KEY, settingsOf } from './test-app.ts';

const config = (more: string, people = '[noor, lena]') => `reviewers: { pool: ${people}, ${more} }\n`;

describeOnBothStores('where reviewers were named or asked, and are no more', (store) => {
  let review: ReviewApp;
  afterEach(() => review.app.close());

  const start = async (text: string) => {
    review = await startReviewApp(text, store());
  };
  const push = (text: string | null) =>
    putFile(review.app.world, 'kim', { repository: KEY, path: '.github/parasol.yml', text });

  test.each([
    ['observe', config('mode: observe')],
    ['off', config('mode: off')],
    ['what holds without a configuration', null],
  ])('a suggestion goes once the mode is %s, and nothing more is read', async (_, text) => {
    await start(config('mode: suggest'));
    const pull = await review.open();
    expect(review.told(pull)).toEqual([expect.stringContaining('Suggested reviewer')]);
    push(text);
    await review.app.settle();
    expect([review.told(pull), review.app.log]).toEqual([[], []]);
    const { entries } = review.app.sandbox.requests;
    const before = entries.length;
    push(text === null ? 'version: 1\n' : `${text}# again\n`);
    await review.app.settle();
    expect(entries.slice(before).filter(({ operation }) => /PullRequests/.test(operation ?? ''))).toEqual([]);
  });

  test('that nobody was found goes, too, and who was asked stays asked', async () => {
    await start(config('mode: assign', '[noor]'));
    const pulls = [await review.open(), await review.open()] as const;
    await review.say('noor', pulls[1], '/parasol decline conflict');
    expect(review.told(pulls[1])).toEqual([expect.stringContaining('No reviewer was found')]);
    push(config('mode: observe', '[noor]'));
    await review.app.settle();
    expect([review.told(pulls[1]), review.asked(pulls[0])]).toEqual([[], ['noor']]);
  });

  test('a reroll takes nobody off, because nobody else would be looked for', async () => {
    await start(config('mode: assign'));
    const pull = await review.open();
    const first = review.only(pull);
    push(config('mode: observe'));
    await review.app.settle();
    expect(await review.say('kim', pull, '/parasol reroll')).toEqual(['confused']);
    expect(review.asked(pull)).toEqual([first]);
    expect(review.told(pull)).toEqual([expect.stringContaining('Parasol looks for no reviewers here')]);
  });

  test('a suggestion stays as long as nobody can read what is wanted', async () => {
    await start(config('mode: suggest'));
    const pull = await review.open();
    push('reviewers: { mode: [');
    await review.app.settle();
    expect(review.told(pull)).toEqual([expect.stringContaining('Suggested reviewer')]);
  });

  test('a suggestion goes also where the mode changed while no App ran', async () => {
    await start(config('mode: suggest'));
    const pull = await review.open();
    const { app } = review;
    await app.server.close();
    push(config('mode: off'));
    const later = await startAppServer({
      ...{ ...settingsOf(app.app, app.sandbox, app.log), now: () => app.world.now() },
      store: { store: async () => store(), isStoreOpen: () => true },
    });
    await later.idle();
    expect(review.told(pull)).toEqual([]);
    await later.close();
  });
});
