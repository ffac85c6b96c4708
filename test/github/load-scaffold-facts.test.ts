import { describe, expect, test } from 'vitest';
import { loadFiles } from '../../src/github/load-files.ts';
import { loadKnownNames } from '../../src/github/load-known-names.ts';
import { loadNamedIssues } from '../../src/github/load-named-issues.ts';
import { loadScaffoldFacts } from '../../src/github/load-scaffold-facts.ts';
import { addBlockedBy, removeBlockedBy } from '../../src/sandbox/actions/block-issue.ts';
import { closeIssue } from '../../src/sandbox/actions/close-issue.ts';
import { addSubIssue, removeSubIssue } from '../../src/sandbox/actions/link-sub-issue.ts';
import { openIssue } from '../../src/sandbox/actions/open-issue.ts';
import { addLabel, addMilestone, addRepository, addUserToken } from '../../src/sandbox/create-world.ts';
import type { RepositoryRecord, World } from '../../src/sandbox/world.ts';
import {
  ALL_PERMISSIONS,
  addAppToken,
  addPull,
  connect,
  HARBOR,
  harbor,
  UMBRELLA,
  umbrellaWorld,
} from './umbrella-world.ts';

const REPOSITORY = { owner: 'octo', repo: 'harbor' };
const ref = (number: number) => ({ ...REPOSITORY, number });

function inHarbor(world: World): RepositoryRecord {
  const repository = world.repositories.get(HARBOR);
  if (repository === undefined) throw new Error('no harbor');
  return repository;
}

describe('what a scaffold reads', () => {
  test('is the umbrella, its children past and present, and the templates, in one call', async () => {
    const world = umbrellaWorld(3);
    const repository = inHarbor(world);
    repository.files.set('.github/parasol.yml', 'version: 1\n');
    repository.files.set('.github/lanes/api.md', 'Serve it.\n');
    repository.files.set('.github/lanes/notes.txt', 'not read');
    const theirs = openIssue(world, 'ravi', {
      repository: HARBOR,
      title: 'Theirs',
      body: 'Text',
      labels: ['lane:api'],
    });
    addSubIssue(world, 'kim', { parent: harbor(1), child: harbor(theirs.number) });
    addBlockedBy(world, 'kim', { blocked: harbor(3), blocker: harbor(2) });
    removeBlockedBy(world, 'kim', { blocked: harbor(3), blocker: harbor(2) });
    addBlockedBy(world, 'kim', { blocked: harbor(5), blocker: harbor(2) });
    closeIssue(world, 'kim', { item: harbor(3) });
    removeSubIssue(world, 'kim', { parent: harbor(1), child: harbor(4) });
    const { client, sandbox } = await connect(world);
    const read = await loadScaffoldFacts(client, UMBRELLA);
    const child = { body: '', state: 'open', labels: [], isOwn: true, blockers: [], formerBlockers: [] };
    expect(read).toEqual({
      facts: {
        ancestors: [],
        umbrella: { ref: ref(1), title: 'P1.M1 Harbour gates', body: '', state: 'open', milestone: null },
        room: {
          ref: ref(1),
          title: 'P1.M1 Harbour gates',
          childrenTotal: 3,
          above: 0,
          movable: [ref(5), ref(3), ref(2)],
          batches: [],
        },
        children: [
          { ...child, ref: ref(2), title: 'P1.M1.T1 Gate 1' },
          { ...child, ref: ref(3), title: 'P1.M1.T2 Gate 2', state: 'closed', formerBlockers: [ref(2)] },
          {
            ...child,
            ref: ref(5),
            title: 'Theirs',
            body: 'Text',
            labels: ['lane:api'],
            isOwn: false,
            blockers: [ref(2)],
          },
        ],
        formerChildren: [{ ...child, ref: ref(4), title: 'P1.M1.T3 Gate 3', isUndone: false }],
        hiddenChildren: 0,
      },
      url: expect.stringContaining('/octo/harbor/issues/1'),
      configText: 'version: 1\n',
      ownerConfigText: null,
      gaps: [],
      laneFiles: expect.any(Function),
    });
    expect(read.laneFiles()).toEqual(new Map([['.github/lanes/api.md', 'Serve it.\n']]));
    expect(sandbox.requests.entries).toHaveLength(1);
  });

  test.each<[boolean, string, 'completed' | 'not_planned', string, string]>([
    [true, 'the reader closed as not planned and took out', 'not_planned', 'kim', 'kim'],
    [false, 'the reader completed', 'completed', 'kim', 'kim'],
    [false, 'somebody else closed', 'not_planned', 'ravi', 'kim'],
    [false, 'somebody else took out', 'not_planned', 'kim', 'ravi'],
  ])('says %j whether an undo took back a former child that %s', async (isUndone, _, reason, closer, taker) => {
    const world = umbrellaWorld(1);
    closeIssue(world, closer, { item: harbor(2), reason });
    removeSubIssue(world, taker, { parent: harbor(1), child: harbor(2) });
    const { client } = await connect(world);
    const { facts } = await loadScaffoldFacts(client, UMBRELLA);
    expect(facts.formerChildren.map((one) => [one.ref.number, one.isUndone])).toEqual([[2, isUndone]]);
  });

  test('counts children that cannot be seen, and does not name them', async () => {
    const world = umbrellaWorld(1);
    addRepository(world, { owner: 'octo', name: 'vault', visibility: 'private' });
    const hidden = openIssue(world, 'noor', { repository: 'octo/vault', title: 'Buy the rival' });
    addSubIssue(world, 'noor', { parent: harbor(1), child: { repository: 'octo/vault', number: hidden.number } });
    const { client } = await connect(world);
    const { facts } = await loadScaffoldFacts(client, UMBRELLA);
    expect([facts.children.length, facts.hiddenChildren]).toEqual([1, 1]);
  });

  test('is read in smaller pages where GitHub runs out of time', async () => {
    const { client, sandbox } = await connect(umbrellaWorld(60));
    sandbox.faults.failNext({ status: 502, times: 1, match: { path: /graphql/ } });
    const { facts } = await loadScaffoldFacts(client, UMBRELLA);
    expect(facts.children).toHaveLength(60);
    expect(new Set(facts.children.map(({ ref: { number } }) => number)).size).toBe(60);
  });

  test('fails where there is no such issue, or it is a pull request', async () => {
    const world = umbrellaWorld(1);
    const pull = addPull(world, { title: 'Work', branch: 'work' });
    const { client } = await connect(world);
    await expect(loadScaffoldFacts(client, ref(99))).rejects.toMatchObject({ code: 'not_found' });
    await expect(loadScaffoldFacts(client, ref(pull.number))).rejects.toMatchObject({ code: 'not_found' });
  });

  test.each(['contents', 'issues'] as const)(
    'fails without the permission %s: what is unread would be made twice',
    async (lacking) => {
      const world = umbrellaWorld(1);
      const { [lacking]: _, ...granted } = ALL_PERMISSIONS;
      addAppToken(world, 'app-token', granted);
      const { client } = await connect(world, { token: 'app-token' });
      await expect(loadScaffoldFacts(client, UMBRELLA)).rejects.toMatchObject({
        code: 'forbidden',
        hint: expect.stringContaining(`${lacking}: read`),
      });
    },
  );
});

describe('files of the default branch', () => {
  test('come by path in one call; one that is not there, and a folder, are null', async () => {
    const world = umbrellaWorld(1);
    inHarbor(world).files.set('docs/a.md', 'A');
    const { client, sandbox } = await connect(world);
    const paths = ['docs/a.md', 'docs/b.md', 'docs'];
    expect(await loadFiles(client, REPOSITORY, paths)).toEqual(
      new Map([
        ['docs/a.md', 'A'],
        ['docs/b.md', null],
        ['docs', null],
      ]),
    );
    expect(sandbox.requests.entries).toHaveLength(1);
    expect(await loadFiles(client, REPOSITORY, [])).toEqual(new Map());
    expect(sandbox.requests.entries).toHaveLength(1);
  });

  test.each([
    ['of more than 64 KB', ['big.md'], 'big.md, line 1: the file is larger than 64 KB.'],
    [
      'by the hundred',
      Array.from({ length: 101 }, (_, n) => `${n}.md`),
      'The templates of octo/harbor name 101 files; 100 can be read.',
    ],
  ])('%s fail', async (_what, paths, message) => {
    const world = umbrellaWorld(1);
    inHarbor(world).files.set('big.md', 'x'.repeat(65_537));
    const { client } = await connect(world);
    await expect(loadFiles(client, REPOSITORY, paths)).rejects.toMatchObject({ code: 'config_invalid', message });
  });

  test('fail without the permission', async () => {
    const world = umbrellaWorld(1);
    const { contents: _, ...granted } = ALL_PERMISSIONS;
    addAppToken(world, 'app-token', granted);
    const { client } = await connect(world, { token: 'app-token' });
    await expect(loadFiles(client, REPOSITORY, ['a.md'])).rejects.toMatchObject({ code: 'forbidden' });
  });
});

describe('names that templates give', () => {
  const wanted = {
    labels: ['Lane:API', 'lane:docs'],
    assignees: ['Ravi', 'rav', 'gone'],
    milestones: ['v1', 'v0', 'v'],
    issueTypes: ['Task', 'Nothing'],
  };

  function namesWorld(): World {
    const world = umbrellaWorld(1);
    addLabel(world, inHarbor(world), { name: 'lane:api' });
    addMilestone(world, inHarbor(world), { title: 'v1' });
    addMilestone(world, inHarbor(world), { title: 'v0', state: 'closed' });
    inHarbor(world).issueTypes.add('Task');
    return world;
  }

  test('are looked up whole, in one call', async () => {
    const { client, sandbox } = await connect(namesWorld());
    expect(await loadKnownNames(client, REPOSITORY, wanted)).toEqual({
      labels: new Set(['lane:api']),
      labelNames: ['lane:api'],
      assignable: new Set(['ravi']),
      openMilestones: new Set(['v1']),
      issueTypes: new Set(['task']),
      mayCreateLabels: true,
    });
    expect(sandbox.requests.entries).toHaveLength(1);
  });

  test('come with the word that somebody who only reads may make no label', async () => {
    const world = namesWorld();
    inHarbor(world).collaborators.set('tomas', 'triage');
    addUserToken(world, { token: 'other-token', login: 'tomas' });
    const { client } = await connect(world, { token: 'other-token' });
    expect((await loadKnownNames(client, REPOSITORY, wanted)).mayCreateLabels).toBe(false);
  });
});

test('issues that a checklist names come with their parents, pull requests as such, and others not at all', async () => {
  const world = umbrellaWorld(1);
  const pull = addPull(world, { title: 'Work', branch: 'work' });
  const { client } = await connect(world);
  const named = await loadNamedIssues(client, [
    ref(1),
    ref(2),
    { ...ref(2), owner: 'Octo' },
    ref(pull.number),
    ref(99),
  ]);
  expect(Object.fromEntries(named)).toEqual({
    'octo/harbor#1': { ref: ref(1), isPullRequest: false, parent: null },
    'octo/harbor#2': { ref: ref(2), isPullRequest: false, parent: ref(1) },
    [`octo/harbor#${pull.number}`]: { ref: ref(pull.number), isPullRequest: true, parent: null },
  });
});
