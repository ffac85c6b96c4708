import { spawnSync } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { chunksOf, likeness, mostLikeness } from '../../../src/core/risk/rename-likeness.ts';
import { newFolder } from '../../git/draft-repository.ts';

const folder = newFolder('likeness');

/** Git's own similarity index in percent; null where it sees no rename, however small. */
function indexOfGit(one: Buffer, other: Buffer): number | null {
  const draft = Buffer.concat(
    [
      ...['commit refs/heads/main\ncommitter kim <kim@example.org> 1 +0000\ndata 0\nM 100644 inline one\n', data(one)],
      ...['commit refs/heads/main\ncommitter kim <kim@example.org> 2 +0000\ndata 0\nD one\nM 100644 inline other\n'],
      data(other),
    ].map((part) => Buffer.from(part)),
  );
  writeFileSync(join(folder, 'draft'), draft);
  git(['init', '--quiet', '--bare', '.']);
  git(['fast-import', '--quiet', '--force'], draft);
  return Number(
    /:\d+ \d+ \w+ \w+ R(\d+)/.exec(git(['diff-tree', '-r', '-M1%', '--raw', 'main~1', 'main']))?.[1] ?? Number.NaN,
  );
}

const data = (content: Buffer): Buffer =>
  Buffer.concat([Buffer.from(`data ${content.length}\n`), content, Buffer.from('\n')]);

function git(args: readonly string[], input: Buffer = Buffer.alloc(0)): string {
  const { status, stdout, stderr } = spawnSync('git', args, { cwd: folder, input });
  if (status !== 0) throw new Error(stderr.toString());
  return stdout.toString();
}

const lines = fc.array(fc.constantFrom('if (a) {', '}', 'return b;', 'x'.repeat(90), 'é'.repeat(40), ''), {
  minLength: 4,
  maxLength: 40,
});
const text = fc.tuple(lines, fc.constantFrom('\n', '\r\n')).map(([all, end]) => all.map((line) => line + end).join(''));

test('two files are as alike as git says', () => {
  fc.assert(
    fc.property(text, text, (one, other) => {
      const [first, second] = [one, other].map((content) => Buffer.from(content));
      fc.pre(first !== undefined && second !== undefined && !first.equals(second));
      const ours = Math.floor(100 * likenessOf(first, second));
      const index = indexOfGit(first, second);
      expect(ours).toBe(Number.isNaN(index) ? 0 : index);
    }),
    { numRuns: 60 },
  );
});

test('no two files are more alike than their lengths allow', () => {
  fc.assert(
    fc.property(text, text, (one, other) => {
      const [first, second] = [Buffer.from(one), Buffer.from(other)];
      expect(likenessOf(first, second)).toBeLessThanOrEqual(mostLikeness(first.length, second.length));
    }),
  );
});

const likenessOf = (one: Buffer, other: Buffer): number =>
  likeness(chunksOf(one.toString('latin1')), chunksOf(other.toString('latin1')));
