import { execFileSync } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { chmodSync, existsSync, mkdirSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { UserError } from '../../src/core/failure.ts';
import type { ConflictReport } from '../../src/core/risk/conflict-report.ts';
import { type ConflictOptions, findConflicts } from '../../src/git/find-conflicts.ts';
import { layOutAttributes } from '../../src/git/lay-out-attributes.ts';
import { type Head, listHeads, resolveBase } from '../../src/git/list-heads.ts';
import { openRepository, type Repository } from '../../src/git/open-repository.ts';
import { readTouchedFiles } from '../../src/git/read-touched-files.ts';
import { memoryCache } from '../../src/git/trial-cache.ts';
import { draftRepository, git, newFolder } from './draft-repository.ts';

let folder: string;
beforeAll(() => {
  folder = newFolder('hostile');
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

/** Two branches that conflict in `a.txt`, and one that touches nothing of theirs; a checkout of them. */
function checkoutOf(name: string, attributes = ''): string {
  const draft = draftRepository();
  const start = draft.commit({
    branch: 'refs/heads/main',
    files: { 'a.txt': 'one\n', 'b.txt': 'b\n', '.gitattributes': attributes },
  });
  draft.commit({ branch: 'refs/heads/a', parents: [start], files: { 'a.txt': 'kim\n' } });
  draft.commit({ branch: 'refs/heads/b', parents: [start], files: { 'a.txt': 'ravi\n' } });
  draft.commit({ branch: 'refs/heads/c', parents: [start], files: { 'b.txt': 'noor\n' } });
  const path = join(folder, name);
  draft.write(`${path}.git`);
  git(folder, ['clone', '--quiet', `${path}.git`, path]);
  git(path, ['fetch', '--quiet', 'origin', '+refs/heads/*:refs/heads/*', '--update-head-ok']);
  return path;
}

async function use<T>(path: string, ask: (repository: Repository) => Promise<T>): Promise<T> {
  const repository = await openRepository(path);
  try {
    return await ask(repository);
  } finally {
    await repository.close();
  }
}

function judge(
  path: string,
  more: readonly Head[] = [],
  options: Pick<ConflictOptions, 'signal' | 'cache'> = {},
): Promise<ConflictReport> {
  return use(path, async (repository) => {
    const base = await resolveBase(repository, 'main');
    const heads = (await listHeads(repository, ['refs/heads/*'])).filter(({ name }) => name !== 'refs/heads/main');
    return findConflicts(repository, {
      ...{ base, heads: [...heads, ...more], isRegenerated: () => false },
      ...options,
    });
  });
}

const verdicts = ({ heads, pairs }: ConflictReport) => ({
  heads: heads.map(({ name, onBase }) => [name, onBase.verdict]),
  pairs: pairs.map(({ a, b, finding }) => [a, b, 'verdict' in finding ? finding.verdict : 'estimated']),
});

const ORDINARY = {
  heads: [
    ['refs/heads/a', 'clean'],
    ['refs/heads/b', 'clean'],
    ['refs/heads/c', 'clean'],
  ],
  pairs: [['refs/heads/a', 'refs/heads/b', 'conflict']],
};

test('nothing that the configuration, the attributes or the hooks of a repository name is ever run', async () => {
  const path = checkoutOf('drivers', '*.txt merge=evil diff=evil filter=evil\n');
  const trap = join(folder, 'trap.sh');
  const sprung = join(folder, 'sprung');
  writeFileSync(trap, `#!/bin/sh\necho "$@" >> '${sprung}'\ncat\n`);
  chmodSync(trap, 0o755);
  const settings = [
    ...['merge.evil.driver', 'diff.evil.textconv', 'diff.evil.command', 'diff.external', 'filter.evil.clean'],
    ...['filter.evil.smudge', 'filter.evil.process', 'core.fsmonitor', 'core.pager', 'pager.diff', 'core.editor'],
    ...[
      'core.alternateRefsCommand',
      'core.sshCommand',
      'core.gitProxy',
      'core.askPass',
      'gpg.program',
      'log.showSignature',
    ],
  ];
  const include = join(folder, 'included');
  writeFileSync(include, settings.map((key) => sectionOf(key, trap)).join(''));
  for (const key of settings) git(path, ['config', key, trap]);
  git(path, ['config', 'include.path', include]);
  git(path, ['config', 'core.hooksPath', join(folder, 'hooks')]);
  git(path, ['config', 'core.attributesFile', join(folder, 'attributes')]);
  writeFileSync(join(folder, 'attributes'), '* merge=evil\n');
  writeFileSync(join(path, '.git/info/attributes'), '* merge=evil\n');
  mkdirSync(join(folder, 'hooks'));
  for (const hook of [
    'post-index-change',
    'reference-transaction',
    'pre-merge-commit',
    'post-checkout',
    'fsmonitor-watchman',
  ]) {
    for (const place of [join(folder, 'hooks'), join(path, '.git/hooks')]) {
      mkdirSync(place, { recursive: true });
      writeFileSync(join(place, hook), `#!/bin/sh\nexec '${trap}' hook\n`, { mode: 0o755 });
    }
  }
  expect(verdicts(await judge(path))).toEqual(ORDINARY);
  expect(existsSync(sprung)).toBe(false);
  // The same repository, asked by git itself, does spring the trap: it was armed.
  git(path, ['merge-tree', '--write-tree', 'refs/heads/a', 'refs/heads/b']);
  expect(existsSync(sprung)).toBe(true);
});

function sectionOf(key: string, value: string): string {
  const parts = key.split('.');
  const section = parts.length === 3 ? `[${parts[0]} "${parts[1]}"]` : `[${parts[0]}]`;
  return `${section}\n\t${parts.at(-1)} = ${value}\n`;
}

describe('a name is only a name:', () => {
  test.each(['--upload-pack=touch x', '-c', '$(touch x)', 'no/such/place', 'a\0b'])('the path %j', async (path) => {
    await expect(openRepository(path)).rejects.toMatchObject({ code: 'not_found' });
  });

  test('a folder that is called like an option', async () => {
    const path = join(folder, '--upload-pack=x');
    draftOfOne().write(path);
    expect(verdicts(await judge(path))).toEqual({ heads: [], pairs: [] });
  });

  test.each(['--all', '-n1', 'main..a', 'main:a.txt', ':/one', 'main@{0}', 'a b', ''])('the base %j', async (name) => {
    const path = join(folder, 'bases');
    if (!existsSync(path)) draftOfOne().write(path);
    await expect(use(path, (repository) => resolveBase(repository, name))).rejects.toMatchObject({ code: 'usage' });
  });

  test('a base that is not there', async () => {
    const path = join(folder, 'bases');
    if (!existsSync(path)) draftOfOne().write(path);
    const asked = use(path, (repository) => resolveBase(repository, 'nowhere'));
    await expect(asked).rejects.toMatchObject({ code: 'not_found', message: expect.stringContaining('"nowhere"') });
  });

  test('a branch that is called like a command', async () => {
    const path = checkoutOf('command');
    git(path, ['update-ref', 'refs/heads/$(touch;x)', 'refs/heads/b']);
    const found = verdicts(await judge(path));
    expect(found.pairs).toContainEqual(['refs/heads/$(touch;x)', 'refs/heads/a', 'conflict']);
    expect(existsSync('x')).toBe(false);
  });

  test('patterns of refs, even those that look like options', async () => {
    const path = checkoutOf('patterns');
    const found = await use(path, (repository) => listHeads(repository, ['--exec=x', 'a']));
    expect(found.map(({ name }) => name)).toEqual(['refs/heads/a']);
  });
});

const draftOfOne = () => {
  const draft = draftRepository();
  draft.commit({ branch: 'refs/heads/main', files: { 'a.txt': 'one\n' } });
  return draft;
};

describe('what cannot be read is unknown, and the rest is judged:', () => {
  test('a head that vanished', async () => {
    const path = checkoutOf('vanished');
    const gone = { name: '#9', commit: '1'.repeat(40) };
    const report = await judge(path, [gone]);
    expect(report.heads.at(-1)).toEqual({
      ...gone,
      onBase: { verdict: 'unknown', reason: 'its commit is not in this clone' },
      touched: [],
    });
    expect({ ...verdicts(report), heads: verdicts(report).heads.slice(0, 3) }).toEqual(ORDINARY);
  });

  test('a broken ref, and one that an end of the machine left empty', async () => {
    const path = checkoutOf('broken-ref');
    writeFileSync(join(path, '.git/refs/heads/broken'), 'no id at all\n');
    writeFileSync(join(path, '.git/refs/heads/empty'), '');
    writeFileSync(join(path, '.git/refs/heads/no ref'), 'somebody put a file here\n');
    const report = await judge(path);
    const onBase = { verdict: 'unknown', reason: 'its ref is broken: it names no commit' };
    expect(report.heads.slice(3)).toEqual(
      ['refs/heads/broken', 'refs/heads/empty'].map((name) => ({ name, commit: '', onBase, touched: [] })),
    );
    expect({ ...verdicts(report), heads: verdicts(report).heads.slice(0, 3) }).toEqual(ORDINARY);
    const asked = (patterns: readonly string[]) => use(path, (repository) => listHeads(repository, patterns));
    const brokenOf = async (...patterns: string[]) =>
      (await asked(patterns)).filter(({ commit }) => commit === '').map(({ name }) => name);
    // git warns of all that it comes by; only what was asked for counts.
    expect(await brokenOf('refs/heads/b*')).toEqual(['refs/heads/broken']);
    expect(await brokenOf('refs/heads/')).toEqual(['refs/heads/broken', 'refs/heads/empty']);
    expect(await brokenOf('refs/heads/*/x', 'refs/heads/a')).toEqual([]);
  });

  test('a ref to a file, or to a tag of one', async () => {
    const path = checkoutOf('blob-ref');
    const blob = git(path, ['rev-parse', 'refs/heads/a:a.txt']).trim();
    git(path, ['tag', '-a', '-m', 'of a file', 'marked', blob]);
    const tag = git(path, ['rev-parse', 'refs/tags/marked']).trim();
    // Not as branches, which git itself refuses.
    const more = [
      { name: 'blob', commit: blob },
      { name: 'tag', commit: tag },
    ];
    const { heads } = await judge(path, more);
    expect(heads.slice(3).map(({ onBase }) => onBase)).toEqual(
      more.map(() => ({ verdict: 'unknown', reason: 'its ref stands for a blob, not for a commit' })),
    );
  });

  test('what a partial clone lacks, with what brings it', async () => {
    const from = checkoutOf('partial-from');
    git(from, ['config', 'uploadpack.allowFilter', 'true']);
    for (const [filter, name] of [
      ['blob:none', 'no-files'],
      ['tree:0', 'no-folders'],
    ] as const) {
      const path = join(folder, `partial-${name}`);
      git(folder, ['clone', '--quiet', '--bare', `--filter=${filter}`, `file://${from}`, path]);
      // Without its folders there is no base to merge onto.
      const told = await judge(path).then(
        ({ heads }) => JSON.stringify(heads),
        (error: UserError) => error.hint,
      );
      expect(told).toMatch(
        /his partial clone lacks files that it needs; fetch its branches and heads again with git fetch --refetch --no-filter/,
      );
      git(path, ['fetch', '--quiet', '--refetch', '--no-filter', 'origin', '+refs/heads/*:refs/heads/*']);
      expect(verdicts(await judge(path))).toEqual(ORDINARY);
    }
  });

  test('a file whose object is gone', async () => {
    const path = looseCopy('gone', checkoutOf('gone-from'));
    rmSync(objectOf(path, 'refs/heads/b:a.txt'));
    const report = await judge(path);
    expect(verdicts(report).heads).toEqual(ORDINARY.heads);
    expect(report.pairs).toMatchObject([
      { finding: { verdict: 'unknown', reason: expect.stringContaining('git says: ') } },
    ]);
  });

  test('a tree that is corrupt', async () => {
    const path = looseCopy('corrupt', checkoutOf('corrupt-from'));
    const tree = objectOf(path, 'refs/heads/b^{tree}');
    chmodSync(tree, 0o644);
    writeFileSync(tree, randomBytes(80));
    const { heads, pairs } = verdicts(await judge(path));
    expect(heads).toEqual([
      ['refs/heads/a', 'clean'],
      ['refs/heads/b', 'unknown'],
      ['refs/heads/c', 'clean'],
    ]);
    expect(pairs).toEqual([]);
  });

  test('a pack that is corrupt', async () => {
    const path = checkoutOf('pack');
    const packs = join(path, '.git/objects/pack');
    const pack = join(packs, readdirSync(packs).find((name) => name.endsWith('.pack')) ?? '');
    chmodSync(pack, 0o644);
    writeFileSync(pack, Buffer.concat([Buffer.from('PACK'), randomBytes(statSync(pack).size - 4)]));
    const message = expect.stringMatching(/the commit called "main" .* cannot be read: (error|fatal): /);
    await expect(judge(path)).rejects.toMatchObject({ code: 'not_found', message });
  });

  test('a pack whose index is missing, which is named with what to run', async () => {
    const path = checkoutOf('no index');
    const packs = join(path, '.git/objects/pack');
    const index = join(packs, readdirSync(packs).find((name) => name.endsWith('.idx')) ?? '');
    rmSync(index);
    const pack = index.replace(/idx$/, 'pack');
    await expect(judge(path)).rejects.toMatchObject({
      code: 'not_found',
      message: `the commit called "main" in ${JSON.stringify(path)} is not found`,
      hint: `The index of the pack ${pack} is missing; write it anew with git index-pack '${pack}'.`,
    });
    git(path, ['index-pack', pack]);
    expect(verdicts(await judge(path))).toEqual(ORDINARY);
  });

  test('a pack without an index that holds a single head', async () => {
    const path = checkoutOf('one-index');
    git(path, ['checkout', '--quiet', '-b', 'late', 'main']);
    writeFileSync(join(path, 'late.txt'), 'late\n');
    git(path, ['add', '.']);
    git(path, ['-c', 'user.name=kim', '-c', 'user.email=kim@example.org', 'commit', '--quiet', '-m', 'late']);
    const packs = join(path, '.git/objects/pack');
    const before = new Set(readdirSync(packs));
    git(path, ['repack', '--quiet', '-d']);
    const index = readdirSync(packs).find((name) => !before.has(name) && name.endsWith('.idx')) ?? '';
    rmSync(join(packs, index));
    const { heads } = await judge(path);
    const pack = join(packs, index.replace(/idx$/, 'pack'));
    expect(heads.find(({ name }) => name === 'refs/heads/late')?.onBase).toEqual({
      verdict: 'unknown',
      reason: `its commit, or its files, are not found: the index of the pack ${pack} is missing; write it anew with git index-pack ${pack}`,
    });
  });

  test('a commit graph that is corrupt, which git can do without', async () => {
    const path = checkoutOf('graph');
    git(path, ['commit-graph', 'write', '--reachable']);
    const graph = join(path, '.git/objects/info/commit-graph');
    chmodSync(graph, 0o644);
    writeFileSync(graph, randomBytes(statSync(graph).size));
    expect(verdicts(await judge(path))).toEqual(ORDINARY);
  });

  test('pipes among objects and refs, which nobody opens', async () => {
    const path = checkoutOf('pipes');
    const shelf = join(path, '.git/objects/ab');
    mkdirSync(shelf, { recursive: true });
    const stem = `pack-${'0'.repeat(40)}`;
    const pipes = [
      join(shelf, 'c'.repeat(38)),
      join(path, '.git/refs/heads/pipe'),
      join(path, '.git/objects/info/commit-graph'),
    ];
    for (const end of ['idx', 'pack']) pipes.push(join(path, '.git/objects/pack', `${stem}.${end}`));
    for (const pipe of pipes) execFileSync('mkfifo', [pipe]);
    expect(verdicts(await judge(path))).toEqual(ORDINARY);
  });

  test('objects that are no folder', async () => {
    const path = join(folder, 'no-objects');
    mkdirSync(join(path, '.git'), { recursive: true });
    mkdirSync(join(path, 'common'));
    writeFileSync(join(path, '.git/HEAD'), 'ref: refs/heads/main\n');
    writeFileSync(join(path, '.git/commondir'), '../common\n');
    writeFileSync(join(path, 'common/objects'), '');
    const message = expect.stringContaining('cannot be read');
    await expect(judge(path)).rejects.toMatchObject({ code: 'not_found', message });
  });

  test('what lies behind several merge bases in a shallow clone, also once a cache has seen it', async () => {
    const draft = draftRepository();
    const start = draft.commit({ branch: 'refs/heads/main', files: { 'a.txt': 'one\n', 'b.txt': 'b\n' } });
    const left = draft.commit({ branch: 'refs/heads/main', parents: [start], files: { 'a.txt': 'left\n' } });
    const right = draft.commit({ branch: 'refs/heads/a', parents: [start], files: { 'b.txt': 'right\n' } });
    const files = { 'a.txt': 'left\n', 'b.txt': 'right\n' };
    draft.commit({ branch: 'refs/heads/main', parents: [left, right], files });
    draft.commit({ branch: 'refs/heads/a', parents: [right, left], files: { ...files, 'c.txt': 'c\n' } });
    draft.write(join(folder, 'crossed'));
    const path = join(folder, 'crossed-shallow');
    const origin = `file://${join(folder, 'crossed')}`;
    git(folder, ['clone', '--quiet', '--bare', '--depth=2', '--no-single-branch', origin, path]);
    const cache = memoryCache();
    const onBase = async () => (await judge(path, [], { cache })).heads.map((head) => head.onBase.verdict);
    expect(await onBase()).toEqual(['unknown']);
    git(path, ['fetch', '--quiet', '--unshallow', origin]);
    expect(await onBase()).toEqual(['clean']);
  });

  test('history that a shallow clone does not have', async () => {
    const draft = draftRepository();
    let main = draft.commit({ branch: 'refs/heads/main', files: { 'a.txt': 'one\n', 'b.txt': 'b\n' } });
    draft.commit({ branch: 'refs/heads/old', parents: [main], files: { 'a.txt': 'noor\n' } });
    for (const text of ['x\n', 'y\n', 'z\n'])
      main = draft.commit({ branch: 'refs/heads/main', parents: [main], files: { 'b.txt': text } });
    draft.commit({ branch: 'refs/heads/new', parents: [main], files: { 'a.txt': 'kim\n' } });
    draft.write(join(folder, 'deep'));
    const path = join(folder, 'shallow');
    git(folder, [
      'clone',
      '--quiet',
      '--bare',
      '--depth=2',
      '--no-single-branch',
      `file://${join(folder, 'deep')}`,
      path,
    ]);
    const report = await judge(path);
    const reason =
      'the clone is shallow and does not reach back to where this left the base; git fetch --unshallow, or fetch-depth: 0 where a workflow checks out, brings the rest';
    expect(report.heads.map(({ name, onBase }) => [name, onBase])).toEqual([
      ['refs/heads/new', { verdict: 'clean' }],
      ['refs/heads/old', { verdict: 'unknown', reason }],
    ]);
  });

  test('everything, once it is cancelled', async () => {
    const { heads, pairs } = verdicts(await judge(checkoutOf('cancelled'), [], { signal: AbortSignal.abort() }));
    expect(heads.map(([, verdict]) => verdict)).toEqual(['unknown', 'unknown', 'unknown']);
    expect(pairs).toEqual([]);
  });
});

describe('attributes that no folder can hold make the pairs of their head unknown, and only those:', () => {
  const long = 'x'.repeat(300);
  test.each([
    ['below a name that is too long', { [`${long}/.gitattributes`]: '* -merge\n' }],
    ['below too many folders', { [`${'d/'.repeat(2500)}.gitattributes`]: '* -merge\n' }],
    ['that are too large', { 'd/.gitattributes': '#'.repeat(1024 * 1024 + 1) }],
    ['that are too many', Object.fromEntries(Array.from({ length: 5001 }, (_, n) => [`${n}/.gitattributes`, '#\n']))],
  ])('%s', async (name, attributes) => {
    const draft = draftRepository();
    const start = draft.commit({ branch: 'refs/heads/main', files: { 'a.txt': 'one\n', 'b.txt': 'b\n' } });
    draft.commit({ branch: 'refs/heads/a', parents: [start], files: { ...attributes, 'b.txt': 'lena\n' } });
    draft.commit({ branch: 'refs/heads/b', parents: [start], files: { 'a.txt': 'kim\n' } });
    draft.commit({ branch: 'refs/heads/c', parents: [start], files: { 'a.txt': 'ravi\n' } });
    const path = join(folder, `attributes ${name}`);
    draft.write(path);
    const reason = expect.stringContaining('its .gitattributes ');
    expect((await judge(path)).pairs).toMatchObject([
      { a: 'refs/heads/a', b: 'refs/heads/b', finding: { verdict: 'unknown', reason } },
      { a: 'refs/heads/a', b: 'refs/heads/c', finding: { verdict: 'unknown', reason } },
      { a: 'refs/heads/b', b: 'refs/heads/c', finding: { verdict: 'conflict' } },
    ]);
  });

  test('that are a file and a folder in one tree', async () => {
    const path = join(folder, 'twofold');
    const draft = draftRepository();
    const start = draft.commit({ branch: 'refs/heads/main', files: { 'a.txt': 'one\n', '.gitattributes': '#\n' } });
    draft.commit({ branch: 'refs/heads/b', parents: [start], files: { 'a.txt': 'kim\n' } });
    draft.write(path);
    const blob = git(path, ['rev-parse', 'main:.gitattributes']).trim();
    const inner = git(path, ['mktree'], `100644 blob ${blob}\t.gitattributes\n`).trim();
    const lines = `100644 blob ${blob}\t.gitattributes\n040000 tree ${inner}\t.gitattributes\n`;
    const tree = git(path, ['mktree'], lines).trim();
    const commit = git(path, ['commit-tree', '-m', 'twofold', tree]).trim();
    const found = await use(path, (repository) => layOutAttributes(repository, `${commit}^{tree}`));
    expect(found).toEqual({ known: false, reason: 'its .gitattributes cannot be laid out in a folder' });
  });
});

test('attributes hold below a folder whose name is no text', async () => {
  const path = join(folder, 'bytes');
  const draft = draftRepository();
  draft.commit({ branch: 'refs/heads/main', files: { '.gitattributes': '* -merge\n' } });
  draft.write(path);
  const inner = git(path, ['rev-parse', 'main^{tree}']).trim();
  const name = Buffer.from([0x64, 0xff]);
  const line = Buffer.concat([Buffer.from(`040000 tree ${inner}\t`), name, Buffer.from('\n')]);
  const tree = git(path, ['mktree'], line).trim();
  const text = await use(path, async (repository) => {
    const found = await layOutAttributes(repository, tree);
    if (!found.known) return found.reason;
    return readFileSync(Buffer.concat([Buffer.from(`${found.value.workTree}/`), name, Buffer.from('/.gitattributes')]));
  });
  expect(text.toString()).toBe('* -merge\n');
});

test('a file of 100 MB is merged, and shown without its lines', async () => {
  const draft = draftRepository();
  const line = `${'x'.repeat(99)}\n`;
  const start = draft.commit({ branch: 'refs/heads/main', files: { 'a.txt': line.repeat(1_000_000) } });
  draft.commit({ branch: 'refs/heads/a', parents: [start], files: { 'a.txt': `a\n${line.repeat(1_000_000)}` } });
  draft.commit({ branch: 'refs/heads/b', parents: [start], files: { 'a.txt': `b\n${line.repeat(1_000_000)}` } });
  const path = join(folder, 'large');
  draft.write(path);
  const report = await judge(path);
  const files = [{ path: 'a.txt', kind: 'content', ranges: [], regenerate: false }];
  expect(report.pairs.map(({ finding }) => finding)).toEqual([{ basis: 'verified', verdict: 'conflict', files }]);
  const touched = await use(path, async (repository) => {
    const base = await resolveBase(repository, 'main');
    return readTouchedFiles(repository, { base, heads: await listHeads(repository, ['a']) });
  });
  expect(touched).toEqual([{ known: true, value: [{ path: 'a.txt', status: 'modified', hunks: null }] }]);
}, 60_000);

/** The same repository, bare, with every object in a file of its own. */
function looseCopy(name: string, from: string): string {
  const path = join(folder, name);
  git(folder, ['init', '--quiet', '--bare', '--initial-branch=main', path]);
  git(path, ['-c', 'fetch.unpackLimit=100000', 'fetch', '--quiet', from, '+refs/heads/*:refs/heads/*']);
  return path;
}

function objectOf(path: string, name: string): string {
  const id = git(path, ['rev-parse', name]).trim();
  return join(path, 'objects', id.slice(0, 2), id.slice(2));
}
