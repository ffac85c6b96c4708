import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { parseCommands } from '../../src/core/commands.ts';
import { issueMarker } from '../../src/core/issue-marker.ts';
import { batchKey } from '../../src/core/umbrella/batch-umbrella.ts';
import { connectWithToken } from '../../src/github/connect-with-token.ts';
import { answerCommand } from '../../src/operations/answer-command.ts';
import type { OperationContext } from '../../src/operations/operation.ts';
import { planApply } from '../../src/operations/plan-apply.ts';
import { planUndoOperation } from '../../src/operations/plan-undo.ts';
import { umbrellaScaffold } from '../../src/operations/umbrella-scaffold.ts';
import { umbrellaShow } from '../../src/operations/umbrella-show.ts';
import { closeIssue } from '../../src/sandbox/actions/close-issue.ts';
import { createComment } from '../../src/sandbox/actions/comment.ts';
import { editIssue } from '../../src/sandbox/actions/edit-issue.ts';
import { addSubIssue } from '../../src/sandbox/actions/link-sub-issue.ts';
import { openIssue } from '../../src/sandbox/actions/open-issue.ts';
import { putFile } from '../../src/sandbox/actions/push-commits.ts';
import { addCollaborator, addRepository, addUserToken } from '../../src/sandbox/create-world.ts';
import { openStore } from '../../src/store/open-store.ts';
import type { Store } from '../../src/store/store.ts';
import { contextOf, countingClock, digestOf, type PlanWorld, ref, startPlanWorld } from './plan-world.ts';

const CONFIG = [
  'lanes:',
  '  api:',
  '    tasks:',
  '      - { key: schema, title: "{umbrella.title}: schema", assignees: [ravi] }',
  '      - { key: serve, title: Serve it, after: [schema], body_file: docs/serve.md }',
].join('\n');

const DOCS = '---\ntitle: "{umbrella.title}: docs"\nafter: [api]\n---\nTell of {umbrella.title}.\n';

let store: Store;
let world: PlanWorld;
let context: OperationContext;
let minute = 0;

beforeAll(async () => {
  store = await openStore({ folder: null, now: () => '2026-03-02T09:00:00Z' });
}, 60_000);
afterAll(() => store.close());

beforeEach(async () => {
  world = await startPlanWorld({ issues: 1 });
  put({ '.github/parasol.yml': CONFIG, '.github/lanes/docs.md': DOCS, 'docs/serve.md': 'Serve.' });
  // A plan's id is made of what it says and when: every test has a minute of its own.
  minute += 1;
  const now = `2026-03-02T09:${String(minute).padStart(2, '0')}:00Z`;
  context = { ...contextOf(world, store, countingClock()), now: () => now };
});
afterEach(() => world.sandbox.close());

function put(files: Readonly<Record<string, string>>): void {
  for (const [path, text] of Object.entries(files)) world.repository.files.set(path, text);
}

const INPUT = { ref: '#1', set: [], fromChecklist: false };
const plan = (input: Partial<Parameters<typeof umbrellaScaffold.run>[1]> = {}) =>
  umbrellaScaffold.run(context, { ...INPUT, ...input });

async function apply(input: Parameters<typeof plan>[0] = {}) {
  const { plan: made } = await plan(input);
  if (made === null) throw new Error('nothing is planned');
  return planApply.run(context, { id: made.id, reviewName: '' });
}

const children = () => digestOf(world.repository).filter(({ parent }) => parent === 1);
const item = (number: number) => ({ repository: 'octo/harbor', number });

describe('umbrella scaffold', () => {
  test('plans labels, tasks and what waits for what, and writes nothing on GitHub', async () => {
    const { umbrella, plan: made, notes } = await plan();
    expect({ umbrella, notes, items: made?.items.map(({ id, what, evidence }) => [id, what, evidence]) }).toEqual({
      umbrella: 'octo/harbor#1',
      notes: [],
      items: [
        [
          'label-lane-docs',
          'make the label "lane:docs" in octo/harbor',
          'the label lane:docs is missing · .github/lanes/docs.md:2',
        ],
        ['create-api-schema', 'open "Issue 1: schema" under #1', 'api/schema · .github/parasol.yml:4'],
        ['create-api-serve', 'open "Serve it" under #1', 'api/serve · .github/parasol.yml:5'],
        ['create-docs', 'open "Issue 1: docs" under #1', 'docs/task · .github/lanes/docs.md:2'],
        [
          'after-api-serve-api-schema',
          expect.stringContaining('create-api-serve'),
          'api/serve after api/schema · .github/parasol.yml:5',
        ],
        [
          'after-docs-task-api-serve',
          expect.stringContaining('create-docs'),
          'docs/task after api/serve · .github/lanes/docs.md:3',
        ],
      ],
    });
    expect(world.sandbox.requests.writes()).toEqual([]);
  });

  test('that was applied leaves nothing to plan, and what people edited stays', async () => {
    expect((await apply()).isComplete).toBe(true);
    const marked = (key: string, text: string) =>
      expect.stringMatching(new RegExp(`^<!-- parasol:issue v1 .*${key} -->\n${text}$`));
    const child = { state: 'open', assignees: [], parent: 1, children: [] };
    expect(children()).toEqual([
      {
        ...child,
        number: 2,
        title: 'Issue 1: schema',
        body: marked('schema', ''),
        labels: ['lane:api'],
        assignees: ['ravi'],
        blockedBy: [],
      },
      {
        ...child,
        number: 3,
        title: 'Serve it',
        body: marked('serve', 'Serve\\.'),
        labels: ['lane:api'],
        blockedBy: [2],
      },
      {
        ...child,
        number: 4,
        title: 'Issue 1: docs',
        body: marked('task', 'Tell of Issue 1\\.'),
        labels: ['lane:docs'],
        blockedBy: [3],
      },
    ]);
    editIssue(world.world, 'noor', { item: item(3), title: 'Serve all of it' });
    const before = digestOf(world.repository);
    expect(await plan()).toEqual({
      umbrella: 'octo/harbor#1',
      plan: null,
      offered: [],
      next: null,
      notes: [{ kind: 'edited', text: "Its title differs from the template's: left alone.", about: 'octo/harbor#3' }],
    });
    expect(digestOf(world.repository)).toEqual(before);
  });

  test('can be undone: its issues are closed and leave the umbrella', async () => {
    const { id } = await apply({ lanes: 'api' });
    expect((await planUndoOperation.run(context, { id })).isComplete).toBe(true);
    expect(children()).toEqual([]);
    expect(digestOf(world.repository).map(({ state }) => state)).toEqual(['open', 'closed', 'closed']);
  });

  test('makes new issues of what was undone where the lane is named, and once', async () => {
    const { id } = await apply({ lanes: 'api' });
    await planUndoOperation.run(context, { id });
    expect((await plan({ lanes: 'api' })).notes.map(({ kind, about }) => [kind, about])).toEqual([
      ['undone', 'octo/harbor#2'],
      ['undone', 'octo/harbor#3'],
    ]);
    context = { ...context, now: () => '2026-03-03T09:00:00Z' };
    expect((await apply({ lanes: 'api' })).isComplete).toBe(true);
    expect(children().map(({ number, state, blockedBy }) => [number, state, blockedBy])).toEqual([
      [4, 'open', []],
      [5, 'open', [4]],
    ]);
    expect(await plan({ lanes: 'api' })).toMatchObject({ plan: null, notes: [] });
  });

  test('offers a lane that came later, and makes it where it is named', async () => {
    await apply({ lanes: 'api' });
    const offered = await plan();
    expect([offered.plan, offered.offered, offered.next]).toEqual([
      null,
      ['docs'],
      'parasol umbrella scaffold 1 --lanes docs',
    ]);
    expect(offered.notes.map(({ kind }) => kind)).toEqual(['lane_offered']);
    await apply({ lanes: 'docs' });
    expect(children().map(({ title, blockedBy }) => [title, blockedBy])).toEqual([
      ['Issue 1: schema', []],
      ['Serve it', [2]],
      ['Issue 1: docs', [3]],
    ]);
  });

  test('says with which command an offered lane is made, whatever is to be repeated in it', async () => {
    await apply({ lanes: 'api' });
    expect((await plan({ ref: 'octo/harbor#1', set: ["quarter=Q3 o'clock"] })).next).toBe(
      "parasol umbrella scaffold octo/harbor#1 --lanes docs --set 'quarter=Q3 o'\\''clock'",
    );
  });

  test('makes children of a checklist and puts their numbers in', async () => {
    const body = 'Plan:\r\n- [ ] Build the pier\r\n- [x] Buy land\r\n- [ ] #2\r\n';
    editIssue(world.world, 'kim', { item: item(1), body });
    await apply({ lanes: 'api' });
    await planApply.run(context, { id: (await plan({ fromChecklist: true })).plan?.id ?? '', reviewName: '' });
    const made = children().find(({ title }) => title === 'Build the pier');
    expect(digestOf(world.repository)[0]?.body).toBe(body.replace('Build the pier', `#${made?.number}`));
    expect(await plan({ fromChecklist: true })).toMatchObject({ plan: null, notes: [] });
  });

  test.each(['', ' , '])('takes the empty list of lanes %j for a slip, and not for every lane', async (lanes) => {
    await expect(plan({ lanes })).rejects.toMatchObject({ code: 'usage', message: 'The list of lanes is empty.' });
  });

  test('from a checklist stands alone', async () => {
    await expect(plan({ fromChecklist: true, lanes: 'api' })).rejects.toMatchObject({ code: 'usage' });
  });
});

describe('an umbrella with no room for all of its tasks', () => {
  const TASKS = '{ key: a, title: A }, { key: b, title: B }, { key: c, title: C }';
  const fill = (count: number) => {
    for (let n = 0; n < count; n += 1) {
      const { number } = openIssue(world.world, 'noor', { repository: 'octo/harbor', title: `Older ${n}` });
      addSubIssue(world.world, 'noor', { parent: item(1), child: item(number) });
    }
    put({
      '.github/parasol.yml': `lanes: { api: { tasks: [${TASKS}] } }`,
      '.github/lanes/docs.md': '---\ntitle: D\n---\n',
    });
  };
  const placeOf = (title: string) => {
    const issues = [...world.repository.issues.values()];
    return issues.find((issue) => issue.title === title)?.parent?.number;
  };

  test('gets a batch umbrella for the rest, and what stands there counts as there', async () => {
    fill(98);
    const report = await apply({ lanes: 'api' });
    expect(report.counts).toEqual({ done: 4 });
    const batch = placeOf('B');
    expect([placeOf('A'), placeOf('C'), placeOf('Issue 1 (batch 2)')]).toEqual([1, batch, 1]);
    expect(await plan({ lanes: 'api' })).toMatchObject({ plan: null, notes: [] });
    await apply({ lanes: 'docs' });
    expect(placeOf('D')).toBe(batch);
    const shown = await umbrellaShow.run(context, { ref: '#1' });
    expect(shown.progress.total).toBe(102);
  });

  test('is what is meant where its batch is named', async () => {
    fill(98);
    await apply({ lanes: 'api' });
    const batch = placeOf('B');
    const { umbrella, plan: made } = await plan({ ref: `#${batch}`, lanes: 'docs' });
    expect(umbrella).toBe('octo/harbor#1');
    expect(made?.items.map(({ id }) => id)).toEqual(['label-lane-docs', 'create-docs']);
  });

  test('is refused where a batch below it would be too deep for GitHub, and nothing is kept', async () => {
    fill(100);
    let below = 1;
    for (let level = 7; level > 0; level -= 1) {
      const { number } = openIssue(world.world, 'noor', { repository: 'octo/harbor', title: `Above ${level}` });
      addSubIssue(world.world, 'noor', { parent: item(number), child: item(below) });
      below = number;
    }
    await expect(plan({ lanes: 'docs' })).rejects.toMatchObject({
      code: 'usage',
      message:
        'octo/harbor#1 has 100 children, and a batch umbrella below it would put its tasks deeper than the 8 levels that GitHub allows; nothing was planned.',
    });
  });

  test('gives its last child to the batch where it is full', async () => {
    fill(100);
    const report = await apply({ lanes: 'docs' });
    expect(report.items.map(({ id, status }) => [id, status])).toEqual([
      ['batch-2', 'done'],
      ['room-batch-2', 'done'],
      ['link-batch-2', 'done'],
      ['label-lane-docs', 'done'],
      ['create-docs', 'done'],
    ]);
    expect([placeOf('Older 99'), placeOf('D'), placeOf('Issue 1 (batch 2)')]).toEqual([
      placeOf('D'),
      placeOf('Older 99'),
      1,
    ]);
  });
});

describe('a scaffold fails with file, line and fix, and writes nothing:', () => {
  test.each<[string, Readonly<Record<string, string>>, string, RegExp]>([
    ['broken YAML', { '.github/parasol.yml': 'lanes:\n  api: {' }, '.github/parasol.yml, line ', /Correct the YAML/],
    [
      'an unknown key',
      { '.github/lanes/docs.md': '---\ntitle: x\nlables: []\n---\n' },
      '.github/lanes/docs.md, line 3: ',
      /Did you mean `labels`/,
    ],
    [
      'an unknown variable',
      { 'docs/serve.md': 'One.\n{spec}' },
      'docs/serve.md, line 2: `{spec}` is no known variable.',
      /--set spec=/,
    ],
    [
      'an unknown after',
      { '.github/lanes/docs.md': '---\ntitle: x\nafter: [apii]\n---\n' },
      '.github/lanes/docs.md, line 3: `after` names `apii`',
      /Known here: api, docs/,
    ],
    [
      'a circle',
      { '.github/parasol.yml': CONFIG.replace('  api:', '  api:\n    after: [docs]') },
      'these tasks wait for each other',
      /Remove one `after`/,
    ],
    [
      'a person who was removed',
      { '.github/parasol.yml': CONFIG.replace('ravi', 'tomas') },
      '.github/parasol.yml, line 4: `tomas` cannot be assigned in octo/harbor.',
      /access again/,
    ],
  ])('%s', async (_what, files, message, hint) => {
    put(files);
    await expect(plan()).rejects.toMatchObject({
      message: expect.stringContaining(message),
      hint: expect.stringMatching(hint),
    });
    expect(world.sandbox.requests.writes()).toEqual([]);
  });

  test('several wrong templates, one on a line', async () => {
    put({ 'docs/serve.md': '{spec}\n{when}' });
    await expect(plan()).rejects.toMatchObject({
      message: expect.stringMatching(/^docs\/serve\.md, line 1: .*\ndocs\/serve\.md, line 2: [^\n]*$/),
    });
  });

  test('a missing label that the reader may not make', async () => {
    addCollaborator(world.world, world.repository, 'lena', 'triage');
    addUserToken(world.world, { token: 'lenas', login: 'lena' });
    const github = connectWithToken({ token: 'lenas', apiUrl: world.sandbox.apiUrl, pace: 'sandbox' });
    await expect(umbrellaScaffold.run({ ...context, github }, INPUT)).rejects.toMatchObject({
      code: 'config_invalid',
      message: '.github/lanes/docs.md, line 2: octo/harbor has no label `lane:docs`, and you may not make one there.',
    });
  });

  test('a closed umbrella', async () => {
    closeIssue(world.world, 'kim', { item: item(1) });
    await expect(plan()).rejects.toMatchObject({ code: 'usage', hint: 'Reopen octo/harbor#1 first.' });
  });
});

test('an umbrella that is closed while it is scaffolded gets no further task, and the ledger says why', async () => {
  const { plan: made } = await plan({ lanes: 'api' });
  closeIssue(world.world, 'noor', { item: item(1) });
  const report = await planApply.run(context, { id: made?.id ?? '', reviewName: '' });
  expect(report.items.map(({ id, status, reason }) => [id, status, reason])).toEqual([
    ['create-api-schema', 'failed', expect.stringContaining('octo/harbor#1 is closed')],
    ['create-api-serve', 'failed', expect.stringContaining('octo/harbor#1 is closed')],
    ['after-api-serve-api-schema', 'skipped', expect.stringContaining('needs create-api-serve')],
  ]);
  expect(children()).toEqual([]);
});

describe('a broken .github/parasol.yml', () => {
  const PATH = '.github/parasol.yml';
  const push = (text: string) => putFile(world.world, 'kim', { repository: 'octo/harbor', path: PATH, text });
  const NEWER = `${CONFIG}\n  web:\n    lables: [x]\n`;
  const TOLD = `${PATH}, line 7 (lanes.web.lables): \`lables\` is not a known key. Did you mean \`labels\`?`;
  const held = (sha: string) =>
    `Until ${PATH} is valid again, its version ${sha.slice(0, 7)} of ${world.world.now().slice(0, 10)} holds.`;
  const pageOf = (sha: string) => `See ${world.sandbox.url}/octo/harbor/commit/${sha}`;

  test('stops nothing: its last valid version holds, and the plan says so and names its lines', async () => {
    const sha = push(CONFIG);
    push(NEWER);
    const { plan: made, notes } = await plan({ lanes: 'api' });
    expect(notes).toEqual([
      { kind: 'config', text: TOLD, about: null },
      { kind: 'config', text: `${held(sha)} ${pageOf(sha)}`, about: null },
    ]);
    expect(made?.notes).toEqual(notes);
    expect(made?.items.map(({ id, evidence }) => [id, evidence])).toEqual([
      ['create-api-schema', `api/schema · ${PATH} in ${sha.slice(0, 7)} of ${world.world.now().slice(0, 10)}:4`],
      ['create-api-serve', expect.stringContaining(':5')],
      ['after-api-serve-api-schema', expect.any(String)],
    ]);
    expect((await apply()).isComplete).toBe(true);
    expect(await plan()).toEqual({
      umbrella: 'octo/harbor#1',
      plan: null,
      offered: [],
      next: null,
      notes: [
        { kind: 'config', text: TOLD, about: null },
        { kind: 'config', text: `${held(sha)} ${pageOf(sha)}`, about: null },
      ],
    });
  });

  test('is told where a lane is asked for that the valid version does not know', async () => {
    const sha = push(CONFIG);
    push(NEWER);
    await expect(plan({ lanes: 'web' })).rejects.toMatchObject({
      code: 'usage',
      message: ['There is no lane "web" to scaffold.', TOLD, `${held(sha)} ${pageOf(sha)}`].join('\n'),
      hint: 'Lanes here: api, docs.',
    });
  });

  test('is told where a template of the valid version is wrong', async () => {
    const sha = push(CONFIG.replace('Serve it', '"{quay}"'));
    push('lanes: [');
    await expect(plan()).rejects.toMatchObject({
      code: 'config_invalid',
      message: expect.stringMatching(
        new RegExp(
          `^${PATH} in ${sha.slice(0, 7)} of \\S+, line 5: \`\\{quay\\}\` is no known variable\\.\\n${PATH}, line 1: `,
        ),
      ),
    });
  });

  test.each([
    ['was never valid', () => push(NEWER)],
    ['is no YAML and was never valid', () => push('lanes: [')],
    [
      'was deleted since it was valid',
      () => {
        push(CONFIG);
        putFile(world.world, 'kim', { repository: 'octo/harbor', path: PATH, text: null });
        push(NEWER);
      },
    ],
  ])('that %s stops it, because half of the tasks might be missing', async (_what, happen) => {
    world.repository.files.delete(PATH);
    happen();
    await expect(plan()).rejects.toMatchObject({
      code: 'config_invalid',
      message: expect.stringMatching(/^\.github\/parasol\.yml, line \d: /),
      hint: expect.stringMatching(/ No valid version of the file is known, so nothing is made\.$/),
    });
    expect(world.sandbox.requests.writes()).toEqual([]);
  });

  test('of the owner stops nothing either, and readers learn nothing of it but that', async () => {
    const owners = addRepository(world.world, { owner: 'octo', name: '.github', visibility: 'private' });
    addCollaborator(world.world, owners, 'kim', 'write');
    const pushOwners = (text: string) => putFile(world.world, 'kim', { repository: 'octo/.github', path: PATH, text });
    const sha = pushOwners('lanes: { quay: { title: Build the quay } }');
    pushOwners('lanes: { quay: { title: Build the quay, secret: 1 } }');
    const { plan: made, notes } = await plan({ lanes: 'quay' });
    expect(made?.items.map(({ id }) => id)).toEqual(['label-lane-quay', 'create-quay']);
    expect(notes.map(({ text }) => text)).toEqual([
      expect.stringContaining(`${PATH} of octo/.github, line 1 (lanes.quay.secret)`),
      expect.stringContaining(`its version ${sha.slice(0, 7)}`),
    ]);
    const { faces, reply } = await say('ravi', '/parasol split quay');
    expect([faces, unquoted(reply)]).toEqual([
      ['+1'],
      "Created #2 under the lane quay. The owner's default configuration has a problem; its last valid version holds.",
    ]);
  });

  test('is told by /parasol split too, which works under the valid version', async () => {
    const sha = push(CONFIG);
    push(NEWER);
    const said = async (lanes: string) => unquoted((await say('ravi', `/parasol split ${lanes}`)).reply);
    expect(await said('api')).toBe(`Created #2, #3 under the lane api. ${TOLD} ${held(sha)}`);
    expect(await said('api')).toBe(`Nothing was missing under the lane api; 2 were there. ${TOLD} ${held(sha)}`);
    expect(await said('web')).toBe(`There is no lane "web" to scaffold. ${TOLD} ${held(sha)} Lanes here: api, docs.`);
  });

  test('does not matter to a checklist, nor does a lane file that is no text', async () => {
    world.repository.files.delete(PATH);
    push(NEWER);
    put({ '.github/lanes/big.md': 'x'.repeat(65_537) });
    editIssue(world.world, 'kim', { item: item(1), body: '- [ ] Build the pier' });
    const { plan: made, notes } = await plan({ fromChecklist: true });
    expect([made?.items.map(({ id }) => id), notes]).toEqual([['create-build-the-pier', 'body'], []]);
  });
});

/** As GitHub shows it. */
const unquoted = (text: string): string =>
  text.replaceAll(/&#(\d+);/g, (_, code: string) => String.fromCodePoint(Number(code))).replaceAll('\\', '');

async function say(by: string, body: string, given: OperationContext = context, on = 1) {
  const comment = createComment(world.world, by, { item: item(on), body });
  const { id } = comment;
  const subject = { kind: 'issue' as const, ref: ref(on), nodeId: world.repository.issues.get(on)?.nodeId ?? '' };
  const asked = { on: ref(on), subject, commentId: id, by, author: by, commands: parseCommands(body), saidAt: null };
  const refresh = async () => {
    throw new Error('no rollup was asked for');
  };
  await answerCommand(given, asked, {
    refresh,
    assessRisk: refresh,
    lookForReviewers: () => undefined,
    lookForAllReviewers: () => undefined,
    tellReadiness: refresh,
    inTurn: (work) => work(),
  });
  const issue = world.repository.issues.get(on);
  const reply = issue?.comments.filter(({ body: text }) => text.startsWith('<!-- parasol:reply')).at(-1)?.body ?? '';
  return {
    faces: comment.reactions.map(({ content }) => content),
    reply: reply.replaceAll(/<!--.*?-->/g, '').trim(),
  };
}

describe('/parasol split', () => {
  test('makes what is missing of the lanes, and says what it made', async () => {
    expect(await say('ravi', '/parasol split api docs')).toEqual({
      faces: ['+1'],
      reply: 'Created #2, #3, #4 under lanes api, docs.',
    });
    expect(await say('ravi', '/parasol split docs')).toEqual({
      faces: ['+1'],
      reply: 'Nothing was missing under the lane docs; 1 was there.',
    });
  });

  test('names lanes that are only offered, whether or not it made something', async () => {
    await say('ravi', '/parasol split api');
    expect(unquoted((await say('ravi', '/parasol split')).reply)).toBe(
      'Nothing was missing; 2 were there. Offered, and made where you name them: docs.',
    );
    put({ '.github/parasol.yml': `${CONFIG}\n      - { key: more, title: More }` });
    expect(unquoted((await say('ravi', '/parasol split')).reply)).toBe(
      'Created #4; 2 were there. Offered, and made where you name them: docs.',
    );
  });

  test('in a batch makes them under the umbrella above it', async () => {
    const body = issueMarker(batchKey(ref(1), 2));
    const batch = openIssue(world.world, 'kim', { repository: 'octo/harbor', title: 'More', body });
    const inside = openIssue(world.world, 'kim', { repository: 'octo/harbor', title: 'Inside' });
    addSubIssue(world.world, 'kim', { parent: item(1), child: item(batch.number) });
    addSubIssue(world.world, 'kim', { parent: item(batch.number), child: item(inside.number) });
    const said = await say('ravi', '/parasol split docs', context, batch.number);
    expect(said).toEqual({ faces: ['+1'], reply: 'Created #4 under the lane docs.' });
    expect(children().map(({ number }) => number)).toEqual([batch.number, 4]);
  });

  test('says what is wrong with a template', async () => {
    put({ 'docs/serve.md': '{spec}' });
    const { faces, reply } = await say('ravi', '/parasol split api');
    expect([faces, reply.replaceAll(/&#96;/g, '`')]).toEqual([
      ['confused'],
      expect.stringContaining('docs/serve.md, line 1: `{spec}` is no known variable'),
    ]);
  });

  test("repeats no word of the owner's configuration", async () => {
    const owners = addRepository(world.world, { owner: 'octo', name: '.github', visibility: 'private' });
    addCollaborator(world.world, owners, 'kim', 'read');
    owners.files.set('.github/parasol.yml', 'lanes: { api: { title: "{secret}" } }');
    put({ '.github/parasol.yml': 'version: 1' });
    const { reply } = await say('ravi', '/parasol split api');
    expect(reply).toBe("The owner's default configuration has a problem. Ask its keeper to correct it.");
    await expect(plan()).rejects.toMatchObject({
      message: expect.stringContaining('octo/.github: .github/parasol.yml, line 1: `{secret}`'),
    });
  });

  test('without a store says what is missing, and makes nothing', async () => {
    const { store: _, ...without } = context;
    expect(await say('ravi', '/parasol split api', without)).toEqual({
      faces: ['confused'],
      reply: 'This is kept in a store, and Parasol runs without one here. Ask whoever runs it to set `DATABASE_URL`.',
    });
    expect(children()).toEqual([]);
  });

  test('takes write permission', async () => {
    addCollaborator(world.world, world.repository, 'lena', 'triage');
    expect(await say('lena', '/parasol split api')).toEqual({
      faces: ['confused'],
      reply: 'Splitting makes issues and labels, so it takes write permission in this repository.',
    });
    expect(children()).toEqual([]);
  });
});
