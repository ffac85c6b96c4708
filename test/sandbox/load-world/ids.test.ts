import { afterAll, describe, expect, test } from 'vitest';
import { parseConfig } from '../../../src/core/config.ts';
import { DEFAULT_ID_PATTERNS, findPlannedIds, plannedIdOf } from '../../../src/core/task/planned-id.ts';
import { connectWithToken } from '../../../src/github/connect-with-token.ts';
import { resolveRef } from '../../../src/github/resolve-ref.ts';
import { addUserToken } from '../../../src/sandbox/create-world.ts';
import { idGrammars } from '../../../src/sandbox/load-world/id-grammars.ts';
import { loadTaskFile } from '../../../src/sandbox/load-world/load-task-file.ts';
import { type Sandbox, startSandbox } from '../../../src/sandbox/start-sandbox.ts';

const load = (...ids: readonly string[]) => {
  const text = ids.map((id) => JSON.stringify({ id, title: 'Task' })).join('\n');
  const world = loadTaskFile({ path: 'plan.jsonl', text, repository: 'plan' });
  const { files, issues } = world.repositories.get('world/plan') ?? { files: new Map(), issues: new Map() };
  const { config, problems } = parseConfig({ text: files.get('.github/parasol.yml') ?? null, ownerText: null });
  const plannedIds = [...issues.values()].map((issue) => plannedIdOf(issue, config.tasks.ids));
  return { world, grammars: config.tasks.ids, problems, plannedIds, numbers: [...issues.keys()] };
};

/** With the grammars that each needs besides the default ones. */
const SHAPES: readonly [id: string, grammars: readonly string[]][] = [
  ['P1.M1.T1', []],
  ['M7-T01', []],
  ['P7', ['P{task}']],
  ['bd-a3f8.1', ['bd-{part}.{task}']],
  ['bd-wisp-2', ['bd-{part}-{task}']],
  ['BACK-100.9', ['BACK-{task}.{task}']],
  ['web2-a1', ['web{task}-{part}']],
  ['gt-x', ['gt-{part}']],
  ['gt-a_b', ['gt-{part}_{part}']],
  ['my_proj-9', ['my_{part}-{task}']],
  ['task.7', ['task.{task}']],
  ['42', ['{task}']],
  ['3fa9-b', ['{task}{id}']],
  ['2024/7', ['{task}/{id}']],
  ['setup', ['setu{id}']],
  ["it's-1", ["it'{part}-{task}"]],
  ['日本-1', ['日本-{task}']],
  ['[x1]', ['[{id}{task}]']],
];

describe('the ids of a task file', () => {
  test.each(SHAPES)('%s becomes a planned id', (id, grammars) => {
    const loaded = load(id);
    expect(loaded).toMatchObject({ plannedIds: [id], problems: [], grammars: [...DEFAULT_ID_PATTERNS, ...grammars] });
    expect(loaded.world.loadConflicts).toEqual([]);
    expect(findPlannedIds(`after ${id}, then ${id}.`, loaded.grammars).map((found) => found.id)).toEqual([id, id]);
  });

  test('of many shapes in one file become planned ids, each found whole', () => {
    const ids = SHAPES.map(([id]) => id).filter((id) => !['setup', '[x1]', '42', '2024/7', '3fa9-b'].includes(id));
    const { plannedIds, grammars, world } = load(...ids);
    expect([plannedIds, world.loadConflicts]).toEqual([ids, []]);
    expect(findPlannedIds(ids.join(' '), grammars).map(({ id }) => id)).toEqual(ids);
    expect(findPlannedIds('gt-x.y.z xgt-x web2-a1.5 task.json bd-a3f8.1.2 P1.M1.T1.X', grammars)).toEqual([]);
  });

  test('are found in branch names without what follows them', () => {
    const { grammars } = load('gt-x', 'my_proj-9', 'task.7');
    const branches = 'feature/gt-x-login my_proj-9-login ravi/task.7_login';
    expect(findPlannedIds(branches, grammars).map(({ id }) => id)).toEqual(['gt-x', 'my_proj-9', 'task.7']);
  });

  const ends = ['.', '-'];
  const separators = ends.flatMap((a) => ends.flatMap((b) => ends.flatMap((c) => ends.map((d) => [a, b, c, d]))));
  const letters = [...'abcdefghijklmnopqrstuvwxyz'];
  test.each([
    ['one start and many shapes', ['bd-x', ...separators.map((four) => `bd-a${four.join('b')}c`)], ['bd-{id}']],
    ['many starts and a number', letters.map((letter) => `${letter}team-7`), ['{id}-{task}']],
    ['many starts and hashes', [...letters.map((letter) => `${letter}3f`), '7'], ['{id}{task}{id}', '{task}']],
    ['fixed starts longer than a grammar', [`${'x'.repeat(90)}-1`], ['{id}-{task}']],
  ])('of %s share broader grammars', (_case, ids, grammars) => {
    expect(load(...ids)).toMatchObject({ plannedIds: ids, grammars: [...DEFAULT_ID_PATTERNS, ...grammars] });
  });

  test('of many words are read by their first letters, as far as a configuration has room; the rest is listed', () => {
    const ids = letters.flatMap((letter) => [`${letter}one`, ...(letter > 'j' ? [`${letter}two`] : [])]);
    const { plannedIds, world } = load(...ids);
    const lost = letters.slice(0, 10).map((letter, index) => ({
      subject: `${letter}one`,
      problem: `its id fits no grammar of ids: name it by its number, #${index + 1}`,
    }));
    expect(plannedIds.filter((id) => id === null)).toHaveLength(10);
    expect(world.loadConflicts).toEqual(lost);
  });

  test.each(['x', 'two words', '{id}', '-', `bd-${'1'.repeat(300)}`])(
    '%j, which no grammar can express, is listed',
    (id) => {
      const { plannedIds, world, problems } = load(id, 'bd-2');
      expect([plannedIds, problems]).toEqual([[null, 'bd-2'], []]);
      expect(world.loadConflicts).toContainEqual({
        subject: id,
        problem: 'its id fits no grammar of ids: name it by its number, #1',
      });
    },
  );

  test('stay within what a configuration may hold', () => {
    expect(idGrammars(letters.map((letter) => `${letter}${letter}`))).toHaveLength(20);
  });
});

describe('an id that reads as the number of an issue', () => {
  test('is that number, and the other tasks go around it', () => {
    expect(load('bd-1', '1', '#4', 'bd-2', '12', 'bd-3')).toMatchObject({
      plannedIds: ['bd-1', '1', '#4', 'bd-2', '12', 'bd-3'],
      numbers: [2, 1, 4, 5, 12, 13],
      world: { loadConflicts: [] },
    });
  });

  test('is listed when it cannot be', () => {
    const { world, numbers } = load('7', '007', '9999999999', 'sea/port#3');
    expect(numbers).toEqual([7, 8, 9, 10]);
    expect(world.loadConflicts).toEqual([
      { subject: '007', problem: 'its id reads as the address of an issue: name it by its number, #8' },
      { subject: '9999999999', problem: 'its id reads as the address of an issue: name it by its number, #9' },
      { subject: 'sea/port#3', problem: 'its id reads as the address of an issue: name it by its number, #10' },
    ]);
  });
});

describe('a person who types the id of a task', () => {
  const open: Sandbox[] = [];
  afterAll(() => Promise.all(open.map((sandbox) => sandbox.close())));

  test('is led to its issue', async () => {
    const ids = SHAPES.map(([id]) => id).filter((id) => id !== '[x1]');
    const { world } = load(...ids);
    addUserToken(world, { token: 'planner-token', login: 'planner' });
    const sandbox = await startSandbox({ world });
    open.push(sandbox);
    const { apiUrl, graphqlUrl } = sandbox;
    const client = connectWithToken({ token: 'planner-token', apiUrl, graphqlUrl, pace: 'sandbox' });
    const defaultRepository = { owner: 'world', repo: 'plan' };
    const titles: string[] = [];
    for (const id of ids) {
      const { number } = await resolveRef(client, id, { defaultRepository });
      titles.push(world.repositories.get('world/plan')?.issues.get(number)?.title ?? '');
    }
    expect(titles).toEqual(ids.map((id) => `[${id}] Task`));
  });
});
