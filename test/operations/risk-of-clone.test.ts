import { writeFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { UserError } from '../../src/core/failure.ts';
import { ALL_LISTED } from '../../src/core/risk/pairs-not-listed.ts';
import { CATALOG } from '../../src/operations/catalog.ts';
import { loadRisk } from '../../src/operations/load-risk.ts';
import type { OperationContext } from '../../src/operations/operation.ts';
import type { RiskWish } from '../../src/operations/risk-facts.ts';
import { riskLearn } from '../../src/operations/risk-learn.ts';
import { riskMatrix } from '../../src/operations/risk-matrix.ts';
import { queueReport, riskQueue } from '../../src/operations/risk-queue.ts';
import { riskScore } from '../../src/operations/risk-score.ts';
import { type DraftCommit, git, type RepositoryDraft } from '../git/draft-repository.ts';
import { draftHarbor, prepareClone, SOON, UNCHANGED, withLine } from './risk-clone-world.ts';

type Asked = { readonly now?: string } & Pick<OperationContext, 'onProgress' | 'stop'>;

/** Any request fails the test: with a clone alone there is none. Without a folder, the caller is somebody else. */
function offline(
  cacheFolder: string | null,
  { now = SOON, onProgress = () => {}, stop }: Asked = {},
): OperationContext {
  return {
    get github(): never {
      throw new Error('GitHub was asked');
    },
    now: () => now,
    onProgress,
    defaultRepository: null,
    ...(stop && { stop }),
    ...(cacheFolder === null ? {} : { machine: { cacheFolder } }),
  };
}

const NOTHING_MORE: RiskWish['scope'] = { drafts: false, dependencyBots: false, idle: false };
const ask = { drafts: false, bots: false, idle: false, seconds: 600 };

test('a clone alone tells what conflicts, what is stacked, and what is only made anew', async () => {
  const { folder, cache, commits } = prepareClone(draftHarbor);
  const facts = await loadRisk(offline(cache), { clone: folder, scope: NOTHING_MORE });
  expect({ repository: facts.repository, base: facts.base }).toEqual({
    repository: null,
    base: { name: 'main', commit: commits.get(2) },
  });
  const file = (path: string, regenerate: boolean) => ({
    path,
    kind: 'content',
    ranges: [expect.anything()],
    regenerate,
  });
  expect(facts.pairs).toEqual([
    { a: '#1', b: '#2', finding: { basis: 'verified', verdict: 'conflict', files: [file('src/a.ts', false)] } },
    {
      a: '#1',
      b: '#5',
      finding: { basis: 'verified', verdict: 'depends_on', dependent: '#5', on: '#1', files: [] },
    },
    { a: '#2', b: '#5', finding: { basis: 'verified', verdict: 'conflict', files: [file('src/a.ts', false)] } },
    { a: '#3', b: '#4', finding: { basis: 'verified', verdict: 'conflict', files: [file('package-lock.json', true)] } },
  ]);
  expect(facts.onBase.get('#6')?.verdict).toBe('conflict');
  expect(facts.changes.find(({ name }) => name === '#6')?.heldBy).toEqual(['conflicts with main']);
  expect([facts.dependents?.get('src/a.ts'), facts.imports]).toEqual([2, { files: 3, unread: 0, unresolved: 0 }]);
});

test('every pair with a head that nobody can judge is unknown, in the matrix as in its drawing', async () => {
  const { folder, cache } = prepareClone((draft) => {
    const root = draft.commit({ branch: 'refs/heads/main', files: { 'a.txt': UNCHANGED } });
    for (const number of [1, 2]) {
      const files = { [`${number}.txt`]: 'new\n' };
      draft.commit({ branch: `refs/pull/${number}/head`, parents: [root], files });
    }
    draft.commit({ branch: 'refs/pull/3/head', files: { 'other.txt': 'of another history\n' } });
  });
  const asked = { ...ask, clone: folder, svg: true };
  const { changes, pairs, svg } = await riskMatrix.run(offline(cache), asked);
  const reason = '#3: it shares no history with the base';
  const finding = { basis: null, verdict: 'unknown', reason };
  expect(pairs).toEqual([
    { a: '#1', b: '#3', finding },
    { a: '#2', b: '#3', finding },
  ]);
  // Two cells of each pair, its place on the base, and the legend.
  expect(svg?.match(/>\?</g)).toHaveLength(2 * 2 + 1 + 1);
  expect(svg).toContain('Pairs: 2 unknown.');
  const known = changes.map(({ name, onBase }) => [name, onBase.verdict]);
  expect(known).toEqual(expect.arrayContaining([['#3', 'unknown']]));
  const scored = await riskScore.run(offline(cache), { ...ask, clone: folder, change: '1' });
  expect(scored.pairs).toEqual([{ a: '#1', b: '#3', finding }]);
});

test('what a head is called, when it came and who wrote it come from its ref and its commit', async () => {
  const { folder, cache, commits } = prepareClone(draftHarbor, 'git@github.com:octo/harbor.git');
  const { repository, changes } = await loadRisk(offline(cache), { clone: folder, scope: NOTHING_MORE });
  expect(repository).toEqual({ owner: 'octo', repo: 'harbor' });
  expect(changes.find(({ name }) => name === '#7')).toMatchObject({
    number: 7,
    title: 'change 9',
    url: 'https://github.com/octo/harbor/pull/7',
    author: 'kim',
    headSha: commits.get(9),
    enteredAt: '2023-11-14T22:22:20.000Z',
    updatedAt: '2023-11-14T22:22:20.000Z',
    isDraft: false,
    isDependencyBot: false,
  });
});

test('what nobody touched for 30 days is not tried, but for what somebody stands on or asks for', async () => {
  const { folder, cache } = prepareClone((draft) => {
    const root = draft.commit({ branch: 'refs/heads/main', files: { 'a.txt': UNCHANGED } });
    draft.commit({ branch: 'refs/pull/1/head', parents: [root], files: { 'a.txt': withLine(3, 'one') } });
    draft.commit({ branch: 'refs/pull/2/head', parents: [root], files: { 'a.txt': withLine(3, 'two') } });
  });
  const later = offline(cache, { now: '2024-02-01T00:00:00Z' });
  const idle = await loadRisk(later, { clone: folder, scope: NOTHING_MORE });
  expect([idle.pairs, idle.onBase.size]).toEqual([[], 0]);
  const queue = await riskQueue.run(later, { ...ask, clone: folder });
  expect(queue.leftOut).toEqual(['#1', '#2'].map((name) => ({ name, why: 'idle for 30 days' })));
  const asked = await riskScore.run(later, { ...ask, clone: folder, change: '2', idle: true });
  expect(asked.pairs.map(({ a, b }) => [a, b])).toEqual([['#1', '#2']]);
  const all = await loadRisk(later, { clone: folder, scope: { ...NOTHING_MORE, idle: true } });
  expect(all.pairs).toHaveLength(1);
});

test('the base leaves the merged out, and its configuration says what is made anew', async () => {
  const { folder, cache } = prepareClone((draft) => {
    const root = draft.commit({
      branch: 'refs/heads/main',
      files: { 'api.json': UNCHANGED, '.github/parasol.yml': 'version: 1\nrisk: { ignore: ["*.json"] }\n' },
    });
    draft.commit({ branch: 'refs/pull/1/head', parents: [root], files: { 'api.json': withLine(3, 'one') } });
    draft.commit({ branch: 'refs/pull/2/head', parents: [root], files: { 'api.json': withLine(3, 'two') } });
    const merged = draft.commit({ branch: 'refs/pull/3/head', parents: [root], files: { 'c.txt': 'c' } });
    draft.commit({ branch: 'refs/heads/main', parents: [root, merged], files: { 'c.txt': 'c' } });
  });
  const queue = await riskQueue.run(offline(cache), { ...ask, clone: folder });
  expect(queue).toMatchObject({
    places: [{ name: '#1' }, { name: '#2' }],
    regenerate: [{ a: '#1', b: '#2', paths: ['api.json'] }],
    verifiedPairs: 0,
    remarks: [
      'main holds #3 already.',
      expect.stringMatching(/^No cap on the wait/),
      expect.stringMatching(/^No gh commands/),
    ],
  });
});

test('of a configuration that is broken on the base its last valid version holds, up to where it was deleted', async () => {
  const config = '.github/parasol.yml';
  const prepared = (last: Readonly<Record<string, string | null>>) =>
    prepareClone((draft) => {
      const valid = { 'api.json': UNCHANGED, [config]: 'version: 1\nrisk: { ignore: ["*.json"] }\n' };
      const root = draft.commit({ branch: 'refs/heads/main', files: valid });
      draft.commit({ branch: 'refs/pull/1/head', parents: [root], files: { 'api.json': withLine(3, 'one') } });
      draft.commit({ branch: 'refs/pull/2/head', parents: [root], files: { 'api.json': withLine(3, 'two') } });
      const next = draft.commit({ branch: 'refs/heads/main', parents: [root], files: last });
      const broken = { [config]: 'version: 1\nrisk: { max_wait: soon }\n' };
      draft.commit({ branch: 'refs/heads/main', parents: [next], files: broken });
    });
  const held = prepared({ 'b.txt': 'b' });
  const queue = await riskQueue.run(offline(held.cache), { ...ask, clone: held.folder });
  expect(queue).toMatchObject({ regenerate: [{ a: '#1', b: '#2', paths: ['api.json'] }], verifiedPairs: 0 });
  expect(queue.remarks).toContainEqual(
    expect.stringMatching(/^Until .*parasol.yml is valid again, its version [0-9a-f]{7} of /),
  );
  const gone = prepared({ [config]: null });
  const without = await riskQueue.run(offline(gone.cache), { ...ask, clone: gone.folder });
  expect(without).toMatchObject({ regenerate: [], verifiedPairs: 1 });
  expect(without.remarks).toContainEqual(expect.stringMatching(/^No valid version of .*parasol.yml was found/));
});

test('a change that conflicts with its base only in files made anew is ready, and says what to make anew', async () => {
  const { folder, cache } = prepareClone((draft) => {
    const root = draft.commit({ branch: 'refs/heads/main', files: { 'yarn.lock': UNCHANGED } });
    draft.commit({ branch: 'refs/heads/main', parents: [root], files: { 'yarn.lock': withLine(3, 'base') } });
    draft.commit({ branch: 'refs/pull/1/head', parents: [root], files: { 'yarn.lock': withLine(3, 'one') } });
  }, 'https://github.com/octo/harbor.git');
  const queue = await riskQueue.run(offline(cache), { ...ask, clone: folder });
  expect(queue.places).toMatchObject([{ name: '#1', heldBy: [] }]);
  expect(queue.next.map(({ before }) => before)).toEqual([['make yarn.lock anew on the base']]);
  expect(queue.next[0]?.command).toBe('gh pr merge 1 --repo=octo/harbor');
  const matrix = await riskMatrix.run(offline(cache), { ...ask, clone: folder, svg: true });
  expect(matrix.svg).toContain('1 on its base: only files made anew');
});

test('the queue spares what much depends on, says why, and tells what each choice costs', async () => {
  const { folder, cache } = prepareClone(draftHarbor, 'https://github.com/octo/harbor');
  const queue = await riskQueue.run(offline(cache), { ...ask, clone: folder });
  const place = (name: string) => queue.places.find((one) => one.name === name);
  expect(queue.places.at(-1)).toMatchObject({ name: '#6', reason: 'not ready', heldBy: ['conflicts with main'] });
  expect(place('#1')).toMatchObject({
    choice: '#1 first makes 1 rebase, last makes 1',
    impact: ['2 lines of `src/a.ts` to redo', '2 files depend on `src/a.ts`'],
  });
  expect(queue.next[0]?.command).toMatch(/^gh pr merge \d --repo=octo\/harbor --match-head-commit=[0-9a-f]{40}$/);
  expect(queue.next).toHaveLength(6);
  expect(queue.expected.weight).toBeLessThanOrEqual(queue.oldestFirst.weight);
});

test('nobody is hurried in a clone, which does not tell since when a change waits, unless a cap is given', async () => {
  const { folder, cache } = prepareClone(draftHarbor);
  const late = offline(cache, { now: '2024-02-15T00:00:00Z' });
  const free = await riskQueue.run(late, { ...ask, idle: true, clone: folder });
  const capped = await riskQueue.run(late, { ...ask, idle: true, clone: folder, maxWait: '7d' });
  const hurried = ({ places }: typeof free) => places.filter(({ reason }) => reason.startsWith('has waited')).length;
  expect([hurried(free), hurried(capped)]).toEqual([0, 6]);
  expect(free.remarks[0]).toBe(
    'No cap on the wait, because a clone does not tell since when a change waits; --max-wait 7d counts from its last commit.',
  );
  expect(capped.remarks[0]).toBe(
    'The wait counts from the date of the last commit, because a clone does not tell since when a change waits.',
  );
  expect(free.expected.weight).toBeLessThanOrEqual(capped.expected.weight);
});

test('what the time does not reach is estimated and said, and verified when it is asked again', async () => {
  const { folder, cache } = prepareClone(draftHarbor);
  const wish = { clone: folder, scope: NOTHING_MORE };
  const cut = await loadRisk(offline(cache, { stop: AbortSignal.abort() }), wish);
  expect(cut.onBase.get('#1')).toEqual({ verdict: 'unknown', reason: 'it was cancelled' });
  expect(cut.pairs.filter(({ finding }) => finding.basis === 'verified')).toEqual([]);
  expect(cut.remarks[0]).toMatch(/^7 of 7 heads were not merged onto the base, \d+ pairs are (estimated|unknown)/);
  const whole = await loadRisk(offline(cache), wish);
  expect([whole.pairs.length, whole.remarks]).toEqual([4, []]);
});

test('of a time that is up at once all is estimated, by files alone, and nothing is said to be known', async () => {
  const { folder, cache } = prepareClone(draftHarbor);
  const wish = { clone: folder, scope: NOTHING_MORE };
  const cut = await loadRisk(offline(cache), { ...wish, seconds: 0 });
  const untried = { verdict: 'unknown', reason: 'the time for it was up' };
  expect([...cut.onBase.values()]).toEqual(Array.from({ length: 7 }, () => untried));
  expect(new Set(cut.pairs.map(({ finding }) => finding.basis))).toEqual(new Set(['estimated']));
  expect([cut.pairs.length, cut.dependents, cut.remarks]).toEqual([
    4,
    null,
    [
      '7 of 7 heads were not merged onto the base, 4 pairs are estimated: trial merges did not get to them within 0 s (--seconds). Asked again, they go on from there.',
      'What depends on files is not counted: imports were not all read within 0 s (--seconds). Asked again, it goes on from there.',
    ],
  ]);
  expect((await loadRisk(offline(cache), wish)).pairs).toHaveLength(4);
});

test('imports that the time did not reach are not counted, which is said, and read on when it is asked again', async () => {
  const sources = Array.from({ length: 600 }, (_, at) => [
    `lib/${at}.ts`,
    `import '../src/a.ts'; export const n = ${at};\n`,
  ]);
  const { folder, cache } = prepareClone((draft) => {
    const files = { ...Object.fromEntries(sources), 'src/a.ts': UNCHANGED };
    const root = draft.commit({ branch: 'refs/heads/main', files });
    for (const number of [1, 2])
      draft.commit({
        branch: `refs/pull/${number}/head`,
        parents: [root],
        files: { 'src/a.ts': withLine(3, `${number}`) },
      });
  });
  const wish = { clone: folder, scope: NOTHING_MORE };
  const stop = new AbortController();
  const onProgress: OperationContext['onProgress'] = ({ label }) => label === 'reading imports' && stop.abort();
  const cut = await loadRisk(offline(cache, { stop: stop.signal, onProgress }), wish);
  expect([cut.pairs[0]?.finding.basis, cut.dependents, cut.imports, cut.remarks]).toEqual([
    ...['verified', null, null],
    [
      'What depends on files is not counted: imports were not all read before the end. Asked again, it goes on from there.',
    ],
  ]);
  const left: number[] = [];
  const again = await loadRisk(offline(cache, { onProgress: ({ total }) => left.push(total ?? 0) }), wish);
  expect([again.dependents?.get('src/a.ts'), again.remarks]).toEqual([600, []]);
  expect(Math.max(...left)).toBeLessThan(601);
});

test('refs that are no pull requests are changes too, without commands', async () => {
  const { folder, cache } = prepareClone((draft) => {
    const root = draft.commit({ branch: 'refs/heads/main', files: { 'a.txt': UNCHANGED } });
    for (const name of ['left', 'right'])
      draft.commit({ branch: `refs/heads/${name}`, parents: [root], files: { 'a.txt': withLine(3, name) } });
  });
  const matrix = await riskMatrix.run(offline(cache), {
    ...ask,
    svg: false,
    clone: folder,
    base: 'main',
    heads: ['refs/heads/*'],
  });
  expect(matrix.changes.map(({ name, number }) => [name, number])).toEqual([
    ['left', null],
    ['right', null],
  ]);
  expect(matrix.pairs).toHaveLength(1);
  const queue = await riskQueue.run(offline(cache), { ...ask, clone: folder, heads: ['refs/heads/*'] });
  expect(queue.next).toEqual([]);
  // The base is no change into itself, though nobody named it.
  expect(queue.remarks.join()).not.toContain('already');
  expect(queue.remarks.at(-1)).toBe(
    'No gh commands: none of the heads is called like the head of a pull request (refs/pull/N/head).',
  );
});

test('pull requests of a clone from nowhere have their numbers, and it is said why there are no commands', async () => {
  const { folder, cache } = prepareClone(draftHarbor);
  const { places, next, remarks } = await riskQueue.run(offline(cache), { ...ask, clone: folder });
  expect(places.map(({ name, number }) => [name, `#${number}`])).toEqual(places.map(({ name }) => [name, name]));
  expect(next).toEqual([]);
  expect(remarks.at(-1)).toMatch(
    /remote origin is no repository on github\.com\. parasol risk queue OWNER\/REPO --repo/,
  );
});

test('a change weighs in a score what it weighs in the queue', async () => {
  const { folder, cache } = prepareClone(draftHarbor);
  const queue = await riskQueue.run(offline(cache), { ...ask, clone: folder });
  const weights = new Map(queue.places.map(({ name, weight }) => [name, weight]));
  const { changes, remarks } = await riskScore.run(offline(cache), { ...ask, clone: folder });
  // What holds for an order alone, such as the cap on the wait, a score does not take.
  expect(remarks).toEqual([]);
  expect(changes.map(({ name, impact }) => [name, impact.weight])).toEqual(
    changes.map(({ name }) => [name, weights.get(name)]),
  );
  for (const change of ['2', '7']) {
    const one = await riskScore.run(offline(cache), { ...ask, clone: folder, change });
    expect(one.changes[0]?.impact.weight).toBe(weights.get(`#${change}`));
  }
});

test('the score of one change marks those of its pairs that all else leaves out, and itself', async () => {
  const { folder, cache } = prepareClone(draftHarbor);
  const facts = { ...ask, clone: folder };
  const later = offline(cache, { now: '2024-02-01T00:00:00Z' });
  const why = 'idle for 30 days';
  // #5 stands on #1: that is judged with it.
  const { pairs, leftOut } = await riskScore.run(later, { ...facts, change: '5' });
  expect(pairs.map(({ a, b }) => [a, b])).toEqual([['#1', '#5']]);
  expect(leftOut).toEqual([
    { name: '#1', why },
    { name: '#5', why },
  ]);
  const { leftOut: none } = await riskScore.run(offline(cache), { ...facts, change: '5' });
  expect(none).toEqual([]);
});

test('a change may be named by its ref, whole or short, and by its commit', async () => {
  const { folder, cache, commits } = prepareClone((draft) => {
    draftHarbor(draft);
    const branch = draft.commit({
      branch: 'refs/heads/tides',
      parents: [2],
      files: { 'src/a.ts': withLine(9, 'sea') },
    });
    draft.commit({ branch: 'refs/heads/again', parents: [branch], files: { 'again.txt': 'again\n' } });
  });
  git(folder, ['update-ref', 'refs/heads/twin', 'refs/heads/tides']);
  const heads = ['refs/pull/*/head', 'refs/heads/*'];
  const named = async (change: string) =>
    (await riskScore.run(offline(cache), { ...ask, clone: folder, base: 'main', heads, change })).change;
  const commit = commits.get(4) ?? '';
  for (const change of ['refs/pull/2/head', 'pull/2/head', '2', commit, commit.slice(0, 7)])
    expect([change, await named(change)]).toEqual([change, '#2']);
  for (const change of ['refs/heads/again', 'heads/again', 'again'])
    expect([change, await named(change)]).toEqual([change, 'again']);
  const tides = git(folder, ['rev-parse', 'refs/heads/tides']).trim();
  await expect(named(tides)).rejects.toMatchObject({
    code: 'usage',
    message: `"${tides}" stands for several changes: tides, twin.`,
  });
  await expect(named('0000000')).rejects.toMatchObject({ code: 'not_found' });
});

test('a head that the base holds is no change that is left out, and says so where it is asked for', async () => {
  const { folder, cache } = prepareClone((draft) => {
    const root = draft.commit({ branch: 'refs/heads/main', files: { 'a.txt': UNCHANGED } });
    draft.commit({ branch: 'refs/pull/1/head', parents: [root], files: { 'a.txt': withLine(3, 'one') } });
    const sides = [2, 3].map((number) =>
      draft.commit({ branch: `refs/pull/${number}/head`, parents: [root], files: { [`${number}.txt`]: 'new\n' } }),
    );
    draft.commit({
      branch: 'refs/heads/main',
      parents: [root, ...sides],
      files: { '2.txt': 'new\n', '3.txt': 'new\n' },
    });
  });
  const later = offline(cache, { now: '2024-02-01T00:00:00Z' });
  const queue = await riskQueue.run(later, { ...ask, clone: folder });
  expect([queue.leftOut, queue.remarks[0]]).toEqual([
    [{ name: '#1', why: 'idle for 30 days' }],
    'main holds 2 of the heads already: #2, #3.',
  ]);
  const asked = riskScore.run(later, { ...ask, clone: folder, change: 'refs/pull/3/head' });
  await expect(asked).rejects.toMatchObject({ code: 'not_found', message: 'main holds #3 already.' });
});

test('a base that is more than a week older than the newest head is said to be, but for one fetched since', async () => {
  const day = 86_400;
  const remarksOf = async (days: number, fetched: readonly string[] = [], isFetched?: true) => {
    const { folder, cache } = prepareClone((draft) => {
      const root = draft.commit({ branch: 'refs/heads/main', files: { 'a.txt': UNCHANGED } });
      draft.commit({ branch: 'refs/pull/1/head', parents: [root], files: { 'a.txt': withLine(3, 'one') } });
    });
    const at = `${1_700_000_000 + 60 + days * day} +0000`;
    const dates = { GIT_COMMITTER_DATE: at, GIT_AUTHOR_DATE: at };
    git(folder, ['update-ref', 'refs/pull/2/head', commitAgain(folder, dates)]);
    if (fetched.length > 0) git(folder, ['fetch', '--quiet', folder, ...fetched]);
    const now = '2023-12-10T00:00:00Z';
    const wish = { clone: folder, scope: NOTHING_MORE, isFetched };
    return (await loadRisk(offline(cache, { now }), wish)).remarks;
  };
  expect((await remarksOf(7)).filter((remark) => remark.includes('older'))).toEqual([]);
  expect((await remarksOf(8)).filter((remark) => remark.includes('older'))).toEqual([
    'main is of 2023-11-14, 8 days older than the newest head (#2, 2023-11-22). If it has moved on since, git fetch brings it; --base origin/NAME means it as fetched.',
  ]);
  expect((await remarksOf(80)).filter((remark) => remark.includes('older'))).toEqual([]);
  const whole = await remarksOf(8, ['refs/heads/main', 'refs/pull/2/head']);
  const headsAlone = await remarksOf(8, ['refs/pull/1/head', 'refs/pull/2/head']);
  const ours = await remarksOf(8, [], true);
  const counts = [whole, headsAlone, ours].map((remarks) => remarks.filter((one) => one.includes('older')).length);
  expect(counts).toEqual([0, 1, 0]);
});

/** The commit of #1 with other dates. */
const commitAgain = (folder: string, dates: Readonly<Record<string, string>>): string =>
  git(folder, ['commit-tree', 'refs/pull/1/head^{tree}', '-p', 'refs/heads/main', '-m', 'again'], '', dates).trim();

test('a second look asks git for no merge again', async () => {
  const { folder, cache } = prepareClone(draftHarbor);
  const labels = new Set<string>();
  const look = () =>
    loadRisk(offline(cache, { onProgress: ({ label, done }) => done > 0 && labels.add(label) }), {
      clone: folder,
      scope: NOTHING_MORE,
    });
  const first = await look();
  expect([...labels].sort()).toEqual(['merging onto the base', 'merging pairs', 'reading imports']);
  labels.clear();
  const second = await look();
  expect([[...labels], second.pairs]).toEqual([[], first.pairs]);
});

/** A file where a folder should be: nobody may make one below it, not even root. */
function filledPlace(folder: string): string {
  writeFileSync(`${folder}.taken`, '');
  return `${folder}.taken`;
}

test('a cache that cannot be kept costs the answer nothing, and is said once', async () => {
  const { folder, cache } = prepareClone(draftHarbor);
  const wish = { clone: folder, scope: NOTHING_MORE };
  const whole = await loadRisk(offline(cache), wish);
  for (const [place, why] of [
    [filledPlace(folder), 'a file is in the place of a folder (ENOTDIR)'],
    ['/proc/nope', 'there is no such folder (ENOENT)'],
  ] as const) {
    const facts = await loadRisk(offline(place), wish);
    expect({ ...facts, isRegenerated: whole.isRegenerated, remarks: [] }).toEqual(whole);
    expect(facts.remarks).toEqual([expect.stringMatching(/^Nothing is kept for the next time\. .*risk\//)]);
    expect(facts.remarks[0]?.endsWith(`: ${why}.`)).toBe(true);
  }
});

test('what was learned is told even where it cannot be kept', async () => {
  const { folder } = prepareClone(draftMerge);
  const { files, keptIn, notKept } = await riskLearn.run(offline(filledPlace(folder)), { clone: folder, limit: 10 });
  expect([files.map(({ path }) => path), keptIn, notKept]).toEqual([
    ['a.txt'],
    null,
    expect.stringMatching(/\/risk\/.*: a file is in the place of a folder \(ENOTDIR\)$/),
  ]);
});

/** A merge that somebody resolved by hand. */
function draftMerge(draft: RepositoryDraft): void {
  const root = draft.commit({ branch: 'refs/heads/main', files: { 'a.txt': UNCHANGED, 'b.txt': UNCHANGED } });
  const side = draft.commit({ branch: 'refs/heads/side', parents: [root], files: { 'a.txt': withLine(3, 'side') } });
  const ours = draft.commit({ branch: 'refs/heads/main', parents: [root], files: { 'a.txt': withLine(3, 'ours') } });
  draft.commit({ branch: 'refs/heads/main', parents: [ours, side], files: { 'a.txt': withLine(3, 'both') } });
}

test('learning counts the merges that conflicted, and keeps them out of the repository', async () => {
  const { folder, cache } = prepareClone(draftMerge, 'https://github.com/octo/harbor');
  const learned = await riskLearn.run(offline(cache), { clone: folder, limit: 10 });
  expect(learned).toMatchObject({
    ...{ commits: 3, shallow: false, merges: 1, conflicted: 1, unknown: 0, learnedFor: 'octo/harbor on github.com' },
    notKept: null,
    files: [{ path: 'a.txt', merges: 1, conflicts: 1 }],
  });
  expect(learned.keptIn?.startsWith(cache)).toBe(true);
});

test('a history of squashed commits has nothing to learn from, and nothing is kept', async () => {
  const { folder, cache } = prepareClone((draft) => {
    const root = draft.commit({ branch: 'refs/heads/main', files: { 'a.txt': UNCHANGED } });
    draft.commit({ branch: 'refs/heads/main', parents: [root], files: { 'a.txt': withLine(3, 'more') } });
  });
  expect(await riskLearn.run(offline(cache), { clone: folder, limit: 10 })).toMatchObject({
    ...{ commits: 2, merges: 0, conflicted: 0, files: [], keptIn: null },
  });
});

test.each(CATALOG.filter(({ input }) => 'clone' in input.shape).map((entry) => [entry.name, entry] as const))(
  '%s reads no folder for a caller who does not run this process',
  async (_, entry) => {
    const { folder } = prepareClone(draftHarbor);
    const attempt = async () =>
      entry.run(offline(null), { clone: folder, ...('ref' in entry.input.shape ? { ref: '#1' } : {}) });
    await expect(attempt).rejects.toThrow(UserError);
    await expect(attempt).rejects.toMatchObject({
      code: 'usage',
      message: 'Folders of this machine are not read for others.',
    });
  },
);

test('a clone without such refs says how to get them', async () => {
  const { folder, cache } = prepareClone((draft) => {
    draft.commit({ branch: 'refs/heads/main', files: { 'a.txt': UNCHANGED } });
  });
  await expect(loadRisk(offline(cache), { clone: folder, scope: NOTHING_MORE })).rejects.toMatchObject({
    code: 'not_found',
    hint: expect.stringContaining("git fetch origin 'refs/pull/*/head:refs/remotes/pull/*'"),
  });
});

test('refs that are asked for and not there are answered with those that are', async () => {
  const { folder, cache } = prepareClone(draftHarbor);
  const asked = loadRisk(offline(cache), { clone: folder, base: 'main', heads: ['refs/heads/*'], scope: NOTHING_MORE });
  await expect(asked).rejects.toMatchObject({
    code: 'not_found',
    message: expect.stringContaining('has no ref but its base that matches refs/heads/*'),
    hint: 'It has 7 of refs/pull/*/head, 1 of refs/heads/*; a `*` stays within one part of a name.',
  });
});

test('no order is the best one while a pair is unknown', async () => {
  const { folder, cache } = prepareClone(draftHarbor);
  const wish = { clone: folder, scope: NOTHING_MORE };
  const facts = await loadRisk(offline(cache), wish);
  const finding = { basis: null, verdict: 'unknown', reason: 'it is gone' } as const;
  const more = { ...facts, pairs: [...facts.pairs, { a: '#2', b: '#7', finding }] };
  expect([facts, more].map((one) => queueReport(one, wish).proof)).toEqual(['optimal', 'searched']);
});

test('two that conflict with the base wait in matrix and queue, and are estimated for who asks about one of them', async () => {
  const { folder, cache } = prepareClone((draft) => {
    const root = draft.commit({ branch: 'refs/heads/main', files: { 'a.txt': UNCHANGED, 'b.txt': UNCHANGED } });
    draft.commit({ branch: 'refs/heads/main', parents: [root], files: { 'a.txt': withLine(3, 'main') } });
    for (const number of [1, 2])
      draft.commit({
        branch: `refs/pull/${number}/head`,
        parents: [root],
        files: { 'a.txt': withLine(3, `${number}`), 'b.txt': withLine(9, `${number}`) },
      });
    draft.commit({ branch: 'refs/pull/3/head', parents: [root], files: { 'b.txt': withLine(9, '3') } });
  });
  const asked = { ...ask, clone: folder };
  const shown = (await riskMatrix.run(offline(cache), { ...asked, svg: false })).pairs;
  expect(shown.map(({ a, b, finding }) => [a, b, 'verdict' in finding ? finding.verdict : finding.basis])).toEqual([
    ['#1', '#2', 'waits'],
    ['#1', '#3', 'waits'],
    ['#2', '#3', 'waits'],
  ]);
  expect((await riskQueue.run(offline(cache), asked)).unknown).toEqual([]);
  const { pairs, remarks } = await riskScore.run(offline(cache), { ...asked, change: '1' });
  expect(pairs).toMatchObject([
    { a: '#1', b: '#3', finding: { basis: 'verified', verdict: 'conflict', files: [{ path: 'b.txt' }] } },
    { a: '#1', b: '#2', finding: { basis: 'estimated', factors: expect.arrayContaining([expect.anything()]) } },
  ]);
  expect(remarks).toEqual([]);
});

test('a place that is free as far as anybody knows names what is unknown', async () => {
  const { folder, cache } = prepareClone(draftHarbor);
  const wish = { clone: folder, scope: NOTHING_MORE };
  const facts = await loadRisk(offline(cache), wish);
  const finding = { basis: null, verdict: 'unknown', reason: 'it is gone' } as const;
  const report = queueReport({ ...facts, pairs: [{ a: '#2', b: '#7', finding }] }, wish);
  expect(report.places.flatMap(({ name, reason }) => (name === '#2' || name === '#7' ? [[name, reason]] : []))).toEqual(
    [
      ['#2', 'conflicts with nothing that is known; unknown with #7'],
      ['#7', 'conflicts with nothing that is known; unknown with #2'],
    ],
  );
});

test('unknown is said beside every other reason, but for what is not ready', async () => {
  const { folder, cache } = prepareClone(draftHarbor);
  const wish = { clone: folder, scope: NOTHING_MORE };
  const facts = await loadRisk(offline(cache), wish);
  const finding = { basis: null, verdict: 'unknown', reason: 'it is gone' } as const;
  const unknown = ['#2', '#5', '#6'].map((a) => ({ a, b: '#7', finding }));
  const report = queueReport({ ...facts, pairs: [...facts.pairs, ...unknown] }, wish);
  expect(Object.fromEntries(report.places.map(({ name, reason }) => [name, reason]))).toEqual({
    '#1': 'merges before all that it conflicts with',
    '#2': 'merges after something that it conflicts with; unknown with #7',
    '#3': 'conflicts with nothing that waits',
    '#4': 'conflicts with nothing that waits',
    '#5': 'depends on #1; unknown with #7',
    '#6': 'not ready',
    '#7': 'conflicts with nothing that is known; unknown with #2, #5, #6',
  });
});

test('what was squashed or rebased onto the base is not offered for merging again', async () => {
  const { folder, cache } = prepareClone((draft) => {
    const root = draft.commit({ branch: 'refs/heads/main', files: { 'a.ts': UNCHANGED, 'b.ts': UNCHANGED } });
    const change = (number: number, parent: number, files: DraftCommit['files']): number =>
      draft.commit({ branch: `refs/pull/${number}/head`, parents: [parent], files });
    const first = change(1, root, { 'a.ts': withLine(3, 'first') });
    change(1, first, { 'a.ts': withLine(3, 'squashed') });
    change(2, root, { 'b.ts': withLine(9, 'two') });
    change(3, root, { 'a.ts': withLine(3, 'three') });
    draft.commit({ branch: 'refs/heads/main', parents: [root], files: { 'a.ts': withLine(3, 'squashed') } });
  });
  const wish = { clone: folder, scope: NOTHING_MORE };
  const { changes, pairs, merged, remarks } = await loadRisk(offline(cache), wish);
  expect([changes.map(({ name }) => name), pairs, merged]).toEqual([['#2', '#3'], [], ['#1']]);
  expect(remarks).toContain('The changes of #1 are already on main: nothing is left to merge.');
});

test('a clone alone does not tell how the repository merges, and no command claims to know', async () => {
  const { folder, cache } = prepareClone(draftHarbor, 'https://github.com/octo/harbor.git');
  const { next, remarks } = await riskQueue.run(offline(cache), riskQueue.input.parse({ ...ask, clone: folder }));
  expect(next.length).toBeGreaterThan(0);
  for (const { command } of next) expect(command).not.toMatch(/--(merge|squash|rebase)/);
  expect(remarks).toContainEqual(expect.stringMatching(/^The gh commands do not say how to merge, because a clone/));
});

test('nor is what was squashed onto a base that has moved on there since, unless that was reverted', async () => {
  const { folder, cache } = prepareClone((draft) => {
    const root = draft.commit({ branch: 'refs/heads/main', files: { 'a.ts': UNCHANGED, 'b.ts': UNCHANGED } });
    const onto = (parent: number, line: string): number =>
      draft.commit({ branch: 'refs/heads/main', parents: [parent], files: { 'a.ts': withLine(3, line) } });
    const own = (branch: string, parent: number, line: string): number =>
      draft.commit({ branch: `refs/pull/${branch}/head`, parents: [parent], files: { 'a.ts': withLine(3, line) } });
    own('1', own('1', root, 'draft'), 'mine');
    own('2', root, 'theirs');
    onto(onto(root, 'mine'), 'later');
  });
  const wish = { clone: folder, scope: NOTHING_MORE };
  const { changes, merged, remarks } = await loadRisk(offline(cache), wish);
  expect([changes.map(({ name }) => name), merged]).toEqual([['#2'], ['#1']]);
  expect(remarks).toContain('The changes of #1 are already on main: nothing is left to merge.');
  const landing = git(folder, ['rev-parse', 'main^']).toString().trim();
  const tree = git(folder, ['rev-parse', 'main^{tree}']).toString().trim();
  const message = `Revert\n\nThis reverts commit ${landing}.\n`;
  const reverting = git(folder, ['commit-tree', tree, '-p', landing, '-m', message]).toString().trim();
  git(folder, ['update-ref', 'refs/heads/main', reverting]);
  expect((await loadRisk(offline(cache), wish)).merged).toEqual([]);
});

const LANDINGS = [
  'it is there',
  'a merged revert',
  'a revert of half of it',
  'other white space',
  'a like place',
] as const;

test.each(LANDINGS)('a head is on the base only where the base has all that it changes: %s', async (landing) => {
  const branch = 'refs/heads/main';
  const twice = (line: string, other: string): string => withLine(3, line) + withLine(3, other);
  const { folder, cache } = prepareClone((draft) => {
    let tip = draft.commit({ branch, files: { 'a.ts': twice('old', 'old') } });
    const onto = (text: string, parents = [tip]): number => {
      tip = draft.commit({ branch, parents, files: { 'a.ts': text } });
      return tip;
    };
    const head = landing === 'other white space' || landing === 'a like place' ? ['old', 'mine'] : ['mine', 'mine'];
    draft.commit({
      branch: 'refs/pull/1/head',
      parents: [tip],
      files: { 'a.ts': twice(head[0] ?? '', head[1] ?? '') },
    });
    if (landing === 'other white space') onto(twice('old', '  mine'));
    else if (landing === 'a like place') onto(twice('mine', 'old'));
    else onto(twice('mine', 'mine'));
    if (landing === 'a revert of half of it') onto(twice('mine', 'old'));
    if (landing === 'a merged revert') {
      const aside = { branch: 'refs/heads/revert', parents: [tip], files: { 'a.ts': twice('old', 'old') } };
      onto(twice('old', 'old'), [tip, draft.commit(aside)]);
    }
    onto(twice('later', 'later'));
  });
  const { merged } = await loadRisk(offline(cache), { clone: folder, scope: NOTHING_MORE });
  expect(merged).toEqual(landing === 'it is there' ? ['#1'] : []);
});

test('no cell of pairs that wait and are too many to be listed is that of a clean pair', async () => {
  const branch = 'refs/heads/main';
  const { folder, cache } = prepareClone((draft) => {
    const root = draft.commit({ branch, files: { 'a.ts': UNCHANGED } });
    for (let number = 1; number <= 202; number += 1) {
      const files = { 'a.ts': withLine(3, `mine ${number}`) };
      draft.commit({ branch: `refs/pull/${number}/head`, parents: [root], files });
    }
    draft.commit({ branch, parents: [root], files: { 'a.ts': withLine(3, 'on the base') } });
  });
  const matrix = await riskMatrix.run(offline(cache), { ...ask, clone: folder, svg: true });
  expect(matrix.notListed).toEqual({ ...ALL_LISTED, waiting: (202 * 201) / 2 });
  // Both cells of every pair of the hundred that are drawn, and the legend.
  expect(matrix.svg?.match(/<circle class="waits"/g)).toHaveLength(100 * 99 + 1);
});

test('a change with nothing left is told to conflict with whoever stands on what it took back', async () => {
  const { folder, cache } = prepareClone((draft) => {
    const root = draft.commit({ branch: 'refs/heads/main', files: { 'a.txt': UNCHANGED } });
    const shared = draft.commit({
      branch: 'refs/pull/1/head',
      parents: [root],
      files: { 'a.txt': withLine(3, 'shared') },
    });
    draft.commit({ branch: 'refs/pull/1/head', parents: [shared], files: { 'a.txt': UNCHANGED } });
    draft.commit({ branch: 'refs/pull/2/head', parents: [shared], files: { 'a.txt': withLine(3, 'more') } });
    draft.commit({ branch: 'refs/pull/3/head', parents: [root], files: { 'b.txt': 'b\n' } });
  });
  const { remarks } = await loadRisk(offline(cache), { clone: folder, scope: NOTHING_MORE });
  expect(remarks).toEqual([
    'The changes of #1 are already on main: nothing is left to merge.',
    'Merged all the same, they would conflict: #1 with #2. Close what has nothing left.',
  ]);
});
