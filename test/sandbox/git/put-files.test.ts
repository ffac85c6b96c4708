import { expect, test } from 'vitest';
import { mergePullRequest } from '../../../src/sandbox/actions/merge-pull-request.ts';
import { type NewFile, openPullRequest } from '../../../src/sandbox/actions/open-pull-request.ts';
import { addRepository, createWorld } from '../../../src/sandbox/create-world.ts';
import { filesAt } from '../../../src/sandbox/files-at.ts';

const KEY = 'octo/harbor';
const LINES = Array.from({ length: 40 }, (_, line) => `line ${line + 1}`);
const TEXT = `${LINES.join('\n')}\n`;

function start() {
  const world = createWorld();
  const repository = addRepository(world, { owner: 'octo', name: 'harbor', files: { 'a.ts': TEXT } });
  const open = (branch: string, ...files: readonly NewFile[]) =>
    openPullRequest(world, 'kim', { repository: KEY, title: branch, branch, files });
  const merge = ({ number }: { readonly number: number }, method: 'merge' | 'squash' | 'rebase' = 'squash') =>
    mergePullRequest(world, 'kim', { item: { repository: KEY, number }, method });
  const linesAt = (sha: string, path: string) => filesAt(repository, sha).get(path)?.split('\n').slice(0, -1);
  return { world, repository, open, merge, linesAt };
}

test('an added file without a text has as many lines as its story says, no two alike', () => {
  const { open, linesAt } = start();
  const lines = linesAt(open('one', { path: 'b.ts', status: 'added', additions: 214 }).headSha, 'b.ts');
  expect([lines?.length, new Set(lines).size]).toEqual([214, 214]);
});

test('an edit without a text takes and adds as many lines as its story says', () => {
  const { open, linesAt } = start();
  const lines = linesAt(open('one', { path: 'a.ts', additions: 3, deletions: 5 }).headSha, 'a.ts') ?? [];
  expect([lines.length, lines.filter((line) => LINES.includes(line)).length]).toEqual([38, 35]);
});

test('a patch says which lines, where it fits', () => {
  const { open, linesAt } = start();
  const patch = '@@ -7,2 +7,3 @@ above\n line 7\n-line 8\n+LINE 8\n+more\n@@ -20,0 +22,1 @@\n+after 20';
  expect(linesAt(open('one', { path: 'a.ts', patch }).headSha, 'a.ts')).toEqual(
    LINES.toSpliced(20, 0, 'after 20').toSpliced(7, 1, 'LINE 8', 'more'),
  );
  const unfit = linesAt(
    open('two', { path: 'a.ts', additions: 1, patch: patch.replace('-line 8', '-LINE 9') }).headSha,
    'a.ts',
  );
  expect([unfit?.length, unfit?.includes('LINE 8')]).toEqual([41, false]);
});

test('a renamed file keeps its lines, a removed one goes', () => {
  const { repository, open } = start();
  const renamed = open('one', { path: 'b.ts', previousPath: 'a.ts', status: 'renamed', additions: 0 });
  expect(filesAt(repository, renamed.headSha)).toEqual(new Map([['b.ts', TEXT]]));
  expect(filesAt(repository, open('two', { path: 'a.ts', status: 'removed' }).headSha)).toEqual(new Map());
});

test.each(['merge', 'squash', 'rebase'] as const)(
  'a %s does edits without a text again on what the base has become',
  (method) => {
    const { repository, open, merge } = start();
    const edit = (line: number) => `@@ -${line},1 +${line},1 @@\n-line ${line}\n+new ${line}`;
    const [one, two] = [open('one', { path: 'a.ts', patch: edit(5) }), open('two', { path: 'a.ts', patch: edit(30) })];
    merge(one);
    merge(two, method);
    const text = LINES.with(4, 'new 5').with(29, 'new 30');
    expect(repository.files.get('a.ts')).toBe(`${text.join('\n')}\n`);
  },
);

test('a text that is told is merged whole, even where that undoes what others did', () => {
  const { repository, open, merge } = start();
  const [one, stale] = [
    open('one', { path: 'a.ts', text: 'new\n' }),
    open('two', { path: 'a.ts', text: TEXT }, { path: 'b.ts' }),
  ];
  merge(one);
  expect(repository.files.get('a.ts')).toBe('new\n');
  merge(stale);
  expect(repository.files.get('a.ts')).toBe(TEXT);
});

test('commits with the same words at the same moment stay two', () => {
  const { world, open } = start();
  const again = { repository: KEY, title: 'one', branch: 'other' };
  expect(open('one').headSha).not.toBe(openPullRequest(world, 'kim', again).headSha);
});
