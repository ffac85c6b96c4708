import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { withIssueMarker } from '../../../../src/core/issue-marker.ts';
import type { PlanDraft } from '../../../../src/core/plan/plan.ts';
import { ref } from '../../build-facts.ts';
import { applyToFacts, CONFIG, child, scaffold, scaffoldFacts, sources, umbrella } from './scaffolding.ts';

const TWO_LANES = [
  'lanes:',
  '  api:',
  '    labels: ["lane:api"]',
  '    assignees: [kim]',
  '    milestone: v1',
  '    type: Task',
  '    tasks:',
  '      - { key: schema, title: Draw the schema, body: Draw it. }',
  '      - { key: serve, title: Serve it, after: [schema] }',
  '  docs: { title: "{umbrella.title}: docs", labels: ["lane:docs"], after: [api] }',
].join('\n');

/** As a table: what each item does, `?` before those that are only offered. */
const rows = ({ items }: PlanDraft) =>
  items.map(({ id, change, selected }) => {
    const what = 'title' in change ? change.title : 'name' in change ? change.name : '';
    const ends = change.kind === 'add_blocker' ? [change.on, change.blocker].map(named).join(' < ') : what;
    return `${selected ? '' : '? '}${id}: ${ends}`;
  });

const named = (end: { readonly item: string } | { readonly number: number }) =>
  'item' in end ? end.item : `#${end.number}`;

const notes = ({ notes: all }: PlanDraft) =>
  all.map(({ kind, about }) => `${kind} ${about === null ? '' : `#${about.number}`}`);

const made = (number: number, key: string, title: string, rest: Parameters<typeof child>[1] = {}) =>
  child(number, { title, body: withIssueMarker('', `scaffold:${key}`), ...rest });

describe('a scaffold', () => {
  test('makes each task as a child with all that the template says, then what waits for what', () => {
    const { plan, told } = scaffold(sources(TWO_LANES));
    expect(told).toEqual([]);
    expect(plan).toMatchObject({
      kind: 'scaffold',
      umbrella: ref(1),
      repository: { owner: 'octo', repo: 'harbor' },
      notes: [],
    });
    expect(plan.items[0]).toEqual({
      id: 'create-api-schema',
      change: {
        kind: 'create_issue',
        repository: { owner: 'octo', repo: 'harbor' },
        parent: ref(1),
        key: 'scaffold:api:schema',
        title: 'Draw the schema',
        body: 'Draw it.',
        labels: ['lane:api'],
        assignees: ['kim'],
        milestone: 'v1',
        issueType: 'Task',
      },
      needs: [],
      selected: true,
      evidence: [{ rule: 'scaffold', quote: 'api/schema', in: null, path: CONFIG, line: 8, confidence: null }],
    });
    expect(rows(plan)).toEqual([
      'create-api-schema: Draw the schema',
      'create-api-serve: Serve it',
      'create-docs: Harbor opens: docs',
      'after-api-serve-api-schema: create-api-serve < create-api-schema',
      'after-docs-task-api-serve: create-docs < create-api-serve',
    ]);
  });

  test('makes a missing label first, once, with the place that asks for it', () => {
    const { plan, told } = scaffold(sources(TWO_LANES), { lacks: ['lane:api'] });
    expect(told).toEqual([]);
    expect(plan.items[0]).toMatchObject({
      id: 'label-lane-api',
      change: { kind: 'create_label', name: 'lane:api', color: 'ededed' },
      selected: true,
      evidence: [{ quote: 'the label lane:api is missing', path: CONFIG, line: 3 }],
    });
    expect(plan.items.map(({ needs }) => needs)).toEqual([[], ['label-lane-api'], ['label-lane-api'], [], [], []]);
  });

  test.each([
    ['a typo', 'backnd', 'Did you mean `backend`? Else make it on GitHub first'],
    ["another lane's label", 'lane:apu', 'Did you mean `lane:api`? Else make it'],
    ['a new name', 'needs triage soon', 'Correct the name, or make it on GitHub first: gh label create'],
  ])("makes no label but the lane's own: %s is told with file, line and fix", (_, label, fix) => {
    const from = sources(
      `lanes:\n  api:\n    labels: ["lane:api"]\n    tasks:\n      - { key: a, title: A, labels: ["${label}"] }`,
    );
    const { plan, told, fixes } = scaffold(from, { lacks: [label] });
    expect([told, fixes]).toEqual([
      [`${CONFIG}:5 octo/harbor has no label \`${label}\``],
      [expect.stringContaining(fix)],
    ]);
    expect(rows(plan)).toEqual(['create-api-a: A']);
  });

  test.each([
    ['a person who cannot be assigned any more', 'kim', `${CONFIG}:4 \`kim\` cannot be assigned in octo/harbor`],
    ['a milestone that is not open', 'v1', `${CONFIG}:5 octo/harbor has no open milestone \`v1\``],
    ['an issue type that there is not', 'Task', `${CONFIG}:6 octo/harbor has no issue type \`Task\``],
  ])('names file and line of %s', (_what, missing, told) => {
    expect(scaffold(sources(TWO_LANES), { lacks: [missing] }).told).toEqual([told]);
  });

  test('names file and line of a missing label that the reader may not make', () => {
    const { told } = scaffold(sources(TWO_LANES), { lacks: ['lane:docs'], mayCreateLabels: false });
    expect(told).toEqual([`${CONFIG}:10 octo/harbor has no label \`lane:docs\`, and you may not make one there`]);
  });
});

describe('run again, a scaffold', () => {
  const api = [
    made(2, 'api:schema', 'Draw the schema', {
      labels: ['lane:api'],
      body: withIssueMarker('Draw it.', 'scaffold:api:schema'),
    }),
    made(3, 'api:serve', 'Serve it', { labels: ['lane:api'], blockers: [ref(2)] }),
  ];

  test('makes only what is missing in a lane that was begun', () => {
    const { plan } = scaffold(sources(TWO_LANES), {
      facts: scaffoldFacts({ children: api.slice(0, 1) }),
      wish: { lanes: ['api'] },
    });
    expect(rows(plan)).toEqual(['create-api-serve: Serve it', 'after-api-serve-api-schema: create-api-serve < #2']);
    expect(notes(plan)).toEqual([]);
  });

  test('only offers a lane that came later', () => {
    const { plan } = scaffold(sources(TWO_LANES), { facts: scaffoldFacts({ children: api }) });
    expect(rows(plan)).toEqual(['? create-docs: Harbor opens: docs', '? after-docs-task-api-serve: create-docs < #3']);
    expect(notes(plan)).toEqual(['lane_offered ']);
    expect(plan.notes[0]?.text).toContain('--lanes docs');
  });

  test('makes a lane that came later where a person names it', () => {
    const { plan } = scaffold(sources(TWO_LANES), {
      facts: scaffoldFacts({ children: api }),
      wish: { lanes: ['docs'] },
    });
    expect(rows(plan)).toEqual(['create-docs: Harbor opens: docs', 'after-docs-task-api-serve: create-docs < #3']);
  });

  test('says what a lane waits for that does not stand', () => {
    const { plan } = scaffold(sources(TWO_LANES), { wish: { lanes: ['docs'] } });
    expect(rows(plan)).toEqual(['create-docs: Harbor opens: docs']);
    expect(notes(plan)).toEqual(['waits_for_unmade ']);
  });

  test('does not mind what is missing for a lane that is only offered', () => {
    const facts = scaffoldFacts({ children: api });
    expect(scaffold(sources(TWO_LANES), { facts, lacks: ['lane:docs'], mayCreateLabels: false }).told).toEqual([]);
    const { plan } = scaffold(sources(TWO_LANES), { facts, lacks: ['lane:docs'] });
    expect(rows(plan)[0]).toBe('? label-lane-docs: lane:docs');
  });

  test('leaves alone what people edited, and says what differs', () => {
    const edited = made(2, 'api:schema', 'Draw both schemas', {
      labels: [],
      body: `Before.\n${withIssueMarker('', 'scaffold:api:schema')}`,
    });
    const { plan } = scaffold(sources(TWO_LANES), {
      facts: scaffoldFacts({ children: [edited, ...api.slice(1)] }),
      wish: { lanes: ['api'] },
    });
    expect(rows(plan)).toEqual([]);
    expect(plan.notes[0]).toEqual({
      kind: 'edited',
      text: "Its title, text and labels differ from the template's: left alone.",
      about: ref(2),
    });
  });

  test.each<[string, Parameters<typeof child>[1], readonly string[]]>([
    ['is closed', { state: 'closed' }, ['made #3']],
    ['was renamed and re-labelled', { title: 'Serve all of it', labels: [] }, ['edited #3']],
  ])('counts a child that %s as there', (_what, change, said) => {
    const [schema = child(2), serve = child(3)] = api;
    const facts = scaffoldFacts({ children: [schema, { ...serve, ...change }] });
    const { plan } = scaffold(sources(TWO_LANES), { facts, wish: { lanes: ['api'] } });
    expect(rows(plan)).toEqual([]);
    expect(notes(plan)).toEqual(said);
  });

  test('counts a child with the same title as there, whoever made it', () => {
    const facts = scaffoldFacts({ children: [child(7, { title: 'serve it', isOwn: false }), ...api.slice(0, 1)] });
    const { plan } = scaffold(sources(TWO_LANES), { facts, wish: { lanes: ['api'] } });
    expect(rows(plan)).toEqual(['after-api-serve-api-schema: #7 < #2']);
    expect(notes(plan)).toEqual(['named_alike #7']);
  });

  test('does not make again what a person took out of the umbrella', () => {
    const formerChildren = api.slice(1).map((one) => ({ ...one, isUndone: false }));
    const facts = scaffoldFacts({ children: api.slice(0, 1), formerChildren });
    const { plan } = scaffold(sources(TWO_LANES), { facts, wish: { lanes: ['api'] } });
    expect(rows(plan)).toEqual([]);
    expect(notes(plan)).toEqual(['removed #3']);
  });

  const undone = api.map((one) => ({ ...one, state: 'closed' as const, isUndone: true }));

  test('only proposes what an undo of ours took back, and makes it anew where its lane is named', () => {
    const facts = scaffoldFacts({ formerChildren: undone });
    const unnamed = scaffold(sources(TWO_LANES), { facts, lacks: ['lane:api'] });
    expect([rows(unnamed.plan), notes(unnamed.plan), unnamed.offered]).toEqual([
      [
        '? label-lane-api: lane:api',
        '? create-api-schema: Draw the schema',
        '? create-api-serve: Serve it',
        'create-docs: Harbor opens: docs',
        '? after-api-serve-api-schema: create-api-serve < create-api-schema',
        '? after-docs-task-api-serve: create-docs < create-api-serve',
      ],
      ['undone #2', 'undone #3'],
      ['api'],
    ]);
    const { plan, offered } = scaffold(sources(TWO_LANES), { facts, wish: { lanes: ['api'] } });
    expect(plan.items.map(({ id, selected }) => [id, selected])).toEqual([
      ['create-api-schema', true],
      ['create-api-serve', true],
      ['after-api-serve-api-schema', true],
    ]);
    expect(offered).toEqual([]);
  });

  test('a person who took out the second making counts more than the undo of the first', () => {
    const second = { ...(undone[1] ?? { ...child(3), isUndone: true }), ref: ref(5), isUndone: false };
    const facts = scaffoldFacts({ children: api.slice(0, 1), formerChildren: [...undone.slice(1), second] });
    const { plan } = scaffold(sources(TWO_LANES), { facts, wish: { lanes: ['api'] } });
    expect([rows(plan), notes(plan)]).toEqual([[], ['removed #5']]);
  });

  test('trusts no marker that somebody else wrote: the task is only offered, and the issue is named', () => {
    const [schema = child(2), serve = child(3)] = api;
    const facts = scaffoldFacts({ children: [schema, { ...serve, title: 'Mine', isOwn: false }] });
    const { plan } = scaffold(sources(TWO_LANES), { facts, wish: { lanes: ['api'] } });
    expect(rows(plan)).toEqual(['? create-api-serve: Serve it', '? after-api-serve-api-schema: create-api-serve < #2']);
    expect(notes(plan)).toEqual(['claimed #3']);
  });

  test('puts back no dependency that a person took away', () => {
    const [schema = child(2), serve = child(3)] = api;
    const facts = scaffoldFacts({ children: [schema, { ...serve, blockers: [], formerBlockers: [schema.ref] }] });
    const { plan } = scaffold(sources(TWO_LANES), { facts, wish: { lanes: ['api'] } });
    expect(rows(plan)).toEqual([]);
    expect(notes(plan)).toEqual(['dependency_removed #3']);
  });

  test('adds a dependency that came into the template later', () => {
    const [schema = child(2), serve = child(3)] = api;
    const facts = scaffoldFacts({ children: [schema, { ...serve, blockers: [] }] });
    expect(rows(scaffold(sources(TWO_LANES), { facts, wish: { lanes: ['api'] } }).plan)).toEqual([
      'after-api-serve-api-schema: #3 < #2',
    ]);
  });

  test('says how many children it could not see', () => {
    const { plan } = scaffold(sources(TWO_LANES), { facts: scaffoldFacts({ hiddenChildren: 2 }) });
    expect(plan.notes[0]).toMatchObject({
      kind: 'hidden_children',
      text: expect.stringContaining('2 of its children'),
    });
  });
});

test('items have ids of their own, whatever lanes are called', () => {
  const config =
    'lanes: { "a b": { title: One }, "a-b": { title: Two }, "ä": { title: Three }, "日本": { title: Four } }';
  const { plan, told } = scaffold(sources(config));
  expect([plan.items.map(({ id }) => id), told]).toEqual([['create-a-b', 'create-a-b-2', 'create-a', 'create'], []]);
});

describe('a scaffold that was carried out', () => {
  const word = fc.constantFrom('a', 'b', 'c', 'd e', 'Ä', '#7', '-->', 'b.2');
  const lanes = fc.uniqueArray(fc.tuple(word, fc.array(word, { maxLength: 3 }), fc.integer({ min: 1, max: 3 })), {
    selector: ([name]) => name,
    minLength: 1,
    maxLength: 4,
  });

  test('leaves nothing to do, whatever the templates', () => {
    fc.assert(
      fc.property(lanes, fc.string(), (given, title) => {
        const config = {
          // A lane waits for earlier ones alone, so that there is no circle.
          lanes: Object.fromEntries(
            given.map(([name, after, count], index) => [
              name,
              {
                after: after.filter((one) => given.slice(0, index).some(([earlier]) => earlier === one)),
                tasks: Array.from({ length: count }, (_, n) => ({
                  key: `t${n}`,
                  title: `${name} ${n} {umbrella.title}`,
                  body: 'of {umbrella.title}',
                  after: n === 0 ? [] : ['t0'],
                })),
              },
            ]),
          ),
        };
        const facts = scaffoldFacts({ umbrella: umbrella({ title }) });
        const from = sources(JSON.stringify(config));
        const first = scaffold(from, { facts });
        const after = applyToFacts(facts, first.plan);
        const again = scaffold(from, { facts: after });
        expect(first.told).toEqual([]);
        expect(after.children).toHaveLength(given.reduce((sum, [, , count]) => sum + count, 0));
        expect([again.plan.items, again.plan.notes]).toEqual([[], []]);
      }),
    );
  });
});
