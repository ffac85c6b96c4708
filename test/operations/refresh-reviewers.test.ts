import { setTimeout as pause } from 'node:timers/promises';
import { afterEach, expect, test } from 'vitest';
import type { Ref } from '../../src/core/task/identity.ts';
import { connectWithToken } from '../../src/github/connect-with-token.ts';
import type { OperationContext } from '../../src/operations/operation.ts';
import { refreshReviewers } from '../../src/operations/refresh-reviewers.ts';
import { addUserToken } from '../../src/sandbox/create-world.ts';
import { loadWorldFile } from '../../src/sandbox/load-world/load-world-file.ts';
import { type Sandbox, startSandbox } from '../../src/sandbox/start-sandbox.ts';
import type { World } from '../../src/sandbox/world.ts';
import { assignUnderCap } from '../../src/store/reviewers/assign-review.ts';
import { loadReviewQueue } from '../../src/store/reviewers/review-queue.ts';
import { describeOnBothStores } from '../store/on-both-stores.ts';

/** A Tuesday noon: noor works now, lena in two hours, tomas in four. */
const NOW = '2026-03-10T12:00:00Z';
const HOURS = { noor: '09-17', lena: '14-18', tomas: '16-20' };
const ELSEWHERE = { owner: 'octo', repo: 'quay', number: 1 };
const HARBOR = { owner: 'octo', repo: 'harbor' };

interface Pull {
  readonly by: string;
  readonly paths?: readonly string[];
}

const worldOf = (reviewers: string, pulls: readonly Pull[]): World => {
  const people = Object.entries(HOURS).map(([login, hours]) => `${login}: { hours: "Mon-Fri ${hours} UTC" }`);
  const config = `reviewers: { ${reviewers}, people: { ${people.join(', ')} } }`;
  const text = `now: ${NOW}
owners: { octo: Octo }
users: { kim: Kim, noor: Noor, lena: Lena, tomas: Tomas }
repositories:
  octo/harbor:
    collaborators: { kim: admin, noor: write, lena: write, tomas: write }
    files:
      .github/parasol.yml: '${config}'
      .github/CODEOWNERS: "/api/ @noor\\n/db/ @lena\\n/web/ @tomas\\n"
    pull_requests:
${pulls
  .map(({ by, paths = ['docs/a.md'] }, place) => {
    const files = paths.map((path) => `{ path: ${path}, additions: 9 }`).join(', ');
    return `      - { number: ${place + 1}, title: Work, by: ${by}, opened: -${20 - place}h, branch: work-${place}, files: [${files}] }`;
  })
  .join('\n')}
`;
  return loadWorldFile({ path: 'w.yml', text, now: null });
};

describeOnBothStores('a backlog of reviews', (store) => {
  let sandbox: Sandbox;
  let world: World;
  afterEach(() => sandbox.close());

  const start = async (reviewers: string, pulls: readonly Pull[]) => {
    world = worldOf(reviewers, pulls);
    addUserToken(world, { token: 'kims-token', login: 'kim' });
    sandbox = await startSandbox({ world });
  };
  const contextOf = (): OperationContext => ({
    github: connectWithToken({ token: 'kims-token', apiUrl: sandbox.apiUrl, pace: 'sandbox' }),
    now: () => NOW,
    isTimeGiven: true,
    defaultRepository: HARBOR,
    store: async () => store(),
    isStoreOpen: () => true,
  });
  const pulls = () => [...(world.repositories.get('octo/harbor')?.pullRequests.values() ?? [])];
  const refresh = () => refreshReviewers(contextOf(), HARBOR, { numbers: new Set(), isAtAll: true });
  const asked = () => pulls().map(({ reviewRequests }) => reviewRequests.map(({ login }) => login).sort());
  const there = () => ({ ...store(), origin: new URL(sandbox.apiUrl).host });
  const queued = async () => (await loadReviewQueue(there())).map(({ request }) => request.number);

  test('is given out at once, so that no request takes the only reviewer of another', async () => {
    await start('mode: assign, capacity: 1, pool: [noor, lena]', [{ by: 'kim' }, { by: 'lena' }]);
    await refresh();
    expect(asked()).toEqual([['lena'], ['noor']]);
  });

  test('is given to nobody beyond their capacity; the rest waits, and each is asked for once', async () => {
    const six = Array.from({ length: 6 }, () => ({ by: 'kim' }));
    await start('mode: assign, capacity: 2, pool: [noor, lena]', six);
    await refresh();
    const first = asked();
    expect(first.flat().sort()).toEqual(['lena', 'lena', 'noor', 'noor']);
    const waiting = pulls().flatMap(({ number, reviewRequests }) => (reviewRequests.length === 0 ? [number] : []));
    expect(await queued()).toEqual(waiting);
    await refresh();
    expect([asked(), sandbox.requests.writes().length]).toEqual([first, 4]);
  });

  test('gets several people for what nobody knows alone, and nobody else after them', async () => {
    await start('mode: assign, capacity: 5, pool: [noor, lena, tomas]', [
      { by: 'kim', paths: ['api/a.ts', 'db/b.sql'] },
      { by: 'kim', paths: ['api/a.ts'] },
      { by: 'kim', paths: ['api/a.ts', 'db/b.sql', 'web/c.tsx'] },
    ]);
    await refresh();
    expect(asked()).toEqual([['lena', 'noor'], ['noor'], ['lena', 'noor', 'tomas']]);
    await refresh();
    expect([sandbox.requests.writes().length, await queued()]).toEqual([6, []]);
  });

  /** Another process gives a review to the first of these who has room. */
  const give = (request: Ref, ...logins: readonly string[]) =>
    assignUnderCap(there(), {
      request,
      ...{ count: 1, seenAt: NOW, repositories: new Set<string>(), now: NOW },
      candidates: logins.map((login) => ({ login, cap: 1, waiting: new Set() })),
    });

  test('counts what was given elsewhere and GitHub did not show', async () => {
    await start('mode: assign, capacity: 1, pool: [noor, lena]', [{ by: 'kim' }, { by: 'kim' }]);
    expect(await give(ELSEWHERE, 'noor')).toEqual(['noor']);
    await refresh();
    expect([asked().flat(), (await queued()).length]).toEqual([['lena'], 1]);
  });

  /** Comes back while GitHub takes its time with the first request. */
  const refreshWithPause = async () => {
    sandbox.faults.hangNext({ match: { operation: 'pulls/request-reviewers' }, ms: 1500 });
    const end = refresh();
    while (sandbox.requests.writes().length === 0) await pause(10);
    return { end };
  };

  test('finds somebody else where another process was faster with a person', async () => {
    await start('mode: assign, capacity: 1, pool: [noor, lena, tomas]', [{ by: 'kim' }, { by: 'kim' }]);
    const refreshed = await refreshWithPause();
    const [lost] = await give(ELSEWHERE, 'noor', 'lena');
    await refreshed.end;
    expect([asked(), await queued()]).toEqual([[[lost === 'noor' ? 'lena' : 'noor'], ['tomas']], []]);
  });

  test('is left alone where another process just gave it to the person that was chosen here', async () => {
    await start('mode: assign, capacity: 1, pool: [noor, lena, tomas]', [{ by: 'kim' }, { by: 'kim' }]);
    const refreshed = await refreshWithPause();
    const [given] = await give({ ...HARBOR, number: 2 }, 'noor', 'lena');
    await refreshed.end;
    expect([asked(), await queued()]).toEqual([[[given === 'noor' ? 'lena' : 'noor'], []], []]);
  });

  test('is suggested at once, too: nobody is named beyond their capacity, and who is named stays', async () => {
    await start('mode: suggest, capacity: 1, pool: [noor, lena, tomas]', [{ by: 'kim' }, { by: 'lena' }]);
    await refresh();
    const named = () =>
      pulls().map(({ comments }) => comments.map(({ body }) => /Suggested reviewers?: (.*?)\. /.exec(body)?.[1]));
    expect(named()).toEqual([['**lena**'], ['**noor**']]);
    await refresh();
    expect([named(), sandbox.requests.writes().length]).toEqual([[['**lena**'], ['**noor**']], 2]);
  });
});
