import { describe, expect, test } from 'vitest';
import { markdownToHtml } from '../../../src/surfaces/dashboard/markdown-to-html.ts';

const html = (markdown: string): string => markdownToHtml(markdown, { localUrl: 'http://127.0.0.1:9' });

describe('markdownToHtml', () => {
  test('renders what a rollup is made of: marker, table, folded part', () => {
    const shown = html(
      [
        '<!-- parasol:rollup v1 -->',
        '**Go**',
        '',
        '| Task | State |',
        '| --- | --- |',
        '| [#2](https://github.com/octo/harbor/issues/2) | done |',
        '',
        '<details><summary>Lane api</summary>',
        '',
        '- one',
        '',
        '</details>',
      ].join('\n'),
    );
    expect(shown).not.toContain('parasol:rollup');
    expect(shown).toContain('<strong>Go</strong>');
    expect(shown).toContain('<td data-label="Task"><a href="https://github.com/octo/harbor/issues/2">#2</a></td>');
    expect(shown).toMatch(/<details><summary>Lane api<\/summary>\s*<ul>\s*<li>one<\/li>\s*<\/ul>\s*<\/details>/);
  });

  test('lets a narrow page say of each cell which column it is in', () => {
    expect(html('| Task | Next |\n| --- | --- |\n| a | b |')).toMatch(
      /<td data-label="Task">a<\/td>\s*<td data-label="Next">b<\/td>/,
    );
  });

  test('draws a bar of squares without an emoji', () => {
    expect(html('🟩🟥 **50 %**')).toBe(
      '<p><span class="squares" aria-hidden="true"><span class="square green"></span><span class="square red"></span></span> ' +
        '<strong>50 %</strong></p>',
    );
  });

  test('turns links to the GitHub beside it into links of its own, and leaves others alone', () => {
    expect(html('[a](http://127.0.0.1:9/o/r/issues/1) [b](http://127.0.0.1:99/o/r/issues/1)')).toBe(
      '<p><a href="/o/r/issues/1">a</a> <a href="http://127.0.0.1:99/o/r/issues/1">b</a></p>',
    );
  });

  test.each([
    ['a script', '<script>alert(1)</script>'],
    ['a handler', '<img src=x onerror=alert(1)>'],
    ['a javascript link', '[click](javascript:alert(1))'],
    ['a raw javascript link', '<a href="javascript:alert(1)">click</a>'],
    ['a style', '<p style="position:fixed">x</p>'],
    ['a frame', '<iframe src="https://example.com"></iframe>'],
    ['a form', '<form action="/steps"><button>x</button></form>'],
    ['an SVG with a script', '<svg><script>alert(1)</script></svg>'],
  ])('removes %s', (_, markdown) => {
    expect(html(markdown)).not.toMatch(/<script|onerror|javascript:|style=|<iframe|<form|<svg|<button/);
  });
});
