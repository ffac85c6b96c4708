import { expect, test } from 'vitest';
import { READINESS_MARKER } from '../../../src/core/marker.ts';
import { setVisibility } from '../../../src/sandbox/actions/change-repository.ts';
import { createComment, deleteComment } from '../../../src/sandbox/actions/comment.ts';
import { addSubIssue } from '../../../src/sandbox/actions/link-sub-issue.ts';
import { openIssue } from '../../../src/sandbox/actions/open-issue.ts';
import { pushToDefaultBranch } from '../../../src/sandbox/actions/push-commits.ts';
import { addRepository } from '../../../src/sandbox/create-world.ts';
import { forgetAnsweredReport, loadAnsweredReports, noteAnsweredReport } from '../../../src/store/answered-reports.ts';
import { describeOnBothStores } from '../../store/on-both-stores.ts';
import { startAppWithStore } from './app-with-store.ts';
import { at, buildTestWorld, KEY, type TestApp } from './test-app.ts';

const OBSERVE = 'version: 1\nrollup: { mode: off }\nreadiness: { mode: observe }\n';
/** How often the App looks into the store, and for what others left (`store-watch`). */
const LOOK_MS = 15_000;
const ROUND_MS = 150_000;

describeOnBothStores('a report that another process answered', (store) => {
  const answer = async (built = buildTestWorld({ children: 2, config: OBSERVE }), scope = '#1'): Promise<TestApp> => {
    const { app } = await startAppWithStore(built, store());
    createComment(app.world, 'kim', { item: at(placeIn(app)), body: `/parasol readiness ${scope}` });
    await app.settle();
    await app.close();
    return app;
  };
  const placeIn = ({ children, umbrella }: TestApp) => children[0] ?? umbrella;
  const reports = (app: TestApp) =>
    app.ownComments(placeIn(app)).filter(({ body }) => body.startsWith(READINESS_MARKER));
  const headline = (app: TestApp) => reports(app).map(({ body }) => /^### (.*)$/m.exec(body)?.[1]);
  const push = (app: TestApp) => pushToDefaultBranch(app.world, 'kim', { repository: KEY, commits: ['Fix a leak'] });
  const there = (app: TestApp) => ({ ...store(), origin: new URL(app.sandbox.apiUrl).host });

  test('says that it holds no longer after a restart, when its base moved meanwhile', async () => {
    const before = await answer();
    push(before);
    const { app } = await startAppWithStore(before, store());
    await app.settle();
    expect(headline(app)).toEqual(['Expired: ✗ No-go: Completion (2)']);
    expect(await loadAnsweredReports(there(app), 10)).toMatchObject([{ isOver: true }]);
    await app.close();
  });

  test('says so after a restart when its base moves then, and is not touched before', async () => {
    const { app } = await startAppWithStore(await answer(), store());
    await app.settle();
    expect(app.sandbox.requests.writes()).toEqual([]);
    push(app);
    await app.settle();
    expect(headline(app)).toEqual(['Expired: ✗ No-go: Completion (2)']);
    await app.close();
  });

  test('says so although this process has never heard of it before', async () => {
    const before = await answer();
    const [row] = await loadAnsweredReports(there(before), 10);
    if (row === undefined) throw new Error('nothing was put down');
    await forgetAnsweredReport(there(before), row);
    const { app, clock } = await startAppWithStore(before, store());
    push(app);
    await app.settle();
    await noteAnsweredReport(there(app), { report: row, at: clock.now() });
    expect(headline(app)).toEqual(['✗ No-go: Completion (2)']);
    for (let ms = 0; ms < ROUND_MS; ms += LOOK_MS) {
      await clock.advance(LOOK_MS);
      await app.settle();
    }
    expect(headline(app)).toEqual(['Expired: ✗ No-go: Completion (2)']);
    await app.close();
  });

  test('is corrected wherever it stands when what it names turns private', async () => {
    const built = buildTestWorld({ children: 1, config: OBSERVE });
    addRepository(built.world, { owner: 'octo', name: 'vault', visibility: 'public' });
    const secret = openIssue(built.world, 'kim', { repository: 'octo/vault', title: 'Buy the rival' });
    addSubIssue(built.world, 'kim', { parent: at(built.umbrella), child: at(secret, 'octo/vault') });
    const { app } = await startAppWithStore(await answer(built), store());
    expect(reports(app)[0]?.body).toContain('Buy the rival');
    setVisibility(app.world, 'kim', { repository: 'octo/vault', visibility: 'private' });
    await app.settle();
    expect(reports(app).map(({ body }) => [body.includes('1 private item'), /rival|vault/.test(body)])).toEqual([
      [true, false],
    ]);
    await app.close();
  });

  test('that somebody deleted is over, and stays away', async () => {
    const before = await answer();
    deleteComment(before.world, 'kim', { comment: reports(before)[0]?.id ?? 0 });
    const { app } = await startAppWithStore(before, store());
    await app.settle();
    expect({ writes: app.sandbox.requests.writes(), log: app.log }).toEqual({ writes: [], log: [] });
    expect(await loadAnsweredReports(there(app), 10)).toMatchObject([{ isOver: true }]);
    await app.close();
  });
});
