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

describe('neutralizeInline', () => {
  const cases: readonly [text: string, neutral: string][] = [
    ['Load manifests', 'Load manifests'],
    ['@everyone', '@\u200beveryone'],
    ['ask @octo/db', 'ask @\u200bocto/db'],
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
    ['Windows line ends', 'a\r\nb', 'a\nb'],
  ];
  it.each(cases)('keeps %s', (_title, markdown, prose) => {
    expect(proseOf(markdown)).toBe(prose);
  });

  const hostile: readonly string[] = [
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
  // Parsed as they come, some of these take longer than a test is given.
  it.each(hostile)('comes to an end on 65,000 characters of "%s"', (part) => {
    const text = part.repeat(65_000 / part.length);
    expect(proseOf(text).length).toBeLessThanOrEqual(text.length);
  });
});
