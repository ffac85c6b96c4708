import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { readTaskItems, replaceTaskItems } from '../../src/core/markdown-tasks.ts';

const texts = (body: string) => readTaskItems(body).map(({ text, isTicked }) => `${isTicked ? 'x' : ' '} ${text}`);

describe('items of a checklist', () => {
  test.each([
    ['of any list, ticked or not', '- [ ] a\n* [x] b\n\n1. [X] c\n', ['  a', 'x b', 'x c']],
    ['over several lines', '- [ ] a\n  b\nc\n', ['  a b c']],
    ['without emphasis and addresses, with code', '- [ ] **a** [b](http://c) `d` <i>e</i>\n', ['  a b `d` e']],
    ['in a folded part', '<details>\n\n- [ ] a\n\n</details>\n', ['  a']],
  ])('are read %s', (_what, body, expected) => {
    expect(texts(body)).toEqual(expected);
  });

  test.each([
    ['in another list', '- a\n  - [ ] b\n'],
    ['in a quote', '> - [ ] a\n'],
    ['in a quote of HTML', '<blockquote>\n\n- [ ] a\n\n</blockquote>\n'],
    ['in a code block', '```\n- [ ] a\n```\n'],
    ['in indented code', '    - [ ] a\n'],
    ['in a comment', '<!--\n- [ ] a\n-->\n'],
    ['without a list', '[ ] a\n'],
    ['in a later paragraph of an item', '- a\n\n  [ ] b\n'],
    ['after code in an item', '- ```\n  x\n  ```\n  [ ] b\n'],
    ['without a text', '- [ ]\n- [ ] \n'],
  ])('are none %s', (_what, body) => {
    expect(texts(body)).toEqual([]);
  });
});

describe('replacing items', () => {
  test.each([
    [
      'keeps signs, nested lists and line ends',
      'a\r\n\r\n1)  [ ] b\r\n   c\r\n   - [ ] d\r\n',
      'a\r\n\r\n1)  [ ] #1\r\n   - [ ] d\r\n',
    ],
    ['keeps a text without a last line end', '- [ ] b', '- [ ] #1'],
  ])('%s', (_what, body, expected) => {
    const [item = { start: 0, end: 0 }] = readTaskItems(body);
    expect(replaceTaskItems(body, [{ item, text: '#1' }])).toBe(expected);
  });

  test('touches nothing else, whatever the body', () => {
    const line = fc.constantFrom(
      '- [ ] a',
      '- [x] b',
      '  - [ ] c',
      'd',
      '',
      '> - [ ] e',
      '```',
      '1. [ ] f',
      '<!--',
      '-->',
    );
    fc.assert(
      fc.property(fc.array(line), fc.constantFrom('\n', '\r\n', '\r'), (lines, end) => {
        const body = lines.join(end);
        const items = readTaskItems(body);
        const replaced = replaceTaskItems(
          body,
          items.map((item, n) => ({ item, text: `#${n}` })),
        );
        expect(readTaskItems(replaced).map(({ text }) => text)).toEqual(items.map((_, n) => `#${n}`));
        const untouched = lines.filter((_, n) => !items.some(({ start, end: last }) => n >= start && n < last));
        for (const one of untouched) expect(replaced.split(end)).toContain(one);
      }),
    );
  });
});
