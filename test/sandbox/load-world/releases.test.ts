import { expect, test } from 'vitest';
import { loadWorldFile } from '../../../src/sandbox/load-world/load-world-file.ts';
import { startSandbox } from '../../../src/sandbox/start-sandbox.ts';
import { dataOf } from '../graphql/ask.ts';
import { send } from '../http/small-world.ts';

const FILE = `now: 2026-03-10T00:00:00Z
owners: { octo: Octo }
users: { kim: Kim, ravi: Ravi }
tokens: { kim-token: kim }
repositories:
  octo/home:
    created: -30d
    collaborators: { kim: admin, ravi: write }
    branches: [release/1]
    tags: { v1.0.0: -20d, v1.0.1: { at: -2d, branch: release/1 } }
    releases:
      - { tag: v1.0.0, at: -20d, name: One }
      - { tag: v1.1.0-rc, at: -3d, prerelease: true, by: ravi }
      - { tag: v1.1.0, at: -1d, draft: true }
    pull_requests:
      - { title: First, by: ravi, opened: -25d, branch: first, merged: { at: -20d, by: kim } }
      - { title: Second, by: ravi, opened: -15d, branch: second, merged: { at: -10d, by: kim } }
`;

const load = (text = FILE) => loadWorldFile({ path: 'w.yml', text, now: null });
function loaded() {
  const world = load();
  const home = world.repositories.get('octo/home');
  if (home === undefined) throw new Error('no repository');
  const merges = [...home.pullRequests.values()].map(({ mergeCommitSha }) => mergeCommitSha ?? '');
  return { world, home, merges, root: home.branches.get('release/1') ?? '' };
}

test('a tag marks what its branch had when everything of that moment had happened', () => {
  const { home, merges, root } = loaded();
  expect(home.tags).toEqual(
    new Map([
      ['v1.0.0', merges[0]],
      ['v1.1.0-rc', merges[1]],
      ['v1.0.1', root],
    ]),
  );
});

test('REST tells the latest release, all of them and the tags, drafts only to those who may write', async () => {
  const { world, merges, root } = loaded();
  const sandbox = await startSandbox({ world });
  const ask = async (path: string, token?: string) => {
    const { status, body } = await send(sandbox, `/repos/octo/home${path}`, token === undefined ? {} : { token });
    const short = ({ tag_name, draft, name, ref, object }: Record<string, unknown>) =>
      tag_name === undefined ? [ref ?? name, object].filter((part) => part !== undefined) : [tag_name, draft];
    return [status, Array.isArray(body) ? body.map(short) : short(Object(body))];
  };
  expect(await ask('/releases/latest')).toEqual([200, ['v1.0.0', false]]);
  expect(await ask('/releases/tags/v1.1.0')).toEqual([404, []]);
  const shown = [
    ['v1.1.0-rc', false],
    ['v1.0.0', false],
  ];
  expect(await ask('/releases')).toEqual([200, shown]);
  expect(await ask('/releases', 'kim-token')).toEqual([200, [['v1.1.0', true], ...shown]]);
  expect(await ask('/tags')).toEqual([200, [['v1.1.0-rc'], ['v1.0.1'], ['v1.0.0']]]);
  const object = (sha: string | undefined) => expect.objectContaining({ type: 'commit', sha });
  expect(await ask('/git/ref/tags/v1.0.0')).toEqual([200, ['refs/tags/v1.0.0', object(merges[0])]]);
  expect(await ask('/git/matching-refs/tags/v1.0')).toEqual([
    200,
    [
      ['refs/tags/v1.0.0', object(merges[0])],
      ['refs/tags/v1.0.1', object(root)],
    ],
  ]);
  expect((await send(sandbox, '/repos/octo/home/commits/v1.0.0')).body).toMatchObject({ sha: merges[0] });
  await sandbox.close();
});

test('GraphQL tells releases with their commits, and tags as refs', () => {
  const { world, merges } = loaded();
  const target = 'target { oid }';
  expect(
    dataOf(
      world,
      `{ repository(owner: "octo", name: "home") {
        latestRelease { tagName tagCommit { oid } publishedAt isLatest }
        releases(first: 5, orderBy: { field: CREATED_AT, direction: DESC }) { nodes { tagName isPrerelease isDraft tag { name ${target} } } }
        refs(refPrefix: "refs/tags/", first: 2, orderBy: { field: TAG_COMMIT_DATE, direction: DESC }) { nodes { name prefix ${target} } }
        ref(qualifiedName: "refs/tags/v1.0.0") { ${target} }
        object(expression: "v1.0.0") { oid }
      } }`,
    ),
  ).toEqual({
    repository: {
      latestRelease: {
        tagName: 'v1.0.0',
        tagCommit: { oid: merges[0] },
        publishedAt: '2026-02-18T00:00:00Z',
        isLatest: true,
      },
      releases: {
        nodes: [
          { tagName: 'v1.1.0', isPrerelease: false, isDraft: true, tag: null },
          {
            tagName: 'v1.1.0-rc',
            isPrerelease: true,
            isDraft: false,
            tag: { name: 'v1.1.0-rc', target: { oid: merges[1] } },
          },
          {
            tagName: 'v1.0.0',
            isPrerelease: false,
            isDraft: false,
            tag: { name: 'v1.0.0', target: { oid: merges[0] } },
          },
        ],
      },
      refs: {
        nodes: [
          { name: 'v1.1.0-rc', prefix: 'refs/tags/', target: { oid: merges[1] } },
          { name: 'v1.0.0', prefix: 'refs/tags/', target: { oid: merges[0] } },
        ],
      },
      ref: { target: { oid: merges[0] } },
      object: { oid: merges[0] },
    },
  });
});

test.each([
  ['tags: { v1.0.0: +2d,', 'happens in the future'],
  ['tags: { v1.0.0: { at: -20d, branch: nowhere },', 'there is no branch nowhere then'],
])('a tag that cannot be is refused: %s', (tags, problem) => {
  expect(() => load(FILE.replace('tags: { v1.0.0: -20d,', tags))).toThrow(problem);
});
