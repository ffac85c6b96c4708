import { afterEach, expect, test } from 'vitest';
import { createComment, editComment } from '../../../src/sandbox/actions/comment.ts';
import { closePullRequest, markReady, reopenPullRequest } from '../../../src/sandbox/actions/edit-pull-request.ts';
import { openPullRequest } from '../../../src/sandbox/actions/open-pull-request.ts';
import { removeReviewRequest, requestReview } from '../../../src/sandbox/actions/request-review.ts';
import { submitReview } from '../../../src/sandbox/actions/submit-review.ts';
import { advanceClock } from '../../../src/sandbox/clock.ts';
import { addAccount, addCollaborator } from '../../../src/sandbox/create-world.ts';
import type { PullRequestRecord } from '../../../src/sandbox/world.ts';
import { noteAbsence } from '../../../src/store/reviewers/absences.ts';
import { loadStandings } from '../../../src/store/reviewers/load-standings.ts';
import { loadReviewQueue } from '../../../src/store/reviewers/review-queue.ts';
import { noteRemoval } from '../../../src/store/reviewers/settle-review.ts';
import { startAppServer } from '../../../src/surfaces/app/start-app-server.ts';
import { describeOnBothStores } from '../../store/on-both-stores.ts';
import { startAppWithStore } from './app-with-store.ts';
import { at, buildTestWorld, KEY, settingsOf, startTestApp, type TestApp } from './test-app.ts';

const config = (more = 'mode: assign', people = '[noor, lena]') => `reviewers: { pool: ${people}, ${more} }\n`;

describeOnBothStores('reviewers in the App', (store) => {
  let app: TestApp;
  afterEach(() => app.close());

  const start = async (text = config()) => {
    const built = buildTestWorld({ config: text, children: 0 });
    for (const login of ['noor', 'lena', 'tomas']) {
      addAccount(built.world, { login });
      addCollaborator(built.world, built.repository, login, 'write');
    }
    addAccount(built.world, { login: 'renovate[bot]', type: 'Bot' });
    ({ app } = await startAppWithStore(built, store()));
  };
  let branches = 0;
  const open = async (more: object = {}, by = 'kim') => {
    branches += 1;
    const wish = { repository: KEY, title: 'Work', branch: `work-${branches}`, ...more };
    const pull = openPullRequest(app.world, by, wish);
    await app.settle();
    return pull;
  };
  const asked = (pull: PullRequestRecord) => pull.reviewRequests.map(({ login, team }) => login ?? team);
  const only = (pull: PullRequestRecord): string => {
    const [login, ...more] = asked(pull);
    if (login === undefined || login === null || more.length > 0) throw new Error('not one person is asked');
    return login;
  };
  const other = (login: string) => (login === 'noor' ? 'lena' : 'noor');
  const say = async (by: string, pull: PullRequestRecord, body: string) => {
    const comment = createComment(app.world, by, { item: at(pull), body });
    await app.settle();
    return comment.reactions.map(({ content }) => content);
  };
  const remove = async (pull: PullRequestRecord, login: string, by = 'kim') => {
    removeReviewRequest(app.world, by, { item: at(pull), reviewers: [login] });
    await app.settle();
  };
  const there = () => ({ ...store(), origin: new URL(app.sandbox.apiUrl).host });
  const ownComments = (pull: PullRequestRecord) => pull.comments.filter(({ author }) => author === 'parasol[bot]');

  test.each(['version: 1\n', config('mode: observe'), config('mode: off')])('are left alone by %j', async (text) => {
    await start(text);
    const pull = await open();
    expect([asked(pull), ownComments(pull)]).toEqual([[], []]);
    expect(app.sandbox.requests.entries.filter(({ operation }) => operation?.includes('Past') === true)).toEqual([]);
    expect(app.sandbox.requests.writes()).toEqual([]);
  });

  test('are asked when a pull request is ready, by nothing but the request', async () => {
    await start();
    const pull = await open({}, 'noor');
    expect(asked(pull)).toEqual(['lena']);
    const draft = await open({ draft: true });
    const update = await open({}, 'renovate[bot]');
    expect([asked(draft), asked(update)]).toEqual([[], []]);
    markReady(app.world, 'kim', { item: at(draft) });
    await app.settle();
    expect(asked(draft)).toEqual([expect.stringMatching(/noor|lena/)]);
    expect([...app.repository.pullRequests.values()].flatMap(ownComments)).toEqual([]);
    expect(app.log).toEqual([]);
  });

  test('whom a person asked stay, and nobody is added', async () => {
    await start();
    const pull = await open({ reviewers: ['tomas'] });
    expect(asked(pull)).toEqual(['tomas']);
    requestReview(app.world, 'kim', { item: at(pull), reviewers: ['noor'] });
    await app.settle();
    expect(asked(pull)).toEqual(['tomas', 'noor']);
  });

  test('are as many as the configuration says, those whom a person asked among them', async () => {
    await start(config('mode: assign, count: 2, assignee: true'));
    const pull = await open({ reviewers: ['tomas'] });
    expect(asked(pull)).toEqual(['tomas', expect.stringMatching(/noor|lena/)]);
    expect([...pull.assignees]).toEqual([asked(pull)[1]]);
  });

  test('whom a person took off are not put back, nor others in their place, until somebody asks for them', async () => {
    await start();
    const pull = await open();
    const first = only(pull);
    await remove(pull, first);
    await app.settle();
    expect(asked(pull)).toEqual([]);
    expect(await say('kim', pull, '/parasol reroll')).toEqual(['+1']);
    expect(asked(pull)).toEqual([other(first)]);
    await remove(pull, other(first));
    expect(await say('kim', pull, '/parasol reroll')).toEqual(['confused']);
    expect(asked(pull)).toEqual([]);
  });

  test('stay where a reroll finds nobody else, and it says so', async () => {
    await start(config('mode: assign', '[noor]'));
    const pull = await open();
    expect(await say('kim', pull, '/parasol reroll')).toEqual(['confused']);
    expect(asked(pull)).toEqual(['noor']);
    expect(ownComments(pull).map(({ body }) => body)).toEqual([
      expect.stringContaining('Nobody else can be asked for this review now, so all stays as it is.'),
    ]);
  });

  test('are told to whoever wants others of them that the request waits, where nobody was asked yet', async () => {
    await start(config('mode: assign, capacity: 1', '[noor]'));
    const [first, waits, own] = [await open(), await open(), await open({}, 'noor')];
    for (const [by, pull] of [
      ['kim', waits],
      ['noor', own],
    ] as const)
      expect(await say(by, pull, '/parasol reroll')).toEqual(['confused']);
    const words = (pull: PullRequestRecord) => ownComments(pull).map(({ body }) => body.split('\n').at(-1));
    expect(words(waits).join()).toContain('No reviewer yet: nobody is available for it now. It waits');
    expect(words(own).join()).toContain(
      'No reviewer was found: nobody but its authors can be asked here. Ask somebody',
    );
    requestReview(app.world, 'kim', { item: at(waits), reviewers: ['tomas'] });
    await app.settle();
    expect(await say('kim', waits, '/parasol reroll')).toEqual(['confused']);
    expect(words(waits).join()).toContain('Nobody whom Parasol chose is asked here. Whom a person asked stays asked.');
    expect([first, waits].map(asked)).toEqual([['noor'], ['tomas']]);
  });

  test('whom a person took off and asked again are no choice to reroll', async () => {
    await start(config('mode: assign, count: 1'));
    const pull = await open();
    const first = only(pull);
    await remove(pull, first);
    await app.settle();
    requestReview(app.world, 'kim', { item: at(pull), reviewers: [first] });
    await app.settle();
    expect(await say('kim', pull, '/parasol reroll')).toEqual(['confused']);
    expect(asked(pull)).toEqual([first]);
  });

  test('stay when a reroll is delivered again, to an App that has started since, and change when an edit says it anew', async () => {
    await start(config('mode: assign', '[noor, lena, tomas]'));
    const pull = await open();
    const first = only(pull);
    const comment = createComment(app.world, 'kim', { item: at(pull), body: '/parasol reroll' });
    await app.settle();
    const second = only(pull);
    const later = await startAppServer({
      ...{ ...settingsOf(app.app, app.sandbox, app.log), now: () => app.world.now() },
      store: { store: async () => store(), isStoreOpen: () => true },
    });
    app.app.webhookUrl = later.webhookUrl;
    for (const { id, event } of [...app.sender.log]) if (event === 'issue_comment') await app.sender.redeliver(id);
    await later.idle();
    expect([only(pull), comment.reactions.map(({ content }) => content)]).toEqual([second, ['+1']]);
    advanceClock(app.world, 30);
    for (const body of ['never mind', '/parasol reroll']) editComment(app.world, 'kim', { comment: comment.id, body });
    await app.settle();
    await later.idle();
    expect([first, second]).not.toContain(only(pull));
    await later.close();
  });

  test('are taken back when a person takes the request away while GitHub is being told', async () => {
    await start(config('mode: assign', '[noor]'));
    app.sandbox.faults.hangNext({ match: { operation: 'pulls/request-reviewers' }, ms: 1500 });
    branches += 1;
    const pull = openPullRequest(app.world, 'kim', { repository: KEY, title: 'Work', branch: `work-${branches}` });
    const ref = { owner: 'octo', repo: 'harbor', number: pull.number };
    const held = async () => (await loadStandings(there(), [ref])).get(`octo/harbor#${pull.number}`)?.asked ?? [];
    while ((await held()).length === 0) await new Promise((resolve) => setTimeout(resolve, 10));
    await noteRemoval(there(), { request: ref, login: 'noor', now: null });
    await app.settle();
    expect([asked(pull), await held()]).toEqual([[], []]);
    expect(app.sandbox.requests.writes().map(({ operation }) => operation)).not.toContain('issues/create-comment');
  });

  test('decline once, and somebody else is asked', async () => {
    await start();
    const pull = await open();
    const first = only(pull);
    expect(await say(first, pull, '/parasol decline lazy')).toEqual(['confused']);
    expect(await say('tomas', pull, '/parasol decline too-busy')).toEqual(['confused']);
    expect(asked(pull)).toEqual([first]);
    expect(await say(first, pull, '/parasol decline too-busy')).toEqual(['+1']);
    expect(asked(pull)).toEqual([other(first)]);
    expect(await say(other(first), pull, '/parasol decline not-mine')).toEqual(['+1']);
    expect(asked(pull)).toEqual([]);
  });

  test('may decline without triage permission, and strangers may not', async () => {
    await start();
    addAccount(app.world, { login: 'zoe' });
    const pull = await open({ reviewers: ['ravi'] });
    expect(await say('zoe', pull, '/parasol decline conflict')).toEqual(['-1']);
    expect(await say('ravi', pull, '/parasol reroll')).toEqual(['-1']);
    expect(await say('ravi', pull, '/parasol decline conflict')).toEqual(['+1']);
    expect(asked(pull)).toEqual([expect.stringMatching(/noor|lena/)]);
  });

  test('wait in the queue when everybody is full, the earliest deadline first', async () => {
    await start(config('mode: assign, capacity: 1'));
    const pulls = [await open(), await open(), await open(), await open()];
    const queued = async () => (await loadReviewQueue(there())).map(({ request }) => request.number);
    const [first, second, third, fourth] = pulls.map(({ number }) => number);
    expect(pulls.map((pull) => asked(pull).length)).toEqual([1, 1, 0, 0]);
    expect(await queued()).toEqual([third, fourth]);
    const [reviewed = pulls[0], , next = pulls[0]] = pulls;
    if (reviewed === undefined || next === undefined) throw new Error('four were opened');
    const reviewer = only(reviewed);
    submitReview(app.world, reviewer, { item: at(reviewed), state: 'approved' });
    await app.settle();
    expect(asked(next)).toEqual([reviewer]);
    expect(await queued()).toEqual([fourth]);
    for (const number of [second, fourth]) closePullRequest(app.world, 'kim', { item: at({ number: number ?? 0 }) });
    await app.settle();
    expect([await queued(), first === undefined]).toEqual([[], false]);
  });

  test.each([
    ['/parasol capacity 1', '/parasol capacity 2'],
    ['/parasol away 2026-03-01..2026-03-20', '/parasol away back'],
  ])('are asked for what waits as soon as somebody who said %s says %s', async (before, after) => {
    await start(config('mode: assign, capacity: 1', '[noor]'));
    const first = await open({}, 'noor');
    expect(await say('noor', first, before)).toEqual(['+1']);
    const pulls = [await open(), await open()];
    const count = () => pulls.flatMap(asked).length;
    const then = count();
    expect(await say('noor', first, after)).toEqual(['+1']);
    expect([then, count()]).toEqual(before.includes('away') ? [0, 1] : [1, 2]);
  });

  test('who are away are not asked, and nothing that others read says so', async () => {
    await start();
    const away = { from: '2026-01-01T00:00:00Z', until: '2027-06-01T00:00:00Z', level: 'finish_only' } as const;
    await noteAbsence(there(), { login: 'noor', now: '2026-03-01T00:00:00Z' }, away);
    const pulls = [await open(), await open(), await open({}, 'lena')];
    expect(pulls.map(asked)).toEqual([['lena'], ['lena'], []]);
    expect(pulls.flatMap(({ comments }) => comments)).toEqual([]);
    expect(JSON.stringify(app.log)).not.toMatch(/away|absence|2027-06-01|noor/);
  });

  test.each([
    ['off', 1],
    ['finish_only', 0],
  ] as const)('hand on what waits for who is away at level %s, where hours are known: %i', async (level, moved) => {
    const people = 'people: { noor: { hours: "Mon-Fri 09-17 UTC" }, lena: { hours: "Mon-Fri 09-17 UTC" } }';
    await start(config(`mode: assign, capacity: 20, hand_off: true, ${people}`));
    const away = { from: '2026-01-01T00:00:00Z', until: '2027-06-01T00:00:00Z', level } as const;
    const pulls = [];
    for (let count = 0; count < 10; count += 1) pulls.push(await open());
    const ofNoor = pulls.filter((pull) => only(pull) === 'noor');
    await noteAbsence(there(), { login: 'noor', now: '2026-03-01T00:00:00Z' }, away);
    await open();
    const left = ofNoor.filter((pull) => only(pull) === 'noor');
    expect(ofNoor.length - left.length).toBe(moved);
    await open();
    expect(left.filter((pull) => only(pull) === 'noor')).toEqual(left);
  });

  test('are suggested by one comment that is edited in place and tells nobody', async () => {
    await start(config('mode: suggest'));
    const pull = await open();
    const body = () => ownComments(pull).map((comment) => comment.body);
    const [, first = ''] = /\*\*(noor|lena)\*\*/.exec(body().join()) ?? [];
    expect(body()).toEqual([
      [
        '<!-- parasol:reviewers v1 -->',
        `<!-- ${first} -->`,
        `Suggested reviewer: **${first}**. Nobody was asked.`,
        '',
        '<sub>`/parasol reroll` names somebody else.</sub>',
      ].join('\n'),
    ]);
    expect(await say('kim', pull, '/parasol reroll')).toEqual(['+1']);
    expect(body()).toEqual([expect.stringContaining(`**${other(first)}**`)]);
    expect(await say(other(first), pull, '/parasol decline too-busy')).toEqual(['+1']);
    const fates = [`${first} was named or asked before`, `${other(first)} declined`].toSorted().join(', ');
    expect([body(), asked(pull)]).toEqual([
      [
        [
          '<!-- parasol:reviewers v1 -->',
          '',
          `No reviewer was found: nobody is left who could review it: ${fates}. Ask somebody by hand, or name in CODEOWNERS or in \`.github/parasol.yml\` who could.`,
        ].join('\n'),
      ],
      [],
    ]);
  });

  test('are suggested no more once they are away, though the comment does not say why', async () => {
    await start(config('mode: suggest'));
    const pull = await open();
    const [, first = ''] = /\*\*(noor|lena)\*\*/.exec(ownComments(pull)[0]?.body ?? '') ?? [];
    const away = { from: '2026-01-01T00:00:00Z', until: '2027-06-01T00:00:00Z', level: 'off' } as const;
    await noteAbsence(there(), { login: first, now: '2026-03-01T00:00:00Z' }, away);
    closePullRequest(app.world, 'kim', { item: at(pull) });
    reopenPullRequest(app.world, 'kim', { item: at(pull) });
    await app.settle();
    expect(ownComments(pull).map(({ body }) => body)).toEqual([
      expect.stringContaining(`Suggested reviewer: **${other(first)}**. Nobody was asked.`),
    ]);
  });

  const namedIn = (pull: PullRequestRecord) =>
    ownComments(pull).flatMap(({ body }) => /Suggested reviewer: \*\*(\w+)\*\*/.exec(body)?.[1] ?? body);

  test('are suggested in turn, as many for each as they have room for', async () => {
    await start(config('mode: suggest, capacity: 2'));
    const pulls = [];
    for (let count = 0; count < 5; count += 1) pulls.push(await open());
    const names = pulls.flatMap(namedIn);
    expect(names.toSorted()).toEqual(['lena', 'lena', 'noor', 'noor']);
    expect(names.slice(0, 2).toSorted()).toEqual(['lena', 'noor']);
    const [first = pulls[0], , , , last = pulls[0]] = pulls;
    if (first === undefined || last === undefined) throw new Error('five were opened');
    closePullRequest(app.world, 'kim', { item: at(first) });
    await app.settle();
    expect([namedIn(last), pulls.slice(1, 4).flatMap(namedIn)]).toEqual([[names[0]], names.slice(1)]);
  });

  test('are suggested no more once they are away, also where no event spoke of the pull request', async () => {
    await start(config('mode: suggest, capacity: 9'));
    const pulls = [await open(), await open()];
    expect(pulls.flatMap(namedIn).toSorted()).toEqual(['lena', 'noor']);
    const away = { from: '2026-01-01T00:00:00Z', until: '2027-06-01T00:00:00Z', level: 'off' } as const;
    await noteAbsence(there(), { login: 'noor', now: '2026-03-01T00:00:00Z' }, away);
    app.sandbox.requests.reset();
    pulls.push(await open());
    expect(pulls.map(namedIn)).toEqual([['lena'], ['lena'], ['lena']]);
    const reads = app.sandbox.requests.entries.filter(({ operation }) => operation === 'CommentsOfMany');
    expect(reads).toHaveLength(1);
  });

  test('who declined and are asked by a person later are asked, and nobody else is suggested', async () => {
    await start(config('mode: suggest'));
    const pull = await open();
    const [first = ''] = namedIn(pull);
    await say(first, pull, '/parasol decline too-busy');
    expect(namedIn(pull)).toEqual([other(first)]);
    requestReview(app.world, 'kim', { item: at(pull), reviewers: [first] });
    await app.settle();
    expect([asked(pull), namedIn(pull)]).toEqual([[first], []]);
    submitReview(app.world, first, { item: at(pull), state: 'approved' });
    await app.settle();
    expect([asked(pull), namedIn(pull)]).toEqual([[], []]);
  });

  test('are suggested no more once somebody is asked', async () => {
    await start(config('mode: suggest'));
    const pull = await open();
    expect(ownComments(pull)).toHaveLength(1);
    requestReview(app.world, 'kim', { item: at(pull), reviewers: ['tomas'] });
    await app.settle();
    expect([ownComments(pull), asked(pull)]).toEqual([[], ['tomas']]);
  });
});

test('without a store reviewers are suggested and not asked', async () => {
  const built = buildTestWorld({ config: config(), children: 0 });
  for (const login of ['noor', 'lena']) {
    addAccount(built.world, { login });
    addCollaborator(built.world, built.repository, login, 'write');
  }
  const app = await startTestApp(built);
  const pull = openPullRequest(app.world, 'kim', { repository: KEY, title: 'Work', branch: 'work' });
  await app.settle();
  expect([pull.reviewRequests, pull.comments.map(({ body }) => body.includes('Suggested'))]).toEqual([[], [true]]);
  await app.close();
});
