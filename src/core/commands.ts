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
const COMMAND_LINE = /^\/parasol(?:[ \t]+(\S.*))?$/gim;

/**
 * Commands in order, at most ten: each on a line of its own that starts with `/parasol`. Lines in code, quotes and HTML
 * comments are not commands. `/parasol` alone asks for help.
 */
export function parseCommands(commentBody: string): readonly Command[] {
  if (!/\/parasol/i.test(commentBody)) return [];
  return [...proseOf(commentBody).matchAll(COMMAND_LINE)].slice(0, MAX_COMMANDS).map((match) => {
    const [name = 'help', ...args] = (match[1] ?? '').split(/\s+/).filter((word) => word !== '');
    return { name: name.toLowerCase(), args, line: ['/parasol', name, ...args].join(' ') };
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

const keyOf = (command: Command): string => [command.name, ...command.args].join(' ');
