import { describe, expect, test } from 'vitest';
import { CONFIG, scaffold, scaffoldFacts, sources, umbrella } from './scaffolding.ts';

type Sources = Parameters<typeof sources>;

const tasksOf = (given: Sources, asked: Parameters<typeof scaffold>[1] = {}) =>
  scaffold(sources(...given), asked).plan.items.flatMap(({ change }) =>
    change.kind === 'create_issue' ? [change] : [],
  );

const only = (config: string, asked: Parameters<typeof scaffold>[1] = {}) => tasksOf([config], asked)[0];

describe('variables', () => {
  test('are filled in: of the umbrella, the lane and your own', () => {
    const facts = scaffoldFacts({ umbrella: umbrella({ title: 'Harbor opens', milestone: 'v1' }) });
    const config =
      'lanes: { api: { title: "{umbrella.title}: {lane} for {milestone} by {team}", body: "Of #{umbrella.number}. {team}" } }';
    expect(only(config, { facts, wish: { set: ['team=pilots'] } })).toMatchObject({
      title: 'Harbor opens: api for v1 by pilots',
      body: 'Of #1. pilots',
    });
  });

  test('are looked for once: what a value contains is no variable', () => {
    const facts = scaffoldFacts({ umbrella: umbrella({ title: '{lane}' }) });
    expect(only('lanes: { api: { title: "{umbrella.title}" } }', { facts })?.title).toBe('{lane}');
  });

  test('from the text of an issue ping nobody and link nothing in a body', () => {
    const facts = scaffoldFacts({ umbrella: umbrella({ title: 'Ask @kim about #7 <!-- x' }) });
    expect(only('lanes: { api: { title: T, body: "{umbrella.title}" } }', { facts })?.body).toBe(
      'Ask @\u200bkim about #\u200b7 &#60;!-- x',
    );
  });

  test('of your own are taken as given, but ping nobody either', () => {
    const config = 'lanes: { api: { title: T, body: "{spec} {who}" } }';
    const wish = { set: ['spec=https://example.org/#7', 'who=@kim'] };
    expect(only(config, { wish })?.body).toBe('https://example.org/#7 @\u200bkim');
  });

  test('in two braces, and the expressions of workflows, stay as they are', () => {
    const expressions = ['{{ github.sha }}', '{{github.sha}}'].map((text) => `$${text}`).join(' ');
    const body = `{{lane}} ${expressions} { lane } {"a": 1}`;
    expect(only(`lanes: { api: { title: T, body: '${body}' } }`)?.body).toBe(`{lane} ${expressions} { lane } {"a": 1}`);
  });

  test.each([
    ['lanes:\n  api:\n    title: "{umbrela.title}"', `${CONFIG}:3 \`{umbrela.title}\` is no known variable`],
    [
      'lanes:\n  api:\n    title: T\n    body: |\n      One.\n      {spec}',
      `${CONFIG}:6 \`{spec}\` is no known variable`,
    ],
    ['lanes:\n  api:\n    title: T\n    labels: ["{spec}"]', `${CONFIG}:4 \`{spec}\` is no known variable`],
    [
      'lanes:\n  api:\n    title: "{milestone}"',
      `${CONFIG}:3 \`{milestone}\` has no value: the umbrella has no milestone`,
    ],
  ])('that are unknown are told with file and line: %j', (config, told) => {
    const { told: all, problems } = scaffold(sources(config));
    expect(all).toEqual([told]);
    expect(problems[0]?.fix).toMatch(/braces|milestone/);
  });

  test('in the text of a lane file are counted from its first line', () => {
    const file = '---\ntitle: T\n---\n\nOne.\nTwo {spec}.\n';
    expect(scaffold(sources('version: 1', { '.github/lanes/api.md': file })).told).toEqual([
      '.github/lanes/api.md:6 `{spec}` is no known variable',
    ]);
  });
});

describe('labels', () => {
  const labelsOf = (config: string) => only(config)?.labels;

  test('include one that puts the task into its lane', () => {
    expect(labelsOf('lanes: { api: { title: T, labels: [backend] } }')).toEqual(['backend']);
    expect(labelsOf('tasks: { lane_label: "area/*" }\nlanes: { api: { title: T } }')).toEqual(['area/api']);
  });

  test('of a lane file do not make the lane, so that the lane label is added', () => {
    const files = { '.github/lanes/api.md': '---\ntitle: T\nlabels: [backend]\n---\n' };
    expect(tasksOf(['version: 1', files])[0]?.labels).toEqual(['lane:api', 'backend']);
  });

  test('of lane and task are put on once each', () => {
    const config = 'lanes: { api: { labels: ["lane:api"], tasks: [{ key: a, title: A, labels: [db, "Lane:API"] }] } }';
    expect(labelsOf(config)).toEqual(['lane:api', 'db']);
  });
});

describe('milestone and artifact fields of a lane', () => {
  const lane = 'milestone: v1, artifacts: { Evidence: all, Owner: kim }';
  const own = '{ key: b, title: B, milestone: v2, artifacts: { evidence: "{lane}", Plan: x } }';
  const config = `lanes: { api: { ${lane}, tasks: [{ key: a, title: A }, ${own}] }, docs: { title: D, ${lane} } }`;

  test('hold for each of its tasks, which may have their own', () => {
    expect(tasksOf([config]).map(({ milestone, body }) => [milestone, body])).toEqual([
      ['v1', 'Evidence: all\nOwner: kim'],
      ['v2', 'evidence: api\nPlan: x\nOwner: kim'],
      ['v1', 'Evidence: all\nOwner: kim'],
    ]);
  });

  test('may stand in its file, where the configuration does not say them', () => {
    const file = '---\ntitle: T\nmilestone: v3\nartifacts: { Evidence: file, Plan: file }\n---\n';
    const given: Sources = ['lanes: { api: { artifacts: { Evidence: own } } }', { '.github/lanes/api.md': file }];
    expect(tasksOf(given).map(({ milestone, body }) => [milestone, body])).toEqual([
      ['v3', 'Evidence: own\nPlan: file'],
    ]);
  });
});

describe('the milestone', () => {
  const config = "lanes: { api: { title: T, milestone: '{milestone}' } }";

  test("is the umbrella's own where the template says so", () => {
    const facts = scaffoldFacts({ umbrella: umbrella({ milestone: 'v1' }) });
    expect(only(config, { facts })?.milestone).toBe('v1');
  });

  test('is none where the umbrella has none', () => {
    expect(only(config)?.milestone).toBeNull();
  });
});

describe('the text', () => {
  const FORM = [
    'labels: [task]',
    'body:',
    '  - { type: markdown, attributes: { value: "Welcome, {you}" } }',
    '  - { type: input, id: evidence, attributes: { label: Evidence link } }',
    '  - { type: textarea, attributes: { label: Log, render: shell, value: "$ make" } }',
    '  - { type: dropdown, attributes: { label: Size, options: [S, M], default: 1 } }',
    '  - { type: dropdown, attributes: { label: Colour, options: [red] } }',
    '  - { type: checkboxes, attributes: { label: Done when, options: [{ label: "It {works}" }, { label: It is told }] } }',
  ].join('\n');

  test('of an issue form reads as GitHub writes it, with the artifact fields answered', () => {
    const config =
      'lanes: { api: { tasks: [{ key: a, title: A, body_file: f.yml, artifacts: { Evidence: "of {lane}", evidence link: "https://example.org/{lane}" } }] } }';
    expect(tasksOf([config, { 'f.yml': FORM }])[0]?.body).toBe(
      [
        '### Evidence link\n\nhttps://example.org/api',
        '### Log\n\n```shell\n$ make\n```',
        '### Size\n\nM',
        '### Colour\n\n_No response_',
        '### Done when\n\n- [ ] It {works}\n- [ ] It is told',
      ].join('\n\n'),
    );
  });

  test('of an issue form gets a section for an artifact field that it does not ask for', () => {
    const config = 'lanes: { api: { tasks: [{ key: a, title: A, body_file: f.yml, artifacts: { Runbook: yes-1 } }] } }';
    const form = 'body: [{ type: input, attributes: { label: Owner } }]';
    expect(tasksOf([config, { 'f.yml': form }])[0]?.body).toBe('### Owner\n\n_No response_\n\n### Runbook\n\nyes-1');
  });

  test('in Markdown ends with the artifact fields as lines', () => {
    const config =
      'lanes: { api: { tasks: [{ key: a, title: A, body: Do it., artifacts: { Evidence: x, Runbook: y } }] } }';
    expect(only(config)?.body).toBe('Do it.\n\nEvidence: x\nRunbook: y');
  });

  test('that is longer than GitHub takes is told', () => {
    const body = 'x'.repeat(59_500);
    expect(scaffold(sources(`lanes: { api: { title: T, body: ${body} } }`)).told).toEqual([
      `${CONFIG}:1 the text of this task has 59500 bytes of at most 59000`,
    ]);
  });
});

test('a title that is empty once filled in is told, a long one is cut', () => {
  const facts = scaffoldFacts({ umbrella: umbrella({ title: 'x'.repeat(300) }) });
  expect(only('lanes: { api: { title: "{umbrella.title}" } }', { facts })?.title).toHaveLength(256);
  const config = 'lanes: { api: { title: "{spec}" } }';
  expect(scaffold(sources(config), { wish: { set: ['spec='] } }).told).toEqual([
    `${CONFIG}:1 this title is empty once filled in`,
  ]);
});

test.each([
  ['a lane whose label would be too long', `lanes:\n  ${'a'.repeat(46)}: { title: T }`, `${CONFIG}:2 the label`],
  ['a title with half of a character', 'lanes:\n  api: { title: "T\\ud800" }', `${CONFIG}:2 this title holds half`],
])('%s is told with file and line', (_, config, told) => {
  expect(scaffold(sources(config)).told).toEqual([expect.stringContaining(told)]);
});

test('a variable that is set and stands in no text is told', () => {
  const wish = { set: ['team=a', 'teem=b'] };
  expect(scaffold(sources('lanes: { api: { title: "{team}" } }'), { wish }).unused).toEqual(['teem']);
});
