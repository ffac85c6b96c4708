import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { checkPlan } from '../../../../src/core/plan/check-plan.ts';
import { selectItems } from '../../../../src/core/plan/select-items.ts';
import { known, unknown } from '../../../../src/core/reading.ts';
import { assessDrift } from '../../../../src/core/umbrella/drift/assess-drift.ts';
import type { DriftFacts, DriftFinding, ListedThing } from '../../../../src/core/umbrella/drift/drift.ts';
import { editLines } from '../../../../src/core/umbrella/drift/edit-lines.ts';
import { planDriftFix } from '../../../../src/core/umbrella/drift/plan-drift-fix.ts';
import { progressOf } from '../../../../src/core/umbrella/progress.ts';
import { ref } from '../../build-facts.ts';

interface Story {
  readonly open?: readonly number[];
  readonly closed?: readonly number[];
  readonly others?: Readonly<Record<number, ListedThing>>;
  /** Nearest first. */
  readonly above?: readonly number[];
}

function facts(body: string, { open = [], closed = [], others = {}, above = [] }: Story): DriftFacts {
  const child = (number: number, state: 'open' | 'closed') => ({ ref: ref(number), title: `Task ${number}`, state });
  const children = [...open.map((n) => child(n, 'open')), ...closed.map((n) => child(n, 'closed'))];
  return {
    umbrella: {
      ref: ref(1),
      url: 'https://github.com/octo/harbor/issues/1',
      body,
      children: known(children.map((one) => one.ref)),
      childrenTotal: children.length,
    },
    ancestors: above.map((number) => ref(number)),
    children,
    progress: progressOf(children.map(({ state }) => (state === 'closed' ? 'done' : 'unblocked'))),
    others: new Map(Object.entries(others).map(([number, thing]) => [`octo/harbor#${number}`, thing])),
  };
}

const saidOf = (body: string, story: Story): readonly string[] =>
  assessDrift(facts(body, story)).findings.map(({ text }) => text);

const LOOSE: ListedThing = { kind: 'issue', state: 'open', parent: null };

describe('drift', () => {
  it('is none where the text and the links say the same', () => {
    const body = '## Children\n- [ ] #2 load\n- [x] #3 unload\n\n1/2 done, Progress: 50 %';
    expect(assessDrift(facts(body, { open: [2], closed: [3] }))).toEqual({ findings: [], gaps: [] });
  });

  it('tells a listed task that is not linked, with its line and words', () => {
    const finding: DriftFinding = {
      kind: 'not_linked',
      ref: ref(9),
      line: 3,
      quote: '[ ] #9 the crane',
      text: 'the text lists #9, which is not linked',
      fix: { kind: 'link' },
    };
    expect(assessDrift(facts('Plan\n\n- [ ] #9 the crane', { others: { 9: LOOSE } })).findings).toEqual([finding]);
  });

  it.each<[string, ListedThing, readonly string[]]>([
    ['has another parent', { ...LOOSE, parent: ref(7) }, ['the text lists #9, which is a sub-issue of #7']],
    ['is gone', { kind: 'missing' }, ['the text lists #9, which does not exist or cannot be seen']],
    ['nobody looked at', { kind: 'unread' }, ['the text lists #9, which is no sub-issue']],
    ['is a pull request', { kind: 'pull_request' }, []],
  ])('links nothing that %s', (_what, thing, said) => {
    const { findings } = assessDrift(facts('- [ ] #9', { others: { 9: thing } }));
    expect(findings.map(({ text }) => text)).toEqual(said);
    expect(findings.map(({ fix }) => fix)).toEqual(said.map(() => null));
  });

  it('links nothing above the umbrella under it, nor anything where that would be too deep', () => {
    const others = { 8: { ...LOOSE, parent: ref(9) }, 9: LOOSE, 10: LOOSE };
    const findingsOf = (above: readonly number[]) =>
      assessDrift(facts('- [ ] #8\n- [ ] #9\n- [ ] #10', { others, above })).findings.map(({ text, fix }) => [
        text,
        fix,
      ]);
    expect(findingsOf([8, 9])).toEqual([
      ["the text lists #8, which is the umbrella's own parent and cannot be its sub-issue, too", null],
      ['the text lists #9, which stands above the umbrella and cannot be its sub-issue, too', null],
      ['the text lists #10, which is not linked', { kind: 'link' }],
    ]);
    expect(findingsOf([8, 20, 21, 22, 23, 24, 25, 9]).at(-1)).toEqual([
      'the text lists #10, which is not linked; it would stand deeper than the 8 levels that GitHub allows',
      null,
    ]);
  });

  it.each([
    ['a box in a list', '- [ ] #9 the crane'],
    ['a nested box', '- api\n  - [ ] #9'],
    ['a numbered list', '1. [ ] octo/harbor#9'],
    ['a link', '- [ ] [The crane](https://github.com/octo/harbor/issues/9)'],
    ['words in bold', '- [ ] **#9** the crane'],
    ['a list without boxes under a heading', '## Sub-issues\n\n- #9 the crane'],
    ['a list below a heading of its own part', '## Children\n\n### api\n\n- #9 the crane'],
  ])('reads %s', (_what, body) => {
    expect(saidOf(body, { others: { 9: LOOSE } })).toEqual(['the text lists #9, which is not linked']);
  });

  it.each([
    ['a mention later in an item', '- [ ] follow up on #9'],
    ['a list under another heading', '## See also\n\n- #9'],
    ['a list after the part about children', '## Children\n\nNone.\n\n## See also\n\n- #9'],
    ['code', '```\n- [ ] #9\n```'],
    ['a quote', '> - [ ] #9'],
    ['a comment', '<!--\n- [ ] #9\n-->'],
    ['another host', '- [ ] https://example.com/octo/harbor/issues/9'],
    ['itself', '- [ ] #1'],
    ['a number that is none', '- [ ] #9th'],
  ])('does not read %s', (_what, body) => {
    expect(saidOf(body, { others: { 9: LOOSE } })).toEqual([]);
  });

  it('tells children that the list lacks, and nothing where there is no list', () => {
    expect(saidOf('- [ ] #2', { open: [2, 3] })).toEqual(["#3 is a sub-issue that the text's list lacks"]);
    expect(saidOf('The plan.', { open: [2, 3] })).toEqual([]);
  });

  it('tells boxes that are out of step with their tasks', () => {
    const body = '- [x] #2\n- [ ] #3\n- [ ] #9';
    const closed: ListedThing = { kind: 'issue', state: 'closed', parent: ref(7) };
    expect(saidOf(body, { open: [2], closed: [3], others: { 9: closed } })).toEqual([
      '#2 is ticked and open',
      '#3 is closed and not ticked',
      'the text lists #9, which is a sub-issue of #7',
      '#9 is closed and not ticked',
    ]);
  });

  it.each([
    ['2/3 done', ['the text says 2/3 done; it is 1 of 2']],
    ['2 of 2 sub-issues are closed', ['the text says 2 of 2 sub-issues are closed; it is 1 of 2']],
    ['Progress: 90%', ['the text says Progress: 90%; it is 50 %']],
    ['49 % done', ['the text says 49 % done; it is 50 %']],
    ['1 of 2 done', []],
    ['2/3 done (66 %)', ['the text says 2/3 done; it is 1 of 2', 'the text says 2/3 done (66 %); it is 50 %']],
    ['1/2 done (66%)', ['the text says 1/2 done (66%); it is 50 %']],
    ['Progress: 50 % (0/2 tasks)', ['the text says Progress: 50 % (0/2 tasks); it is 1 of 2']],
    ['1/2 done (75 % of the budget)', []],
    ['released 2/3 of the cargo', []],
    ['`2/3 done`', []],
    ['on 2026/11/22 done', []],
  ])('judges the summary "%s"', (body, said) => {
    expect(saidOf(body, { open: [2], closed: [3] })).toEqual(said);
  });

  it.each([
    ['an item of a list', '- #3: 2/3 done'],
    ['a row of a table', '| part | done |\n|---|---|\n| api 2/3 done | x |\n| 2/3 done | y |'],
    ['a named part', 'api: 2/3 done'],
    ['a named part in bold', 'The plan.\n\n**Phase 1** – 2/3 done, 67 % complete'],
    ['a part in brackets', 'Front end (2/3 done)'],
    ['a part in a sentence', 'We go on. The backend is 2/3 done.'],
    ['a part', '# Harbor\n\n## Phase 1\n\n2/3 done'],
    ['the progress of a part', '## Phase 1\n\n### Progress\n\n2/3 done'],
    ['the heading of a part', '## Phase 2: 0/2 done'],
    ['one of several parts at the top', '# Phase 1\n2/2 done\n\n# Phase 2\n0/2 done'],
  ])('does not judge the summary of %s', (_what, body) => {
    expect(saidOf(body, { open: [2], closed: [3] })).toEqual([]);
  });

  it.each([
    ['the title', '# Harbor\n\n2/3 done'],
    ['the title itself', '# Harbor 2/3 done'],
    ['no heading, labelled', 'Overall progress: 2/3 done'],
    ['no heading, with its day', 'Update 2026-11-22: 2/3 done'],
    ['no heading, in a sentence', 'We met. The umbrella is 2/3 done.'],
    ['progress, behind a part', '## Phase 1\n\n1/9 done\n\n## \u{1f6a7} Overall progress\n\n2/3 done'],
    ['progress itself', '## Progress (2/3 done)'],
    ['the children', '## Sub-issues\n\n2/3 done'],
  ])('judges a summary under %s', (_what, body) => {
    expect(saidOf(body, { open: [2], closed: [3] })).toEqual(['the text says 2/3 done; it is 1 of 2']);
  });

  it('leaves summaries that say different things to a person', () => {
    const { findings } = assessDrift(facts('2/3 done\n\n0/4 done', { open: [2], closed: [3] }));
    expect(findings.map(({ text, fix }) => [text, fix])).toEqual([
      ['the text says 2/3 done; it is 1 of 2; its summaries differ, so a person has to tell what each is about', null],
      ['the text says 0/4 done; it is 1 of 2; its summaries differ, so a person has to tell what each is about', null],
    ]);
  });

  it('cannot be ruled out where the children could not be read', () => {
    const gap = { cause: 'forbidden', what: 'sub-issues of octo/harbor#1', permission: 'issues: read' } as const;
    const unread = facts('- [ ] #9', { others: { 9: LOOSE } });
    const umbrella = { ...unread.umbrella, children: unknown(gap) };
    expect(assessDrift({ ...unread, umbrella })).toEqual({ findings: [], gaps: [gap] });
  });
});

describe('the plan that sets drift right', () => {
  const fixed = (body: string, story: Story): string => {
    const before = facts(body, story);
    const { items } = planDriftFix(before, assessDrift(before));
    const edit = items.map(({ change }) => change).findLast((change) => change.kind === 'update_issue_body');
    return edit?.body ?? body;
  };

  it('links what is only listed, edits the text, then the figures that count it, and leaves the rest to a person', () => {
    const before = facts('- [ ] #2\n- [ ] #8\n- [ ] #9\n\n0/1 done', {
      closed: [2],
      others: { 8: LOOSE, 9: { ...LOOSE, parent: ref(7) } },
    });
    const plan = planDriftFix(before, assessDrift(before));
    const ticked = '- [x] #2\n- [ ] #8\n- [ ] #9\n\n0/1 done';
    const counted = '- [x] #2\n- [ ] #8\n- [ ] #9\n\n1/2 done';
    const edit = { kind: 'update_issue_body', on: ref(1) };
    expect(plan.items.map(({ id, change, needs }) => ({ id, change, needs }))).toEqual([
      {
        id: 'link-8',
        change: { kind: 'add_sub_issue', parent: ref(1), child: ref(8), replaceParent: false },
        needs: [],
      },
      { id: 'edit-text', change: { ...edit, expected: before.umbrella.body, body: ticked }, needs: [] },
      {
        id: 'edit-summary',
        change: { ...edit, expected: ticked, body: counted },
        needs: ['link-8', 'edit-text'],
      },
    ]);
    expect(() => checkPlan(plan)).not.toThrow();
    expect(selectItems(plan, { only: null, skip: ['link-8'] }).chosen).toEqual(['edit-text']);
    expect(plan.notes).toEqual([
      { kind: 'left_alone', text: 'the text lists #9, which is a sub-issue of #7', about: ref(9) },
    ]);
  });

  it("links what is listed of the owner's other repositories, each by an id that a plan takes, and nobody else's", () => {
    const body = '- [ ] #8\n- [ ] octo/Harbor-Web#8\n- [ ] acme/harbor#8';
    const before = facts(body, { others: { 8: LOOSE } });
    const others = new Map([...before.others, ['octo/harbor-web#8', LOOSE], ['acme/harbor#8', LOOSE]]);
    const plan = planDriftFix({ ...before, others }, assessDrift({ ...before, others }));
    expect(plan.items.map(({ id }) => id)).toEqual(['link-8', 'link-8-harbor-web']);
    expect(() => checkPlan(plan)).not.toThrow();
    expect(plan.notes).toEqual([
      {
        kind: 'left_alone',
        text: 'the text lists acme/harbor#8, which belongs to another owner',
        about: { owner: 'acme', repo: 'harbor', number: 8 },
      },
    ]);
  });

  it('gives links to repositories whose long names begin alike ids of their own', () => {
    const names = ['a', 'b'].map((end) => `octo/${'harbor-'.repeat(13)}${end}`);
    const before = facts(names.map((name) => `- [ ] ${name}#8`).join('\n'), {});
    const others = new Map(names.map((name) => [`${name}#8`, LOOSE]));
    const plan = planDriftFix({ ...before, others }, assessDrift({ ...before, others }));
    expect(plan.items).toHaveLength(2);
    expect(() => checkPlan(plan)).not.toThrow();
  });

  it('keeps line ends, signs and indentation of the list', () => {
    expect(fixed('Plan\r\n  * [ ] #2\r\n\r\nEnd', { closed: [2, 3] })).toBe(
      'Plan\r\n  * [x] #2\r\n  * [x] #3\r\n\r\nEnd',
    );
    expect(fixed('## Children\n1. #2', { open: [2, 3] })).toBe('## Children\n1. #2\n1. #3');
  });

  it.each([
    ['On 3/7 we met: 3/7 done', 'On 3/7 we met: 1/3 done'],
    ['Budget 143% used, 43% complete', 'Budget 143% used, 33% complete'],
    ['`3/7` means 3/7 done', '`3/7` means 1/3 done'],
    ['x <!-- a\nb --> 3/7 done', 'x <!-- a\nb --> 1/3 done'],
    ['**Progress:** `43%`, or **43%** complete', '**Progress:** `43%`, or **43%** complete'],
    ['**Progress:** 43%', '**Progress:** 33%'],
    ['`3/7` means **3/7** done', '`3/7` means **3/7** done'],
    ['**3/7** done, 3/7 done, `3/7 done`', '**3/7** done, 1/3 done, `3/7 done`'],
    ['3\\/7 done', '3\\/7 done'],
    ['## Progress: 3/7 done ##', '## Progress: 1/3 done ##'],
    ['## Progress: 3/7 done (42 %)', '## Progress: 1/3 done (33 %)'],
    ['Progress: 3 of 7 done (43 %)', 'Progress: 1 of 3 done (33 %)'],
    ['Done: 43% (3/7)', 'Done: 33% (1/3)'],
  ])('edits the figure of "%s" where it stands, and nothing where that is in doubt', (before, after) => {
    expect(fixed(before, { open: [2, 3], closed: [4] })).toBe(after);
  });

  it('brings a summary that is still true in step with the tasks that it links', () => {
    const body = '- [ ] #2\n- [x] #3\n- [ ] #9\n\n1/2 done, Progress: 50 %';
    const story = { open: [2], closed: [3], others: { 9: LOOSE } };
    expect(saidOf(body, story)).toEqual([
      'the text lists #9, which is not linked',
      'the text says 1/2 done; it is 1 of 3 once the listed tasks are linked',
      'the text says Progress: 50 %; it is 33 % once the listed tasks are linked',
    ]);
    const after = fixed(body, story);
    expect(after).toBe('- [ ] #2\n- [x] #3\n- [ ] #9\n\n1/3 done, Progress: 33 %');
    expect(saidOf(after, { open: [2, 9], closed: [3] })).toEqual([]);
  });

  it('says why it leaves a summary to a person', () => {
    const [finding] = assessDrift(facts('`3/7` means **3/7** done', { open: [2] })).findings;
    expect(finding).toEqual({
      kind: 'summary',
      ref: null,
      line: 1,
      quote: '3/7 done',
      text: 'the text says 3/7 done; it is 0 of 1; its place in the text is in doubt, so a person has to edit it',
      fix: null,
    });
  });

  it.each([
    ['- [ ] #2 see [ ] `- [ ] x`', '- [x] #2 see [ ] `- [ ] x`'],
    ['* * [ ] #2', '* * [x] #2'],
    ['- [ ] <b>#2</b> - [ ] #3', '- [x] <b>#2</b> - [ ] #3'],
    ['- \\[ ] #2', '- \\[ ] #2'],
    ['- a\n\n  [ ] #2', '- a\n\n  [ ] #2'],
  ])("ticks the item's own box in %j", (before, after) => {
    expect(fixed(before, { closed: [2] })).toBe(after);
  });

  it.each([
    [
      'the further lines of the last',
      '- [ ] #2 a\n  more\n\n  ```\n  x\n  ```\n\nEnd',
      '- [ ] #2 a\n  more\n\n  ```\n  x\n  ```\n- [ ] #3\n\nEnd',
    ],
    ['a line that goes on without indentation', '- [ ] #2\r\nlazy\r\n', '- [ ] #2\r\nlazy\r\n- [ ] #3\r\n'],
    [
      'nested items, listed or not',
      '- [ ] #2\n  - [ ] #4\n  - [ ] #5\n\nEnd',
      '- [ ] #2\n  - [ ] #4\n  - [ ] #5\n- [ ] #3\n\nEnd',
    ],
    ['an inner list that shares its line', '* * [ ] #2\n- x', '* * [ ] #2\n  * [ ] #3\n- x'],
    ['a numbered list', '9. [ ] #2\nlazy\n10. x', '9. [ ] #2\nlazy\n9. [ ] #3\n10. x'],
    ['nothing where the next line would go on with it', '- [ ] #2\n  ```\nEnd', '- [ ] #2\n  ```\nEnd'],
    ['nothing where code is never closed', '- [ ] #2 <code>', '- [ ] #2 <code>'],
  ])('puts a new item behind %s', (_what, before, after) => {
    expect(fixed(before, { open: before.includes('#4') ? [2, 3, 4] : [2, 3] })).toBe(after);
  });

  it('leaves nothing to say about boxes, lists and summaries once it is applied, but what it left to a person', () => {
    const number = fc.integer({ min: 2, max: 9 });
    const sign = fc.constantFrom('- [ ] #', '- [x] #', '  - [ ] #', '* [X] #', '* * [ ] #', '1. [ ] #', '- - [x] #');
    const figure = fc.tuple(number, number).map(([done, of]) => `${done}/${of}`);
    const line = fc.oneof(
      fc.tuple(sign, number).map(([before, n]) => `${before}${n}`),
      figure.map((count) => `${count} done`),
      fc.tuple(figure, figure).map(([a, b]) => `On ${a} we met: ${b} done`),
      figure.map((count) => `\`${count}\` means ${count} done`),
      figure.map((count) => `**Progress:** ${count}`),
      fc.constantFrom('', '## Children', '## Phase 1', '# Progress', 'Progress: 12 %', 'words', '```', '> - [ ] #3'),
      fc.constantFrom(
        'Budget 143% used, 43% complete',
        '  more',
        '  ```',
        '\tx',
        '<!--',
        '-->',
        '- a `[ ]` b',
        '<code>',
      ),
    );
    fc.assert(
      fc.property(fc.array(line, { maxLength: 12 }), fc.uniqueArray(number), (lines, children) => {
        const story = { open: children.filter((n) => n % 2 === 0), closed: children.filter((n) => n % 2 === 1) };
        const body = lines.join('\n');
        const leftIn = (text: string) =>
          assessDrift(facts(text, story)).findings.filter(({ kind }) => kind !== 'not_linked');
        const left = leftIn(fixed(body, story));
        expect(left.filter(({ fix }) => fix !== null)).toEqual([]);
        expect(left.map(({ text }) => text)).toEqual(
          leftIn(body)
            .filter(({ fix }) => fix === null)
            .map(({ text }) => text),
        );
      }),
      { numRuns: 500 },
    );
  });
});

describe('editing lines', () => {
  const edit = (line: number, column: number, text: string, put: string) => ({ line, replaces: { column, text }, put });

  it('changes nothing without edits, and only what fits', () => {
    expect(editLines('a\r\nb\rc\n', [])).toBe('a\r\nb\rc\n');
    expect(editLines('a\nb', [edit(2, 0, 'x', 'y')])).toBe('a\nb');
    expect(editLines('a\nb', [edit(2, 0, 'b', 'c')])).toBe('a\nc');
  });

  it('moves no place by an edit in front of it', () => {
    expect(editLines('1 1 1', [edit(1, 0, '1', '100'), edit(1, 4, '1', '2')])).toBe('100 1 2');
  });
});
