import { expect, it } from 'vitest';
import { loadOpenPullRequests } from '../../src/github/load-open-pull-requests.ts';
import { loadTouchedFiles } from '../../src/github/load-touched-files.ts';
import { closePullRequest } from '../../src/sandbox/actions/edit-pull-request.ts';
import { ALL_PERMISSIONS, addAppToken, addPull, connect, harbor, umbrellaWorld } from './umbrella-world.ts';

const REPOSITORY = { owner: 'octo', repo: 'harbor' };

it('open pull requests are told with what their integration depends on, the oldest first, 50 a call', async () => {
  const world = umbrellaWorld(0);
  for (let n = 2; n <= 53; n += 1) addPull(world, { title: `Gate ${n}`, branch: `gate-${n}` });
  closePullRequest(world, 'kim', { item: harbor(2) });
  const { sandbox, client } = await connect(world);
  const pages: number[] = [];
  const read = await loadOpenPullRequests(client, REPOSITORY, (count) => pages.push(count));
  const head = world.repositories.get('octo/harbor')?.pullRequests.get(3);
  expect(read).toHaveLength(51);
  expect(pages).toEqual([50, 51]);
  expect(sandbox.requests.entries).toHaveLength(2);
  expect(read[0]).toEqual({
    ref: { ...REPOSITORY, number: 3 },
    nodeId: head?.nodeId,
    title: 'Gate 3',
    url: `${sandbox.url}/octo/harbor/pull/3`,
    headSha: head?.headSha,
    base: 'main',
    isDefaultBase: true,
    branch: 'gate-3',
    author: 'ravi',
    isBot: false,
    isDraft: false,
    openedAt: head?.createdAt,
    updatedAt: head?.updatedAt,
    labels: [],
    additions: 0,
    deletions: 0,
    changedFiles: 0,
    commits: { known: true, value: [head?.headSha] },
  });
});

it('a repository that nobody may see fails and is not empty', async () => {
  const { client } = await connect(umbrellaWorld(0));
  await expect(loadOpenPullRequests(client, { owner: 'octo', repo: 'hidden' })).rejects.toMatchObject({
    code: 'not_found',
  });
});

it('touched files come with their lines, moved ones with both names, and unknown lines where GitHub shows no patch', async () => {
  const world = umbrellaWorld(0);
  addPull(world, {
    title: 'Gates',
    branch: 'gates',
    files: [
      { path: 'src/gate.ts', additions: 1, deletions: 1, patch: '@@ -3,3 +3,3 @@\n a\n-b\n+c\n d' },
      { path: 'src/new.ts', previousPath: 'src/old.ts', status: 'renamed', additions: 0 },
      { path: 'logo.png', additions: 0 },
    ],
  });
  const { client } = await connect(world);
  expect(await loadTouchedFiles(client, { ...REPOSITORY, number: 2 })).toEqual({
    known: true,
    value: [
      {
        path: 'src/gate.ts',
        status: 'modified',
        hunks: [{ oldStart: 4, oldLines: 1, newStart: 4, newLines: 1, digest: expect.any(String) }],
      },
      { path: 'src/new.ts', oldPath: 'src/old.ts', status: 'renamed', hunks: [] },
      { path: 'logo.png', status: 'modified', hunks: null },
    ],
  });
});

it('more than 100 files take a request for each hundred', async () => {
  const world = umbrellaWorld(0);
  const files = Array.from({ length: 101 }, (_, n) => ({ path: `src/${n}.ts` }));
  addPull(world, { title: 'Wide', branch: 'wide', files });
  const { sandbox, client } = await connect(world);
  const read = await loadTouchedFiles(client, { ...REPOSITORY, number: 2 });
  expect(read.known ? read.value.map(({ path }) => path) : []).toEqual(files.map(({ path }) => path));
  expect(sandbox.requests.entries).toHaveLength(2);
});

it('files that may not be read are unknown, with the permission that would help', async () => {
  const world = umbrellaWorld(0);
  addPull(world, { title: 'Gates', branch: 'gates', files: [{ path: 'src/gate.ts' }] });
  const { pull_requests, ...others } = ALL_PERMISSIONS;
  addAppToken(world, 'app-token', others);
  const { client } = await connect(world, { token: 'app-token' });
  expect(pull_requests).toBe('read');
  expect(await loadTouchedFiles(client, { ...REPOSITORY, number: 2 })).toEqual({
    known: false,
    gap: { cause: 'forbidden', what: 'files of octo/harbor#2', permission: 'pull_requests: read' },
  });
});
