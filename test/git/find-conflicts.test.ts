import { execFileSync, spawnSync } from 'node:child_process';
import { mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest';
import { type ConflictReport, findingOf } from '../../src/core/risk/conflict-report.ts';
import type { PairFinding } from '../../src/core/risk/pair-risk.ts';
import { type ConflictOptions, findConflicts, type TrialProgress } from '../../src/git/find-conflicts.ts';
import { listHeads, resolveBase, resolveHeads } from '../../src/git/list-heads.ts';
import { loadHistory } from '../../src/git/load-history.ts';
import { openRepository } from '../../src/git/open-repository.ts';
import { memoryCache } from '../../src/git/trial-cache.ts';
import { type DraftFile, draftRepository, git, newFolder, TEST_ENV } from './draft-repository.ts';

const TEN = Array.from({ length: 10 }, (_, index) => `line ${index + 1}\n`);
const withLine = (line: number, text: string): string =>
  TEN.map((one, index) => (index === line - 1 ? `${text}\n` : one)).join('');

let folder: string;
beforeAll(() => {
  folder = newFolder('conflicts');
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

/** A repository with one base commit and a branch for each set of changes. */
function branchesOf(
  name: string,
  base: Record<string, DraftFile>,
  branches: Record<string, Record<string, DraftFile>>,
): string {
  const draft = draftRepository();
  const start = draft.commit({ branch: 'refs/heads/main', files: base });
  for (const [branch, files] of Object.entries(branches)) {
    draft.commit({ branch: `refs/heads/${branch}`, parents: [start], files });
  }
  const path = join(folder, name);
  draft.write(path);
  return path;
}

async function judge(
  path: string,
  wish: Pick<ConflictOptions, 'cache' | 'signal' | 'patience' | 'onProgress' | 'isThorough'> = {},
): Promise<ConflictReport> {
  const repository = await openRepository(path);
  try {
    const base = await resolveBase(repository, 'main');
    const all = await listHeads(repository, ['refs/heads/*']);
    const heads = all
      .filter(({ name }) => name !== 'refs/heads/main')
      .map((head) => ({ ...head, name: head.name.slice('refs/heads/'.length) }));
    const isRegenerated: ConflictOptions['isRegenerated'] = (file) => file.endsWith('.lock');
    return await findConflicts(repository, { base, heads, isRegenerated, isThorough: true, ...wish });
  } finally {
    await repository.close();
  }
}

test('a head whose renames take long keeps no other waiting, and tells at least which files it changes', async () => {
  const moved = Array.from({ length: 250 }, (_, index) => `${index}`);
  const files = (folderOf: string) =>
    Object.fromEntries(moved.map((name) => [`${folderOf}/${name}`, `${folderOf} ${name}`]));
  const gone = Object.fromEntries(moved.map((name) => [`old/${name}`, null]));
  const path = branchesOf(
    'costly',
    { 'a.txt': TEN.join(''), ...files('old') },
    { a: { ...gone, ...files('new') }, b: { 'a.txt': withLine(3, 'ravi') }, c: { 'a.txt': withLine(3, 'lena') } },
  );
  const report = await judge(path, { signal: new AbortController().signal, patience: AbortSignal.abort() });
  const told = report.heads.map(({ name, isUntried, touched }) => [name, isUntried ?? false, touched.length]);
  expect(told).toEqual([
    ['a', true, 500],
    ['b', false, 1],
    ['c', false, 1],
  ]);
  expect(report.pairs.map(({ a, b }) => [a, b])).toEqual([['b', 'c']]);
});

test('where time runs out the least likely pairs stay unknown', async () => {
  const apart = Array.from({ length: 400 }, (_, index) => `line ${index + 1}\n`);
  const withOne = (line: number, text: string): string =>
    apart.map((one, index) => (index === line - 1 ? `${text}\n` : one)).join('');
  const numbers = Array.from({ length: 12 }, (_, index) => index);
  // Named so that the unlikely ones come first by their places.
  const far = numbers.map((n) => [`a${n + 10}`, { 'far.lock': withOne(n * 30 + 5, `far ${n}`) }] as const);
  const near = numbers.map((n) => [`b${n + 10}`, { 'near.txt': withLine(5, `near ${n}`) }] as const);
  const path = branchesOf(
    'late',
    { 'far.lock': apart.join(''), 'near.txt': TEN.join('') },
    Object.fromEntries([...far, ...near]),
  );
  const timeUp = new AbortController();
  const onProgress = ({ step, done }: TrialProgress): void => {
    if (step === 'pairs' && done > 0) timeUp.abort(new DOMException('late', 'TimeoutError'));
  };
  const { pairs, untried } = await judge(path, { signal: timeUp.signal, onProgress });
  const kindOf = ({ a, b }: { readonly a: string; readonly b: string }): string => `${a[0]} × ${b[0]}`;
  const known = pairs.filter(({ finding }) => finding.basis !== null);
  expect(known.length).toBeGreaterThanOrEqual(16);
  expect(new Set(known.map(kindOf))).toEqual(new Set(['b × b']));
  expect(untried.filter((pair) => kindOf(pair) === 'a × a')).toHaveLength(66);
});

test('where the time is up before anything was read, every head says so, and none is said to be beyond telling', async () => {
  const path = branchesOf('at-once', { 'a.txt': TEN.join('') }, { one: { 'a.txt': withLine(3, 'one') } });
  const repository = await openRepository(path);
  try {
    const base = await resolveBase(repository, 'main');
    const heads = await listHeads(repository, ['refs/heads/one']);
    const present = (await resolveHeads(repository, heads)).filter((head) => head !== null);
    await loadHistory(repository, base, present);
    const late = { ...repository, signal: AbortSignal.abort(new DOMException('late', 'TimeoutError')) };
    const report = await findConflicts(late, { base, heads, isRegenerated: () => false });
    expect(report.heads).toMatchObject([
      { onBase: { verdict: 'unknown', reason: 'the time for it was up' }, isUntried: true },
    ]);
  } finally {
    await repository.close();
  }
});

test('where time runs out among the merges onto the base, those before are told and kept, the rest say what they change', async () => {
  const names = Array.from({ length: 60 }, (_, index) => `h${index + 10}`);
  const draft = draftRepository();
  const files = Object.fromEntries(names.map((name) => [`${name}.txt`, TEN.join('')]));
  const start = draft.commit({ branch: 'refs/heads/main', files });
  for (const name of names)
    draft.commit({ branch: `refs/heads/${name}`, parents: [start], files: { [`${name}.txt`]: withLine(3, name) } });
  draft.commit({ branch: 'refs/heads/main', parents: [start], files: { 'moved-on.txt': 'kim\n' } });
  const path = join(folder, 'short');
  draft.write(path);
  const timeUp = new AbortController();
  const onProgress = ({ step, done }: TrialProgress): void => {
    if (step === 'base' && done > 8) timeUp.abort(new DOMException('late', 'TimeoutError'));
  };
  const cache = memoryCache();
  const { heads } = await judge(path, { signal: timeUp.signal, onProgress, cache });
  const clean = heads.filter(({ onBase }) => onBase.verdict === 'clean');
  expect(clean.length).toBeGreaterThanOrEqual(4);
  expect(clean.length).toBeLessThan(60);
  expect(heads.filter(({ isUntried }) => isUntried)).toHaveLength(60 - clean.length);
  expect(heads.map(({ touched }) => touched.length)).toEqual(names.map(() => 1));
  const again = await judge(path, { cache });
  expect(again.counts.merges).toBe(60 - clean.length);
});

test('once the time is up, no renames are looked for in heads that were not merged', async () => {
  const names = Array.from({ length: 20 }, (_, index) => `h${index + 10}`);
  const changes = names.map((name) => [name, { 'a.txt': withLine(3, name) }] as const);
  const path = branchesOf('spared', { 'a.txt': TEN.join('') }, Object.fromEntries(changes));
  const asked = await callsOfGit(async () => {
    const { heads } = await judge(path, { signal: AbortSignal.abort(new DOMException('late', 'TimeoutError')) });
    expect(heads.map(({ isUntried, touched }) => [isUntried, touched.length])).toEqual(names.map(() => [true, 1]));
  });
  const diffs = asked.filter((args) => args.includes(' diff-tree '));
  expect(diffs.length).toBeGreaterThan(0);
  expect(diffs.filter((args) => args.includes(' -M '))).toEqual([]);
});

/** The arguments of every git that is started meanwhile, one line each. */
async function callsOfGit(use: () => Promise<void>): Promise<readonly string[]> {
  const place = mkdtempSync(join(folder, 'git-'));
  const [log, real] = [join(place, 'log'), execFileSync('sh', ['-c', 'command -v git'], { encoding: 'utf8' }).trim()];
  writeFileSync(join(place, 'git'), `#!/bin/sh\necho "$*" >> '${log}'\nexec '${real}' "$@"\n`, { mode: 0o755 });
  vi.stubEnv('PATH', `${place}:${process.env.PATH}`);
  try {
    await use();
  } finally {
    vi.unstubAllEnvs();
  }
  return readFileSync(log, 'utf8').split('\n');
}

test('pairs that wait for their base are counted where they are too many to be listed', async () => {
  const names = Array.from({ length: 202 }, (_, index) => `h${index + 100}`);
  const draft = draftRepository();
  const start = draft.commit({ branch: 'refs/heads/main', files: { 'a.txt': TEN.join('') } });
  for (const name of names)
    draft.commit({ branch: `refs/heads/${name}`, parents: [start], files: { 'a.txt': withLine(3, name) } });
  draft.commit({ branch: 'refs/heads/main', parents: [start], files: { 'a.txt': withLine(3, 'main') } });
  const path = join(folder, 'many-waiting');
  draft.write(path);
  const { pairs, unlisted, counts } = await judge(path, { isThorough: false });
  const all = (202 * 201) / 2;
  expect([pairs, unlisted, counts.candidates]).toEqual([[], all, all]);
});

describe('a pair of heads', () => {
  test('conflicts where both change one line, and the finding names file, kind and lines of the base', async () => {
    const report = await judge(
      branchesOf(
        'content',
        { 'a.txt': TEN.join(''), 'x.lock': 'one\n' },
        {
          a: { 'a.txt': withLine(3, 'kim'), 'x.lock': 'two\n' },
          b: { 'a.txt': withLine(3, 'ravi'), 'x.lock': 'three\n' },
        },
      ),
    );
    expect(report.pairs).toEqual([
      {
        a: 'a',
        b: 'b',
        finding: {
          basis: 'verified',
          verdict: 'conflict',
          files: [
            { path: 'a.txt', kind: 'content', ranges: [{ from: 3, to: 3 }], regenerate: false },
            { path: 'x.lock', kind: 'content', ranges: [{ from: 1, to: 1 }], regenerate: true },
          ],
        },
      },
    ]);
  });

  test('tells lines of the base as it is now, however many lines either side or the base puts above', async () => {
    const lines = Array.from({ length: 40 }, (_, line) => `line ${line + 1}\n`);
    const textWith = (more: Readonly<Record<number, string>>): string =>
      lines.map((line, index) => more[index + 1] ?? line).join('');
    const draft = draftRepository();
    const start = draft.commit({ branch: 'refs/heads/main', files: { f: lines.join(''), g: lines.join('') } });
    // Two lines above all: line 20 of the heads is line 22 of the base.
    const moved = { f: `new\nnew\n${lines.join('')}`, g: lines.join('') };
    const main = draft.commit({ branch: 'refs/heads/main', parents: [start], files: moved });
    const above = textWith({ 5: 'many\nmore\nlines\nof kim\n', 20: 'kim\n', 21: 'kim\n' });
    const files = { f: above, g: textWith({ 9: 'line 9\nkim\n', 30: '' }) };
    draft.commit({ branch: 'refs/heads/a', parents: [start], files });
    const other = {
      f: textWith({ 2: '', 21: 'ravi\n', 22: 'ravi\n' }),
      g: textWith({ 9: 'line 9\nravi\n', 30: 'ravi\n' }),
    };
    draft.commit({ branch: 'refs/heads/b', parents: [start], files: other });
    draft.commit({ branch: 'refs/heads/c', parents: [main], files: { f: 'c\n' } });
    draft.write(join(folder, 'moved'));
    const { pairs } = await judge(join(folder, 'moved'));
    const [first] = pairs.flatMap(({ a, b, finding }) =>
      a === 'a' && b === 'b' && 'files' in finding ? [finding.files] : [],
    );
    expect(first).toEqual([
      { path: 'f', kind: 'content', ranges: [{ from: 22, to: 24 }], regenerate: false },
      {
        ...{ path: 'g', kind: 'content', regenerate: false },
        ranges: [
          { from: 9, to: 9 },
          { from: 30, to: 30 },
        ],
      },
    ]);
  });

  test('has no lines in a file that the base does not have', async () => {
    const report = await judge(branchesOf('both-new', { z: 'z\n' }, { a: { n: 'kim\n' }, b: { n: 'ravi\n' } }));
    expect(report.pairs).toMatchObject([{ finding: { files: [{ path: 'n', kind: 'content', ranges: [] }] } }]);
  });

  test('is clean where both change one file far apart, and not listed where they share nothing', async () => {
    const report = await judge(
      branchesOf(
        'clean',
        { 'a.txt': TEN.join(''), 'b.txt': 'x\n' },
        { a: { 'a.txt': withLine(1, 'kim') }, b: { 'a.txt': withLine(9, 'ravi') }, c: { 'b.txt': 'y\n' } },
      ),
    );
    expect(report.pairs).toEqual([{ a: 'a', b: 'b', finding: { basis: 'verified', verdict: 'clean' } }]);
    expect(report.counts).toEqual({ pairs: 3, candidates: 1, merges: 4 });
    expect(findingOf(report, 'c', 'a')).toEqual({ basis: 'verified', verdict: 'clean' });
    expect(findingOf(report, 'c', 'nobody')).toMatchObject({ verdict: 'unknown' });
  });

  test('conflicts where one renames a folder and the other puts a new file into it', async () => {
    const report = await judge(
      branchesOf(
        'folder',
        { 'd/x': TEN.join(''), 'd/y': 'y\n'.repeat(20) },
        { a: { 'd/x': null, 'd/y': null, 'e/x': TEN.join(''), 'e/y': 'y\n'.repeat(20) }, b: { 'd/new': 'new\n' } },
      ),
    );
    expect(report.pairs).toMatchObject([
      { finding: { verdict: 'conflict', files: [{ path: 'e/new', kind: 'file location' }] } },
    ]);
  });

  test('conflicts where one splits a folder into which the other puts a file, and no file is left unmerged', async () => {
    const base = { 'd/x': TEN.join(''), 'd/y': 'y\n'.repeat(20) };
    const split = { 'd/x': null, 'd/y': null, 'e/x': base['d/x'], 'f/y': base['d/y'] };
    const report = await judge(branchesOf('split', base, { a: split, b: { 'd/new': 'new\n' } }));
    const files = [{ path: 'd', kind: 'directory rename split', ranges: [], regenerate: false }];
    expect(report.pairs.map(({ finding }) => finding)).toEqual([{ basis: 'verified', verdict: 'conflict', files }]);
  });

  test('conflicts where one has a file and the other a folder of that name', async () => {
    const report = await judge(
      branchesOf('prefix', { z: 'z\n' }, { a: { 'n/m': 'in a folder\n' }, b: { n: 'a file\n' } }),
    );
    expect(report.pairs).toMatchObject([
      { finding: { verdict: 'conflict', files: [{ path: 'n', kind: 'file/directory' }] } },
    ]);
  });

  test('never conflicts in a file that the repository merges by union, and always in one that it never merges', async () => {
    const report = await judge(
      branchesOf(
        'attributes',
        { '.gitattributes': '*.log merge=union\n*.pin -merge\n', 'a.log': 'x\n', 'b.pin': TEN.join('') },
        {
          a: { 'a.log': 'kim\n', 'b.pin': withLine(1, 'kim') },
          b: { 'a.log': 'ravi\n', 'b.pin': withLine(9, 'ravi') },
        },
      ),
    );
    expect(report.pairs).toMatchObject([
      { finding: { verdict: 'conflict', files: [{ path: 'b.pin', kind: 'binary', ranges: [] }] } },
    ]);
  });

  test('follows the attributes that the first of the two brings', async () => {
    const draft = draftRepository();
    const start = draft.commit({ branch: 'refs/heads/main', files: { 'b.pin': TEN.join('') } });
    const main = draft.commit({ branch: 'refs/heads/main', parents: [start], files: { 'b.pin': withLine(1, 'main') } });
    draft.commit({ branch: 'refs/heads/a', parents: [main], files: { '.gitattributes': '*.pin -merge\n' } });
    draft.commit({ branch: 'refs/heads/b', parents: [start], files: { 'b.pin': withLine(9, 'ravi') } });
    draft.write(join(folder, 'brought'));
    const report = await judge(join(folder, 'brought'));
    expect(report.heads.map(({ onBase }) => onBase)).toEqual([{ verdict: 'clean' }, { verdict: 'clean' }]);
    expect(report.pairs).toMatchObject([
      { finding: { verdict: 'conflict', files: [{ path: 'b.pin', kind: 'binary' }] } },
    ]);
  });

  test('collides in a file that the base has renamed since one of them left it', async () => {
    const draft = draftRepository();
    const start = draft.commit({ branch: 'refs/heads/main', files: { old: TEN.join('') } });
    const main = draft.commit({ branch: 'refs/heads/main', parents: [start], files: { old: null, new: TEN.join('') } });
    draft.commit({ branch: 'refs/heads/a', parents: [main], files: { new: withLine(3, 'kim') } });
    draft.commit({ branch: 'refs/heads/b', parents: [start], files: { old: withLine(3, 'ravi') } });
    draft.write(join(folder, 'renamed'));
    const report = await judge(join(folder, 'renamed'));
    expect(report.pairs).toMatchObject([
      { a: 'a', b: 'b', finding: { verdict: 'conflict', files: [{ path: 'new' }] } },
    ]);
  });

  test('collides where one adds what git takes for a file that the base has deleted and the other changes', async () => {
    const draft = draftRepository();
    const files = { old: TEN.join(''), kept: 'x\n' };
    const start = draft.commit({ branch: 'refs/heads/main', files });
    const main = draft.commit({ branch: 'refs/heads/main', parents: [start], files: { old: null } });
    draft.commit({ branch: 'refs/heads/a', parents: [main], files: { new: withLine(3, 'kim') } });
    draft.commit({ branch: 'refs/heads/b', parents: [start], files: { old: withLine(3, 'ravi') } });
    draft.write(join(folder, 'replaced'));
    const report = await judge(join(folder, 'replaced'));
    expect(report.pairs).toMatchObject([
      { a: 'a', b: 'b', finding: { verdict: 'conflict', files: [{ path: 'new', kind: 'content' }] } },
    ]);
  });

  describe('conflicts where the base has lost', () => {
    const text = Array.from({ length: 20 }, (_, index) => `line ${index} ${(index * 7919) % 1009}\n`);
    const like = (share: number): string =>
      text.map((line, index) => (index < share * 20 ? line : `x${line}`)).join('');
    const other = text.map((line) => `other ${line}`).join('');
    const judgeLost = async (name: string, files: readonly Record<string, DraftFile>[], early = 'clean') => {
      const [start = {}, moved = {}, ...branches] = files;
      const draft = draftRepository();
      const first = draft.commit({ branch: 'refs/heads/main', files: { keep: 'x\n', ...start } });
      const main = draft.commit({ branch: 'refs/heads/main', parents: [first], files: moved });
      draft.commit({ branch: 'refs/heads/a', parents: [main], files: branches[0] ?? {} });
      draft.commit({ branch: 'refs/heads/b', parents: [first], files: branches[1] ?? {} });
      draft.write(join(folder, name));
      const report = await judge(join(folder, name));
      expect(report.heads.map(({ onBase }) => onBase.verdict)).toEqual(['clean', early]);
      return report;
    };

    test('a folder, one puts a file into it and the other copies what was there', async () => {
      const lost = [{ 'd/1': like(1) }, { 'd/1': null }, { 'e/1': like(1) }, { 'd/new': 'new\n' }];
      expect((await judgeLost('copied', lost)).pairs).toMatchObject([
        { finding: { verdict: 'conflict', files: [{ path: 'e/new', kind: 'file location' }] } },
      ]);
    });

    test('a folder, one puts a file into it and the other edits a newer file into what was there', async () => {
      const lost = [{ 'd/1': like(1) }, { 'd/1': null, 'e/1': other }, { 'e/1': like(1) }, { 'd/new': 'new\n' }];
      expect((await judgeLost('edited', lost)).pairs).toMatchObject([
        { finding: { verdict: 'conflict', files: [{ path: 'e/new', kind: 'file location' }] } },
      ]);
    });

    test('a file that one edits, and the other edits a newer file into it', async () => {
      const moved = { f: null, g: like(0.7), h: other };
      const lost = [{ f: like(1) }, moved, { h: `x${like(1)}` }, { f: `first\n${like(1)}` }];
      expect((await judgeLost('nearer', lost)).pairs).toMatchObject([{ finding: { verdict: 'conflict' } }]);
    });

    test('a folder to two places, one puts a file into it and the other deletes one of the places', async () => {
      const start = { 'd/1': like(1), 'd/2': other };
      const moved = { 'd/1': null, 'd/2': null, 'e/1': like(1), 'f/2': other };
      const lost = [start, moved, { 'f/2': null }, { 'd/new': 'new\n' }];
      expect((await judgeLost('narrowed', lost, 'conflict')).pairs).toMatchObject([
        { finding: { verdict: 'conflict', files: [{ path: 'e/new', kind: 'file location' }] } },
      ]);
    });

    test('a file that one edits, only with what is at all like it', async () => {
      const lost = (added: string) => [
        { f: like(1) },
        { f: null },
        { g: added },
        { f: `${text.slice(0, 19).join('')}mine\n` },
      ];
      expect((await judgeLost('unlike', lost(other), 'conflict')).pairs).toEqual([]);
      expect((await judgeLost('alike', lost(like(0.6)), 'conflict')).pairs).toMatchObject([
        { finding: { verdict: 'conflict', files: [{ path: 'g' }] } },
      ]);
    });

    test('nothing of, in a folder that is new', async () => {
      const lost = [{ 'd/1': like(1) }, { 'd/1': null }, { 'e/1': like(1) }, { 'n/new': 'new\n' }];
      expect((await judgeLost('fresh', lost)).pairs).toEqual([]);
    });
  });

  test('conflicts in what one takes back of the commits that they share', async () => {
    const draft = draftRepository();
    const start = draft.commit({ branch: 'refs/heads/main', files: { 'a.txt': TEN.join(''), 'b.txt': 'x\n' } });
    const shared = draft.commit({ branch: 'refs/heads/b', parents: [start], files: { 'a.txt': withLine(3, 'kim') } });
    const main = draft.commit({ branch: 'refs/heads/main', parents: [start], files: { 'a.txt': withLine(3, 'main') } });
    const files = { 'a.txt': withLine(3, 'main'), 'c.txt': 'y\n' };
    draft.commit({ branch: 'refs/heads/a', parents: [shared, main], files });
    draft.commit({ branch: 'refs/heads/b', parents: [shared], files: { 'a.txt': TEN.join('') } });
    draft.write(join(folder, 'taken-back'));
    const report = await judge(join(folder, 'taken-back'));
    expect(report.heads.map(({ onBase }) => onBase)).toEqual([{ verdict: 'clean' }, { verdict: 'clean' }]);
    expect(report.pairs).toMatchObject([
      { a: 'a', b: 'b', finding: { verdict: 'conflict', files: [{ path: 'a.txt' }] } },
    ]);
  });
});

describe('a head that conflicts with the base', () => {
  const draftOf = (): ReturnType<typeof draftRepository> => {
    const draft = draftRepository();
    const start = draft.commit({ branch: 'refs/heads/main', files: { 'a.txt': TEN.join(''), 'b.txt': TEN.join('') } });
    const main = draft.commit({ branch: 'refs/heads/main', parents: [start], files: { 'a.txt': withLine(3, 'main') } });
    const behind = { 'a.txt': withLine(3, 'noor') };
    draft.commit({ branch: 'refs/heads/behind', parents: [start], files: { ...behind, 'b.txt': withLine(2, 'noor') } });
    draft.commit({ branch: 'refs/heads/behind-too', parents: [start], files: behind });
    draft.commit({ branch: 'refs/heads/fresh', parents: [main], files: { 'a.txt': withLine(4, 'lena') } });
    draft.commit({ branch: 'refs/heads/other', parents: [main], files: { 'b.txt': withLine(2, 'lena') } });
    return draft;
  };

  test('meets others in further places of a file in which it conflicts with the base', async () => {
    const draft = draftRepository();
    const start = draft.commit({ branch: 'refs/heads/main', files: { 'a.txt': TEN.join('') } });
    const main = draft.commit({ branch: 'refs/heads/main', parents: [start], files: { 'a.txt': withLine(2, 'main') } });
    const both = [...TEN];
    both[1] = 'noor\n';
    both[8] = 'noor\n';
    draft.commit({ branch: 'refs/heads/both', parents: [start], files: { 'a.txt': both.join('') } });
    const onMain = (line: number, name: string): string =>
      withLine(2, 'main')
        .split('\n')
        .map((text, at) => (at === line - 1 ? name : text))
        .join('\n');
    draft.commit({ branch: 'refs/heads/far', parents: [main], files: { 'a.txt': onMain(9, 'lena') } });
    draft.commit({ branch: 'refs/heads/here', parents: [main], files: { 'a.txt': onMain(2, 'lena') } });
    draft.write(join(folder, 'further'));
    const { pairs } = await judge(join(folder, 'further'));
    const finding = (a: string, b: string) => pairs.find((pair) => pair.a === a && pair.b === b)?.finding;
    const files = [{ path: 'a.txt', kind: 'content', ranges: [{ from: 9, to: 9 }], regenerate: false }];
    expect(finding('both', 'far')).toEqual({ basis: 'verified', verdict: 'conflict', files });
    expect(finding('both', 'here')).toEqual({ basis: 'verified', verdict: 'clean' });
  });

  test('says so; its pairs count what comes on top, and two of them are unknown', async () => {
    draftOf().write(join(folder, 'behind'));
    const report = await judge(join(folder, 'behind'));
    const files = [{ path: 'a.txt', kind: 'content', ranges: [{ from: 3, to: 3 }], regenerate: false }];
    expect(report.heads.map(({ name, onBase }) => [name, onBase])).toEqual([
      ['behind', { verdict: 'conflict', files }],
      ['behind-too', { verdict: 'conflict', files }],
      ['fresh', { verdict: 'clean' }],
      ['other', { verdict: 'clean' }],
    ]);
    expect(report.pairs).toMatchObject([
      { a: 'behind', b: 'behind-too', finding: { verdict: 'unknown' } },
      { a: 'behind', b: 'fresh', finding: { verdict: 'clean' } },
      { a: 'behind', b: 'other', finding: { verdict: 'conflict', files: [{ path: 'b.txt' }] } },
      { a: 'behind-too', b: 'fresh', finding: { verdict: 'clean' } },
    ]);
  });

  test('waits with its pairs until it merges, unless the search is thorough', async () => {
    draftOf().write(join(folder, 'waiting'));
    const { pairs, counts } = await judge(join(folder, 'waiting'), { isThorough: false });
    const waits = (name: string) => ({
      ...{ basis: null, verdict: 'waits', held: name },
      reason: `${name} conflicts with the base, and what else it meets is told once it does not`,
    });
    expect(pairs).toEqual([
      { a: 'behind', b: 'behind-too', finding: waits('behind') },
      { a: 'behind', b: 'fresh', finding: waits('behind') },
      { a: 'behind', b: 'other', finding: waits('behind') },
      { a: 'behind-too', b: 'fresh', finding: waits('behind-too') },
    ]);
    expect(counts.merges).toBe(4);
  });

  test('waits with none where it only conflicts in files that are made anew', async () => {
    const draft = draftRepository();
    const start = draft.commit({ branch: 'refs/heads/main', files: { 'x.lock': TEN.join(''), 'b.txt': TEN.join('') } });
    draft.commit({ branch: 'refs/heads/main', parents: [start], files: { 'x.lock': withLine(3, 'main') } });
    const both = { 'x.lock': withLine(3, 'noor'), 'b.txt': withLine(2, 'noor') };
    draft.commit({ branch: 'refs/heads/locked', parents: [start], files: both });
    draft.commit({ branch: 'refs/heads/other', parents: [start], files: { 'b.txt': withLine(2, 'lena') } });
    draft.write(join(folder, 'locked'));
    expect((await judge(join(folder, 'locked'), { isThorough: false })).pairs).toMatchObject([
      { a: 'locked', b: 'other', finding: { basis: 'verified', verdict: 'conflict', files: [{ path: 'b.txt' }] } },
    ]);
  });

  test.each([true, false])(
    'only in files that are made anew merges first as git does with these taken from the base, thoroughly or not: %s',
    async (isThorough) => {
      const path = join(folder, `settled-${isThorough}`);
      draftOfLocks().write(path);
      const { pairs } = await judge(path, { isThorough });
      const names = ['brief', 'gone', 'gone-too', 'kept', 'locked', 'stacked'];
      const heads = new Set(pairs.flatMap(({ a, b }) => [a, b]));
      expect([...heads].sort()).toEqual(names);
      const oracle = mergesByHand(path);
      expect(pairs.map(({ a, b, finding }) => [a, b, pathsOf(finding)])).toEqual(
        pairs.map(({ a, b }) => [a, b, a === 'locked' && b === 'stacked' ? [] : oracle(a, b)]),
      );
      expect(pairs.map(({ a, b, finding }) => `${a} × ${b}: ${finding.basis} ${pathsOf(finding)}`)).toEqual([
        'brief × locked: verified ',
        'brief × stacked: verified ',
        'gone × gone-too: verified ',
        'gone × kept: verified c.txt',
        'gone-too × kept: verified ',
        'kept × locked: verified b.txt',
        'kept × stacked: verified b.txt',
        'locked × stacked: verified ',
      ]);
      expect(pairs.at(-1)?.finding).toMatchObject({ verdict: 'depends_on', dependent: 'stacked', on: 'locked' });
    },
  );

  test('by hand like the one that it stands on still depends on that', async () => {
    const draft = draftRepository();
    const start = draft.commit({ branch: 'refs/heads/main', files: { 'a.txt': TEN.join('') } });
    draft.commit({ branch: 'refs/heads/main', parents: [start], files: { 'a.txt': withLine(3, 'main') } });
    const low = draft.commit({ branch: 'refs/heads/low', parents: [start], files: { 'a.txt': withLine(3, 'kim') } });
    draft.commit({ branch: 'refs/heads/top', parents: [low], files: { 'a.txt': withLine(3, 'kim again') } });
    draft.write(join(folder, 'stuck-stack'));
    for (const isThorough of [true, false])
      expect((await judge(join(folder, 'stuck-stack'), { isThorough })).pairs).toEqual([
        {
          ...{ a: 'low', b: 'top' },
          finding: { basis: 'verified', verdict: 'depends_on', dependent: 'top', on: 'low', files: [] },
        },
      ]);
  });
});

/** The base has moved one lockfile, dropped another and made a third; heads meet in these, and some also elsewhere. */
function draftOfLocks(): ReturnType<typeof draftRepository> {
  const draft = draftRepository();
  const whole = TEN.join('');
  const files = { 'x.lock': whole, 'sub/y.lock': whole, 'b.txt': whole, 'c.txt': whole };
  const start = draft.commit({ branch: 'refs/heads/main', files });
  const moved = { 'x.lock': withLine(3, 'main'), 'sub/y.lock': null, 'new.lock': 'main\n' };
  draft.commit({ branch: 'refs/heads/main', parents: [start], files: moved });
  const branch = (name: string, parent: number, own: Record<string, DraftFile>): number =>
    draft.commit({ branch: `refs/heads/${name}`, parents: [parent], files: own });
  const locked = branch('locked', start, { 'x.lock': withLine(3, 'noor'), 'b.txt': withLine(2, 'noor') });
  branch('stacked', locked, { 'x.lock': withLine(3, 'noor again'), 'b.txt': withLine(2, 'noor again') });
  branch('brief', start, { 'x.lock': withLine(3, 'lena') });
  branch('gone', start, { 'sub/y.lock': withLine(4, 'ravi'), 'new.lock': 'ravi\n', 'c.txt': withLine(2, 'ravi') });
  branch('gone-too', start, { 'sub/y.lock': withLine(4, 'kim'), 'c.txt': withLine(9, 'kim') });
  const kept = { 'new.lock': 'tomas\n', 'b.txt': withLine(2, 'tomas'), 'c.txt': withLine(2, 'tomas') };
  branch('kept', start, kept);
  return draft;
}

/** Merges with git itself; whatever conflicts in a lockfile is settled as the base has it, then the second is merged. */
function mergesByHand(path: string): (first: string, second: string) => readonly string[] {
  const clone = `${path}-clone`;
  git(folder, ['clone', '--quiet', path, clone]);
  const merge = (head: string): readonly string[] => {
    const args = ['merge', '--quiet', '--no-edit', `origin/${head}`];
    const { status } = spawnSync('git', args, { cwd: clone, env: TEST_ENV });
    if (status === 0) return [];
    return git(clone, ['diff', '--name-only', '--diff-filter=U']).split('\n').filter(Boolean);
  };
  const start = (): unknown => git(clone, ['reset', '--quiet', '--hard', 'origin/main']);
  return (first, second) => {
    start();
    const before = merge(second);
    start();
    for (const file of merge(first)) {
      const isThere = git(clone, ['ls-tree', '--name-only', 'origin/main', file]) !== '';
      git(clone, isThere ? ['checkout', '--quiet', 'origin/main', '--', file] : ['rm', '--quiet', '-f', file]);
    }
    git(clone, ['commit', '--quiet', '--allow-empty', '--no-edit', '-m', first]);
    return merge(second).filter((file) => !before.includes(file));
  };
}

const pathsOf = (finding: PairFinding): readonly string[] =>
  'files' in finding ? finding.files.map(({ path }) => path) : finding.basis === 'verified' ? [] : ['not verified'];

test('a head whose new file has no place since the base split its folder conflicts with the base alone', async () => {
  const draft = draftRepository();
  const files = { 'd/x': TEN.join(''), 'd/y': 'y\n'.repeat(20), z: 'z\n' };
  const start = draft.commit({ branch: 'refs/heads/main', files });
  const split = { 'd/x': null, 'd/y': null, 'e/x': files['d/x'], 'f/y': files['d/y'] };
  const main = draft.commit({ branch: 'refs/heads/main', parents: [start], files: split });
  draft.commit({ branch: 'refs/heads/a', parents: [main], files: { 'd/other': 'other\n', z: 'zz\n' } });
  draft.commit({ branch: 'refs/heads/b', parents: [start], files: { 'd/new': 'new\n', z: 'zz\n' } });
  draft.write(join(folder, 'split-base'));
  const report = await judge(join(folder, 'split-base'));
  const lost = [{ path: 'd', kind: 'directory rename split', ranges: [], regenerate: false }];
  expect(report.heads.map(({ onBase }) => onBase)).toEqual([
    { verdict: 'clean' },
    { verdict: 'conflict', files: lost },
  ]);
  expect(report.pairs.map(({ finding }) => finding)).toEqual([{ basis: 'verified', verdict: 'clean' }]);
});

describe('heads of one stack', () => {
  test('depend on each other from below, whichever is named first', async () => {
    const draft = draftRepository();
    const start = draft.commit({ branch: 'refs/heads/main', files: { 'a.txt': TEN.join('') } });
    const low = draft.commit({ branch: 'refs/heads/z-low', parents: [start], files: { 'a.txt': withLine(3, 'kim') } });
    draft.commit({ branch: 'refs/heads/high', parents: [low], files: { 'a.txt': withLine(3, 'kim again') } });
    draft.write(join(folder, 'stack'));
    expect((await judge(join(folder, 'stack'))).pairs).toEqual([
      {
        a: 'high',
        b: 'z-low',
        finding: { basis: 'verified', verdict: 'depends_on', dependent: 'high', on: 'z-low', files: [] },
      },
    ]);
  });

  test('do not wait for one that conflicts with the base, where a later one brings it in resolved', async () => {
    const draft = draftRepository();
    const start = draft.commit({ branch: 'refs/heads/main', files: { 'a.txt': TEN.join('') } });
    const low = draft.commit({ branch: 'refs/heads/low', parents: [start], files: { 'a.txt': withLine(3, 'kim') } });
    const main = draft.commit({ branch: 'refs/heads/main', parents: [start], files: { 'a.txt': withLine(3, 'main') } });
    draft.commit({ branch: 'refs/heads/high', parents: [low, main], files: { 'a.txt': withLine(3, 'both') } });
    draft.write(join(folder, 'resolved'));
    const report = await judge(join(folder, 'resolved'));
    expect(report.heads.map(({ name, onBase }) => [name, onBase.verdict])).toEqual([
      ['high', 'clean'],
      ['low', 'conflict'],
    ]);
    expect(report.pairs).toEqual([{ a: 'high', b: 'low', finding: { basis: 'verified', verdict: 'clean' } }]);
  });
});

test('nothing in the repository changes: no byte, no name, no time', async () => {
  const path = branchesOf(
    'still',
    { 'd/a.txt': TEN.join('') },
    { a: { 'd/a.txt': withLine(3, 'kim') }, b: { 'd/a.txt': withLine(3, 'x') } },
  );
  // A merge of `a` onto the base makes trees that are there already: packed here, loose below.
  looseCopyOf(path, join(folder, 'loose'));
  for (const one of [path, join(folder, 'loose')]) await expectUntouched(one);
});

async function expectUntouched(path: string): Promise<void> {
  const before = timesBelow(path);
  expect((await judge(path)).pairs).toHaveLength(1);
  expect(timesBelow(path)).toEqual(before);
}

/** The same repository with every object in a file of its own. */
function looseCopyOf(path: string, copy: string): void {
  git(folder, ['init', '--quiet', '--bare', copy]);
  git(copy, ['-c', 'fetch.unpackLimit=100000', 'fetch', '--quiet', path, '+refs/*:refs/*']);
}

function timesBelow(path: string): Record<string, readonly [number, number, number]> {
  const names = readdirSync(path, { recursive: true, encoding: 'utf8' }).sort();
  return Object.fromEntries(
    names.map((name) => {
      const { size, mtimeMs, ctimeMs } = statSync(join(path, name));
      return [name, [size, mtimeMs, ctimeMs] as const];
    }),
  );
}
