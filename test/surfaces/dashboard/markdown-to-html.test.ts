import { describe, expect, test } from 'vitest';
import { markdownToHtml } from '../../../src/surfaces/dashboard/markdown-to-html.ts';

describe('markdownToHtml', () => {
  test('renders what a rollup is made of: marker, table, folded part', () => {
    const html = markdownToHtml(
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
    expect(html).not.toContain('parasol:rollup');
    expect(html).toContain('<strong>Go</strong>');
    expect(html).toContain('<td><a href="https://github.com/octo/harbor/issues/2">#2</a></td>');
    expect(html).toMatch(/<details><summary>Lane api<\/summary>\s*<ul>\s*<li>one<\/li>\s*<\/ul>\s*<\/details>/);
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
    expect(markdownToHtml(markdown)).not.toMatch(/<script|onerror|javascript:|style=|<iframe|<form|<svg|<button/);
  });
});
