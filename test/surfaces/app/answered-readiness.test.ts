import { afterEach, describe, expect, test } from 'vitest';
import { READINESS_MARKER } from '../../../src/core/marker.ts';
import { setVisibility } from '../../../src/sandbox/actions/change-repository.ts';
import { createComment, deleteComment } from '../../../src/sandbox/actions/comment.ts';
import { addSubIssue } from '../../../src/sandbox/actions/link-sub-issue.ts';
import { openIssue } from '../../../src/sandbox/actions/open-issue.ts';
import { pushCommits, pushToDefaultBranch } from '../../../src/sandbox/actions/push-commits.ts';
import { advanceClock } from '../../../src/sandbox/clock.ts';
import { addRepository } from '../../../src/sandbox/create-world.ts';
import { createManualClock } from './manual-clock.ts';
import { at, buildTestWorld, KEY, startTestApp, type TestApp } from './test-app.ts';

const OBSERVE = 'version: 1\nrollup: { mode: off }\nreadiness: { mode: observe }\n';

let app: TestApp;
afterEach(() => app.close());

const clock = createManualClock();
const start = async (config: string | null = OBSERVE) => {
  app = await startTestApp(buildTestWorld({ children: 2, config }), { clock });
};
const ask = async (scope = '') => {
  createComment(app.world, 'kim', { item: at(app.umbrella), body: `/parasol readiness ${scope}` });
  await app.settle();
  app.sandbox.requests.reset();
};
const reports = () =>
  app.ownComments().flatMap(({ body, id }) => (body.startsWith(READINESS_MARKER) ? [{ id, body }] : []));
const headlines = () => reports().map(({ body }) => /^### (.*)$/m.exec(body)?.[1]);
const pushToMain = async () => {
  pushToDefaultBranch(app.world, 'kim', { repository: KEY, commits: ['Fix a leak'] });
  await app.settle();
};
const later = async (hours: number) => {
  advanceClock(app.world, hours * 3_600);
  await clock.advance(60_000);
  await app.settle();
};
const headOfMain = () => (app.repository.branches.get('main') ?? '').slice(0, 7);

describe('a report that somebody asked for once', () => {
  test.each([
    ['on its umbrella', ''],
    ['of another scope', 'label:beacon'],
  ])('%s says that it holds no longer once its base moves, and what it told', async (_title, scope) => {
    await start();
    await ask(scope);
    const [[headline], before] = [headlines(), headOfMain()];
    await pushToMain();
    expect(headlines()).toEqual([`Expired: ${headline}`]);
    expect(reports()[0]?.body).toContain(`<code>main</code> moved from ${before} to ${headOfMain()}`);
    expect(app.sandbox.requests.entries.map(({ operation }) => operation)).not.toContain('BaseRuns');
    expect(app.log).toEqual([]);
  });

  test('says so when its time is up, and not before', async () => {
    await start();
    await ask();
    await later(23);
    expect(headlines()).toEqual(['✗ No-go: Completion (2)']);
    await later(1);
    expect(headlines()).toEqual(['Expired: ✗ No-go: Completion (2)']);
    expect(reports()[0]?.body).toContain('its time is up');
  });

  test('is written once more, whatever comes after', async () => {
    await start();
    await ask();
    for (const _ of [1, 2]) await pushToMain();
    await later(30);
    expect(app.sandbox.requests.writes().map(({ operation }) => operation)).toEqual(['issues/update-comment']);
  });

  test('is made anew by the command, and ends anew', async () => {
    await start();
    await ask();
    await pushToMain();
    await ask();
    expect(headlines()).toEqual(['✗ No-go: Completion (2)']);
    expect(reports()[0]?.body).toContain(`main at ${headOfMain()}; holds until`);
    await pushToMain();
    expect(headlines()).toEqual(['Expired: ✗ No-go: Completion (2)']);
  });

  test('is left alone by pushes to other branches, and where it is no more', async () => {
    await start();
    await ask();
    pushCommits(app.world, 'kim', { repository: KEY, branch: 'aside', commits: ['Try'] });
    await app.settle();
    expect(app.sandbox.requests.writes()).toEqual([]);
    deleteComment(app.world, 'kim', { comment: reports()[0]?.id ?? 0 });
    await pushToMain();
    expect(app.sandbox.requests.writes()).toEqual([]);
    expect(app.log).toEqual([]);
  });

  test('is still corrected when what it names turns private', async () => {
    const built = buildTestWorld({ children: 1, config: OBSERVE });
    addRepository(built.world, { owner: 'octo', name: 'vault', visibility: 'public' });
    const secret = openIssue(built.world, 'kim', { repository: 'octo/vault', title: 'Buy the rival' });
    addSubIssue(built.world, 'kim', { parent: at(built.umbrella), child: at(secret, 'octo/vault') });
    app = await startTestApp(built, { clock });
    await ask();
    await pushToMain();
    expect(reports()[0]?.body).toContain('Buy the rival');
    setVisibility(app.world, 'kim', { repository: 'octo/vault', visibility: 'private' });
    await app.settle();
    expect(reports().map(({ body }) => /rival|vault/.test(body))).toEqual([false]);
  });
});
