import { afterEach, expect, test } from 'vitest';
import { openPullRequest } from '../../../src/sandbox/actions/open-pull-request.ts';
import { putFile } from '../../../src/sandbox/actions/push-commits.ts';
import { addAccount, addCollaborator, addRepository } from '../../../src/sandbox/create-world.ts';
import { describeOnBothStores } from '../../store/on-both-stores.ts';
import { startAppWithStore } from './app-with-store.ts';
import { createManualClock } from './manual-clock.ts';
import { buildTestWorld, KEY, startTestApp, type TestApp, type TestWorld } from './test-app.ts';

const CONFIG = '.github/parasol.yml';
const config = (mode: string) => `reviewers: { mode: ${mode}, capacity: 2, pool: [noor, lena] }\n`;

/** Three pull requests that were opened before anybody listened. */
const buildBacklog = (mode: string | null): TestWorld => {
  const built = buildTestWorld({ config: mode === null ? null : config(mode), children: 0 });
  for (const login of ['noor', 'lena']) {
    addAccount(built.world, { login });
    addCollaborator(built.world, built.repository, login, 'write');
  }
  for (const number of [1, 2, 3])
    openPullRequest(built.world, 'kim', { repository: KEY, title: `Work ${number}`, branch: `work-${number}` });
  openPullRequest(built.world, 'kim', { repository: KEY, title: 'Draft', branch: 'draft', draft: true });
  return built;
};
const asked = ({ repository }: TestWorld) =>
  [...repository.pullRequests.values()].map(({ reviewRequests }) => reviewRequests.map(({ login }) => login));
const suggested = ({ repository }: TestWorld) =>
  [...repository.pullRequests.values()].map(({ comments }) =>
    comments.map(({ body }) => body.includes('Suggested reviewer')),
  );
const each = (count: number) => [...Array.from({ length: count }, () => [expect.stringMatching(/noor|lena/)]), []];
const operations = ({ sandbox }: TestApp) => sandbox.requests.entries.map(({ operation }) => operation ?? '');

describeOnBothStores('pull requests from before', (store) => {
  let app: TestApp;
  afterEach(() => app.close());

  test('are given reviewers when the App starts', async () => {
    const built = buildBacklog('assign');
    ({ app } = await startAppWithStore(built, store()));
    expect([asked(built), app.log]).toEqual([each(3), []]);
  });

  test('are given reviewers by one look when a push asks for it, and not by any other push', async () => {
    const built = buildBacklog('observe');
    ({ app } = await startAppWithStore(built, store()));
    putFile(built.world, 'kim', { repository: KEY, path: 'notes.md', text: 'assign\n' });
    await app.settle();
    expect(asked(built).flat()).toEqual([]);
    app.sandbox.requests.reset();
    putFile(built.world, 'kim', { repository: KEY, path: CONFIG, text: config('assign') });
    await app.settle();
    expect(asked(built)).toEqual(each(3));
    expect(operations(app).filter((name) => name === 'PastReviews')).toHaveLength(1);
  });

  test("are given reviewers when the owner's configuration asks for it", async () => {
    const built = buildBacklog(null);
    addRepository(built.world, { owner: 'octo', name: '.github', files: { 'README.md': 'Octo\n' } });
    ({ app } = await startAppWithStore(built, store()));
    putFile(built.world, 'kim', { repository: 'octo/.github', path: CONFIG, text: config('assign') });
    await app.settle();
    expect(asked(built)).toEqual(each(3));
  });

  test('are named whom to ask where the mode is to suggest', async () => {
    const built = buildBacklog('observe');
    ({ app } = await startAppWithStore(built, store()));
    putFile(built.world, 'kim', { repository: KEY, path: CONFIG, text: config('suggest') });
    await app.settle();
    expect([suggested(built), asked(built).flat()]).toEqual([[[true], [true], [true], []], []]);
  });

  test('are looked at now and then when no event told of them', async () => {
    const built = buildBacklog('assign');
    built.repository.pullRequests.clear();
    const clock = createManualClock();
    ({ app } = await startAppWithStore(built, store(), clock));
    built.app.webhookUrl = null;
    openPullRequest(built.world, 'kim', { repository: KEY, title: 'Quiet work', branch: 'quiet' });
    for (let looks = 0; looks < 480 && asked(built).flat().length === 0; looks += 1) {
      await clock.advance(15_000);
      await app.server.idle();
    }
    expect(asked(built)).toEqual([[expect.stringMatching(/noor|lena/)]]);
  });
});

test('pull requests from before are named whom to ask without a store, too', async () => {
  const built = buildBacklog('assign');
  const app = await startTestApp(built);
  expect([suggested(built), asked(built).flat()]).toEqual([[[true], [true], [true], []], []]);
  await app.close();
});
