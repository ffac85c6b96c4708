import { afterEach, beforeEach, expect, test } from 'vitest';
import { connectWithToken } from '../../src/github/connect-with-token.ts';
import { catalogEntry } from '../../src/operations/catalog.ts';
import type { OperationContext } from '../../src/operations/operation.ts';
import { addUserToken } from '../../src/sandbox/create-world.ts';
import { loadWorldFile } from '../../src/sandbox/load-world/load-world-file.ts';
import { type Sandbox, startSandbox } from '../../src/sandbox/start-sandbox.ts';
import { describeOnBothStores } from '../store/on-both-stores.ts';

const WORLD = `now: 2026-03-10T12:00:00Z
owners: { octo: Octo }
users: { kim: Kim, ravi: Ravi, noor: Noor, lena: Lena, guest: Guest, member: Member }
repositories:
  octo/harbor:
    collaborators: { kim: write, ravi: write, noor: write, lena: admin, member: read }
    teams: { tides: [member] }
    files: { .github/CODEOWNERS: '/db/ @ravi', .github/parasol.yml: 'reviewers: { exclude: [member] }' }
    pull_requests:
      - { number: 1, title: Tables, by: kim, opened: -1d, branch: tables, files: [{ path: db/a.sql, additions: 20 }] }
      - { number: 2, title: Words, by: kim, opened: -1d, branch: words, files: [{ path: docs/a.md, additions: 20 }] }
      - { number: 3, title: Draft, by: kim, opened: -1d, branch: draft, draft: true, files: [{ path: docs/b.md, additions: 2 }] }
      - { number: 4, title: Both, by: kim, opened: -1d, branch: both, reviewers: [noor], files: [{ path: db/b.sql, additions: 2 }] }
      - { number: 5, title: Team, by: kim, opened: -1d, branch: team, reviewers: ['team:tides'], files: [{ path: db/c.sql, additions: 2 }] }
  octo/empty:
    collaborators: { lena: admin, kim: write }
    pull_requests: [{ title: First, by: kim, opened: -1d, branch: first }]
`;

type Told = { login: string; kind: string; reasons: string[]; load: object | null };

describeOnBothStores('why somebody is asked or not', (store) => {
  let sandbox: Sandbox;

  beforeEach(async () => {
    const world = loadWorldFile({ path: 'w.yml', text: WORLD, now: null });
    for (const login of ['kim', 'ravi', 'noor', 'lena', 'guest', 'member'])
      addUserToken(world, { token: `${login}s-token`, login });
    sandbox = await startSandbox({ world });
  });
  afterEach(() => sandbox.close());

  const contextOf = (login: string): OperationContext => ({
    github: connectWithToken({ token: `${login}s-token`, apiUrl: sandbox.apiUrl, pace: 'sandbox' }),
    now: () => '2026-03-10T12:00:00Z',
    isTimeGiven: true,
    defaultRepository: { owner: 'octo', repo: 'harbor' },
    store: async () => store(),
    isStoreOpen: () => true,
  });
  const run = (login: string, name: string, input: object) => catalogEntry(name).run(contextOf(login), input);
  const explain = async (login: string, pull: string): Promise<Told[]> => {
    const { candidates } = (await run(login, 'reviewers.explain', { pull })) as { candidates: Told[] };
    return candidates;
  };
  const briefly = (told: readonly Told[]) => told.map(({ login, kind, reasons }) => [login, kind, reasons]);

  test('stands for each person: the author, who lacks what is asked for, and who is chosen', async () => {
    expect(briefly(await explain('lena', '1'))).toEqual([
      ['ravi', 'chosen', []],
      ['kim', 'not_eligible', ['author', 'missing_capability']],
      ['lena', 'not_eligible', ['missing_capability']],
      ['noor', 'not_eligible', ['missing_capability']],
    ]);
  });

  test('stands for all where nobody is to be asked, with the teams that are asked and who of the asked owns nothing', async () => {
    const whole = async (pull: string) => {
      const { why, asked, remarks } = (await run('lena', 'reviewers.explain', { pull })) as Record<string, unknown>;
      return { why, asked, remarks };
    };
    const remarks = await whole('1').then((one) => one.remarks as string[]);
    expect(await whole('2')).toEqual({ why: null, asked: [], remarks });
    expect(await whole('3')).toEqual({ why: 'it is a draft', asked: [], remarks });
    expect(await whole('4')).toEqual({
      ...{ why: 'noor is asked already', asked: ['noor'] },
      remarks: [...remarks, 'Nobody of those who were asked or have reviewed has what it asks for: ravi.'],
    });
    expect(await whole('5')).toEqual({ why: 'a team is asked already', asked: ['octo/tides'], remarks });
  });

  test('an absence is told to the person alone: to others it looks as if somebody else came first', async () => {
    const before = await explain('lena', '2');
    const [chosen] = before;
    const others = before.filter(({ kind }) => kind === 'passed_over').map(({ login }) => login);
    const absent = others[0] ?? '';
    await run(absent, 'reviewers.away', { range: '2026-03-01..2026-04-01' });
    expect(await explain('lena', '2')).toEqual(before);
    expect((await explain(absent, '2')).find(({ login }) => login === absent)).toMatchObject({
      kind: 'not_eligible',
      reasons: ['away'],
    });
    await run(absent, 'reviewers.away', { end: true });
    expect(chosen?.kind).toBe('chosen');
  });

  test('where nobody else is left, who is away has no figures by which it could be told', async () => {
    await run('ravi', 'reviewers.away', { range: '2026-03-01..2026-04-01' });
    expect((await explain('lena', '1'))[0]).toMatchObject({ login: 'ravi', kind: 'not_available', load: null });
    const suggested = await run('lena', 'reviewers.suggest', { pull: '1' });
    expect(suggested).toMatchObject({ requests: [{ chosen: [], missing: 1, why: 'nobody is available for it now' }] });
    await run('ravi', 'reviewers.away', { end: true });
  });

  test('load says the same whoever is away', async () => {
    const before = await run('lena', 'reviewers.load', {});
    await run('noor', 'reviewers.away', { range: '2026-03-01..2026-04-01' });
    expect(await run('lena', 'reviewers.load', {})).toEqual(before);
    await run('noor', 'reviewers.away', { end: true });
  });

  test('an absence reads, to the letter, like a capacity of nothing, which others are not shown either', async () => {
    const reads = async () => [
      await run('lena', 'reviewers.explain', { pull: '1' }),
      await run('lena', 'reviewers.explain', { pull: '2' }),
      await run('lena', 'reviewers.suggest', { all: true }),
      await run('lena', 'reviewers.load', {}),
    ];
    await run('ravi', 'reviewers.away', { range: '2026-03-01..2026-04-01' });
    const away = await reads();
    await run('ravi', 'reviewers.away', { end: true });
    await run('ravi', 'reviewers.capacity', { count: '0' });
    expect(await reads()).toEqual(away);
    const own = (await run('ravi', 'reviewers.load', {})) as { reviewers: { login: string; capacity: object }[] };
    expect(own.reviewers[0]).toMatchObject({ login: 'ravi', capacity: { value: 0, basis: 'said' } });
    await run('ravi', 'reviewers.capacity', { count: 'default' });
  });

  test('load tells of an absence to the person alone, until when', async () => {
    await run('noor', 'reviewers.away', { range: '2026-03-01..2026-03-20' });
    const own = { until: '2026-03-21T00:00:00Z', level: 'off' };
    expect(await run('noor', 'reviewers.load', {})).toMatchObject({ ownAbsence: own });
    expect(await run('lena', 'reviewers.load', {})).toMatchObject({ ownAbsence: null });
    await run('noor', 'reviewers.away', { end: true });
    expect(await run('noor', 'reviewers.load', {})).toMatchObject({ ownAbsence: null });
  });

  test('is for the team: whoever writes there, or is in a team of the repository', async () => {
    expect(await explain('member', '2')).toHaveLength(4);
    await expect(explain('guest', '2')).rejects.toMatchObject({
      code: 'forbidden',
      message: 'Why people are or are not asked to review in octo/harbor is told to its team alone.',
      hint: 'Use the token of somebody with write access. Who is in a team of octo could not be read: that needs members: read, or the scope read:org.',
    });
  });

  test('load says that access could not be read before it says that nobody has any', async () => {
    sandbox.faults.failNext({ status: 502, match: { operation: 'ReviewPeople' }, times: 9 });
    expect(await run('lena', 'reviewers.load', { repository: 'octo/empty' })).toMatchObject({
      reviewers: [],
      gaps: [{ what: 'people of octo/empty' }],
      remarks: [
        'Nobody can be asked for review: nobody has reviewed or owns files here, and who has access could not be read.',
      ],
    });
    sandbox.faults.clear();
  });

  test.each([
    ['99', 'octo/harbor#99 is no open pull request.'],
    ['words', '"words" is no pull request.'],
  ])('refuses %s', async (pull, message) => {
    await expect(explain('lena', pull)).rejects.toMatchObject({ code: 'usage', message });
  });
});
