import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import stringWidth from 'string-width';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { git } from '../../git/draft-repository.ts';
import { addPull, connect, umbrellaWorld } from '../../github/umbrella-world.ts';
import { draftHarbor, prepareClone, SOON, UNCHANGED, withLine } from '../../operations/risk-clone-world.ts';
import { captureRun } from './captured-run.ts';

let home: string;

beforeEach(() => {
  home = mkdtempSync(join(tmpdir(), 'parasol-test-risk-home-'));
});
afterEach(() => rmSync(home, { recursive: true, force: true }));

const NO_GITHUB = { GITHUB_API_URL: 'http://127.0.0.1:9', GITHUB_GRAPHQL_URL: 'http://127.0.0.1:9' };

/** Whoever asks GitHub in here fails: nothing listens on that port. */
const parasol = (folder: string, ...argv: string[]) =>
  captureRun([...argv, '--repo', folder, '--now', SOON], {
    cwd: home,
    env: { HOME: home, ...NO_GITHUB, COLUMNS: '250' },
  });

test('matrix shows a grid and a list in the merge order, without GitHub', async () => {
  const { folder } = prepareClone(draftHarbor);
  const { exitCode, stdout, stderr } = await parasol(folder, 'risk', 'matrix', '--base', 'main');
  expect([exitCode, stderr]).toEqual([0, '']);
  expect(stdout).toMatch(
    /^7 open changes into main: 2 pairs conflict \(verified\), 1 pair only in files made anew, 1 pair stacked\./,
  );
  expect(stdout).toMatch(/^#2 +(?:[·■] +)+/m);
  expect(stdout).toMatch(/^ +\d +#2 +change 4 +#1, #5$/m);
  expect(stdout).toMatch(/^1 of them meets nobody\.$/m);
});

test('an empty pattern is refused, and never all branches; one that is gone is told', async () => {
  const { folder } = prepareClone(draftHarbor);
  const empty = await parasol(folder, 'risk', 'matrix', '--base', 'main', '--heads', '');
  expect([empty.exitCode, empty.stdout]).toEqual([3, '']);
  expect(empty.stderr).toContain("--heads: name refs, such as 'refs/heads/*'.");
  const gone = await parasol(folder, 'risk', 'matrix', '--heads', 'refs/pull/1/head', '--heads', 'refs/pull/99/head');
  expect(gone.stdout).toMatch(/^note: No ref of this clone matches "refs\/pull\/99\/head": nothing is known of what/m);
});

test('matrix says why a pair is unknown: of a file with too many lines for git', async () => {
  const { folder } = prepareClone((draft) => {
    // Each another one: git keeps what it knows of a line once for all that are alike.
    const lines = Array.from({ length: 15_000_000 }, (_, line) => line.toString(36)).join('\n');
    const start = draft.commit({ branch: 'refs/heads/main', files: { 'a.txt': lines } });
    for (const number of [1, 2])
      draft.commit({ branch: `refs/pull/${number}/head`, parents: [start], files: { 'a.txt': `${number}\n${lines}` } });
  });
  const { stdout } = await parasol(folder, 'risk', 'matrix', '--base', 'main');
  expect(stdout).toMatch(/^2 open changes into main: 1 pair unknown\.$/m);
  expect(stdout).toMatch(/^1 pair unknown \(#1 × #2\): a file is too large for git to merge within 1 GB\.$/m);
}, 60_000);

test('matrix --json holds all pairs, and --svg draws them into a file, anew each time', async () => {
  const { folder } = prepareClone(draftHarbor);
  const { stdout, stderr } = await parasol(folder, 'risk', 'matrix', '--json', '--svg', 'matrix.svg');
  expect(stderr).toBe('Written: matrix.svg\n');
  expect(JSON.parse(stdout).pairs).toHaveLength(4);
  expect(readFileSync(join(home, 'matrix.svg'), 'utf8')).toMatch(/^<svg .*role="img"/);
  writeFileSync(join(home, 'matrix.svg'), 'an older one');
  const again = await parasol(folder, 'risk', 'matrix', '--svg', 'matrix.svg');
  expect([again.exitCode, readFileSync(join(home, 'matrix.svg'), 'utf8').slice(0, 4)]).toEqual([0, '<svg']);
  const onto = await parasol(folder, 'risk', 'matrix', '--svg', '.');
  expect([onto.exitCode, onto.stderr.includes('. is a folder.')]).toEqual([3, true]);
  const picture = await parasol(folder, 'risk', 'matrix', '--svg', 'matrix.png');
  expect([picture.exitCode, picture.stderr]).toEqual([
    3,
    'error: What would be written to matrix.png is .svg.\n  try: Name a file that ends in .svg.\n',
  ]);
  const nowhere = await parasol(folder, 'risk', 'matrix', '--svg', 'none/matrix.svg');
  expect([nowhere.exitCode, nowhere.stderr.includes('there is no such folder')]).toEqual([3, true]);
});

test('what an option cannot take is said of the option as it is typed, before anybody is asked', async () => {
  const { folder } = prepareClone(draftHarbor);
  const queue = await parasol(folder, 'risk', 'queue', '--max-wait', 'soon', '--seconds', '0');
  expect([queue.exitCode, queue.stderr]).toEqual([
    3,
    'error: parasol risk queue cannot take this. --seconds: give whole seconds, from 1 to 86400; --max-wait: give days or hours, such as 7d or 12h.\n  try: parasol risk queue --help lists what it takes.\n',
  ]);
  const simulated = await captureRun(['reviewers', 'simulate', '--repo', 'octo/harbor', '--last', 'never'], {
    cwd: home,
    env: { HOME: home, ...NO_GITHUB },
  });
  expect([simulated.exitCode, simulated.stderr]).toEqual([
    3,
    expect.stringMatching(
      /^error: parasol reviewers simulate cannot take this\. --last: .*\n {2}try: parasol reviewers/,
    ),
  ]);
});

test('queue prints the order, what it saves, and the next merges as commands', async () => {
  const { folder } = prepareClone(draftHarbor, 'https://github.com/octo/harbor.git');
  const { exitCode, stdout } = await parasol(folder, 'risk', 'queue');
  expect(exitCode).toBe(0);
  expect(stdout).toMatch(/^7 open changes into main: over 1 verified conflict this order redoes 1 \(weight/);
  expect(stdout).toMatch(/#2 first makes 1 rebase, last makes 1/);
  expect(stdout).toMatch(/^Next merges:\ngh pr merge \d --repo=octo\/harbor/m);
  expect(stdout).toMatch(/^Only in files to regenerate: #3 × #4\.$/m);
  expect(stdout).toMatch(/not ready; conflicts with main/);
});

test('where all were left out, that is what is said, with how many', async () => {
  const { folder } = prepareClone(draftHarbor);
  const late = (verb: string) =>
    captureRun(['risk', verb, '--repo', folder, '--now', '2024-06-01T00:00:00Z'], { cwd: home, env: { HOME: home } });
  for (const verb of ['matrix', 'queue', 'score']) {
    const { stdout } = await late(verb);
    expect(stdout).toMatch(/^0 open changes into main: all 7 that there are were left out\./);
    expect(stdout).toMatch(/^Left out, idle for 30 days \(7\): #1, #2, #3, #4, #5, #6, #7\.$/m);
  }
});

test('in a checkout refs that stand for changes are looked at without GitHub', async () => {
  const { folder } = prepareClone(draftHarbor, 'https://github.com/octo/harbor.git');
  const { exitCode, stdout } = await captureRun(['risk', 'queue', '--heads', 'refs/pull/*/head', '--now', SOON], {
    cwd: folder,
    env: { HOME: home, ...NO_GITHUB },
  });
  expect([exitCode, stdout]).toEqual([0, expect.stringMatching(/^7 open changes into main/)]);
});

test('in a checkout whose GitHub does not answer, it is said how to ask the clone alone', async () => {
  const { folder } = prepareClone(draftHarbor);
  const checkout = join(home, 'harbor');
  git(home, ['clone', '--quiet', folder, checkout]);
  git(checkout, ['fetch', '--quiet', 'origin', 'refs/pull/*/head:refs/remotes/pull/*']);
  git(checkout, ['remote', 'set-url', 'origin', 'http://127.0.0.1:9/octo/harbor.git']);
  const risk = (...words: readonly string[]) =>
    captureRun(['risk', ...words, '--now', SOON], {
      cwd: checkout,
      env: { HOME: home, GITHUB_TOKEN: 'kims-token', ...NO_GITHUB },
    });
  const { exitCode, stderr } = await risk('queue');
  expect([exitCode, stderr]).toEqual([4, expect.stringContaining('from the clone at hand alone: --repo . (and no')]);
  expect((await risk('queue', '--repo', '.')).exitCode).toBe(0);
});

test('the queue is at most 120 columns wide where it is piped, and as wide as COLUMNS says', async () => {
  const { folder } = prepareClone((draft) => {
    const root = draft.commit({ branch: 'refs/heads/main', files: { 'src/a.ts': UNCHANGED } });
    for (let number = 1; number <= 14; number += 1)
      draft.commit({
        ...{ branch: `refs/pull/${number}/head`, parents: [root] },
        files: { 'src/a.ts': withLine(9, `${number}`) },
      });
  });
  const widest = (text: string): number => Math.max(...text.split('\n').map((line) => stringWidth(line)));
  const queueIn = (env: Readonly<Record<string, string>>) =>
    captureRun(['risk', 'queue', '--repo', folder, '--now', SOON], { cwd: home, env: { HOME: home, ...env } });
  const { stdout } = await queueIn({});
  expect([widest(stdout) <= 120, widest(stdout) > 100]).toEqual([true, true]);
  expect(stdout).toMatch(/ #6, #7, #8 and 5 /);
  expect(widest((await queueIn({ COLUMNS: '80' })).stdout)).toBeLessThanOrEqual(80);
});

test('score tells of one change where it conflicts and how much depends on that', async () => {
  const { folder } = prepareClone(draftHarbor);
  const { exitCode, stdout } = await parasol(folder, 'risk', 'score', '2');
  expect(exitCode).toBe(0);
  expect(stdout).toMatch(/^#1 × #2 +conflict verified +src\/a\.ts lines? \d+/m);
  expect(stdout).toMatch(/2 files depend on `src\/a\.ts`/);
  const unknown = await parasol(folder, 'risk', 'score', '99');
  expect([unknown.exitCode, unknown.stderr]).toEqual([3, expect.stringContaining('#99 is no open change into main.')]);
  expect(unknown.stderr).toMatch(/There are #1, #2, .*[^…]$/m);
  const id = git(folder, ['rev-parse', 'refs/pull/2/head']).trim();
  const begun = await parasol(folder, 'risk', 'score', id.slice(0, 5));
  expect(begun.stderr).toContain(`Did you mean #2 (commit ${id.slice(0, 12)})?`);
});

test('pairs below 50 % are counted where they are not shown', async () => {
  const world = umbrellaWorld(0);
  const patch = (line: number) => `@@ -${line},3 +${line},3 @@\n a\n-b\n+c\n d`;
  for (const [branch, line] of [
    ['one', 3],
    ['two', 6],
    ['three', 20],
  ] as const)
    addPull(world, {
      title: branch,
      branch,
      files: [{ path: 'a.ts', additions: 1, deletions: 1, patch: patch(line) }],
    });
  const { sandbox } = await connect(world);
  const risk = async (...words: readonly string[]) => {
    const { stdout } = await captureRun(['risk', ...words, '--repo', 'octo/harbor', '--now', SOON], {
      cwd: home,
      env: { HOME: home, GITHUB_TOKEN: 'kims-token', GITHUB_API_URL: sandbox.apiUrl },
    });
    return stdout;
  };
  const scored = JSON.parse(await risk('score', '--json')).pairs.length;
  expect(scored).toBeGreaterThan(0);
  const matrix = await risk('matrix');
  expect(matrix).toMatch(/^3 open changes into main: no two of them are likely to conflict\.$/m);
  expect(matrix).toMatch(/^3 of them are likely to meet nobody\.$/m);
  expect(matrix).toMatch(new RegExp(`^${scored} pairs? estimated below 50 % (is|are) not shown: risk score has`, 'm'));
});

test('score says of one change that others leave it out, and marks the pairs', async () => {
  const { folder } = prepareClone(draftHarbor);
  const late = ['--repo', folder, '--now', '2024-06-01T00:00:00Z'];
  const { stdout } = await captureRun(['risk', 'score', '5', ...late], { cwd: home, env: { HOME: home } });
  expect(stdout).toMatch(
    /^#1 × #5 +depends on verified +#5 depends on #1\n +#1 is left out elsewhere: idle for 30 days$/m,
  );
  expect(stdout).toMatch(/^#5 is left out elsewhere: idle for 30 days\.$/m);
});

test('learn fails where it cannot keep what it learned, and tells it all the same', async () => {
  const { folder } = prepareClone((draft) => {
    draftHarbor(draft);
    const start = draft.commit({ branch: 'refs/heads/trunk', files: { 'a.txt': 'a' } });
    const side = draft.commit({ branch: 'refs/heads/side', parents: [start], files: { 'a.txt': 'a', 'b.txt': 'b' } });
    draft.commit({ branch: 'refs/heads/trunk', parents: [start, side], files: { 'a.txt': 'a', 'b.txt': 'b' } });
  });
  writeFileSync(join(home, 'taken'), '');
  const learn = (cache: string) =>
    captureRun(['risk', 'learn', '--repo', folder, '--base', 'trunk', '--now', SOON], {
      cwd: home,
      env: { HOME: home, XDG_CACHE_HOME: join(home, cache), ...NO_GITHUB, COLUMNS: '250' },
    });
  const kept = await learn('cache');
  const lost = await learn('taken');
  expect([kept.exitCode, lost.exitCode]).toEqual([0, 1]);
  expect(lost.stdout).toContain('It is not kept');
});

test('learn refuses a clone that comes from elsewhere than the repository that was named', async () => {
  const learn = (folder: string, name: string) => parasol(folder, 'risk', 'learn', name);
  const foreign = prepareClone(draftHarbor, 'https://github.com/octo/quay.git').folder;
  const refused = await learn(foreign, 'octo/harbor');
  expect([refused.exitCode, refused.stdout]).toEqual([3, '']);
  expect(refused.stderr.replaceAll(/\s+/g, ' ')).toContain(
    'comes from octo/quay on github.com, and octo/harbor was asked for',
  );
  const nowhere = await learn(prepareClone(draftHarbor).folder, 'octo/harbor');
  expect([nowhere.exitCode, nowhere.stderr.replaceAll(/\s+/g, ' ')]).toEqual([
    3,
    expect.stringContaining('has no remote "origin" that tells where it comes from, and octo/harbor was asked for'),
  ]);
  const own = await learn(foreign, 'Octo/Quay');
  expect([own.exitCode, own.stderr]).toEqual([0, '']);
});

test('learn says that a base without merges teaches nothing', async () => {
  const { folder } = prepareClone(draftHarbor);
  const { exitCode, stdout } = await parasol(folder, 'risk', 'learn', '--limit', '5');
  expect([exitCode, stdout]).toEqual([0, expect.stringContaining('The 2 commits of main hold no merge')]);
});

test('learn says of a clone that was cut off that it was, not that the base holds no merge', async () => {
  const { folder } = prepareClone(draftHarbor);
  const shallow = join(home, 'shallow');
  git(home, ['clone', '--quiet', '--bare', '--depth', '1', `file://${folder}`, shallow]);
  const { exitCode, stdout } = await parasol(shallow, 'risk', 'learn');
  expect([exitCode, stdout.replaceAll('\n', ' ')]).toEqual([
    0,
    expect.stringMatching(
      /^The one commit of main that the clone has holds no merge\. The clone is shallow: .*git fetch --unshallow, or fetch-depth: 0 /,
    ),
  ]);
});

test('pairs that are unknown for one reason are told together, once, by every command', async () => {
  const { folder } = prepareClone((draft) => {
    const root = draft.commit({ branch: 'refs/heads/main', files: { 'a.txt': UNCHANGED } });
    for (const number of [1, 2])
      draft.commit({ branch: `refs/pull/${number}/head`, parents: [root], files: { [`${number}.txt`]: 'new\n' } });
    draft.commit({ branch: 'refs/pull/3/head', files: { 'other.txt': 'of another history\n' } });
  });
  const line = /^2 pairs unknown \(#1 × #3, #2 × #3\): #3: it shares no history with the base\.$/m;
  for (const verb of ['matrix', 'queue', 'score']) {
    const { stdout } = await parasol(folder, 'risk', verb);
    expect(stdout).toMatch(line);
    expect(stdout).not.toContain('any order will do');
  }
});

test('what keeps many heads from being judged is told once of their pairs, and in full of the first head alone', async () => {
  const { folder } = prepareClone((draft) => {
    const root = draft.commit({ branch: 'refs/heads/main', files: { 'a.txt': UNCHANGED } });
    draft.commit({ branch: 'refs/pull/1/head', parents: [root], files: { '1.txt': 'new\n' } });
    for (const number of [2, 3, 4, 5, 6])
      draft.commit({ branch: `refs/pull/${number}/head`, files: { 'other.txt': `another history ${number}\n` } });
  });
  for (const verb of ['matrix', 'queue', 'score']) {
    const { stdout } = await parasol(folder, 'risk', verb);
    const said = stdout.replace(/\s+/g, ' ');
    expect(said).toMatch(
      /15 pairs unknown \(#1 × #2, .* and 7 more\): #2, #3, #4 and 2 more: it shares no history with/,
    );
    expect(said.match(/pairs? unknown \(/g)).toHaveLength(1);
    expect(said.match(/shares no history/g)).toHaveLength(verb === 'matrix' ? 1 : 2);
    expect(said.match(/: as with #2/g) ?? []).toHaveLength(verb === 'matrix' ? 0 : 4);
  }
  const { stdout } = await parasol(folder, 'risk', 'queue', '--json');
  const { places } = JSON.parse(stdout);
  expect(
    places.filter((place: { heldBy: readonly string[] }) => /shares no history/.test(`${place.heldBy}`)),
  ).toHaveLength(5);
});

test('queue claims no best order over pairs that nobody knows of, and counts them', async () => {
  const { folder } = prepareClone((draft) => {
    const root = draft.commit({ branch: 'refs/heads/main', files: { 'a.txt': UNCHANGED } });
    for (const number of [1, 2]) {
      const files = { 'a.txt': withLine(3, `${number}`) };
      draft.commit({ branch: `refs/pull/${number}/head`, parents: [root], files });
    }
    draft.commit({ branch: 'refs/pull/3/head', files: { 'other.txt': 'of another history\n' } });
  });
  const { stdout } = await parasol(folder, 'risk', 'queue');
  const said = stdout.replace(/\s+/g, ' ');
  expect(said).toContain('over 1 verified conflict this order redoes 1');
  expect(said).toContain('Not counted: 2 pairs that nobody knows of.');
  expect(said).not.toContain('costs less');
});

test('queue counts pairs that nobody knows of where they are too many to be listed, and never calls any order good', async () => {
  const HEADS = 150;
  const { folder } = prepareClone((draft) => {
    draft.commit({ branch: 'refs/heads/main', files: { 'a.txt': UNCHANGED } });
    for (let number = 1; number <= HEADS; number += 1)
      draft.commit({ branch: `refs/pull/${number}/head`, files: { 'other.txt': `of history ${number}\n` } });
  });
  const { stdout } = await parasol(folder, 'risk', 'queue');
  const said = stdout.replace(/\s+/g, ' ');
  expect(said).toContain('but 11175 pairs may: nobody knows');
  const json = JSON.parse((await parasol(folder, 'risk', 'queue', '--json')).stdout);
  expect([json.unknown, json.unlisted, json.proof]).toEqual([[], 11_175, 'searched']);
});

test('what was learned of past merges changes the estimates of pull requests that no clone verifies', async () => {
  const world = umbrellaWorld(0);
  const patch = '@@ -3,3 +3,3 @@\n a\n-b\n+c\n d';
  for (const branch of ['one', 'two'])
    addPull(world, { title: branch, branch, files: [{ path: 'src/a.ts', additions: 1, deletions: 1, patch }] });
  const { sandbox } = await connect(world);
  const { folder } = prepareClone((draft) => {
    const root = draft.commit({ branch: 'refs/heads/main', files: { 'src/a.ts': UNCHANGED } });
    const side = draft.commit({ branch: 'refs/heads/s', parents: [root], files: { 'src/a.ts': withLine(3, 'side') } });
    const ours = draft.commit({ branch: 'refs/heads/main', parents: [root], files: { 'src/a.ts': withLine(3, 'us') } });
    draft.commit({ branch: 'refs/heads/main', parents: [ours, side], files: { 'src/a.ts': withLine(3, 'both') } });
  }, `${sandbox.url}/octo/harbor.git`);
  const estimate = async () => {
    const { stdout } = await captureRun(['risk', 'score', '--repo', 'octo/harbor', '--json', '--now', SOON], {
      cwd: home,
      env: { HOME: home, GITHUB_TOKEN: 'kims-token', GITHUB_API_URL: sandbox.apiUrl },
    });
    const [pair] = JSON.parse(stdout).pairs;
    const factors: readonly { readonly what: string }[] = pair.finding.factors;
    return { basis: pair.finding.basis, probability: pair.finding.probability, why: factors.map(({ what }) => what) };
  };
  const before = await estimate();
  const learned = await parasol(folder, 'risk', 'learn');
  expect([learned.exitCode, learned.stderr]).toEqual([0, '']);
  const after = await estimate();
  expect([before.basis, after.basis, after.probability > before.probability]).toEqual(['estimated', 'estimated', true]);
  const past = 'of 1 earlier merges of src/a.ts, old ones counted for less, 1 conflicted';
  expect([before.why.includes(past), after.why.includes(past)]).toEqual([false, true]);
});

test('nothing in a clone changes, whatever is asked of it', async () => {
  const { folder } = prepareClone(draftHarbor);
  const before = listing(folder);
  for (const verb of ['score', 'matrix', 'queue', 'learn']) await parasol(folder, 'risk', verb);
  expect(listing(folder)).toBe(before);
});

test('names and titles of strangers drive neither a terminal nor a drawing', async () => {
  const path = 'a\u001b[31m<b>.txt';
  const { folder } = prepareClone((draft) => {
    const root = draft.commit({ branch: 'refs/heads/main', files: { [path]: UNCHANGED } });
    for (const name of ['x"><script>', '$(touch_x)'])
      draft.commit({ branch: `refs/heads/${name}`, parents: [root], files: { [path]: withLine(3, name) } });
  });
  const heads = ['--heads', 'refs/heads/*', '--base', 'main'];
  const { stdout } = await parasol(folder, 'risk', 'score', ...heads);
  expect(stdout).not.toContain('\u001b');
  expect(stdout).toContain('a [31m<b>.txt');
  await parasol(folder, 'risk', 'matrix', ...heads, '--svg', 'matrix.svg');
  const svg = readFileSync(join(home, 'matrix.svg'), 'utf8');
  expect(['<script', '\u001b', '<b>'].filter((text) => svg.includes(text))).toEqual([]);
  expect(svg).toContain('x&#34;&#62;&#60;script&#62;');
});

test('a folder that is not there is told as a folder', async () => {
  const { exitCode, stderr } = await parasol('./nowhere', 'risk', 'queue');
  expect([exitCode, stderr]).toEqual([3, expect.stringContaining('there is no git repository at')]);
});

const listing = (folder: string): string =>
  spawnSync('find', [folder, '-printf', '%p %s %T@ %m\n'], { encoding: 'utf8' }).stdout.split('\n').sort().join('\n');

test('score says of a change whose commit is gone what is missing, and counts no pairs over an empty table', async () => {
  const { folder, commits } = prepareClone(draftHarbor);
  const refs = join(folder, 'packed-refs');
  git(folder, ['pack-refs', '--all']);
  const gone = git(folder, ['rev-parse', 'refs/pull/7/head']).toString().trim();
  expect([...commits.values()]).toContain(gone);
  writeFileSync(refs, readFileSync(refs, 'utf8').replace(gone, '0123456789'.repeat(4)));
  const { exitCode, stdout } = await parasol(folder, 'risk', 'score', '7');
  expect(exitCode).toBe(0);
  expect(stdout.split('\n')[0]).toBe(
    '#7 into main: nobody can tell what it conflicts with, because its commit is not in this clone (git fetch origin refs/pull/7/head brings it, where it is still there).',
  );
  const all = await parasol(folder, 'risk', 'score');
  expect(all.stdout.split('\n')[0]).toMatch(/^7 open changes into main: \d+ pairs to know of, 6 unknown\.$/);
});
