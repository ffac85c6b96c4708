import { describe, expect, test } from 'vitest';
import { issueMarker } from '../../../src/core/issue-marker.ts';
import { batchKey } from '../../../src/core/umbrella/batch-umbrella.ts';
import { addBlockedBy } from '../../../src/sandbox/actions/block-issue.ts';
import { editComment } from '../../../src/sandbox/actions/comment.ts';
import { addSubIssue } from '../../../src/sandbox/actions/link-sub-issue.ts';
import { openIssue } from '../../../src/sandbox/actions/open-issue.ts';
import { openPullRequest } from '../../../src/sandbox/actions/open-pull-request.ts';
import { addAccount, addCollaborator, addRepository } from '../../../src/sandbox/create-world.ts';
import type { IssueRecord } from '../../../src/sandbox/world.ts';
import { app, faces, say, start, startOn } from './command-talk.ts';
import { at, buildTestWorld, KEY, sendWebhook } from './test-app.ts';

/** The App's comments that are not rollups, without their markers. */
const replies = (issue: IssueRecord = app.umbrella) =>
  app
    .ownComments(issue)
    .map(({ body }) => body)
    .filter((body) => !body.startsWith('<!-- parasol:rollup'))
    .map((body) => body.replaceAll(/<!--.*?-->/g, '').trim());
const rollups = () => app.ownComments().length - replies().length;

const HELP = [
  'Commands for people with triage permission or more; those about reviews also for whoever is asked, or wrote it:',
  '',
  "- `/parasol rollup`: write this umbrella's rollup comment, or bring it up to date",
  '- `/parasol split`: with names of lanes: make what is missing of them under this umbrella',
  '- `/parasol risk`: tell what this pull request conflicts with',
  '- `/parasol readiness`: tell whether this umbrella is ready to ship, or the scope that is named, such as `branch:release/3.1`',
  '- `/parasol waive`: with `#12 until 2026-12-01: reason`: set a failure aside in readiness reports until that day; takes write access',
  '- `/parasol away`: with `2026-12-20..2027-01-03`, and `finish-only` where what waits stays; `back` ends it. Comments are public: `parasol reviewers away` is not',
  '- `/parasol decline`: with `too-busy`, `conflict` or `not-mine`: you do not review this one, and are not asked again; for who is asked',
  '- `/parasol reroll`: look for other reviewers than those that Parasol chose; for the author, and people with write access',
  '- `/parasol capacity`: with `4` or `default`: say how many reviews may wait for you at once before others go first',
  '- `/parasol help`: list the commands',
].join('\n');

describe('/parasol rollup', () => {
  test('writes the rollup where nothing is configured, and is answered by a thumbs up', async () => {
    await start();
    const comment = await say('kim', '/parasol rollup');
    expect({ faces: faces(comment), rollups: rollups(), replies: replies() }).toEqual({
      faces: ['+1'],
      rollups: 1,
      replies: [],
    });
    expect(app.log).toEqual([]);
  });

  test('on a child writes the rollup of its umbrella', async () => {
    await start();
    const comment = await say('kim', '/parasol rollup', app.children[0]);
    expect({ faces: faces(comment), rollups: rollups() }).toEqual({ faces: ['+1'], rollups: 1 });
  });

  test.each(['a batch', 'a child in a batch'])('on %s writes the rollup of the umbrella above', async (where) => {
    await start();
    const body = issueMarker(batchKey({ owner: 'octo', repo: 'harbor', number: app.umbrella.number }, 2));
    const batch = openIssue(app.world, 'kim', { repository: KEY, title: 'More', body });
    const inside = openIssue(app.world, 'kim', { repository: KEY, title: 'Inside' });
    addSubIssue(app.world, 'kim', { parent: at(app.umbrella), child: at(batch) });
    addSubIssue(app.world, 'kim', { parent: at(batch), child: at(inside) });
    const comment = await say('kim', '/parasol rollup', where === 'a batch' ? batch : inside);
    expect({ faces: faces(comment), rollups: rollups(), onBatch: app.ownComments(batch) }).toEqual({
      faces: ['+1'],
      rollups: 1,
      onBatch: [],
    });
  });

  test("on a pull request writes the rollup of its tasks' umbrella", async () => {
    await start();
    const pull = openPullRequest(app.world, 'kim', {
      repository: KEY,
      title: 'Work',
      body: 'Closes #2',
      branch: 'work',
    });
    const comment = await say('kim', '/parasol rollup', pull);
    expect({ faces: faces(comment), rollups: rollups() }).toEqual({ faces: ['+1'], rollups: 1 });
  });

  test('on an issue without an umbrella says what to do', async () => {
    await start();
    const lonely = openIssue(app.world, 'kim', { repository: KEY, title: 'Alone' });
    const comment = await say('kim', '/parasol rollup', lonely);
    expect({ faces: faces(comment), replies: replies(lonely) }).toEqual({
      faces: ['confused'],
      replies: [
        'This belongs to no umbrella that you may update. Give an issue a sub-issue, then comment `/parasol rollup` on either.',
      ],
    });
  });

  test('leaves an umbrella alone where its author may do nothing, and does not name it', async () => {
    const built = buildTestWorld({ children: 0 });
    addRepository(built.world, { owner: 'octo', name: 'vault', visibility: 'private' });
    const hidden = openIssue(built.world, 'noor', { repository: 'octo/vault', title: 'Buy the rival' });
    addSubIssue(built.world, 'noor', { parent: at(hidden, 'octo/vault'), child: at(built.umbrella) });
    await startOn(built);
    const comment = await say('kim', '/parasol rollup');
    expect({ faces: faces(comment), hidden: app.ownComments(hidden) }).toEqual({ faces: ['confused'], hidden: [] });
    expect(replies().join()).not.toMatch(/vault|rival/);
  });

  test.each([403, 502] as const)('that fails with %i in a private repository names nothing of it', async (status) => {
    const built = buildTestWorld({ children: 0, config: null });
    addRepository(built.world, { owner: 'octo', name: 'vault', visibility: 'private' });
    const hidden = openIssue(built.world, 'noor', { repository: 'octo/vault', title: 'Buy the rival' });
    addSubIssue(built.world, 'noor', { parent: at(hidden, 'octo/vault'), child: at(built.umbrella) });
    await startOn(built);
    const path = /\/repos\/octo\/vault\/collaborators\//;
    app.sandbox.faults.failNext({ status: status as 502, times: 50, match: { path } });
    const comment = await say('kim', '/parasol rollup');
    expect(faces(comment)).toEqual(['confused']);
    expect(replies()).toHaveLength(1);
    expect(replies().join()).not.toMatch(/vault|rival|kim/);
    expect(app.log).toMatchObject([{ level: 'warn', message: 'a command failed' }]);
  });

  test('writes on the nearest umbrella alone: none above, none that is merely blocked', async () => {
    const built = buildTestWorld({ config: null, children: 1 });
    const issue = (title: string) => openIssue(built.world, 'kim', { repository: KEY, title });
    const [above, other, blocked] = [issue('Above'), issue('Another umbrella'), issue('Its child')];
    addSubIssue(built.world, 'kim', { parent: at(above), child: at(built.umbrella) });
    addSubIssue(built.world, 'kim', { parent: at(other), child: at(blocked) });
    addBlockedBy(built.world, 'kim', { blocked: at(blocked), blocker: at(built.children[0] ?? above) });
    await startOn(built);
    for (const on of [built.children[0], built.umbrella]) await say('kim', '/parasol rollup', on);
    expect([built.umbrella, above, other].map((one) => app.ownComments(one).length)).toEqual([1, 0, 0]);
  });

  test('where rollups are turned off says so and writes none', async () => {
    await start({ config: 'version: 1\nrollup: { mode: off }\n' });
    const comment = await say('kim', '/parasol rollup');
    expect({ faces: faces(comment), rollups: rollups(), replies: replies() }).toEqual({
      faces: ['confused'],
      rollups: 0,
      replies: [
        "The umbrella's configuration turns rollups off. Set `rollup: { mode: comment }` in its `.github/parasol.yml`, then ask again.",
      ],
    });
  });
});

test('/parasol help is answered by one short reply, once', async () => {
  await start();
  const comment = await say('kim', '/parasol help');
  expect({ faces: faces(comment), replies: replies() }).toEqual({ faces: ['+1'], replies: [HELP] });
  for (const { id, event } of [...app.sender.log]) if (event === 'issue_comment') await app.sender.redeliver(id);
  await app.settle();
  expect(replies()).toEqual([HELP]);
});

test('/parasol split without a store says what is missing, and makes nothing', async () => {
  await start({ config: 'lanes: { api: { title: Serve it } }' });
  const comment = await say('kim', '/parasol split api');
  expect({ faces: faces(comment), replies: replies(), issues: app.repository.issues.size }).toEqual({
    faces: ['confused'],
    replies: ['This is kept in a store, and Parasol runs without one here. Ask whoever runs it to set `DATABASE_URL`.'],
    issues: 4,
  });
});

test('an unknown command is answered by the list of commands', async () => {
  await start();
  const comment = await say('kim', '/parasol dance\n/parasol @everyone');
  expect({ faces: faces(comment), replies: replies() }).toEqual({
    faces: ['confused'],
    replies: [`\`/parasol dance\`: I do not know that command.\n\n${HELP}\n\nI do not know that command.\n\n${HELP}`],
  });
});

describe('a command is not obeyed', () => {
  test('by people with read access only: a thumbs down and nothing else', async () => {
    await start();
    const comment = await say('ravi', '/parasol rollup');
    expect({ faces: faces(comment), rollups: rollups(), replies: replies() }).toEqual({
      faces: ['-1'],
      rollups: 0,
      replies: [],
    });
  });

  test('by strangers', async () => {
    await start();
    addAccount(app.world, { login: 'tomas' });
    expect(faces(await say('tomas', '/parasol rollup'))).toEqual(['-1']);
  });

  test.each([
    ['in a quote', '> /parasol rollup'],
    ['in a code block', '```\n/parasol rollup\n```'],
    ['in inline code', 'type `/parasol rollup`'],
    ['in the middle of a sentence', 'please /parasol rollup'],
    ['in an HTML comment', '<!--\n/parasol rollup\n-->'],
  ])('%s', async (_title, body) => {
    await start();
    const comment = await say('kim', body);
    expect({ faces: faces(comment), own: app.ownComments().length }).toEqual({ faces: [], own: 0 });
  });

  const commentOf = (change: object) => ({
    action: 'created',
    installation: { id: app.installation.id },
    repository: { name: 'harbor', owner: { login: 'octo' } },
    issue: { number: app.umbrella.number, node_id: app.umbrella.nodeId },
    sender: { login: 'kim', type: 'User' },
    comment: { id: 1, body: '/parasol rollup', user: { login: 'kim', type: 'User' } },
    ...change,
  });

  const bot = { login: 'builder[bot]', type: 'Bot' };
  const said = { id: 1, body: '/parasol rollup' };
  const kim = { login: 'kim', type: 'User' };
  test.each([
    ['written by a bot, whoever sends it', { comment: { ...said, user: bot } }, 0],
    ['sent by a bot that may write here', { sender: bot }, 0],
    ["made by an App in a person's name", { comment: { ...said, user: kim, performed_via_github_app: { id: 9 } } }, 0],
    ['or is, when a person wrote it', {}, 1],
  ])('%s', async (_title, change, written) => {
    await start();
    addAccount(app.world, { login: 'builder[bot]', type: 'Bot' });
    addCollaborator(app.world, app.repository, 'builder[bot]', 'write');
    await sendWebhook(app.server, 'issue_comment', commentOf(change));
    await app.settle();
    expect(rollups()).toBe(written);
  });

  test('when it stands far down in a very long comment', async () => {
    await start();
    const comment = await say('kim', `${'a\n=\n'.repeat(4000)}\n/parasol rollup`);
    expect({ faces: faces(comment), own: app.ownComments().length }).toEqual({ faces: [], own: 0 });
  });

  test('from a bot', async () => {
    await start();
    addAccount(app.world, { login: 'builder[bot]', type: 'Bot' });
    addCollaborator(app.world, app.repository, 'builder[bot]', 'write');
    const comment = await say('builder[bot]', '/parasol rollup');
    expect({ faces: faces(comment), own: app.ownComments().length }).toEqual({ faces: [], own: 0 });
  });
});

test('an edit gives only the commands that it adds', async () => {
  await start();
  const comment = await say('kim', 'a word first');
  editComment(app.world, 'kim', { comment: comment.id, body: 'a word first\n\n/parasol help' });
  await app.settle();
  expect(replies()).toEqual([HELP]);
  editComment(app.world, 'kim', { comment: comment.id, body: 'another word\n\n/parasol help' });
  await app.settle();
  expect({ faces: faces(comment), replies: replies() }).toEqual({ faces: ['+1'], replies: [HELP] });
});
