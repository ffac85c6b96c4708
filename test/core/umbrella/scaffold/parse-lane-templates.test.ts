import { describe, expect, test } from 'vitest';
import { parseLaneTemplates } from '../../../../src/core/umbrella/scaffold/parse-lane-templates.ts';
import { CONFIG, sources } from './scaffolding.ts';

const at = (line: number, path = CONFIG) => ({ path, line });
const read = (...given: Parameters<typeof sources>) => parseLaneTemplates(sources(...given));

describe('lane templates', () => {
  test('come from the configuration, each word with its place', () => {
    const { lanes, problems } = read(
      [
        'lanes:',
        '  api:',
        '    labels: ["lane:api"]',
        '    milestone: v1',
        '    assignees: [kim]',
        '    type: Task',
        '    body: |',
        '      Serve it.',
        '    after: [docs]',
        '    tasks:',
        '      - key: schema',
        '        title: Draw the schema',
        '        labels: [db]',
        '      - { key: serve, title: Serve it, type: Feature, assignees: [ravi], after: [schema], body: Now. }',
        '  docs: { title: "{umbrella.title}: docs" }',
      ].join('\n'),
    );
    expect(problems).toEqual([]);
    const kim = { value: 'kim', place: at(5) };
    expect(lanes).toEqual([
      {
        name: 'api',
        place: at(3),
        labels: [{ value: 'lane:api', place: at(3) }],
        after: [{ value: 'docs', place: at(9) }],
        tasks: [
          {
            key: 'schema',
            title: { value: 'Draw the schema', place: at(12) },
            body: { kind: 'text', text: { value: 'Serve it.\n', place: at(8) } },
            labels: [{ value: 'db', place: at(13) }],
            assignees: [kim],
            milestone: { value: 'v1', place: at(4) },
            type: { value: 'Task', place: at(6) },
            artifacts: [],
            after: [],
          },
          {
            key: 'serve',
            title: { value: 'Serve it', place: at(14) },
            body: { kind: 'text', text: { value: 'Now.', place: at(14) } },
            labels: [],
            assignees: [{ value: 'ravi', place: at(14) }],
            milestone: { value: 'v1', place: at(4) },
            type: { value: 'Feature', place: at(14) },
            artifacts: [],
            after: [{ value: 'schema', place: at(14) }],
          },
        ],
      },
      {
        name: 'docs',
        place: at(15),
        labels: [],
        after: [],
        tasks: [
          {
            key: 'task',
            title: { value: '{umbrella.title}: docs', place: at(15) },
            body: { kind: 'text', text: { value: '', place: at(15) } },
            labels: [],
            assignees: [],
            milestone: null,
            type: null,
            artifacts: [],
            after: [],
          },
        ],
      },
    ]);
  });

  const FILE = '.github/lanes/api.md';
  const LANE = '---\ntitle: From the file\nlabels: [a]\nassignees: [kim]\n---\n\nWhat to do.\n';

  test('come from files of .github/lanes, whose text follows the front matter', () => {
    const { lanes } = read('version: 1', { [FILE]: LANE, '.github/lanes/notes.txt': 'no lane' });
    expect(lanes).toMatchObject([
      {
        name: 'api',
        labels: [{ value: 'a', place: at(3, FILE) }],
        tasks: [
          {
            key: 'task',
            title: { value: 'From the file', place: at(2, FILE) },
            assignees: [{ value: 'kim', place: at(4, FILE) }],
            body: { text: { value: 'What to do.', place: at(7, FILE) } },
          },
        ],
      },
    ]);
  });

  test('of both: the configuration goes first, key by key, and the file fills in', () => {
    const { lanes } = read('lanes: { api: { title: Of the configuration, labels: [b] } }', { [FILE]: LANE });
    expect(lanes).toMatchObject([
      {
        labels: [{ value: 'b', place: at(1) }],
        tasks: [{ title: { value: 'Of the configuration' }, assignees: [{ value: 'kim', place: at(4, FILE) }] }],
      },
    ]);
    expect(lanes).toHaveLength(1);
  });

  test('a file under another name belongs to the lane that names it alone', () => {
    const config = `lanes: { server: { body_file: ${FILE} } }`;
    expect(read(config, { [FILE]: LANE }).lanes.map(({ name }) => name)).toEqual(['server']);
  });

  test("of the owner's configuration name the owner's file", () => {
    const { lanes } = read('version: 1', {}, 'version: 1\nlanes:\n  api: { title: Theirs }');
    expect(lanes[0]?.tasks[0]?.title).toEqual({ value: 'Theirs', place: at(3, 'owners') });
  });

  test('ask for the files that they name and that were not read yet', () => {
    const config =
      'lanes: { api: { title: T, body_file: docs/task.md }, docs: { tasks: [{ key: a, title: A, body_file: x.yml }] } }';
    expect(read(config).unread).toEqual(['docs/task.md', 'x.yml']);
    const { unread, lanes } = read(config, {
      'docs/task.md': '---\nname: Task\nabout: GitHub shows it\n---\nText',
      'x.yml': FORM,
    });
    expect(unread).toEqual([]);
    expect(lanes[0]?.tasks[0]?.body).toEqual({ kind: 'text', text: { value: 'Text', place: at(5, 'docs/task.md') } });
  });

  test("take labels, assignees and type of the issue form, after the template's own", () => {
    const { lanes } = read(
      'lanes: { api: { tasks: [{ key: a, title: A, labels: [x], body_file: f.yml }, { key: b, title: B, type: Own, assignees: [noor], body_file: f.yml }] } }',
      { 'f.yml': FORM },
    );
    const inForm = (line: number) => (value: string) => ({ value, place: at(line, 'f.yml') });
    expect(lanes[0]?.tasks.map(({ labels, assignees, type }) => ({ labels, assignees, type }))).toEqual([
      {
        labels: [{ value: 'x', place: at(1) }, inForm(2)('task'), inForm(2)('triage')],
        assignees: [inForm(3)('kim')],
        type: inForm(4)('Task'),
      },
      {
        labels: [inForm(2)('task'), inForm(2)('triage')],
        assignees: [{ value: 'noor', place: at(1) }],
        type: { value: 'Own', place: at(1) },
      },
    ]);
  });
});

const FORM =
  'name: Task\nlabels: [task, triage]\nassignees: kim\ntype: Task\nbody:\n  - { type: input, attributes: { label: Evidence } }\n';

test.each([
  ['broken YAML in a front matter', '', '---\ntitle: x\nlabels: [a\n---\n', '.github/lanes/api.md:3 '],
  ['a front matter that never ends its mapping', '', '---\nlabels: {a\n---\n', '.github/lanes/api.md:2 '],
  [
    'an unknown key',
    '',
    '---\ntitle: x\nlable: [a]\n---\n',
    '.github/lanes/api.md:3 `lable`: `lable` is not a known key',
  ],
  ['a text in the front matter', '', '---\ntitle: x\nbody: y\n---\n', '.github/lanes/api.md:3 `body`'],
  ['a wrong type', '', '---\nafter: docs\n---\n', '.github/lanes/api.md:2 `after`'],
  [
    'a title beside tasks',
    'lanes: { api: { title: T } }',
    '---\ntasks: [{ key: a, title: A }]\n---\n',
    `${CONFIG}:1 \`title\` has no use in a lane with \`tasks\``,
  ],
  [
    'a key given twice',
    '',
    '---\ntasks:\n- { key: a, title: A }\n- { key: A, title: B }\n---\n',
    '.github/lanes/api.md:4 there are two tasks with the key `A`',
  ],
  [
    'text twice',
    'lanes:\n  api:\n    body: x\n    body_file: .github/lanes/api.md',
    '',
    `${CONFIG}:4 \`body\` and \`body_file\` exclude each other`,
  ],
  [
    'a file that is not there',
    'lanes:\n  api:\n    body_file: gone.md',
    '',
    `${CONFIG}:3 there is no file \`gone.md\``,
  ],
  ['an issue form without questions', 'lanes: { api: { body_file: empty.yml } }', '', 'empty.yml:1 `body`: is missing'],
  [
    'a broken issue form',
    'lanes: { api: { body_file: broken.yml } }',
    '',
    'broken.yml:3 `body[0].attributes.label`: is missing',
  ],
  [
    'a task without a title in a front matter',
    '',
    '---\ntasks:\n- key: a\n---\n',
    '.github/lanes/api.md:3 `tasks[0].title`: is missing',
  ],
])('names file and line of %s', (_what, config, file, told) => {
  const files = {
    'gone.md': null,
    'empty.yml': 'name: x',
    'broken.yml': 'body:\n  - type: input\n    attributes: { title: x }\n',
  };
  const { problems } = read(config, { ...files, '.github/lanes/api.md': file });
  const lines = problems.map(({ path, line, message }) => `${path}:${line} ${message}`);
  expect(lines).toEqual([expect.stringContaining(told)]);
  expect(problems[0]?.fix).toMatch(/\w{4}/);
});

describe('names of lanes', () => {
  test.each([
    ['', ''],
    [' api', ' api'],
    ['a,b', 'a,b'],
    ['a\nb', 'a\\nb'],
    ['\ud800', '\\ud800'],
  ])('%j is refused where the lane has tasks, and left alone where it only has labels', (name, shown) => {
    const withTask = read(`lanes:\n  ${JSON.stringify(name)}:\n    title: A`);
    const message = `\`${shown}\` cannot be the name of a lane that has tasks`;
    expect(withTask.problems.map((problem) => problem.message)).toEqual([message]);
    expect(read(`lanes: { ${JSON.stringify(name)}: { labels: [a] } }`).problems).toEqual([]);
  });

  test('may hold spaces, dots and joined signs', () => {
    const names = ['front end', 'v1.2', '\u{1f468}\u200d\u{1f469}', 'x'];
    const { problems } = read(
      `lanes: ${JSON.stringify(Object.fromEntries(names.map((name) => [name, { title: 'A' }])))}`,
    );
    expect(problems).toEqual([]);
  });

  test('that differ only in case are refused, in one file and in two', () => {
    expect(read('lanes:\n  api:\n    title: A\n  API:\n    title: B').problems).toEqual([
      {
        ...at(5),
        message: `the lanes \`api\` (${CONFIG}, line 3) and \`API\` differ only in case`,
        fix: 'Spell both alike, or rename one.',
      },
    ]);
    const path = '.github/lanes/docs.md';
    expect(read('lanes:\n  Docs:\n    labels: [a]', { [path]: '---\ntitle: D\n---\n' }).problems).toMatchObject([
      { path, message: `the lanes \`Docs\` (${CONFIG}, line 3) and \`docs\` differ only in case` },
    ]);
  });

  test('of files may be those that every object has', () => {
    const path = '.github/lanes/constructor.md';
    const { lanes, problems } = read('version: 1', { [path]: '---\ntitle: C\n---\n' });
    expect([problems, lanes.map(({ name, place }) => [name, place.path])]).toEqual([[], [['constructor', path]]]);
  });
});
