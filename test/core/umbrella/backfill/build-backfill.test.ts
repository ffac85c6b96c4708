import { describe, expect, test } from 'vitest';
import { checkPlan } from '../../../../src/core/plan/check-plan.ts';
import { describeConflict, planBackfill } from '../../../../src/core/umbrella/backfill/plan-backfill.ts';
import { ref } from '../../build-facts.ts';
import { backfillOf, backfillTask, conflictsOf, proposalsOf, umbrella } from './backfill-task.ts';

/** What the body of #2 says, with #1 an umbrella, #3 and #4 tasks, #5 the task bd-a3. */
const statedBy = (body: string, labels: readonly string[] = []) =>
  backfillOf(
    umbrella(1, { title: 'The harbor' }),
    backfillTask(2, { body, labels }),
    backfillTask(3, { title: 'First: login page' }),
    backfillTask(4, { title: 'Second: logout page' }),
    backfillTask(5, { title: 'bd-a3: engine' }),
  );

const PARENT_OF_2 = ['#2 parent #1 by parent_line: apply'];

describe('a line that names the parent', () => {
  test.each([
    ['by number', 'Parent: #1'],
    ['by full number', 'Parent: octo/harbor#1'],
    ['by address', 'Parent: https://github.com/octo/harbor/issues/1'],
    ['by a link', 'Parent: [the harbor](https://github.com/octo/harbor/issues/1)'],
    ['by a link that shows the number', 'Parent: [#1](https://github.com/octo/harbor/issues/1)'],
    ['in bold', '**Parent:** #1'],
    ['with the colon outside', '**Parent**: **#1**'],
    ['as an epic', 'Epic: #1'],
    ['as a parent epic in a list', 'Context:\n\n- Parent epic: #1 (Harbor)'],
    ['with a dash', 'Parent issue – #1'],
    ['as a child', 'Child of #1'],
    ['as a sentence', 'This is a sub-issue of #1.'],
    ['among other text', 'Text.\nParent: #1\nMore text about #3.'],
    ['in an answer of a form', '### Parent issue\n\n#1\n\n### Notes\n\n#3 is near.'],
    ['in capitals', 'PARENT: #1'],
  ])('%s', (_, body) => {
    expect(proposalsOf(statedBy(body))).toEqual(PARENT_OF_2);
  });

  test('by planned id, whatever its case', () => {
    expect(proposalsOf(statedBy('Parent: BD-A3 (engine)'))).toEqual(['#2 parent #5 by parent_line: apply']);
  });

  test.each([
    ['a bare mention', 'See #1, which is the epic.'],
    ['a mention in the middle of a line', 'The parent of this is #1'],
    ['nothing behind the colon', 'Parent: none, though #1 is near'],
    ['another word first', 'Parent: like #1'],
    ['code', '`Parent: #1`'],
    ['a block of code', '```\nParent: #1\n```'],
    ['an indented block of code', 'Text.\n\n    Parent: #1'],
    ['a quote', '> Parent: #1'],
    ['a comment of a template', '<!-- Parent: #1 -->'],
    ['a comment over many lines', '<!--\nWrite the parent here:\n\nParent: #1\n-->'],
    ['a quote in HTML', '<blockquote>\n\nParent: #1\n\n</blockquote>'],
    ['itself', 'Parent: #2'],
    ['a number of another host', 'Parent: https://example.com/octo/harbor/issues/1'],
    ['a number without its sign', 'Parent: 1'],
    ['an id inside a longer one', 'Parent: bd-a3x'],
    ['struck out', '~~Parent: #1~~'],
  ])('counts for nothing as %s', (_, body) => {
    expect(statedBy(body)).toEqual({ proposals: [], conflicts: [] });
  });

  test('carries its quote, its line and how often such lines are right', () => {
    expect(statedBy('Some text.\n\n- Parent epic: **#1** (Harbor)').proposals).toEqual([
      {
        child: ref(2),
        parent: ref(1),
        relation: 'parent',
        rule: 'parent_line',
        confidence: 0.9,
        tier: 'apply',
        evidence: [{ quote: 'Parent epic: #1 (Harbor)', in: ref(2), line: 3 }],
      },
    ]);
  });
});

describe('a list of children', () => {
  const BOTH = ['#3 parent #2 by children_list: apply', '#4 parent #2 by children_list: apply'];

  test.each([
    ['under Children', '## Children\n\n- #3\n- #4'],
    ['under Sub-issues with boxes', '### Sub-issues\n\n- [ ] #3 first\n- [x] #4 second'],
    ['under Phases with headings of their own', '## Phases\n\n### One\n\n1. #3\n\n### Two\n\n1. #4'],
    ['with the reference at the end', '## Children\n\n- Login page (#3)\n- Logout page #4'],
    ['under a line with a colon', 'Children:\n- #3\n- #4'],
    ['under a bold line', '**Sub-issues (2):**\n\n- #3\n- #4'],
    ['on one line', 'Children: #3, #4'],
    ['on one line with remarks', 'Children: #3 (login), #4 (logout)'],
    ['in a table', '## Children\n\n| Task | Title |\n|---|---|\n| #3 | Login |\n| #4 | Logout |'],
    [
      'as links',
      '## Children\n- [Login](https://github.com/octo/harbor/issues/3)\n- [Logout](https://github.com/octo/harbor/issues/4)',
    ],
    ['with an emoji and a count', '## 📋 Sub-Issues (2)\n\n- #3\n- #4'],
  ])('counts %s', (_, body) => {
    expect(proposalsOf(statedBy(body, ['Umbrella']))).toEqual(BOTH);
  });

  test('says nothing in an issue without a label of umbrellas, also against a parent that is stated', () => {
    expect(statedBy('## Children\n\n- #3')).toEqual({ proposals: [], conflicts: [] });
    const stray = backfillTask(3, { body: '## Children\n\n- #2' });
    expect(proposalsOf(backfillOf(umbrella(1), backfillTask(2, { body: 'Parent: #1' }), stray))).toEqual(PARENT_OF_2);
  });

  test('counts in an issue whose type is Epic', () => {
    const tasks = [backfillTask(2, { body: '## Children\n\n- #3', issueType: 'epic' }), backfillTask(3)];
    expect(proposalsOf(backfillOf(...tasks))).toEqual(['#3 parent #2 by children_list: apply']);
  });

  test('leaves to a child what is nested under it', () => {
    expect(proposalsOf(statedBy('## Children\n\n- #3\n  - #4', ['epic']))).toEqual([BOTH[0]]);
  });

  test.each([
    ['under another heading', '## Related\n\n- #3'],
    ['after the section', '## Children\n\nNone yet.\n\n## Notes\n\n- #3'],
    ['after the line that opens a list', 'Children:\n\nNone.\n\n- #3'],
    ['behind words of another relation', '## Children\n\n- Login, blocked by #3\n- Logout, see #4'],
    ['in the middle of an item', '## Children\n\n- Do what #3 says about it'],
    ['in a quote', '> ## Children\n>\n> - #3'],
    ['in code', '## Children\n\n```\n- #3\n```'],
    ['in text', '## Children\n\nAs #3 says.'],
  ])('ignores a reference %s', (_, body) => {
    expect(statedBy(body, ['epic'])).toEqual({ proposals: [], conflicts: [] });
  });
});

describe('a planned id', () => {
  test.each([
    ['bd-a3f8.1', 'bd-a3f8', 'apply'],
    ['bd-a3f8.1.2', 'bd-a3f8.1', 'apply'],
    ['P1.M2.T3', 'P1.M2', 'apply'],
    ['M7-T01', 'M7', 'apply'],
    ['BD-A3F8.1', 'bd-a3f8', 'apply'],
    ['bd-a3f8.1.2', 'bd-a3f8', 'review'],
  ])('%s is below %s: %s', (child, parent, tier) => {
    const tasks = [backfillTask(1, { plannedId: parent }), backfillTask(2, { plannedId: child })];
    expect(proposalsOf(backfillOf(...tasks))).toEqual([`#2 parent #1 by dotted_id: ${tier}`]);
  });

  test.each([
    ['bd-a3f81', 'bd-a3f8'],
    ['bd-a3-f8', 'bd-a3'],
    ['bd-a3f8', 'bd'],
  ])('%s is not below %s', (child, parent) => {
    const tasks = [backfillTask(1, { plannedId: parent }), backfillTask(2, { plannedId: child })];
    expect(backfillOf(...tasks)).toEqual({ proposals: [], conflicts: [] });
  });
});

describe('weaker words', () => {
  test('"Part of" asks for review', () => {
    expect(proposalsOf(statedBy('Part of #1, the harbor.'))).toEqual(['#2 parent #1 by part_of: review']);
  });

  test('"Blocked by" makes dependencies and never a parent', () => {
    expect(proposalsOf(statedBy('Blocked by: #1 (the harbor), #3 and bd-a3'))).toEqual([
      '#2 blocked_by #1 by blocked_by_line: apply',
      '#2 blocked_by #3 by blocked_by_line: apply',
      '#2 blocked_by #5 by blocked_by_line: apply',
    ]);
    expect(proposalsOf(statedBy('## Depends on\n\n- #3\n- #4 (logout page)'))).toEqual([
      '#2 blocked_by #3 by blocked_by_line: apply',
      '#2 blocked_by #4 by blocked_by_line: apply',
    ]);
  });

  test('a task that says it depends on its own parent is not blocked by it', () => {
    expect(proposalsOf(statedBy('Parent: #1\n\nDepends on #1'))).toEqual(PARENT_OF_2);
  });
});

describe('further words, which may take back what is said, leave it to a person', () => {
  test.each([
    ['a remark', 'Parent: #1 (no longer)', 'parent #1 by parent_line'],
    ['a question', 'Parent: #1?', 'parent #1 by parent_line'],
    ['a sentence that goes on', 'Epic: #1 was wrong; see #3', 'parent #1 by parent_line'],
    ['a next sentence', 'Child of #1. No longer.', 'parent #1 by parent_line'],
    ['a negation', 'Depends on #1 not being merged', 'blocked_by #1 by blocked_by_line'],
  ])('%s', (_, body, link) => {
    expect(proposalsOf(statedBy(body))).toEqual([`#2 ${link}: review`]);
  });

  test.each([
    ['behind a child', '- #3 not a child really'],
    ['before a child', '- not a child: #3'],
    ['in a row', '| #3 | dropped |'],
  ])('%s', (_, row) => {
    expect(proposalsOf(statedBy(`## Children\n\n${row}`, ['epic']))).toEqual(['#3 parent #2 by children_list: review']);
  });

  test('but not words of the title of what is named, nor what is read of several', () => {
    expect(proposalsOf(statedBy('Blocked by #3 (login page), #4 and #1: the harbor.'))).toEqual([
      '#2 blocked_by #1 by blocked_by_line: apply',
      '#2 blocked_by #3 by blocked_by_line: apply',
      '#2 blocked_by #4 by blocked_by_line: apply',
    ]);
  });
});

describe('conflicts', () => {
  test('two parents are listed with all that is said, and neither is proposed', () => {
    const backfill = backfillOf(
      umbrella(1),
      umbrella(3, { body: '## Children\n\n- #2' }),
      backfillTask(2, { body: 'Parent: #1' }),
    );
    expect([proposalsOf(backfill), conflictsOf(backfill)]).toEqual([[], ['two_parents #2: #1, #3']]);
  });

  test('a parent and what stands above it do not contradict: the nearest is the parent, with both quotes', () => {
    const backfill = backfillOf(
      umbrella(1),
      umbrella(3, { body: 'Parent: #1' }),
      backfillTask(2, { body: 'Epic: #1\nParent: #3' }),
    );
    expect(conflictsOf(backfill)).toEqual([]);
    expect(proposalsOf(backfill)).toEqual([
      ...['#2 parent #3 by parent_line: apply'],
      '#3 parent #1 by parent_line: apply',
    ]);
    expect(backfill.proposals[0]?.evidence.map(({ quote }) => quote)).toEqual(['Parent: #3', 'Epic: #1']);
  });

  test('"Part of" against a stated parent leaves both to a person', () => {
    const backfill = backfillOf(umbrella(1), backfillTask(3), backfillTask(2, { body: 'Parent: #1\n\nPart of #3' }));
    expect([proposalsOf(backfill), conflictsOf(backfill)]).toEqual([
      ['#2 parent #1 by parent_line: review'],
      ['two_parents #2: #1, #3'],
    ]);
  });

  test('more than ten parents are weighed no further, though they stand above one another', () => {
    const chain = (length: number) => [
      ...Array.from({ length }, (_, n) => umbrella(n + 1, n === 0 ? {} : { parent: ref(n) })),
      backfillTask(99, { body: Array.from({ length }, (_, n) => `Parent: #${n + 1}`).join('\n') }),
    ];
    expect(proposalsOf(backfillOf(...chain(8)))).toEqual(['#99 parent #8 by parent_line: apply']);
    const conflicts = conflictsOf(backfillOf(...chain(11)));
    expect(conflicts.filter((one) => one.includes('#99'))).toEqual([
      `two_parents #99: ${Array.from({ length: 11 }, (_, n) => `#${n + 1}`).join(', ')}`,
    ]);
  });

  test('an id that two tasks carry is two parents', () => {
    const twice = [1, 3].map((number) => backfillTask(number, { plannedId: 'bd-a3' }));
    expect(conflictsOf(backfillOf(...twice, backfillTask(2, { plannedId: 'bd-a3.1' })))).toEqual([
      'two_parents #2: #1, #3',
    ]);
  });

  test('a task that has another parent is not moved', () => {
    const backfill = backfillOf(umbrella(1), umbrella(3), backfillTask(2, { body: 'Parent: #1', parent: ref(3) }));
    expect([proposalsOf(backfill), conflictsOf(backfill)]).toEqual([[], ['already_linked #2: #1']]);
  });

  test('a circle is broken nowhere', () => {
    const parents = [3, 1, 2];
    const backfill = backfillOf(...[1, 2, 3].map((number, i) => umbrella(number, { body: `Parent: #${parents[i]}` })));
    expect([proposalsOf(backfill), conflictsOf(backfill)]).toEqual([
      [],
      ['cycle #1: #3', 'cycle #2: #1', 'cycle #3: #2'],
    ]);
  });

  test('a link that closes a circle with recorded ones is a conflict', () => {
    const backfill = backfillOf(umbrella(1, { body: 'Parent: #2' }), umbrella(2, { parent: ref(1) }));
    expect([proposalsOf(backfill), conflictsOf(backfill)]).toEqual([[], ['cycle #1: #2']]);
  });

  describe('tasks that would wait for each other', () => {
    const blocked = (number: number, by: number, input = {}) =>
      backfillTask(number, { body: `Blocked by #${by}`, ...input });

    test('are told, and what leads to them or away is kept', () => {
      const backfill = backfillOf(blocked(1, 2), blocked(2, 3), blocked(3, 1), blocked(4, 1), backfillTask(5));
      expect([proposalsOf(backfill), conflictsOf(backfill)]).toEqual([
        ['#4 blocked_by #1 by blocked_by_line: apply'],
        ['cycle #1: #2', 'cycle #2: #3', 'cycle #3: #1'],
      ]);
      const [first] = backfill.conflicts;
      expect(first === undefined ? null : describeConflict(first, ref(1))).toBe(
        '#1 blocked by #2: they would wait for each other',
      );
    });

    test('are told beside dependencies that exist', () => {
      const backfill = backfillOf(
        blocked(1, 2),
        backfillTask(2, { blockers: [ref(3)] }),
        backfillTask(3, { blockers: [ref(1)] }),
      );
      expect([proposalsOf(backfill), conflictsOf(backfill)]).toEqual([[], ['cycle #1: #2']]);
    });

    test('keep a plain statement where the other is in doubt', () => {
      const backfill = backfillOf(blocked(1, 2), blocked(2, 1, { body: 'Blocked by #1 not any more' }));
      expect([proposalsOf(backfill), conflictsOf(backfill)]).toEqual([
        ['#1 blocked_by #2 by blocked_by_line: apply'],
        ['cycle #2: #1'],
      ]);
    });
  });

  test('100 children fit, the recorded ones counted; with 101 nobody is chosen', () => {
    const recorded = backfillTask(1_000, { parent: ref(1) });
    const children = (count: number) =>
      Array.from({ length: count }, (_, n) => backfillTask(n + 2, { body: 'Parent: #1' }));
    const full = backfillOf(umbrella(1), recorded, ...children(99));
    expect([full.proposals.length, full.conflicts]).toEqual([99, []]);
    const over = backfillOf(umbrella(1), recorded, ...children(100));
    expect(over.proposals).toEqual([]);
    expect(new Set(over.conflicts.map(({ kind }) => kind))).toEqual(new Set(['too_many_children']));
    expect(over.conflicts).toHaveLength(100);
  });

  test('eight levels below the topmost fit, a ninth does not', () => {
    const chain = (levels: number) =>
      Array.from({ length: levels + 1 }, (_, n) => backfillTask(n + 1, { body: n === 0 ? '' : `Parent: #${n}` }));
    expect(backfillOf(...chain(8)).conflicts).toEqual([]);
    expect(backfillOf(...chain(8)).proposals).toHaveLength(8);
    const deep = backfillOf(...chain(9));
    expect([deep.proposals, deep.conflicts.map(({ kind }) => kind)]).toEqual([[], Array(9).fill('too_deep')]);
  });

  test('another owner, and what is no issue here', () => {
    const backfill = backfillOf(
      backfillTask(2, { body: 'Parent: acme/port#1' }),
      backfillTask(3, { body: 'Parent: #99' }),
      backfillTask(4, { body: 'Parent: octo/port#1' }),
    );
    expect(conflictsOf(backfill)).toEqual(['other_owner #2: acme/port#1', 'not_an_issue #3: #99']);
    expect(proposalsOf(backfill)).toEqual(['#4 parent octo/port#1 by parent_line: review']);
  });
});

test('a link that exists is not proposed again', () => {
  const tasks = [
    umbrella(1),
    backfillTask(3),
    backfillTask(2, { body: 'Parent: #1\nBlocked by #3', parent: ref(1), blockers: [ref(3)] }),
  ];
  expect(backfillOf(...tasks)).toEqual({ proposals: [], conflicts: [] });
});

test('what several texts state is one proposal under the plainest rule', () => {
  const backfill = backfillOf(
    umbrella(1, { title: 'bd-a3: engine', body: '## Children\n\n- #2' }),
    backfillTask(2, { title: 'bd-a3.1: valve', body: 'Parent: bd-a3' }),
  );
  expect(proposalsOf(backfill)).toEqual(['#2 parent #1 by dotted_id: apply']);
  expect(backfill.proposals[0]?.evidence).toEqual([
    { quote: 'bd-a3.1', in: ref(2), line: null },
    { quote: 'Parent: bd-a3', in: ref(2), line: 1 },
    { quote: '- #2'.slice(2), in: ref(1), line: 3 },
  ]);
});

test('links between repositories with long names get ids that a plan takes', () => {
  const far = `octo/${'harbor-'.repeat(13)}a`;
  const backfill = backfillOf(
    backfillTask(1, { in: far }),
    backfillTask(2, { in: far, body: 'Blocked by #1' }),
    umbrella(3, { in: far }),
    backfillTask(4, { in: far, body: 'Parent: #3' }),
  );
  const plan = planBackfill(ref(1), backfill);
  expect(plan.items.map(({ change }) => change.kind)).toEqual(['add_blocker', 'add_sub_issue']);
  expect(() => checkPlan(plan)).not.toThrow();
});
