import { describe, expect, test } from 'vitest';
import type { PlanDraft } from '../../../../src/core/plan/plan.ts';
import { type Ref, refKey } from '../../../../src/core/task/identity.ts';
import { type NamedIssue, planChecklist } from '../../../../src/core/umbrella/scaffold/plan-checklist.ts';
import { readChecklist } from '../../../../src/core/umbrella/scaffold/read-checklist.ts';
import type { ScaffoldFacts } from '../../../../src/core/umbrella/scaffold/scaffold-facts.ts';
import { ref } from '../../build-facts.ts';
import { applyToFacts, child, scaffoldFacts, umbrella } from './scaffolding.ts';

const issue = (number: number, input: Partial<NamedIssue> = {}): NamedIssue => ({
  ref: ref(number),
  isPullRequest: false,
  parent: null,
  ...input,
});

function plan(facts: ScaffoldFacts, ...found: readonly NamedIssue[]): PlanDraft {
  const place = { repository: facts.umbrella.ref, host: 'github.com' };
  const named = new Map(found.map((one) => [refKey(one.ref), one]));
  return planChecklist({ facts, entries: readChecklist(facts.umbrella.body, place), named });
}

const withBody = (body: string, rest: Partial<ScaffoldFacts> = {}) =>
  scaffoldFacts({ umbrella: umbrella({ body }), ...rest });

const rows = ({ items }: PlanDraft) => items.map(({ id, change }) => `${id}: ${change.kind}`);

describe('a checklist', () => {
  const BODY = '# Harbor\n\n- [ ] Build the pier\n- [x] Buy the land\n- [ ] #12\n  - [ ] nested\n';

  test('becomes children, links, and last of all an edit with their numbers', () => {
    const { items, notes } = plan(withBody(BODY), issue(12));
    expect(notes).toEqual([]);
    expect(items).toEqual([
      {
        id: 'link-12',
        change: { kind: 'add_sub_issue', parent: ref(1), child: ref(12), replaceParent: false },
        needs: [],
        selected: true,
        evidence: [{ rule: 'checklist', quote: '#12', in: ref(1), path: null, line: 5, confidence: null }],
      },
      {
        id: 'create-build-the-pier',
        change: {
          kind: 'create_issue',
          repository: { owner: 'octo', repo: 'harbor' },
          parent: ref(1),
          key: expect.stringMatching(/^scaffold:checklist:[0-9a-f]{8}$/),
          title: 'Build the pier',
          body: '',
          labels: [],
          assignees: [],
          milestone: null,
          issueType: null,
        },
        needs: [],
        selected: true,
        evidence: [{ rule: 'checklist', quote: 'Build the pier', in: ref(1), path: null, line: 3, confidence: null }],
      },
      {
        id: 'body',
        change: {
          kind: 'update_issue_body',
          on: ref(1),
          expected: BODY,
          body: BODY.replace('Build the pier', '#{create-build-the-pier}'),
        },
        needs: ['create-build-the-pier'],
        selected: true,
        evidence: [{ rule: 'checklist', quote: 'Build the pier', in: ref(1), path: null, line: 3, confidence: null }],
      },
    ]);
  });

  test('that was carried out leaves nothing to do', () => {
    const facts = withBody(BODY);
    const after = applyToFacts(facts, plan(facts, issue(12)));
    expect(after.umbrella.body).toBe(BODY.replace('Build the pier', '#2'));
    expect(plan(after, issue(12))).toMatchObject({ items: [], notes: [] });
  });

  test('whose edit was lost gets its numbers, and makes nothing twice', () => {
    const facts = withBody('- [ ] Pier\n- [ ] Beacon\n');
    const made = applyToFacts(facts, { items: plan(facts).items.filter(({ id }) => id === 'create-pier') });
    const again = plan(made);
    expect(rows(again)).toEqual([
      'body-known: update_issue_body',
      'create-beacon: create_issue',
      'body: update_issue_body',
    ]);
    expect(applyToFacts(made, again).umbrella.body).toBe('- [ ] #2\n- [ ] #3\n');
  });

  test('takes a child of the same title for the item', () => {
    const facts = withBody('- [ ] Pier\n', { children: [child(4, { title: 'pier', isOwn: false })] });
    expect(rows(plan(facts))).toEqual(['body-known: update_issue_body']);
    expect(applyToFacts(facts, plan(facts)).umbrella.body).toBe('- [ ] #4\n');
  });

  test('makes two children of two equal items', () => {
    const facts = withBody('- [ ] Test it\n- [ ] Test it\n');
    expect(rows(plan(facts))).toEqual([
      'create-test-it: create_issue',
      'create-test-it-2: create_issue',
      'body: update_issue_body',
    ]);
  });

  test('leaves an item that names a child alone', () => {
    const body = '- [ ] #4\n- [ ] octo/harbor#4 again\n- [ ] [The quay](https://github.com/octo/harbor/issues/4)\n';
    expect(plan(withBody(body, { children: [child(4)] }))).toMatchObject({
      items: [],
      notes: [],
    });
  });

  test.each<[string, string, readonly NamedIssue[], string]>([
    ['what cannot be found', '#9', [], 'cannot be found or seen'],
    ['a pull request', '#9', [issue(9, { isPullRequest: true })], 'a pull request cannot be a child'],
    ['the umbrella itself', '#1', [issue(1)], 'the umbrella itself'],
    ['an issue with a parent', '#9', [issue(9, { parent: ref(3) })], 'it has a parent, #3'],
  ])('does not link %s, and says why', (_what, text, found, why) => {
    const { items, notes } = plan(withBody(`- [ ] ${text}\n`), ...found);
    expect([items, notes]).toEqual([
      [],
      [{ kind: 'not_linked', text: expect.stringContaining(why), about: expect.anything() }],
    ]);
  });

  test('does not link what stands above the umbrella, and says why', () => {
    const facts = { ...withBody('- [ ] #9\n'), ancestors: [ref(3), ref(9)] };
    const { items, notes } = plan(facts, issue(9));
    expect([items, notes]).toEqual([
      [],
      [{ kind: 'not_linked', text: expect.stringContaining('stands above this umbrella'), about: ref(9) }],
    ]);
  });

  test('does not link an issue of another owner', () => {
    const theirs: Ref = { owner: 'rival', repo: 'harbor', number: 3 };
    const { items, notes } = plan(withBody('- [ ] rival/harbor#3\n'), issue(3, { ref: theirs }));
    expect([items, notes[0]?.about]).toEqual([[], theirs]);
  });

  test('gives a title that GitHub takes, and the whole text where it is longer', () => {
    const { items } = plan(withBody(`- [ ] **Ask** [@kim](https://example.org) about \`x\` ${'y'.repeat(300)}\n`));
    expect(items[0]?.change).toMatchObject({
      title: expect.stringMatching(/^Ask @kim about `x` y{236}…$/),
      body: expect.stringMatching(
        /^\\\*\\\*Ask\\\*\\\* \\\[@\u200bkim\\\]\(\[.*\]\(https:\/\/example\.org\)\) about &#96;x&#96; y{300}$/,
      ),
    });
  });

  test.each([
    ['an address', '[Design](http://x.org/a)', 'Design', '\\[Design\\]([http:\u200b//x.org/a](http://x.org/a))'],
    ['a comment', 'Pier <!-- of @kim -->', 'Pier', 'Pier &#60;!-- of @\u200bkim --&#62;'],
    [
      'an issue, which it does not link again',
      '[Pier](https://github.com/octo/quay/issues/5) is late',
      'Pier is late',
      '\\[Pier\\](https:\u200b//github.com/octo/quay/issues/5) is late',
    ],
    ['nothing but emphasis', '**Pier** _now_', 'Pier now', ''],
  ])('keeps %s that the title does not say', (_what, text, title, body) => {
    const { items } = plan(withBody(`- [ ] See ${text}\n`));
    expect(items[0]?.change).toMatchObject({ title: `See ${title}`, body: body === '' ? '' : `See ${body}` });
  });

  test('takes no more items than an issue can have children', () => {
    const { items, notes } = plan(withBody(Array.from({ length: 103 }, (_, n) => `- [ ] Task ${n}\n`).join('')));
    expect([items.length, notes.map(({ kind }) => kind)]).toEqual([101, ['too_many']]);
  });
});
