import { afterEach, expect, test } from 'vitest';
import { describeOnBothStores } from '../../store/on-both-stores.ts';
import { type ReviewApp, startReviewApp } from './review-app.ts';

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
