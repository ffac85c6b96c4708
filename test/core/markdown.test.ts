import fc from 'fast-check';
import type { Nodes } from 'mdast';
import { fromMarkdown } from 'mdast-util-from-markdown';
import { gfmFromMarkdown } from 'mdast-util-gfm';
import { gfm } from 'micromark-extension-gfm';
import { describe, expect, it } from 'vitest';
import { neutralizeInline, proseOf, renderLink, visibleLine } from '../../src/core/markdown.ts';
import { hostileText } from './random-work.ts';

const parseGfm = (markdown: string) =>
  fromMarkdown(markdown, { extensions: [gfm()], mdastExtensions: [gfmFromMarkdown()] });

const typesIn = (node: Nodes): readonly string[] => [
  node.type,
  ...('children' in node ? node.children.flatMap(typesIn) : []),
];

const textIn = (node: Nodes): string =>
  'value' in node ? node.value : 'children' in node ? node.children.map(textIn).join('') : '';

const markdownText = fc
  .array(
    fc.constantFrom(
      ...['a', 'b c', 'Closes #1', '\n', '\n', '\n', '\n\n', '\n\n', ' ', '  ', '    ', '\t', '> ', '>', '- ', '* '],
      ...[
        '1. ',
        '2) ',
        '# ',
        '## ',
        '#',
        '```',
        '~~~',
        '````',
        '---',
        '***',
        '===',
        '`',
        '``',
        '*',
        '**',
        '_',
        '[',
        ']',
      ],
      ...[
        '](b)',
        '](',
        '[a]',
        '[a]: b',
        '[a]: b "',
        '"',
        ')',
        '(',
        '![',
        '<b>',
        '</b>',
        '<div>',
        '-->',
        '<a@b.cc>',
        '\\',
      ],
      ...['!', '<', '<script>', '</script>', '[]', '][a]', 'x', '|', 'é', '🚀'],
    ),
    { maxLength: 14 },
  )
  .map((parts) => parts.join(''));

function proseInTree(markdown: string): string {
  const blocks: string[] = [];
  const inline = (node: Nodes): string => {
    if (node.type === 'text') return node.value;
    if (node.type === 'break') return '\n';
    return 'children' in node ? node.children.map(inline).join('') : ' ';
  };
  const collect = (node: Nodes): void => {
    if (node.type === 'paragraph' || node.type === 'heading') blocks.push(inline(node));
    else if ('children' in node && node.type !== 'blockquote') node.children.forEach(collect);
  };
  collect(fromMarkdown(markdown));
  return blocks.join('\n\n');
}

/** Without signs that emphasis or lists may have left, and with single spaces. */
const comparable = (prose: string): readonly string[] =>
  prose
    .split('\n')
    .map((line) =>
      line
        .replace(/[*_\\#]/g, '')
        .replace(/\s+/g, ' ')
        .trim(),
    )
    .map((line) => line.replace(/^(?:(?:[-+]|\d+[.)])(?: |$))+/, ''))
    .filter((line) => line !== '');

describe('neutralizeInline', () => {
  const cases: readonly [text: string, neutral: string][] = [
    ['Load manifests', 'Load manifests'],
    ['@everyone', '@\u200beveryone'],
    ['ask @octo/db', 'ask @\u200bocto/db'],
    ['-@.A', '-@\u200b.A'],
    ['closes #1', 'closes #\u200b1'],
    ['fix o/r#12', 'fix o/r#\u200b12'],
    ['GH-7', 'GH\u200b-7'],
    ['see https://github.com/o/r/issues/1', 'see https:\u200b//github.com/o/r/issues/1'],
    ['www.example.com', 'www\u200b.example.com'],
    ['<script>alert(1)</script>', '&#60;script&#62;alert(1)&#60;/script&#62;'],
    ['a | b', 'a &#124; b'],
    ['```sh', '&#96;&#96;&#96;sh'],
    ['**bold** _it_ ~~no~~', '\\*\\*bold\\*\\* \\_it\\_ \\~\\~no\\~\\~'],
    ['![x](http://e.x/p.png)', '!\\[x\\](http:\u200b//e.x/p.png)'],
    ['one\r\n\r\n# two', 'one # two'],
    ['\u202eevil\u2066', 'evil'],
    ['zero\u200bwidth\u0000', 'zerowidth'],
    ['&#64;kim', '&#38;#\u200b64;kim'],
    ['a\\|b', 'a&#92;&#124;b'],
    ['$x$', '\\$x\\$'],
    ['👩‍🚀 déjà', '👩‍🚀 déjà'],
    ['\ud800', '\ufffd'],
  ];
  it.each(cases)('turns "%s" into "%s"', (text, neutral) => {
    expect(neutralizeInline(text)).toBe(neutral);
  });

  it('cuts at whole characters', () => {
    expect(neutralizeInline('🚀🚀🚀🚀', 3)).toBe('🚀🚀…');
  });

  it('has no ping, reference, keyword or address left, for any text', () => {
    fc.assert(
      fc.property(hostileText, (text) => {
        const neutral = neutralizeInline(text);
        expect(neutral).not.toMatch(/@[a-z0-9]|(?<!&)#\d|GH-\d|:\/\/|www\.|[\r\n|<>`]/i);
      }),
    );
  });

  it('renders as the text itself, in a paragraph and in a table cell, for any text', () => {
    fc.assert(
      fc.property(hostileText, (text) => {
        const neutral = neutralizeInline(text);
        const paragraph = parseGfm(`x ${neutral} x`);
        const table = parseGfm(`| a | b |\n| - | - |\n| x ${neutral} x | y |`);
        expect(typesIn(paragraph)).toEqual(['root', 'paragraph', 'text']);
        expect(textIn(paragraph).replaceAll('\u200b', '')).toBe(`x ${visibleLine(text)} x`.replace(/ {2,}/g, '  '));
        const row = ['tableRow', 'tableCell', 'text', 'tableCell', 'text'];
        expect(typesIn(table)).toEqual(['root', 'table', ...row, ...row]);
      }),
    );
  });
});

describe('renderLink', () => {
  it('links to pages only', () => {
    expect(renderLink('x', 'https://github.com/o/r/issues/1')).toBe('[x](https://github.com/o/r/issues/1)');
    expect(renderLink('x', 'javascript:alert(1)')).toBe('x');
    expect(renderLink('x', 'https://a b')).toBe('x');
  });

  it('stays one link, for any address', () => {
    fc.assert(
      fc.property(hostileText, (text) => {
        const types = typesIn(parseGfm(renderLink('x', `https://github.com/${text}`)));
        expect([
          ['root', 'paragraph', 'link', 'text'],
          ['root', 'paragraph', 'text'],
        ]).toContainEqual(types);
      }),
    );
  });
});

describe('proseOf', () => {
  const cases: readonly [title: string, markdown: string, prose: string][] = [
    ['paragraphs and headings', '# One\n\ntwo\nthree', 'One\n\ntwo\nthree'],
    ['list items', '- a\n- **b**\n  - c', 'a\n\nb\n\nc'],
    ['link texts', '[a](http://x) b', 'a b'],
    ['hard breaks', 'a  \nb\\\nc', 'a\nb\nc'],
    ['no code', 'a `b` c\n\n```\nd\n```\n\n    e', 'a   c'],
    ['no quotes', '> a\n> b\n\nc', 'c'],
    ['no HTML', 'a <!-- b --> c\n\n<div>\nd\n</div>\n\ne', 'a   c\n\ne'],
    ['no unclosed comment', 'a\n\n<!-- b\n\nc', 'a'],
    ['escaped signs as themselves', '\\# a \\*b\\*', '# a *b*'],
    ['no tabbed code', 'a\n\n\tb\n\n-\tc\n\n\t\td', 'a\n\nc'],
    ['what underlining makes a heading', 'a\nb\n===\nc\n---', 'a\nb\n\nc'],
    ['text after a quote that ended in code', '> ```\n> a\n> ```\nb', 'b'],
    ['no text that a quote takes in lazily', '> - a\nb\n\nc', 'c'],
    ['references to links', '[a][1] [b] [c]\n\n[1]: x\n[b]: y "z"', 'a b [c]'],
    ['no addresses of images', '![a](b "c") d', '  d'],
    ['a link around a bracket', '[a [b] c](d) [e](f', 'a [b] c [e](f'],
    ['text between tags', 'a <b title="c">d</b>', 'a  d '],
    ['no text between tags of code', 'a <code>b `</code>` c</code> d', 'a    d'],
    ['no text in nested quotes', '<blockquote><blockquote>\n\na\n\n</blockquote>\n\nb\n\n</blockquote>\n\nc', 'c'],
    ['nothing behind a comment that its list item ends', '- <!-- a\n\nb', ''],
    [
      'nothing between tags that only seem to end',
      '<blockquote>\n\na <!-- </blockquote> --> <b title="</blockquote>">\n\nb',
      '',
    ],
    ['nothing between tags that words for an image hide', '<blockquote>\n\n![</blockquote>](x)\n\nb', ''],
    ['nothing behind an attribute that only seems to be quoted', "<div>\n<b '><code>'>\n\na", ''],
    ['a reference whatever its case', '[a][B  c]\n\n[b\nC]: x', 'a'],
    ['nothing beyond a hundred levels', `a\n\n${'- '.repeat(101)}b\n\nc`, 'a'],
    ['Windows line ends', 'a\r\nb', 'a\nb'],
  ];
  it.each(cases)('keeps %s', (_title, markdown, prose) => {
    expect(proseOf(markdown)).toBe(prose);
  });

  it('keeps every line of an ordinary long description', () => {
    const part =
      '## Why\n\nSee `x` and [y](https://z.example/a_b).\nCloses **#12**\n\n- [ ] a\n  more\n\n```ts\nlet b;\n```\n\n> c\n\n';
    const count = Math.floor(65_000 / part.length);
    const prose = 'Why\n\nSee   and y.\nCloses #12\n\n[ ] a\nmore';
    expect(proseOf(part.repeat(count))).toBe(Array(count).fill(prose).join('\n\n'));
  });

  // Another parser is the witness. The two part in 9 of 60,000 random texts, all of them around link definitions
  // (`[a]: b`) that are cut short or stand in a quote.
  it('sees what another CommonMark parser sees', () => {
    const texts = fc.sample(markdownText, { numRuns: 10_000, seed: 7 });
    const differing = texts.filter(
      (text) => comparable(proseOf(text)).join('\n') !== comparable(proseInTree(text)).join('\n'),
    );
    expect(differing.length).toBeLessThan(10);
  });

  const hostile: readonly string[] = [
    'a\n=\n',
    'b\n',
    '> - ',
    '> - > - > - > - a\n',
    `${'- '.repeat(9)}a\n`,
    '- a\n',
    '[a]: b "\n',
    '[a]: (\n',
    '[a](b "',
    '[a](<',
    '![a][b',
    '*a**b_',
    '***a ',
    '<a b="',
    '<!--',
    '<?',
    '<a:',
    '```\n',
    '# #',
    '\t',
    '\n',
    '*a_ ',
    '[',
    '`a``b```c',
    '> '.repeat(50),
    '[](',
    '<',
    '![',
    '- ',
    '_a*',
    '&',
    '+ 1. ',
    '>',
    '>>>>>>>>>\n',
  ];
  // A parser that builds a tree takes longer on most of these than a test is given.
  it.each(hostile)('comes to an end on 65,000 characters of "%s"', (part) => {
    const text = `first\n\n> a\n${part.repeat(65_000 / part.length)}`;
    const prose = proseOf(text);
    expect(prose.length).toBeLessThanOrEqual(text.length);
    expect(prose.startsWith('first')).toBe(true);
  });
});

describe('visibleLine', () => {
  it.each([
    ['an escape sequence', 'red \u001b[31malert\u001b[0m', 'red [31malert [0m'],
    ['a sequence that sets the window title', '\u001b]0;owned\u0007x', ']0;owned x'],
    ['a C1 control', 'a\u009b2Jb', 'a 2Jb'],
    ['line breaks', 'one\r\ntwo\nthree', 'one two three'],
    ['changes of the reading direction', 'safe\u202e\u061cexe.txt', 'safeexe.txt'],
    ['zero-width and tag characters', 'ad\u200bm\u{e0064}in', 'admin'],
  ])('defuses %s', (_, text, line) => {
    expect(visibleLine(text)).toBe(line);
  });

  it('leaves letters of every script, emoji and punctuation alone', () => {
    const text = 'Größe 日本語 🧑‍🚀 | <b> `code`';
    expect(visibleLine(text)).toBe(text);
  });
});
