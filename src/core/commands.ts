import { proseOf } from './markdown.ts';

/** One `/parasol …` line: `{ name: 'rollup', args: [], line: '/parasol rollup' }`. */
export interface Command {
  /** In lower case. */
  readonly name: string;
  readonly args: readonly string[];
  /** The line as written, with single spaces. */
  readonly line: string;
}

const MAX_COMMANDS = 10;
/** What stands in quotation marks is one word, such as the name of a lane: `"front end"`. */
const WORD = /"[^"]*"(?!\S)|'[^']*'(?!\S)|\S+/g;
const COMMAND_LINE = /^\/parasol(?:[ \t]+(\S.*))?$/gim;

/**
 * Commands in order, at most ten: each on a line of its own that starts with `/parasol`. Lines in code, quotes and HTML
 * comments are not commands. `/parasol` alone asks for help.
 */
export function parseCommands(commentBody: string): readonly Command[] {
  if (!/\/parasol/i.test(commentBody)) return [];
  return [...proseOf(commentBody).matchAll(COMMAND_LINE)].slice(0, MAX_COMMANDS).map((match) => {
    const [name = 'help', ...words] = (match[1] ?? '').match(WORD) ?? [];
    const args = words.map((word) => /^(["'])(.*)\1$/.exec(word)?.[2] ?? word);
    return { name: name.toLowerCase(), args, line: ['/parasol', name, ...words].join(' ') };
  });
}

/** The commands that an edit added: those of `after` that `before` did not have, repetitions counted. */
export function newCommands(before: string, after: string): readonly Command[] {
  const done = parseCommands(before).map(keyOf);
  return parseCommands(after).filter((command) => {
    const at = done.indexOf(keyOf(command));
    if (at >= 0) done.splice(at, 1);
    return at < 0;
  });
}

const keyOf = (command: Command): string => JSON.stringify([command.name, ...command.args]);
