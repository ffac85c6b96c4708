import { expect, test } from 'vitest';
import { mergePullRequest } from '../../src/sandbox/actions/merge-pull-request.ts';
import { openPullRequest } from '../../src/sandbox/actions/open-pull-request.ts';
import { pushCommits, putFile } from '../../src/sandbox/actions/push-commits.ts';
import { addRepository, createWorld } from '../../src/sandbox/create-world.ts';
import { filesAt, historyOfPath } from '../../src/sandbox/files-at.ts';

const KEY = 'octo/harbor';
const A = 'docs/a.md';

function start() {
  const world = createWorld();
  const repository = addRepository(world, { owner: 'octo', name: 'harbor', files: { [A]: 'one\n' } });
  const put = (path: string, text: string | null) => putFile(world, 'kim', { repository: KEY, path, text });
  const head = () => {
    const commit = repository.commits.get(repository.branches.get('main') ?? '');
    if (commit === undefined) throw new Error('no head');
    return commit;
  };
  const history = (path: string) => historyOfPath(repository, head(), path).map(({ message }) => message);
  const root = head();
  return { world, repository, put, head, history, root };
}

test('every commit keeps the files that it had', () => {
  const { repository, put, root } = start();
  const second = put(A, 'two\n');
  const third = put('b.md', 'new\n');
  const fourth = put(A, null);
  expect([root.sha, second, third, fourth].map((sha) => Object.fromEntries(filesAt(repository, sha)))).toEqual([
    { [A]: 'one\n' },
    { [A]: 'two\n' },
    { [A]: 'two\n', 'b.md': 'new\n' },
    { 'b.md': 'new\n' },
  ]);
});

test('a pull request has its own files on top of those it began with, from a fork too', () => {
  const { world, repository, put } = start();
  addRepository(world, { owner: 'lena', name: 'harbor', forkOf: KEY });
  const pull = openPullRequest(world, 'lena', {
    repository: KEY,
    title: 'Better words',
    branch: 'words',
    headRepository: 'lena/harbor',
    files: [{ path: A, text: 'two\n' }],
  });
  put('b.md', 'later\n');
  expect(filesAt(repository, pull.headSha)).toEqual(new Map([[A, 'two\n']]));
  pushCommits(world, 'lena', {
    repository: 'lena/harbor',
    branch: 'words',
    commits: ['More'],
    files: [{ path: 'c.md' }, { path: A, status: 'removed' }],
  });
  expect(filesAt(repository, pull.headSha)).toEqual(
    new Map([['c.md', expect.stringMatching(/^# [0-9a-f]{8} 1 of c\.md\n$/)]]),
  );
});

test('the history of a path holds the commits that changed it, newest first', () => {
  const { put, history } = start();
  put(A, 'two\n');
  put('b.md', 'new\n');
  put(A, null);
  expect(history(A)).toEqual(['Delete docs/a.md', 'Update docs/a.md', 'Initial commit']);
  expect(history('docs')).toEqual(history(A));
  expect(history('b.md')).toEqual(['Create b.md']);
  expect(history('none.md')).toEqual([]);
});

test.each([
  ['merge', ['Better words', 'Initial commit']],
  ['squash', ['Better words (#1)', 'Initial commit']],
] as const)('a %s shows where the change was made', (method, messages) => {
  const { world, history, put } = start();
  const files = [{ path: A, text: 'two\n' }];
  const pull = openPullRequest(world, 'kim', { repository: KEY, title: 'Better words', branch: 'words', files });
  put('b.md', 'between\n');
  mergePullRequest(world, 'kim', { item: { repository: KEY, number: pull.number }, method });
  expect(history(A)).toEqual(messages);
});
