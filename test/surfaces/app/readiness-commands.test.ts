import { describe, expect, test } from 'vitest';
import { READINESS_MARKER } from '../../../src/core/marker.ts';
import { createMirrors } from '../../../src/git/mirrors.ts';
import { setVisibility } from '../../../src/sandbox/actions/change-repository.ts';
import { editComment } from '../../../src/sandbox/actions/comment.ts';
import { addSubIssue } from '../../../src/sandbox/actions/link-sub-issue.ts';
import { mergePullRequest } from '../../../src/sandbox/actions/merge-pull-request.ts';
import { openIssue } from '../../../src/sandbox/actions/open-issue.ts';
import { openPullRequest } from '../../../src/sandbox/actions/open-pull-request.ts';
import { advanceClock } from '../../../src/sandbox/clock.ts';
import { addCollaborator, addRepository, addUserToken } from '../../../src/sandbox/create-world.ts';
import type { IssueRecord } from '../../../src/sandbox/world.ts';
import { newFolder } from '../../git/draft-repository.ts';
import { captureRun } from '../cli/captured-run.ts';
import { app, faces, say, start, startOn } from './command-talk.ts';
import { at, buildTestWorld, KEY } from './test-app.ts';

const hidden = /<!--.*?-->/g;
const reports = (issue: IssueRecord = app.umbrella) =>
  app
    .ownComments(issue)
    .map(({ body }) => body)
    .filter((body) => body.startsWith(READINESS_MARKER));
const replies = (issue: IssueRecord = app.umbrella) =>
  app
    .ownComments(issue)
    .map(({ body }) => body)
    .filter((body) => body.startsWith('<!-- parasol:reply'))
    .map((body) => body.replaceAll(hidden, '').trim());

/** What the command line prints of a scope to somebody who may read all of it. */
async function printed(scope: readonly string[]): Promise<string> {
  const argv = ['readiness', 'report', ...scope, '--markdown', '--repo', KEY, '--now', app.world.now()];
  const env = { GITHUB_API_URL: app.sandbox.apiUrl, GITHUB_TOKEN: 'kims-token' };
  const { stdout } = await captureRun([...argv, '--audience', 'umbrella_readers'], { env });
  return stdout.replaceAll(hidden, '').trim();
}

describe('/parasol readiness', () => {
  test.each([
    ['on an umbrella tells of that', '/parasol readiness', ['umbrella:#1']],
    ['with an umbrella tells of that', '/parasol readiness #1', ['umbrella:#1']],
    ['with a label in quotation marks', '/parasol readiness label:"release blocker"', ['label:release blocker']],
    ['with a time', '/parasol readiness since:30d', ['since:30d']],
  ])('%s, in the words of the command line', async (_title, command, scope) => {
    await start();
    addUserToken(app.world, { token: 'kims-token', login: 'kim' });
    const comment = await say('kim', command);
    expect({ faces: faces(comment), replies: replies() }).toEqual({ faces: ['+1'], replies: [] });
    expect(reports().map((body) => body.replaceAll(hidden, '').trim())).toEqual([await printed(scope)]);
    expect(app.log).toEqual([]);
  });

  test('elsewhere tells of what was merged since the latest release', async () => {
    await start();
    addUserToken(app.world, { token: 'kims-token', login: 'kim' });
    const [child = app.umbrella] = app.children;
    await say('kim', '/parasol readiness', child);
    expect(reports(child).map((body) => body.replaceAll(hidden, '').trim())).toEqual([await printed([])]);
  });

  test('looks for merged work in a clone of its own, which it lets go of', async () => {
    const folder = newFolder('app-readiness');
    const built = buildTestWorld({ config: null });
    await startOn(built, { clones: { folder } });
    const [child = app.umbrella] = app.children;
    for (const name of ['tides', 'lamps']) {
      const files = [{ path: `${name}.txt`, status: 'added', text: 'high\n' }] as const;
      const pull = openPullRequest(app.world, 'kim', { repository: KEY, title: name, branch: name, files });
      mergePullRequest(app.world, 'kim', { item: at(pull) });
    }
    await app.settle();
    await say('kim', '/parasol readiness since:30d', child);
    await say('kim', '/parasol readiness since:30d', child);
    expect(reports(child)).toEqual([expect.stringMatching(/Present on the base .*pass.*2 of 2 merged/)]);
    await app.close();
    const clones = createMirrors({ folder, remote: app.sandbox.url });
    expect(await clones.visit({ owner: 'octo', repo: 'harbor' }, async (path) => path)).toContain('harbor.git');
  });

  test('is one comment for each scope, edited in place, and made anew each time', async () => {
    await start();
    await say('kim', '/parasol readiness');
    const [before] = reports();
    await say('kim', '/parasol readiness label:beacon');
    advanceClock(app.world, 3_600);
    await say('kim', '/parasol readiness');
    const [after] = reports();
    expect({ count: reports().length, isNew: after !== before }).toEqual({ count: 2, isNew: true });
  });

  test('of many tasks with long texts is one comment that GitHub takes, which counts what it leaves out', {
    timeout: 60_000,
  }, async () => {
    const built = buildTestWorld({ config: null });
    const texts = { title: `Übersee ${'ö'.repeat(200)}`, body: 'ä'.repeat(10_000) };
    for (let n = 1; n <= 250; n += 1) openIssue(built.world, 'kim', { repository: KEY, ...texts, labels: ['beacon'] });
    await startOn(built);
    const comment = await say('kim', '/parasol readiness label:beacon');
    expect({ faces: faces(comment), replies: replies(), count: reports().length }).toEqual({
      faces: ['+1'],
      replies: [],
      count: 1,
    });
    const [body = ''] = reports();
    expect(body.length).toBeLessThan(65_536);
    expect(body).toContain('No-go: Completion (250)');
    const shown = body.match(/^- ✗ /gm)?.length ?? 0;
    expect(body).toContain(`\n- … ${250 - shown} more\n`);
    expect(body).toMatch(/<sub>As of .*readiness\/v1\.<\/sub>\s*$/);
  });

  test('names no private work to the readers of a public umbrella', async () => {
    const built = buildTestWorld({ children: 1, config: null });
    addRepository(built.world, { owner: 'octo', name: 'vault', visibility: 'private' });
    const secret = openIssue(built.world, 'kim', { repository: 'octo/vault', title: 'Buy the rival' });
    addSubIssue(built.world, 'kim', { parent: at(built.umbrella), child: at(secret, 'octo/vault') });
    await startOn(built);
    await say('kim', '/parasol readiness');
    expect(reports().join()).toContain('1 private item');
    expect(reports().join()).not.toMatch(/rival|vault/);
  });

  test.each([
    ['on an umbrella, after a restart', true],
    ['elsewhere, by the process that wrote it', false],
  ])('is corrected %s when what it names turns private', async (_title, isUmbrella) => {
    const built = buildTestWorld({
      children: 1,
      config: 'version: 1\nrollup: { mode: off }\nreadiness: { mode: observe }\n',
    });
    addRepository(built.world, { owner: 'octo', name: 'vault', visibility: 'public' });
    const secret = openIssue(built.world, 'kim', { repository: 'octo/vault', title: 'Buy the rival' });
    addSubIssue(built.world, 'kim', { parent: at(built.umbrella), child: at(secret, 'octo/vault') });
    await startOn(built);
    const [on = app.umbrella] = isUmbrella ? [] : app.children;
    await say('kim', '/parasol readiness #1', on);
    expect(reports(on).join()).toContain('Buy the rival');
    if (isUmbrella) {
      await app.close();
      await startOn(app);
    }
    setVisibility(app.world, 'kim', { repository: 'octo/vault', visibility: 'private' });
    await app.settle();
    expect(reports(on)).toEqual([expect.stringContaining('1 private item')]);
    expect(reports(on).join()).not.toMatch(/rival|vault/);
  });

  test.each(['octo/vault#1', 'umbrella:octo/vault#1', 'https://github.example/octo/vault/issues/1'])(
    'tells nothing of %s, whose readers are others',
    async (scope) => {
      const built = buildTestWorld({ config: null });
      addRepository(built.world, { owner: 'octo', name: 'vault', visibility: 'private' });
      openIssue(built.world, 'kim', { repository: 'octo/vault', title: 'Buy the rival' });
      await startOn(built);
      const comment = await say('kim', `/parasol readiness ${scope}`);
      expect({ faces: faces(comment), reports: reports() }).toEqual({ faces: ['confused'], reports: [] });
      expect(replies()).toEqual([expect.stringContaining('a scope is one of this repository')]);
    },
  );

  test.each([
    ['a word that is no scope', 'readiness moon:full', 'begins with an unknown word'],
    [
      'a milestone that is not there',
      'readiness milestone:"Harbor 9" @ravi',
      'This repository has nothing that is called',
    ],
    ['a branch that is not there', 'readiness branch:release/9', 'This repository has nothing that is called'],
  ])('says what is wrong with %s, and pings nobody', async (_title, command, words) => {
    await start();
    const comment = await say('kim', `/parasol ${command}`);
    expect({ faces: faces(comment), reports: reports() }).toEqual({ faces: ['confused'], reports: [] });
    expect(replies()).toEqual([expect.stringContaining(words)]);
    expect(replies().join()).not.toMatch(/@ravi/);
  });

  test('says so where the configuration turns it off', async () => {
    await start({ config: 'version: 1\nreadiness: { mode: off }\n' });
    const comment = await say('kim', '/parasol readiness');
    expect({ faces: faces(comment), reports: reports() }).toEqual({ faces: ['confused'], reports: [] });
    expect(replies()).toEqual([expect.stringContaining('turns readiness off')]);
  });
});

describe('/parasol waive', () => {
  const outcome = async (by: string, command: string, on?: IssueRecord) => {
    const comment = await say(by, `/parasol waive ${command}`, on);
    return { faces: faces(comment), replies: replies(on) };
  };

  test('says what it covers, until when and by whose right', async () => {
    await start();
    expect(await outcome('kim', '#2, base-ci until 2026-12-01: the runner is being replaced')).toEqual({
      faces: ['+1'],
      replies: [
        [
          'Waived until the end of 2026-12-01 (UTC), by kim, who has write access here:',
          '',
          '- base ci, on #\u200b2',
          '',
          'It sets failures aside, never what is unknown, and then they block again. A report reads it where this is its umbrella, or is in the way itself; one of another repository only for items of this one.',
        ].join('\n'),
      ],
    });
  });

  test('is what a report then rests on', async () => {
    await start();
    const [child = app.umbrella] = app.children;
    expect(await outcome('kim', 'until 2026-12-01 on 1a2b3c4: by hand', child)).toMatchObject({
      faces: ['+1'],
      replies: [expect.stringContaining('as long as 1a2b3c4 is the newest commit of the base, by kim')],
    });
    await outcome('kim', 'until 2026-12-01: by hand', child);
    await say('kim', '/parasol readiness');
    expect(reports().join()).toContain('Waivers: 2');
    expect(reports().join()).toContain('in force');
  });

  test.each([
    ['a person without write access', 'tomas', 'until 2026-12-01: please', 'tomas has no write access here'],
    [
      'a word that is neither item nor criterion',
      'kim',
      'moon until 2026-12-01: x',
      '<code>moon</code> is neither an item',
    ],
    ['a day that is over', 'kim', 'completion until 2020-01-01: x', '2020-01-01 is over'],
    ['no day', 'kim', '#2: x', 'it names no day'],
    ['no reason', 'kim', '#2 until 2026-12-01', 'it gives no reason'],
    ['a day that there is not', 'kim', '#2 until @ravi: x', 'is no day'],
  ])('refuses %s with the reason, and pings nobody', async (_title, by, command, words) => {
    await start();
    addCollaborator(app.world, app.repository, 'tomas', 'triage');
    const { faces: shown, replies: said } = await outcome(by, command);
    expect({ shown, said }).toEqual({ shown: ['confused'], said: [expect.stringContaining(words)] });
    expect(said.join()).toMatch(/^Nothing is waived: /);
    expect(said.join()).not.toMatch(/@ravi/);
  });

  test('counts by the right of whoever wrote the comment, as in reports, when somebody else edits it', async () => {
    await start();
    addCollaborator(app.world, app.repository, 'tomas', 'triage');
    const comment = await say('tomas', 'May this wait?');
    editComment(app.world, 'kim', { comment: comment.id, body: '/parasol waive until 2026-12-01: it may' });
    await app.settle();
    expect(replies()).toEqual([expect.stringContaining('tomas has no write access here')]);
  });

  test('of somebody who may give no command gets a thumbs down', async () => {
    await start();
    expect(await outcome('ravi', 'until 2026-12-01: please')).toEqual({ faces: ['-1'], replies: [] });
  });
});
