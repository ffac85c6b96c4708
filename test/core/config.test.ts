import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { stringify } from 'yaml';
import { configJsonSchema, DEFAULT_CONFIG, parseConfig } from '../../src/core/config.ts';
import type { ConfigVersion } from '../../src/core/config-version.ts';

const parse = (text: string | null, ownerText: string | null = null) => parseConfig({ text, ownerText });

const NONE_HELD = { repository: null, owner: null };

const EXAMPLE = `version: 1
tasks:
  ids: ['P{phase}.M{milestone}.T{task}', 'P{phase}.M{milestone}.T{task}.S{subtask}']
  umbrella: { labels: [umbrella, epic], types: [Epic] }
  lane_label: 'lane:*'
  artifacts: [{ field: Evidence, from: implemented, is: url }]
lanes:
  api:  { title: '{umbrella.title}: API', labels: ['lane:api'], body_file: .github/lanes/api.md }
  docs: { title: '{umbrella.title}: docs', labels: ['lane:docs'], after: [api] }
gates:
  schema:
    when: { changed_files: ['db/**'], not: { has_labels: [trivial] } }
    needs: { count: 1, capability: [database], not: [author] }
    sla: 24h
reviewers:
  mode: suggest
  people: { kim: { capability: [database, api], hours: 'Mon-Fri 09-17 Europe/Berlin', capacity: 6 } }
risk: { mode: observe, ignore: ['package-lock.json', 'CHANGELOG.md'], max_wait: 7d }
readiness: { implemented_age: { blocking: 5d }, base_green_runs: 1 }
`;

const READINESS = {
  mode: 'observe',
  criteria: {},
  review_sla: '2d',
  base_green_runs: 1,
  release_branches: ['release/*'],
  backport_labels: ['backport', 'backport {branch}', 'backport/{branch}'],
  waivers: '.github/parasol-waivers.yml',
  valid_for: '1d',
};

const REVIEWERS = {
  mode: 'observe',
  count: 1,
  capabilities: {},
  teams: [],
  pool: [],
  exclude: [],
  people: {},
  agents: { logins: [], labels: ['agent:*'], trailers: ['Agent', 'Agent-Id'] },
  assignee: false,
  hand_off: false,
};

describe('parseConfig', () => {
  it('has a default for everything', () => {
    const nothing = { problems: [], valid: true, inForce: NONE_HELD, rollupMode: 'default' };
    expect(parse(null)).toEqual({ config: DEFAULT_CONFIG, ...nothing });
    expect(parse('')).toEqual({ config: DEFAULT_CONFIG, ...nothing });
    expect(DEFAULT_CONFIG).toEqual({
      version: 1,
      tasks: {
        ids: [
          'P{phase}.M{milestone}',
          'P{phase}.M{milestone}.T{task}',
          'P{phase}.M{milestone}.T{task}.S{subtask}',
          'M{milestone}-T{task}',
        ],
        umbrella: { labels: ['umbrella', 'epic'], types: ['Epic'], tick: false },
        lane_label: 'lane:*',
        states: {},
        blocked_labels: [],
        artifacts: [],
      },
      lanes: {},
      templates: {},
      rollup: { mode: 'comment' },
      work: { show: 'rollup', label: 'claimed' },
      risk: { mode: 'observe', comments: false, ignore: [], max_wait: '7d', priority_labels: [] },
      reviewers: REVIEWERS,
      readiness: READINESS,
    });
  });

  it('reads a whole configuration, later parts without judgement', () => {
    const { config, problems, valid } = parse(EXAMPLE);
    expect([problems, valid]).toEqual([[], true]);
    expect(config.tasks.artifacts).toEqual([{ field: 'Evidence', from: 'implemented', is: 'url' }]);
    expect(config.lanes.docs).toEqual({
      title: '{umbrella.title}: docs',
      labels: ['lane:docs'],
      after: ['api'],
      assignees: [],
      artifacts: {},
      tasks: [],
    });
    expect(config.reviewers).toEqual({
      ...REVIEWERS,
      mode: 'suggest',
      people: { kim: { capability: ['database', 'api'], hours: 'Mon-Fri 09-17 Europe/Berlin', capacity: 6 } },
    });
    expect(config.readiness).toEqual({ ...READINESS, implemented_age: { blocking: '5d' } });
  });

  const problems: readonly [title: string, text: string, line: number, column: number, path: string, says: RegExp][] = [
    ['an unknown key', 'version: 1\ngate: {}', 2, 1, 'gate', /not a known key.*Did you mean `gates`\?/],
    ['an unknown inner key', 'tasks:\n  lane_lable: x', 2, 3, 'tasks.lane_lable', /Did you mean `lane_label`/],
    ['an unknown key of a lane', 'lanes:\n  api: { lable: [] }', 2, 10, 'lanes.api.lable', /Did you mean `labels`/],
    [
      'an unknown key of a task',
      'lanes:\n  api:\n    tasks:\n      - { key: a, title: A, lables: [] }',
      4,
      29,
      'lanes.api.tasks[0].lables',
      /Did you mean `labels`/,
    ],
    [
      'a variable that is no word',
      'templates:\n  x: { lanes: [a], variables: { 1st: y } }',
      2,
      38,
      'templates.x.variables.1st',
      /Invalid key/,
    ],
    ['a key like no other', 'tasks:\n  colour: x', 2, 3, 'tasks.colour', /Remove it; known here: ids, umbrella,/],
    [
      'hours of no form',
      'reviewers:\n  people: { kim: { hours: mornings } }',
      2,
      27,
      'reviewers.people.kim.hours',
      /needs days, hours and a time zone, as in `Mon-Fri 09-17 Europe\/Berlin`/,
    ],
    [
      'a capacity that nothing fits into',
      'reviewers:\n  capacity: 0.5',
      2,
      13,
      'reviewers.capacity',
      /is at least 1, as below that nobody is ever asked/,
    ],
    ['a wrong type', 'tasks:\n  ids: P1', 2, 8, 'tasks.ids', /is text where a list belongs/],
    [
      'a wrong word in a list',
      'tasks:\n  artifacts:\n    - { field: A, from: now }',
      3,
      25,
      'tasks.artifacts[0].from',
      /is none of/,
    ],
    [
      'a missing key',
      'tasks: { artifacts: [{ is: url }] }',
      1,
      22,
      'tasks.artifacts[0].field',
      /^is missing Add `tasks/,
    ],
    ['a grammar for everything', "tasks: { ids: ['{id}'] }", 1, 16, 'tasks.ids[0]', /would match any word/],
    ['a lane label without a star', 'tasks: { lane_label: lane }', 1, 22, 'tasks.lane_label', /exactly one `\*`/],
    ['a later version', 'version: 2', 1, 10, 'version', /is 2 where only 1 is known/],
    ['broken YAML', 'tasks:\n  ids: [a', 2, 10, '', /Correct the YAML/],
    ['a key given twice', 'lanes: {}\nlanes: {}', 2, 1, '', /unique/],
    ['a list instead of a mapping', '- a', 1, 1, '', /is a list where a mapping of keys to values belongs/],
    ['a file that is too large', `x: ${'y'.repeat(70_000)}`, 1, 1, '', /larger than 64 KB/],
    ['deep nesting', `gates: { a: ${'['.repeat(40)}${']'.repeat(40)} }`, 1, 1, '', /deeper than 20 levels/],
    ['a second document', 'version: 1\n---\nrollup: { mode: off }\n', 2, 1, '', /a second document starts here/],
    ['a second document that is empty', 'version: 1\n---\n', 2, 1, '', /a second document starts here/],
    ['a character that no text has', 'version: 1\n\0', 1, 1, '', /is not text/],
    ['more signs than anybody reads', '! '.repeat(30_000), 1, 1, '', /more than 10,000 words and signs/],
    ['aliases without number', `a: &a 1\nb:\n${'- *a\n'.repeat(51)}`, 1, 1, '', /aliases more than 50 times/],
    ['block nesting beyond any stack', '- '.repeat(30_000), 1, 1, '', /deeper than 20 levels/],
    ['nesting beyond any stack', '['.repeat(60_000), 1, 1, '', /deeper than 20 levels/],
    ['an alias of nothing', 'tasks: { ids: [*ids] }', 1, 16, '', /`\*ids` stands for nothing: there is no `&ids`/],
    [
      'an alias bomb',
      `a: &a [${'x,'.repeat(9)}]\nb: &b [${'*a,'.repeat(9)}]\nc: &c [${'*b,'.repeat(9)}]\ngates: { d: [${'*c,'.repeat(9)}] }`,
      1,
      1,
      '',
      /aliases/,
    ],
  ];
  it.each(problems)('tells line, column, reason and fix of %s', (_title, text, line, column, path, says) => {
    const parsed = parse(text);
    const [first] = parsed.problems;
    expect({ ...parsed, problems: [] }).toEqual({
      config: { ...DEFAULT_CONFIG, rollup: { mode: 'observe' } },
      problems: [],
      valid: false,
      inForce: NONE_HELD,
      rollupMode: 'unreadable',
    });
    expect(first).toMatchObject({ line, column, path });
    expect(`${first?.message} ${first?.fix}`).toMatch(says);
  });

  it('tells every unknown key', () => {
    expect(parse('foo: 1\nbar: 2').problems.map(({ line, path }) => [line, path])).toEqual([
      [1, 'foo'],
      [2, 'bar'],
    ]);
  });

  it('tells ten problems in full and how many more there are', () => {
    const unknown = (count: number) => Array.from({ length: count }, (_, i) => `k${i}:`).join('\n');
    expect(parse(unknown(10)).problems).toHaveLength(10);
    const { problems } = parse(unknown(1_000));
    expect(problems.slice(9)).toEqual([
      expect.objectContaining({ line: 10, path: 'k9', message: '`k9` is not a known key' }),
      {
        source: 'repository',
        line: 11,
        column: 1,
        path: '',
        message: 'and 990 more',
        fix: 'Correct those above first.',
      },
    ]);
    expect(parse('a: 1\n'.repeat(1_000)).problems.at(-1)?.message).toBe('and 989 more');
    expect(parse('a: [\n'.repeat(15)).problems.length).toBeLessThanOrEqual(11);
  });

  it('reads the same texts once', () => {
    const text = 'version: 1 # once';
    const first = parse(text);
    expect(parse(text)).toBe(first);
    for (let i = 0; i < 50; i += 1) parse(`version: 1 # ${i}`);
    expect(parse(text)).not.toBe(first);
    expect(parse(text)).toEqual(first);
  });

  it('never throws, whatever the text', () => {
    fc.assert(
      fc.property(
        fc.oneof(
          fc.string(),
          fc.jsonValue().map((value) => stringify(value)),
        ),
        (text) => {
          const parsed = parse(text);
          expect(parsed.valid).toBe(parsed.problems.length === 0);
        },
      ),
    );
  });

  it('lets no key reach a prototype, and says so', () => {
    const parsed = parse('lanes:\n  __proto__: { labels: [polluted] }\ngates: { __proto__: { x: 1 } }');
    expect(parsed.problems.map(({ line, message }) => [line, message])).toEqual([
      [2, 'A key cannot be called __proto__'],
      [3, 'A key cannot be called __proto__'],
    ]);
    expect(({} as Record<string, unknown>).labels).toBeUndefined();
  });
});

describe("the owner's default", () => {
  const owner = 'tasks: { lane_label: "stream/*", blocked_labels: [stuck] }\nrollup: { mode: observe }';

  it('holds where the repository says nothing', () => {
    expect(parse(null, owner).config).toMatchObject({
      tasks: { lane_label: 'stream/*', blocked_labels: ['stuck'] },
      rollup: { mode: 'observe' },
    });
  });

  it('is overlaid key by key; lists are replaced', () => {
    const { config } = parse('tasks: { blocked_labels: [waiting] }', owner);
    expect([config.tasks.lane_label, config.tasks.blocked_labels]).toEqual(['stream/*', ['waiting']]);
  });

  it("holds alone when the repository's file has a problem", () => {
    const { config, valid } = parse('rollup: { mode: loud }', owner);
    expect([config.rollup.mode, valid]).toEqual(['observe', false]);
  });

  it('is left aside, and said so, when it has a problem itself', () => {
    expect(parse('rollup: { mode: off }', 'nope: 1')).toMatchObject({
      config: { rollup: { mode: 'off' } },
      problems: [{ line: 1, message: "in the owner's default: `nope` is not a known key" }],
      valid: true,
    });
  });
});

describe('the mode of the rollup', () => {
  const NONE = { none: null, unnamed: 'version: 1' };
  const STATED = { valid: 'rollup: { mode: observe }', broken: 'rollup: { mode: observe }\nnope: 1' };
  const UNREADABLE = ['nope: 1', 'rollup: { mode: enforce }\nnope: 1', 'rollup: { mode: comment }\nnope: 1'];
  const OWNERS = { valid: 'rollup: { mode: off }', broken: 'rollup: { mode: off }\nnope: 1' };
  const anyOwner = [null, 'version: 1', ...UNREADABLE, ...Object.values(OWNERS)];
  const cross = (owns: readonly (string | null)[], owners: readonly (string | null)[]) =>
    owns.flatMap((own) => owners.map((owner) => [own, owner] as const));

  const rows: readonly [
    title: string,
    pairs: readonly (readonly [own: string | null, owner: string | null])[],
    mode: string,
    rollupMode: string,
  ][] = [
    ['what a valid own file says', cross(['rollup: { mode: enforce }'], anyOwner), 'enforce', 'stated'],
    [
      'what the own file says, broken or not, when it is quiet',
      cross(Object.values(STATED), anyOwner),
      'observe',
      'stated',
    ],
    ['observe, when the own file is broken and not quiet', cross(UNREADABLE, anyOwner), 'observe', 'unreadable'],
    ["what the owner's file says, broken or not", cross(Object.values(NONE), Object.values(OWNERS)), 'off', 'stated'],
    [
      "observe, when the owner's file is broken and not quiet",
      cross(Object.values(NONE), UNREADABLE),
      'observe',
      'unreadable',
    ],
    ['comment, when nobody says one', cross(Object.values(NONE), Object.values(NONE)), 'comment', 'default'],
  ];
  it.each(rows)('is %s', (_title, pairs, mode, rollupMode) => {
    for (const [own, owner] of pairs) {
      const parsed = parse(own, owner);
      expect([own, owner, parsed.config.rollup.mode, parsed.rollupMode]).toEqual([own, owner, mode, rollupMode]);
    }
  });

  const broken: readonly [text: string, mode: string, rollupMode: string][] = [
    ['rollup: off', 'off', 'stated'],
    ['rollup: false', 'off', 'stated'],
    ['rollup: { mode: Off }', 'off', 'stated'],
    ['rollup: { mode: false }', 'off', 'stated'],
    ['rollup: { mode: OBSERVE, colour: red }', 'observe', 'stated'],
    ['rollup: { mode: comment, colour: red }', 'observe', 'unreadable'],
    ['x: &mode off\nrollup: { mode: *mode }', 'off', 'stated'],
    ['rollup: { mode: off }\ntasks:\n  ids: [a', 'off', 'stated'],
    ['rollup: { mode: off }\nrollup: { mode: off }', 'off', 'stated'],
    ['rollup: { mode: comment }\nrollup: { mode: off }', 'observe', 'unreadable'],
    ['rollup: { mode: comment, mode: off }', 'observe', 'unreadable'],
    ['rollup: { mode: loud }', 'observe', 'unreadable'],
    ['rollup: { mode: true }', 'observe', 'unreadable'],
    ['rollup: { mode: [off] }', 'observe', 'unreadable'],
    ['rollup:', 'observe', 'unreadable'],
    ['rolup: { mode: comment }', 'observe', 'unreadable'],
    [`rollup: { mode: comment }\nx: ${'y'.repeat(70_000)}`, 'observe', 'unreadable'],
  ];
  it.each(broken)('is read from a broken file as far as it is clear: %.60s', (text, mode, rollupMode) => {
    const parsed = parse(text);
    expect([parsed.config.rollup.mode, parsed.rollupMode, parsed.valid]).toEqual([mode, rollupMode, false]);
  });
});

describe('the last valid version of a broken file', () => {
  const version = (text: string, sha = 'a'.repeat(40)): ConfigVersion => ({
    text,
    commit: { sha, committedAt: '2026-11-20T09:00:00Z', url: `https://github.com/octo/harbor/commit/${sha}` },
  });
  const broken = 'nope: 1\n';
  const parseHeld = (text: string | null, held: string, ownerText: string | null = null) =>
    parseConfig({ text, ownerText, lastValid: { repository: version(held), owner: null } });

  it('holds whole, and the problems are still told', () => {
    const held = 'tasks: { lane_label: "stream/*" }\n';
    const { config, problems, valid, inForce } = parseHeld(broken, held);
    expect([config, valid, inForce]).toEqual([parse(held).config, false, { repository: version(held), owner: null }]);
    expect(problems).toEqual(parse(broken).problems);
  });

  it("holds of the owner's file, too, below the repository's", () => {
    const owner = version('tasks: { lane_label: "stream/*", blocked_labels: [stuck] }');
    const { config, inForce } = parseConfig({
      text: 'tasks: { blocked_labels: [waiting] }',
      ownerText: broken,
      lastValid: { repository: null, owner },
    });
    expect([config.tasks.lane_label, config.tasks.blocked_labels, inForce]).toEqual([
      'stream/*',
      ['waiting'],
      { repository: null, owner },
    ]);
  });

  it.each([
    ['a file that is valid', 'version: 1\n', 'tasks: { lane_label: "stream/*" }'],
    ['no file', null, 'tasks: { lane_label: "stream/*" }'],
    ['a broken one, when it is broken itself', broken, 'nope: 2'],
  ])('counts for nothing beside %s', (_title, text, held) => {
    expect(parseHeld(text, held)).toEqual(parse(text));
  });

  const modes: readonly [broken: string, held: string, owner: string | null, mode: string, rollupMode: string][] = [
    ['nope: 1', 'rollup: { mode: comment }', null, 'comment', 'stated'],
    ['nope: 1', 'rollup: { mode: off }', null, 'off', 'stated'],
    ['nope: 1', 'version: 1', null, 'comment', 'default'],
    ['nope: 1', 'version: 1', 'rollup: { mode: off }', 'off', 'stated'],
    ['nope: 1', 'version: 1', 'nope: 1', 'observe', 'unreadable'],
    ['rollup: { mode: enforce }\nnope: 1', 'rollup: { mode: comment }', null, 'comment', 'stated'],
    ['rollup: { mode: comment }\nnope: 1', 'rollup: { mode: off }', null, 'off', 'stated'],
    ['rollup: { mode: comment }\nnope: 1', 'version: 1', 'rollup: { mode: observe }', 'observe', 'stated'],
    ['rollup: { mode: off }\nnope: 1', 'rollup: { mode: comment }', null, 'off', 'stated'],
    [
      'rollup: { mode: observe }\nnope: 1',
      'rollup: { mode: comment }',
      'rollup: { mode: comment }',
      'observe',
      'stated',
    ],
    ['rollup: { mode: loud }', 'rollup: { mode: comment }', null, 'comment', 'stated'],
  ];
  it.each(modes)('says the mode unless the broken file switches it off: %j, %j, %j', (text, held, owner, mode, by) => {
    const parsed = parseHeld(text, held, owner);
    expect([parsed.config.rollup.mode, parsed.rollupMode]).toEqual([mode, by]);
  });
});

describe('configJsonSchema', () => {
  it('describes every key', () => {
    const undescribed: string[] = [];
    const walk = (schema: unknown, path: string): void => {
      if (typeof schema !== 'object' || schema === null) return;
      if ('properties' in schema && typeof schema.properties === 'object' && schema.properties !== null) {
        for (const [key, value] of Object.entries(schema.properties)) {
          if (typeof value.description !== 'string') undescribed.push(`${path}${key}`);
          walk(value, `${path}${key}.`);
        }
      }
      if ('additionalProperties' in schema) walk(schema.additionalProperties, path);
      if ('items' in schema) walk(schema.items, path);
    };
    walk(configJsonSchema(), '');
    expect(undescribed).toEqual([]);
  });
});
