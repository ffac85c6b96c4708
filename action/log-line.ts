import { visibleLine } from '../src/core/markdown.ts';

/**
 * Words that others may have written, as one line of the log in which the runner finds no command: it takes `::error::` for
 * one where a line begins with it, and `##[error]` wherever that stands. A space between the signs is seen as it is;
 * characters without a width would not be, because the runner looks past them.
 * Source: `ActionCommand.TryParseV2` and `TryParse` of https://github.com/actions/runner
 */
export const logLine = (text: string): string => visibleLine(text).replace(/^::/, ': :').replace(/##\[/g, '## [');
