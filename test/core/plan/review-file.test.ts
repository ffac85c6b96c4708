import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { checkReview, parseReviewFile, renderReviewFile } from '../../../src/core/plan/review-file.ts';
import { ref } from '../build-facts.ts';
import { hostileText } from '../random-work.ts';
import { createItem, linkItem, planOf } from './build-plan.ts';

const evidence = { rule: 'part_of', quote: 'Part of #1', in: ref(2), path: null, line: null, confidence: 0.93 };

describe('a checklist', () => {
  test('has a line for each item, ticked where the plan selects it, and says what is left alone', () => {
    const plan = {
      ...planOf(linkItem(2, { evidence: [evidence] }), linkItem(3, { selected: false })),
      notes: [{ kind: 'conflict', text: '#4 has two parents', about: ref(4) }],
    };
    expect(renderReviewFile(plan).replaceAll('\u200b', '')).toBe(`# Plan p-1a2b3c4d for octo/harbor

Tick what is to be applied, then run \`parasol plan apply p-1a2b3c4d --review FILE\`. A line that is gone is not applied. Ticks choose and words change nothing: a ticked line whose words differ is refused.

<!-- plan p-1a2b3c4d -->

- [x] make #2 a child of #1 — "Part of #1" (part_of, 0.93) <!-- link-2 -->
- [ ] make #3 a child of #1 <!-- link-3 -->

## Left alone

- #4 has two parents
`);
  });

  test('is read back as it was written, whatever titles and quotes hold', () => {
    fc.assert(
      fc.property(hostileText, hostileText, fc.boolean(), (title, quote, selected) => {
        const made = { ...createItem('create-api', { title }), selected, evidence: [{ ...evidence, quote }] };
        const text = renderReviewFile(planOf(linkItem(2), made));
        expect(parseReviewFile(text, 'x.md')).toEqual({
          planId: 'p-1a2b3c4d',
          ticked: selected ? ['link-2', 'create-api'] : ['link-2'],
        });
      }),
    );
  });

  test('follows what a person did to it: other bullets, capital X, CRLF, lines removed and written in between', () => {
    const edited =
      '<!-- plan p-1a2b3c4d -->\r\n* [X] mine <!-- link-3 -->\r\nA remark\r\n  - [ ] no <!-- link-2 -->\r\n';
    expect(parseReviewFile(edited, 'x.md')).toEqual({ planId: 'p-1a2b3c4d', ticked: ['link-3'] });
  });

  test.each(['p-1a2b3c4d', 'p-1a2b3c4d5e6f'])('is one of a plan with an old or a new id: %s', (id) => {
    expect(parseReviewFile(renderReviewFile({ ...planOf(linkItem(2)), id }), 'x.md').planId).toBe(id);
  });

  test.each([
    ['a box without an item', '<!-- plan p-1a2b3c4d -->\n\n- [x] link #2', 'x.md:3: this line has a box and no item.'],
    ['an odd tick', '- [?] link <!-- link-2 -->', 'x.md:1: [?] is no tick.'],
    ['an item twice', '- [x] a <!-- a -->\n- [ ] a <!-- a -->', 'x.md:2: a stands here a second time.'],
    ['no plan', '- [x] a <!-- a -->', 'x.md: no line names the plan.'],
  ])('names file and line of %s', (_, text, message) => {
    expect(() => parseReviewFile(text, 'x.md')).toThrow(message);
  });

  test('is refused for another plan, and where it names an item that the plan has not', () => {
    const text = '<!-- plan p-1a2b3c4d -->\n- [ ] odd <!-- link-9 -->\n';
    const review = parseReviewFile(text, 'x.md');
    const source = { text, file: 'x.md' };
    expect(() => checkReview(review, planOf(linkItem(2)), source)).toThrow('x.md:2: the plan has no item link-9.');
    expect(() => checkReview(review, { ...planOf(), id: 'p-00000000' }, source)).toThrow(
      'x.md: it is about p-1a2b3c4d',
    );
  });
  test.each([
    ['another parent', 'make #2 a child of #9 — "Part of #1" (part_of, 0.93)'],
    ['another child', 'make #3 a child of #1 — "Part of #1" (part_of, 0.93)'],
    ['no reason', 'make #2 a child of #1'],
    ['no words at all', ''],
  ])('is refused where a ticked line has %s, with its place and what the plan says', (_, words) => {
    const plan = planOf(linkItem(2, { evidence: [evidence] }));
    const file = (tick: string) => ({
      text: `<!-- plan p-1a2b3c4d -->\n- [${tick}] ${words} <!-- link-2 -->`,
      file: 'x.md',
    });
    const check = (tick: string) => checkReview(parseReviewFile(file(tick).text, 'x.md'), plan, file(tick));
    expect(() => check('x')).toThrow(
      'x.md:2: the words of link-2 were changed, and a changed line is not honoured: the plan says "make #2 a child of #1 — ',
    );
    expect(() => check(' ')).not.toThrow();
  });

  test('is taken as it was written, whatever titles and quotes hold, and whatever an editor did to spaces and line ends', () => {
    fc.assert(
      fc.property(hostileText, hostileText, (title, quote) => {
        const plan = planOf(createItem('create-api', { title }), linkItem(2, { evidence: [{ ...evidence, quote }] }));
        const text = renderReviewFile(plan)
          .replaceAll('\u200b', '')
          .replaceAll('- [', '  * [')
          .replaceAll('\n', ' \r\n');
        expect(() => checkReview(parseReviewFile(text, 'x.md'), plan, { text, file: 'x.md' })).not.toThrow();
      }),
    );
  });
});

test.each(['1. [x]', '12) [x]', '-  [x]', '-\t[X]'])('sees the tick of a line that begins with %s', (box) => {
  const text = `<!-- plan p-1a2b3c4d -->\r\n${box} words <!-- link-2 -->\r\n`;
  expect(parseReviewFile(text, 'review.md').ticked).toEqual(['link-2']);
});
