import { describe, expect, it } from 'vitest';
import { newCommands, parseCommands } from '../../src/core/commands.ts';

const lines = (body: string): readonly string[] => parseCommands(body).map((command) => command.line);

describe('parseCommands', () => {
  it('reads name and arguments', () => {
    expect(parseCommands('/parasol Rollup  now please')).toEqual([
      { name: 'rollup', args: ['now', 'please'], line: '/parasol Rollup now please' },
    ]);
  });

  it('reads what stands in quotation marks as one argument', () => {
    expect(parseCommands('/parasol split "front end"  \'v 2\' don\'t "open end')).toEqual([
      {
        name: 'split',
        args: ['front end', 'v 2', "don't", '"open', 'end'],
        line: '/parasol split "front end" \'v 2\' don\'t "open end',
      },
    ]);
    expect(newCommands('/parasol split a b', '/parasol split "a b"')).toHaveLength(1);
  });

  const cases: readonly [title: string, body: string, found: readonly string[]][] = [
    ['a command among text', 'Thanks!\n\n/parasol rollup\n\nBye', ['/parasol rollup']],
    ['a command right under text', 'Thanks!\n/parasol rollup', ['/parasol rollup']],
    ['several in order', '/parasol help\n/parasol rollup', ['/parasol help', '/parasol rollup']],
    ['a bare command as help', '/parasol', ['/parasol help']],
    ['any case and Windows line ends', '/Parasol rollup\r\n/parasol help\r\n', ['/parasol rollup', '/parasol help']],
    ['no command inside a sentence', 'try /parasol rollup', []],
    ['no command of another name', '/parasolic rollup', []],
    ['no command in inline code', '`/parasol rollup`', []],
    ['no command in a code block', '```\n/parasol rollup\n```', []],
    ['no command in indented code', '    /parasol rollup', []],
    ['no command in a quote', '> /parasol rollup', []],
    ['no command in a lazy quote line', '> quote\n/parasol rollup', []],
    ['no command in an HTML comment', '<!--\n/parasol rollup\n-->', []],
    ['no command in preformatted HTML', '<pre>\n/parasol rollup\n</pre>', []],
    ['no command in an HTML code element', 'x <code>\n/parasol help\n</code>', []],
    ['no command in an HTML quote around it', '<blockquote>\n\n/parasol help\n\n</blockquote>', []],
    ['no command between the tags of preformatted text', '<pre>\n\n/parasol help\n\n</pre>', []],
    ['no command in sample output', 'a <samp>b\n/parasol help</samp>', []],
    ['no command behind an element that stays open', 'a <kbd>b\n\n/parasol help', []],
    ['a command behind an HTML code element', '<code>x</code>\n/parasol help', ['/parasol help']],
    ['a command that details fold away', '<details>\n\n/parasol help\n\n</details>', ['/parasol help']],
    ['no command behind a backslash', '\\/parasol help', []],
    ['no command in character references', '&#47;parasol help', []],
    ['no command behind something on its line', '`x` /parasol help\n\n![](x) /parasol help', []],
    ['no command in the title of a link', '[a](b "\n/parasol help\n")', []],
    ['no command in the title of a definition', '[a]: b "\n/parasol help\n"', []],
    ['no more than ten', '/parasol rollup\n'.repeat(12), Array(10).fill('/parasol rollup')],
  ];
  it.each(cases)('finds %s', (_title, body, found) => {
    expect(lines(body)).toEqual(found);
  });
});

describe('newCommands', () => {
  const added = (before: string, after: string) => newCommands(before, after).map((command) => command.line);

  it('has only what an edit added', () => {
    expect(added('/parasol help', '/parasol help\n\n/parasol rollup')).toEqual(['/parasol rollup']);
    expect(added('/parasol rollup', 'Please:\n\n/parasol  rollup')).toEqual([]);
    expect(added('/parasol rollup', '/parasol rollup\n/parasol rollup')).toEqual(['/parasol rollup']);
    expect(added('`/parasol rollup`', '/parasol rollup')).toEqual(['/parasol rollup']);
    expect(added('/parasol rollup', '')).toEqual([]);
  });
});
