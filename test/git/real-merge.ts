import { spawnSync } from 'node:child_process';
import { lstatSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { git, newFolder, TEST_ENV } from './draft-repository.ts';

/** The judge of trial merges: `git merge` itself, in a working tree of a clone. */
export interface RealMerge {
  /** The files that are in conflict after merging `second` onto base and `first`. */
  readonly pair: (base: string, first: string, second: string) => RealOutcome | 'first conflicts';
  readonly single: (base: string, head: string) => RealOutcome;
  readonly close: () => void;
}

/** Files in conflict, each with how many places are marked in it; null where it merges; `broken` where git stops with a bug of its own (`BUG: merge-ort.c`). */
export type RealOutcome = ReadonlyMap<string, number> | null | 'broken';

/** Remembers base and first, so that all that is merged after one first comes cheap when it is asked in a row. */
export function realMerge(repository: string): RealMerge {
  const folder = newFolder('oracle');
  git(folder, ['clone', '--quiet', '--no-checkout', '--shared', repository, 'clone']);
  const clone = join(folder, 'clone');
  let standing = '';
  let point: string | null = null;
  const single = (base: string, head: string): RealOutcome => {
    standing = '';
    start(clone, base);
    return merge(clone, head);
  };
  return {
    single,
    pair: (base, first, second) => {
      if (standing !== `${base} ${first}`) {
        const conflicts = single(base, first);
        point = conflicts === null ? git(clone, ['rev-parse', 'HEAD']).trim() : null;
        standing = `${base} ${first}`;
      }
      if (point === null) return 'first conflicts';
      start(clone, point);
      return merge(clone, second);
    },
    close: () => rmSync(folder, { recursive: true, force: true }),
  };
}

function start(clone: string, commit: string): void {
  git(clone, ['reset', '--quiet', '--hard', commit]);
}

/** Also of what a merge has written and nobody tracks. */
function tidy(clone: string): void {
  git(clone, ['reset', '--quiet', '--hard']);
  git(clone, ['clean', '-ffdxq']);
}

function merge(clone: string, head: string): RealOutcome {
  const args = ['-c', 'gc.auto=0', 'merge', '--quiet', '--no-edit', head];
  const { status, stdout, stderr } = spawnSync('git', args, { cwd: clone, env: TEST_ENV, encoding: 'utf8' });
  if (status === 0) return null;
  if (stderr.startsWith('BUG: ')) {
    rmSync(join(clone, '.git/index.lock'), { force: true });
    tidy(clone);
    return 'broken';
  }
  if (!/^CONFLICT|Automatic merge failed/m.test(stdout)) throw new Error(`git merge ${head}: ${stdout}${stderr}`);
  const paths = git(clone, ['ls-files', '-z', '--unmerged'])
    .split('\0')
    .flatMap((line) => (line === '' ? [] : [line.slice(line.indexOf('\t') + 1)]));
  const marked = [...new Set(paths)].sort().map((path) => [path, marksIn(join(clone, path))] as const);
  tidy(clone);
  // A file laid beside a folder is named after its branch.
  return new Map(marked.map(([path, marks]) => [path.replace(/~(HEAD|[0-9a-f]{40})(_\d+)?$/, ''), marks]));
}

/** What is no file in the working tree, such as one that a side deleted, has none. */
function marksIn(path: string): number {
  try {
    if (!lstatSync(path).isFile()) return 0;
  } catch {
    // Nothing is there, or a file is in the place of its folder.
    return 0;
  }
  return readFileSync(path, 'latin1').match(/^<{7,} HEAD\b/gm)?.length ?? 0;
}
