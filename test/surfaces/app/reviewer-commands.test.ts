import { afterEach, beforeEach, expect, test } from 'vitest';
import { createComment } from '../../../src/sandbox/actions/comment.ts';
import { openPullRequest } from '../../../src/sandbox/actions/open-pull-request.ts';
import { addAccount } from '../../../src/sandbox/create-world.ts';
import type { PullRequestRecord } from '../../../src/sandbox/world.ts';
import { loadAbsences } from '../../../src/store/reviewers/absences.ts';
import { loadCapacities } from '../../../src/store/reviewers/capacities.ts';
import { describeOnBothStores } from '../../store/on-both-stores.ts';
import { startAppWithStore } from './app-with-store.ts';
import { at, buildTestWorld, KEY, type TestApp } from './test-app.ts';

const NOW = '2026-03-02T09:00:00Z';
const HOLIDAY = { from: '2026-12-20T00:00:00Z', until: '2027-01-04T00:00:00Z', level: 'off' };

describeOnBothStores('what reviewers say of themselves in comments', (store) => {
  let app: TestApp;
  let pull: PullRequestRecord;

  beforeEach(async () => {
    const built = buildTestWorld({ config: null });
    addAccount(built.world, { login: 'tomas' });
    pull = openPullRequest(built.world, 'kim', { repository: KEY, title: 'Work', branch: 'work', reviewers: ['ravi'] });
    ({ app } = await startAppWithStore(built, store()));
  });
  afterEach(() => app.close());

  /** What became of it: faces, replies, and what is kept. */
  const say = async (by: string, body: string, on: { readonly number: number } = pull) => {
    const comment = createComment(app.world, by, { item: at(on), body });
    await app.settle();
    const there = { ...store(), origin: new URL(app.sandbox.apiUrl).host };
    return {
      faces: comment.reactions.map(({ content }) => content),
      replies: [...app.umbrella.comments, ...pull.comments]
        .filter(({ author }) => author === 'parasol[bot]')
        .map(({ body }) => body.replaceAll(/<!--.*?-->/g, '').trim()),
      away: Object.fromEntries(await loadAbsences(there, [by], NOW)),
      capacity: Object.fromEntries(await loadCapacities(there, [by])),
    };
  };
  const NOTHING = { replies: [], away: {}, capacity: {} };

  test('is kept, and answered by a face alone', async () => {
    expect(await say('kim', '/parasol away 2026-12-20..2027-01-03')).toEqual({
      ...{ ...NOTHING, faces: ['+1'] },
      away: { kim: [HOLIDAY] },
    });
    expect(await say('kim', '/parasol away 2026-12-20..2027-01-03 finish-only')).toMatchObject({
      ...{ faces: ['+1'], replies: [] },
      away: { kim: [{ ...HOLIDAY, level: 'finish_only' }] },
    });
    expect(await say('kim', '/parasol away back', app.umbrella)).toEqual({ ...NOTHING, faces: ['+1'] });
    expect(await say('kim', '/parasol capacity 4')).toEqual({ ...NOTHING, faces: ['+1'], capacity: { kim: 4 } });
    expect(await say('kim', '/parasol capacity default')).toEqual({ ...NOTHING, faces: ['+1'] });
    expect(app.log).toEqual([]);
  });

  test.each([
    ['/parasol away 2026-12-20..2026-12-04', 'Nothing is kept: it ends before it begins. It takes two days such as'],
    ['/parasol away 2026-12-20 lisbon', 'Nothing is kept: it takes two days such as'],
    ['/parasol away on 2026-12-20..2026-12-24 please', 'Nothing is kept: it takes two days such as'],
    ['/parasol capacity lots', 'Nothing is kept: `/parasol capacity` takes a number from 0 to 99'],
  ])('%s is answered in words that repeat nothing of it, here and in the log', async (words, answer) => {
    const { replies, ...rest } = await say('kim', words);
    expect(rest).toEqual({ faces: ['confused'], away: {}, capacity: {} });
    expect(replies).toEqual([expect.stringContaining(answer)]);
    expect(replies.join()).not.toMatch(/2026-12-04|lisbon|please|lots/);
    expect(app.log).toEqual([]);
  });

  test('is taken from who is asked for the review, and from no stranger', async () => {
    expect(await say('ravi', '/parasol away 2026-12-20..2027-01-03')).toMatchObject({
      ...{ faces: ['+1'], replies: [] },
      away: { ravi: [HOLIDAY] },
    });
    expect(await say('ravi', '/parasol away back', app.umbrella)).toMatchObject({
      faces: ['-1'],
      away: { ravi: [HOLIDAY] },
    });
    expect(await say('tomas', '/parasol away 2026-12-20..2027-01-03')).toEqual({ ...NOTHING, faces: ['-1'] });
    expect(await say('ravi', '/parasol rollup\n/parasol capacity 3')).toMatchObject({
      ...{ faces: ['-1'], replies: [] },
      capacity: { ravi: 3 },
    });
  });
});
