import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { type CapturedRun, captureRun } from './captured-run.ts';

const ROOT = join(import.meta.dirname, '../../..');

/** Three people and no configuration. */
const inShelf = (...argv: string[]): Promise<CapturedRun> =>
  captureRun([...argv, '--world', 'fixtures/worlds/shelf.yml'], { cwd: ROOT, env: { COLUMNS: '120' } });

let folder: string;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'parasol-test-reviewers-'));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

const inWorld = (text: string, ...argv: string[]): Promise<CapturedRun> => {
  writeFileSync(join(folder, 'w.yml'), text);
  return captureRun([...argv, '--world', 'w.yml'], { cwd: folder, env: { COLUMNS: '120' } });
};

test('load shows who has how much, what is late, and what nobody was asked for', async () => {
  const { exitCode, stdout, stderr } = await inShelf('reviewers', 'load');
  expect([exitCode, stderr]).toEqual([0, '']);
  expect(stdout).toBe(`Reviewer  Load           Open  Of  Effort  Days  Oldest  Late  At risk  GitHub
ravi      ██████████ +1     3   2     4.0   6.2      4d     1        2
kim       ███░░░░░░░        1   3     1.3   2.1      5h
noor      ░░░░░░░░░░        0   2     0.0   0.0                         busy

Late:
  ravi: #41 (4d)

Nobody was asked to review:
  #45 Count what was stolen (3d)

Open: what waits on the person. Of: how many may wait before others go first; a full bar is as many.
Effort: units by size, 0.6 to 2, half as much again for who does not know the folders. Days: working days for it at the
  pace of the last 90 days, which is what was asked as much as what is possible.
Late: waiting for more than 48 h.
At risk: not late yet, and due before its review is likely; what is late counts under Late alone. The requests of a
  person, the first due first, take as many working hours each as four in five took at most in the last 90 days; where
  fewer than five are known, a working day.
Left out: 1 draft, 1 update of dependencies, 1 request that waits for the author, checks or the merge.
`);
});

test('load shows nobody who cannot be asked, and tells an SLA of many days in days', async () => {
  const config = "{ .github/parasol.yml: 'reviewers: { pool: [ravi, stranger], sla: 90d }' }";
  const asked = PULL.replace('opened: -3d', 'opened: -200d, reviewers: [ravi]');
  const text = world('kim ravi', `    files: ${config}\n${asked}`).replace('{ kim:', '{ stranger: S, kim:');
  const { exitCode, stdout } = await inWorld(text, 'reviewers', 'load');
  expect([exitCode, stdout.includes('Late: waiting for more than 90 days.')]).toEqual([0, true]);
  expect(stdout).toContain('Left out: 1 person who has no access or may only read.');
  expect(stdout.split('\n').filter((line) => line.startsWith('stranger'))).toEqual([]);
});

test('load tells what waits for whom somebody asked by hand, also where they are not among the reviewers', async () => {
  const config = "{ .github/parasol.yml: 'reviewers: { pool: [ravi] }' }";
  const asked = PULL.replace('opened: -3d', 'opened: -4d, reviewers: [zoe]');
  const text = world('kim ravi zoe', `    files: ${config}\n${asked}`);
  const { stdout } = await inWorld(text, 'reviewers', 'load');
  expect(stdout).toMatch(/^Asked by hand, and not among the reviewers:\n {2}zoe: #\d+ \(4d, late\)$/m);
});

test('load gives the same as JSON, with what waits for each', async () => {
  const { stdout } = await inShelf('reviewers', 'load', '--json');
  const { reviewers, unasked, leftOut, gaps } = JSON.parse(stdout);
  expect(
    reviewers.map(({ login, open, overdue, isBusy }: Record<string, unknown>) => [login, open, overdue, isBusy]),
  ).toEqual([
    ['ravi', 3, 1, false],
    ['kim', 1, 0, false],
    ['noor', 0, 0, true],
  ]);
  expect(reviewers[1].waiting).toEqual([
    {
      ref: { owner: 'corner', repo: 'shelf', number: 44 },
      askedAt: '2026-03-18T09:00:00Z',
      dueAt: '2026-03-20T09:00:00Z',
      effort: expect.closeTo(1.2583, 4),
      due: 'in_time',
    },
  ]);
  expect([unasked.length, leftOut, gaps]).toEqual([
    1,
    { drafts: 1, dependencyBots: 1, teams: 0, notTheirTurn: 1, withoutAccess: 0 },
    [],
  ]);
});

test('suggest says whom to ask and writes nothing; --write asks them', async () => {
  const { exitCode, stdout } = await inShelf('reviewers', 'suggest', '--all');
  expect([exitCode, stdout]).toEqual([
    0,
    `Pull request  Title                  Ask   Why
#45           Count what was stolen  noor  knows 100 % of it, 0 of 2 waiting, busy as GitHub says

Nobody was asked; --write asks them.
`,
  ]);
  const written = await inShelf('reviewers', 'suggest', '45', '--write');
  expect([written.exitCode, written.stderr]).toEqual([0, 'Done: ask noor to review corner/shelf#45\n']);
  expect(written.stdout).not.toContain('Nobody was asked');
  const json = await inShelf('reviewers', 'ask', '45', '--json');
  expect(JSON.parse(json.stdout)).toMatchObject({
    requests: [{ chosen: [{ login: 'noor' }], missing: 0, why: null }],
    outcomes: [{ change: { kind: 'request_review', login: 'noor' }, outcome: 'done' }],
    remarks: [expect.stringMatching(/^There is no store here/)],
  });
});

test.each([
  ['43', 'ravi is asked already'],
  ['47', 'it is a draft'],
  ['48', 'it only updates dependencies'],
])('suggest says why nobody is to be asked for #%s', async (number, why) => {
  const { stdout } = await inShelf('reviewers', 'suggest', number);
  expect(stdout).toContain(why);
});

test('suggest says what a change asks for that nobody has', async () => {
  const config = 'reviewers: { capabilities: { tides: ["**"] } }';
  const files = `    files: { .github/parasol.yml: '${config}' }\n`;
  const text = world('kim ravi', files + PULL.replace('branch: first', 'branch: first, files: [a.ts]'));
  const { stdout } = await inWorld(text, 'reviewers', 'suggest', '1');
  expect(stdout).toContain('nobody who may be asked is known to have what it asks for: tides');
});

test('suggest takes a pull request or --all, and writes nothing where reviewers are off', async () => {
  expect((await inShelf('reviewers', 'suggest')).stderr).toMatch(/takes a pull request, or --all: one of them/);
  const text = world('kim ravi', `    files: { .github/parasol.yml: 'reviewers: { mode: off }' }\n${PULL}`);
  const { exitCode, stderr } = await inWorld(text, 'reviewers', 'suggest', '--all', '--write');
  expect([exitCode, stderr.split('\n')[0]]).toEqual([
    3,
    'error: `reviewers.mode` is off in .github/parasol.yml, so nobody is asked.',
  ]);
});

test('suggest also assigns where that is configured', async () => {
  const text = world('kim ravi', `    files: { .github/parasol.yml: 'reviewers: { assignee: true }' }\n${PULL}`);
  const { stderr } = await inWorld(text, 'reviewers', 'suggest', '1', '--write');
  expect(stderr).toBe('Done: ask ravi to review octo/new#1\nDone: assign ravi to octo/new#1\n');
});

test('load tells of names in the configuration that stand for nobody', async () => {
  const text = world('kim ravi', `    files: { .github/parasol.yml: 'reviewers: { teams: [nope] }' }\n${PULL}`);
  const { stdout } = await inWorld(text, 'reviewers', 'load');
  expect(stdout.match(/^note: .*/gm)).toEqual([
    'note: Nobody can be asked for review: nobody whom `reviewers.pool` and `reviewers.teams` name has access, as far as this',
    'note: .github/parasol.yml, line 1 (reviewers.teams): there is no team nope, as far as this token sees.',
  ]);
});

test('suggest counts in each row what the rows above give', async () => {
  const two = PULL.replace(']', ', { title: Second, by: kim, opened: -2d, branch: second }]');
  const text = world('kim ravi', `    files: { .github/parasol.yml: 'reviewers: { capacity: 3 }' }\n${two}`);
  const { stdout } = await inWorld(text, 'reviewers', 'suggest', '--all');
  expect(stdout.match(/\d of 3 waiting/g)).toEqual(['0 of 3 waiting', '1 of 3 waiting']);
});

test('explain tells of each person why or why not', async () => {
  const { exitCode, stdout } = await inShelf('reviewers', 'explain', '45');
  expect(exitCode).toBe(0);
  const [title, , head, ...people] = stdout.split('\n');
  expect(stdout.replaceAll(/\s+/g, ' ')).toContain('Of others it is told to them alone: it would tell their hours');
  expect([title, head]).toEqual(['#45 Count what was stolen', 'Person  Why']);
  expect(people.filter((line) => /^[a-z]/.test(line)).map((line) => line.split(/[:;]/)[0])).toEqual([
    'noor    chosen',
    'ravi    others come first',
    'kim     wrote it',
  ]);
});

test('explain tells of owners and configured capabilities whom nobody can ask, and who is asked in their place', async () => {
  const pull = PULL.replace('branch: first', 'branch: first, files: [{ path: a.md, additions: 1 }]');
  const text = world('kim ravi', `    files: { .github/CODEOWNERS: '* @kim' }\n${pull}`);
  const { stdout } = await inWorld(text, 'reviewers', 'explain', '1');
  expect(stdout).toMatch(/^#1 .*\nLeft out: of its owners nobody can be asked: kim\n\nPerson {2}Why\nravi {4}chosen: /);
  const config = 'reviewers: { capabilities: { tides: ["**"] }, people: { kim: { capability: [tides] } } }';
  const tagged = world('kim ravi', `    files: { .github/parasol.yml: '${config}' }\n${pull}`);
  const told = await inWorld(tagged, 'reviewers', 'explain', '1');
  expect(told.stdout).toMatch(/^#1 .*\nLeft out: nobody else here has tides\n/);
});

test('suggest tells in whose place somebody is named, of owners and of configured capabilities', async () => {
  const pull = PULL.replace('branch: first', 'branch: first, files: [{ path: a.md, additions: 1 }]');
  const owned = world('kim ravi', `    files: { .github/CODEOWNERS: '* @kim' }\n${pull}`);
  expect((await inWorld(owned, 'reviewers', 'suggest', '1')).stdout).toMatch(
    /^#1 .* ravi .*waiting; of its owners nobody can be asked: kim$/m,
  );
  const config = 'reviewers: { capabilities: { tides: ["**"] }, people: { kim: { capability: [tides] } } }';
  const tagged = world('kim ravi', `    files: { .github/parasol.yml: '${config}' }\n${pull}`);
  expect((await inWorld(tagged, 'reviewers', 'suggest', '--all')).stdout).toMatch(
    /^#1 .* ravi .*waiting; nobody else here has tides$/m,
  );
});

test('simulate tells what really happened, then both ways in one supposed world, and what is supposed', async () => {
  const { exitCode, stdout } = await inShelf('reviewers', 'simulate', '--last', '500');
  const lines = stdout.split('\n');
  expect([exitCode, ...lines.slice(0, 12)]).toEqual([
    0,
    'corner/shelf: 40 changes from 2026-01-12 to 2026-03-07, replayed.',
    '',
    'Time taken  Given out          Half in  95 % in  Over 48 h  No review  Unfairness  Open at once  Knew it  Handed on',
    '            as it was              4 h     74 h        5 %          0',
    '60 %        today, replayed        2 h     13 h        0 %          0        0.04             1     88 %        0 %',
    '            Parasol, replayed      2 h     19 h        3 %          0        0.01             1     88 %        0 %',
    '80 %        today, replayed        6 h     81 h        8 %          0        0.04             1     88 %        0 %',
    '            Parasol, replayed      2 h     36 h        3 %          0        0.04             1     90 %        0 %',
    '',
    '95 % in, Parasol against today: at 60 % 6 h longer; at 80 % 45 h shorter. 40 changes are too few to tell that from',
    '  chance: it takes 59, opened in 8 weeks or more.',
    '',
  ]);
  expect(lines.slice(12, 17)).toEqual([
    "Of each person's own time, where the work is supposed to take 60 % of all (a full bar is all of it):",
    "Reviewer  Today's way      Parasol's",
    'kim       ██████░░░░ 63 %  ██████░░░░ 59 %',
    'noor      ██████░░░░ 57 %  ██████░░░░ 57 %',
    'ravi      █████░░░░░ 52 %  ██████░░░░ 56 %',
  ]);
  expect(stdout).toContain('As it was: the record, from ready to the first review, of the 40 changes that got one');
  expect(stdout).toContain('note: How much time people have for reviews is in no record');
  expect(stdout).toContain('note: 3 people reviewed three times or more: there is little to choose from.');
});

test('at eighty columns load and simulate are tables all the same', async () => {
  const at80 = async (...argv: string[]) => {
    const run = { cwd: ROOT, env: { COLUMNS: '80' } };
    return (await captureRun([...argv, '--world', 'fixtures/worlds/shelf.yml'], run)).stdout.split('\n');
  };
  const [load, simulated] = [await at80('reviewers', 'load'), await at80('reviewers', 'simulate')];
  expect(load[0]).toBe('Reviewer  Load           Open  Of  Effort  Days  Oldest  Late  At risk  GitHub');
  expect(simulated.slice(2, 12)).toEqual([
    'Given out     as it was  today 60 %  Parasol 60 %  today 80 %  Parasol 80 %',
    'Half in             4 h         2 h           2 h         6 h           2 h',
    '95 % in            74 h        13 h          19 h        81 h          36 h',
    'Over 48 h           5 %         0 %           3 %         8 %           3 %',
    'No review             0           0             0           0             0',
    'Unfairness                     0.04          0.01        0.04          0.04',
    'Open at once                      1             1           1             1',
    'Knew it                        88 %          88 %        88 %          90 %',
    'Handed on                       0 %           0 %         0 %           0 %',
    '',
  ]);
  expect([...load, ...simulated].filter((line) => line.length > 80)).toEqual([]);
});

test('simulate tells how surely one way is faster where there are changes enough', async () => {
  const rows = Array.from({ length: 120 }, (_, n) => {
    const opened = Date.parse('2026-01-05T09:00:00Z') + Math.floor(n / 2) * 86_400_000;
    const [openedAt, mergedAt] = [opened, opened + 86_400_000].map((at) => new Date(at).toISOString());
    // All goes to one of three, however much waits there.
    const reviewers = [n % 10 === 0 ? 'kim' : n % 10 === 1 ? 'noor' : 'ravi'];
    return JSON.stringify({ ...ROW, number: n + 1, author: 'lena', reviewers, openedAt, mergedAt });
  });
  writeFileSync(join(folder, 'trace.jsonl'), rows.join('\n'));
  const run = (...more: string[]) =>
    captureRun(['reviewers', 'simulate', '--trace', 'trace.jsonl', ...more], { cwd: folder, env: { COLUMNS: '200' } });
  const { comparisons } = JSON.parse((await run('--json')).stdout);
  for (const { today, ours, difference } of comparisons) {
    expect(difference.p95Hours).toBeCloseTo(ours.figures.p95Hours - today.figures.p95Hours, 3);
    expect(difference.interval.low).toBeLessThanOrEqual(difference.interval.high);
  }
  expect((await run()).stdout).toMatch(
    /^95 % in, Parasol against today: at 60 % .*\(95 of 100 times .* to .*\); at 80 %/m,
  );
});

test('simulate says what nobody reviewed in the replay, and hides none of it in a quantile', async () => {
  const argv = ['reviewers', 'simulate', '--world', 'fixtures/worlds/harbor.yml'];
  const { stdout } = await captureRun(argv, { cwd: ROOT, env: { COLUMNS: '120' } });
  expect(stdout).toMatch(/^ +as it was +48 h +48 h +0 % +1$/m);
  expect(stdout).toMatch(/^60 % +today, replayed +0 h +> 40 d +46 % +5 /m);
  expect(stdout).toContain('note: ravi alone reviewed three times or more, and wrote or opened 5 of the changes');
});

const ROW = {
  ...{ number: 1, author: 'kim', reviewers: ['ravi'], changedLines: 5, changedLinesByDirectory: { src: 5 } },
  ...{ openedAt: '2026-01-05T09:00:00Z', mergedAt: '2026-01-06T09:00:00Z' },
};

test('simulate takes a trace, also a packed one, without asking GitHub', async () => {
  const rows = Array.from({ length: 6 }, (_, n) => JSON.stringify({ ...ROW, number: n + 1 })).join('\n');
  writeFileSync(join(folder, 'trace.jsonl.gz'), gzipSync(rows));
  const env = { GITHUB_API_URL: 'http://127.0.0.1:9', GITHUB_GRAPHQL_URL: 'http://127.0.0.1:9' };
  const argv = ['reviewers', 'simulate', '--trace', 'trace.jsonl.gz', '--json'];
  const { exitCode, stdout } = await captureRun(argv, { cwd: folder, env });
  const { of, changes, record, comparisons } = JSON.parse(stdout);
  const shares = comparisons.map(({ utilisation }: { utilisation: number }) => utilisation);
  expect([exitCode, of, changes, record, shares]).toEqual([0, 'trace.jsonl.gz', 6, null, [0.6, 0.8]]);
});

test('simulate gives nothing to who opened it for an agent', async () => {
  // Two people take turns to review first; all is written by one agent under the login of kim.
  const rows = Array.from({ length: 40 }, (_, n) => ({
    ...{ ...ROW, number: n + 1, reviewers: [n % 4 === 0 ? 'kim' : 'ravi'], author: n % 4 === 0 ? 'lena' : 'ada' },
    ...{ openedAt: `2026-01-${String(5 + (n % 20)).padStart(2, '0')}T09:00:00Z`, mergedAt: '2026-01-26T09:00:00Z' },
  }));
  const askedOfKim = async (openedBy: string | undefined) => {
    const text = rows.map((row) => JSON.stringify(row.author === 'ada' ? { ...row, openedBy } : row)).join('\n');
    writeFileSync(join(folder, 'trace.jsonl'), text);
    const argv = ['reviewers', 'simulate', '--trace', 'trace.jsonl', '--json'];
    const { comparisons } = JSON.parse((await captureRun(argv, { cwd: folder })).stdout);
    const { loads } = comparisons[0].ours;
    return loads.find(({ id }: { id: string }) => id === 'kim').asked;
  };
  const [unknown, known] = [await askedOfKim(undefined), await askedOfKim('kim')];
  // The ten of lena are all that is left to kim.
  expect(unknown).toBeGreaterThan(10);
  expect(known).toBeLessThanOrEqual(10);
});

test('simulate says once that a number is none it takes', async () => {
  const { stderr } = await inShelf('reviewers', 'simulate', '--last', '99999999999999999999');
  expect(stderr.match(/is a whole number from 1 to 2000/g)).toHaveLength(1);
});

test('explain says of a number that is not open what it may be', async () => {
  const { exitCode, stderr } = await inShelf('reviewers', 'explain', '999');
  expect([exitCode, stderr]).toEqual([
    3,
    'error: corner/shelf#999 is no open pull request.\n  try: It may be closed, merged, an issue, or in another repository: write owner/repo#41 for one elsewhere.\n',
  ]);
});

test('simulate names the line of a trace that is none, and what a repository without a past lacks', async () => {
  writeFileSync(join(folder, 'trace.jsonl'), `${JSON.stringify(ROW)}\n{"number":"two"}\n`);
  const bad = await captureRun(['reviewers', 'simulate', '--trace', 'trace.jsonl'], { cwd: folder });
  expect([bad.exitCode, bad.stderr.split('\n')[0]]).toEqual([
    3,
    'error: trace.jsonl, line 2 is no change: number is text where a number belongs.',
  ]);
  writeFileSync(join(folder, 'trace.jsonl'), `${JSON.stringify(ROW)}\n`);
  const short = await captureRun(['reviewers', 'simulate', '--trace', 'trace.jsonl'], { cwd: folder });
  expect(short.stdout).toBe(
    'note: There is too little to simulate: 1 merged change is too few, as it takes one person who reviewed three of them first.\n',
  );
  const { stdout } = await inWorld(world('kim ravi', ''), 'reviewers', 'simulate');
  expect(stdout).toBe('note: There is too little to simulate: no change was merged yet.\n');
});

const world = (users: string, rest: string): string => `now: 2026-03-10T12:00:00Z
owners: { octo: Octo }
users: { ${users
  .split(' ')
  .map((login) => `${login}: Somebody`)
  .join(', ')} }
repositories:
  octo/new:
    collaborators: { ${users
      .split(' ')
      .map((login, place) => `${login}: ${place === 0 ? 'admin' : 'write'}`)
      .join(', ')} }
${rest}`;

const PULL = '    pull_requests: [{ title: First, by: kim, opened: -3d, branch: first }]\n';

test.each([
  [
    'an empty repository',
    world('kim ravi', ''),
    'No pull request was ever opened here: there is nothing to go by yet.',
  ],
  [
    'one reviewer',
    world('kim', PULL),
    'Only kim can be asked: nobody else has access to octo/new, as far as this token sees. Nobody',
  ],
  ['no history', world('kim ravi', PULL), 'Nobody has reviewed here yet: pace and capacity are defaults.'],
])('load says in clear words what %s lacks', async (_, text, words) => {
  const { exitCode, stdout } = await inWorld(text, 'reviewers', 'load');
  expect([exitCode, stdout.includes(`note: ${words}`)]).toEqual([0, true]);
});

test('load tells which lines of CODEOWNERS count for nothing', async () => {
  const { stdout } = await inWorld(
    world('kim ravi', `    files: { CODEOWNERS: '* kim' }\n${PULL}`),
    'reviewers',
    'load',
  );
  expect(stdout).toContain('note: CODEOWNERS, line 1, counts for nothing: `kim` is no owner; write `@login`');
});

test('load of a team counts what concerns it alone, with what nobody was asked for that a member could review', async () => {
  const pulls = [
    'title: Own draft, draft: true, reviewers: [ravi]',
    'title: Their draft, draft: true, reviewers: [noor]',
    "title: Nobody's draft, draft: true, files: [{ path: core/a.ts, additions: 3 }]",
    "title: Nobody's other draft, draft: true, files: [{ path: docs/a.md, additions: 3 }]",
    "title: Team, reviewers: ['team:core']",
    "title: Other team, reviewers: ['team:docs']",
    'title: Core, files: [{ path: core/a.ts, additions: 3 }]',
    'title: Docs, files: [{ path: docs/a.md, additions: 3 }]',
  ].map((more, place) => `      - { by: kim, opened: -3d, branch: b${place}, ${more} }\n`);
  const rest = `    teams: { core: [ravi], docs: [noor] }
    files: { .github/CODEOWNERS: "/core/ @octo/core\\n/docs/ @octo/docs\\n" }
    pull_requests:
${pulls.join('')}`;
  const told = async (...argv: string[]) => {
    const { stdout } = await inWorld(world('kim ravi noor', rest), 'reviewers', 'load', '--json', ...argv);
    const { leftOut, unasked } = JSON.parse(stdout);
    return [leftOut.drafts, leftOut.teams, unasked.map(({ title }: { title: string }) => title)];
  };
  expect(await told()).toEqual([4, 2, ['Core', 'Docs']]);
  expect(await told('--team', 'core')).toEqual([2, 1, ['Core']]);
  expect(await told('--team', 'Octo/Docs')).toEqual([2, 1, ['Docs']]);
});

test('load tells of the members of one team, and which teams there are', async () => {
  const text = world('kim ravi noor', `    teams: { core: [ravi] }\n${PULL}`);
  const { stdout } = await inWorld(text, 'reviewers', 'load', '--team', 'core');
  expect(stdout).toMatch(/^Reviewer.*\nravi .*\n\n/);
  const { exitCode, stderr } = await inWorld(text, 'reviewers', 'load', '--team', 'octo/dock');
  expect([exitCode, stderr]).toEqual([3, 'error: There is no team octo/dock.\n  try: Its teams are: octo/core.\n']);
  const own = text
    .replace('owners: { octo: Octo }\n', '')
    .replace('octo/new', 'kim/new')
    .replace(/ {4}teams.*\n/, '');
  expect((await inWorld(own, 'reviewers', 'load', '--team', 'core')).stderr).toBe(
    'error: There is no team kim/core.\n  try: kim has no teams: people never have, and organizations may have none. Leave --team out.\n',
  );
});
