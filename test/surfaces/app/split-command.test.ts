import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { closeIssue } from '../../../src/sandbox/actions/close-issue.ts';
import { createComment, editComment } from '../../../src/sandbox/actions/comment.ts';
import { addCollaborator } from '../../../src/sandbox/create-world.ts';
import type { CommentRecord } from '../../../src/sandbox/world.ts';
import { listAskedPlans } from '../../../src/store/asked-plans.ts';
import { takeLease } from '../../../src/store/plan-lease.ts';
import { describeOnBothStores } from '../../store/on-both-stores.ts';
import { startAppWithStore } from './app-with-store.ts';
import { createManualClock } from './manual-clock.ts';
import { at, buildTestWorld, type TestApp, type TestWorld } from './test-app.ts';

const CONFIG = [
  'lanes:',
  '  api: { tasks: [{ key: schema, title: Draw it }, { key: serve, title: Serve it, after: [schema] }] }',
  '  docs: { title: Tell of it }',
].join('\n');

describeOnBothStores('/parasol split in the App', (store) => {
  let built: TestWorld;
  let app: TestApp;
  let clock: ReturnType<typeof createManualClock>;

  const start = async (time?: string) => {
    ({ app, clock } = await startAppWithStore(built, store(), createManualClock(time)));
  };
  beforeEach(async () => {
    built = buildTestWorld({ config: CONFIG });
    await start();
  });
  afterEach(() => app.close());

  const ask = (body = '/parasol split api docs'): CommentRecord =>
    createComment(app.world, 'kim', { item: at(app.umbrella), body });
  const faces = (comment: CommentRecord) => comment.reactions.map(({ content }) => content);
  const replies = () =>
    app
      .ownComments()
      .filter(({ body }) => body.startsWith('<!-- parasol:reply'))
      .map(({ body }) => body.replaceAll(/<!--.*?-->/g, '').trim());
  const rollup = () => app.ownComments().find(({ body }) => body.startsWith('<!-- parasol:rollup'))?.body ?? '';
  const made = () => [...app.repository.issues.values()].slice(4).map(({ title }) => title);
  const there = () => ({ ...store(), origin: new URL(app.sandbox.apiUrl).host });
  const plans = () => listAskedPlans(there(), '2026-03-01T00:00:00Z');
  const redeliver = async () => {
    for (const { id, event } of [...app.sender.log]) if (event === 'issue_comment') await app.sender.redeliver(id);
    await app.settle();
  };
  const DONE = { made: ['Draw it', 'Serve it', 'Tell of it'], replies: ['Created #5, #6, #7 under lanes api, docs.'] };
  const now = () => ({ made: made(), replies: replies() });

  test('makes the tasks, answers once, and brings the rollup up to date', async () => {
    const comment = ask();
    await app.settle();
    expect({ ...now(), faces: faces(comment) }).toEqual({ ...DONE, faces: ['+1'] });
    expect(rollup()).toContain('Serve it');
    expect((await plans()).map(({ plan, isAnswered }) => [plan.asked?.commentId, isAnswered])).toEqual([
      [comment.id, true],
    ]);
    expect(app.log).toEqual([]);
  });

  test('makes nothing twice and says the same, redelivered to the same App and to one that started since', async () => {
    ask();
    await app.settle();
    await redeliver();
    expect(now()).toEqual(DONE);
    await app.close();
    await start();
    editComment(app.world, 'kim', { comment: lastCommand().id, body: 'never mind' });
    editComment(app.world, 'kim', { comment: lastCommand().id, body: '/parasol split api docs' });
    await app.settle();
    expect(now()).toEqual(DONE);
  });
  const lastCommand = (): CommentRecord => {
    const comment = app.umbrella.comments.find(({ author }) => author === 'kim');
    if (comment === undefined) throw new Error('kim said nothing');
    return comment;
  };

  test('waits for its pace without holding up other webhooks', async () => {
    await fillThePace();
    ask();
    await untilPaced();
    const refreshed = new Promise((resolve) => app.server.onRefresh(resolve));
    closeIssue(app.world, 'kim', { item: at(app.children[0] ?? app.umbrella) });
    await refreshed;
    expect({ ...now(), hasRollup: rollup().includes('1 of 3') }).toEqual({ made: [], replies: [], hasRollup: true });
    await clock.advance(65_000);
    await app.settle();
    expect(now()).toEqual(DONE);
  });

  test('is gone on with by the next App when this one ends in the middle', async () => {
    await fillThePace();
    ask();
    await untilPaced();
    await app.close();
    expect(now()).toEqual({ made: [], replies: [] });
    for (const minute of ['02', '04']) {
      await start(`2026-03-02T09:${minute}:00.000Z`);
      expect(now()).toEqual(DONE);
      await app.close();
    }
  });

  test('is taken up later where another process holds the plan', async () => {
    await fillThePace();
    ask();
    await untilPaced();
    await app.close();
    const lease = await takeLease(store(), (await plans())[0]?.plan.id ?? '');
    await start();
    await clock.advance(65_000);
    await app.settle();
    expect(now()).toEqual({ made: [], replies: [] });
    await lease.release();
    for (let look = 0; look < 10; look += 1) {
      await clock.advance(15_000);
      await app.settle();
    }
    expect(now()).toEqual(DONE);
  });

  test('is not gone on with for somebody who may not split any more', async () => {
    await fillThePace();
    ask();
    await untilPaced();
    await app.close();
    addCollaborator(app.world, app.repository, 'kim', 'read');
    await start();
    expect({ ...now(), isAnswered: (await plans())[0]?.isAnswered }).toEqual({
      made: [],
      replies: [],
      isAnswered: true,
    });
  });

  /** As many writes in this minute as GitHub takes. */
  async function fillThePace(): Promise<void> {
    const at = clock.now();
    await store()
      .db.insertInto('writes')
      .values(Array.from({ length: 80 }, () => ({ at })))
      .execute();
  }
  const untilPaced = () => vi.waitFor(() => expect(clock.left().some((ms) => ms > 15_000)).toBe(true), 20_000);
});
