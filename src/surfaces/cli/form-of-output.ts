import { extname } from 'node:path';
import { UserError } from '../../core/failure.ts';
import type { GlobalOptions } from './cli-io.ts';
import { type Presentation, REPORT_FORMATS, type ReportFormat } from './presentations.ts';

export type Form = ReportFormat | 'json' | 'text';

export interface FormOptions extends Partial<Record<ReportFormat, unknown>> {
  /** Name of the file that the output goes into. */
  readonly output?: string;
}

/**
 * What is printed: what was asked for, else what the name of the file says, else text. Two forms at once are an error, also
 * where a flag and the name of the file say them, and so is a name that says a form which the command does not have, or none
 * that is known: text in a `.pdf` opens nowhere.
 */
export function formOf(
  options: Pick<GlobalOptions, 'json'> & FormOptions,
  { formats = {} }: Pick<Presentation, 'formats'>,
): Form {
  const asked = (['json', ...REPORT_FORMATS] as const).filter((form) => options[form] === true);
  if (asked.length > 1) {
    const flags = asked.map((form) => `--${form}`).join(' and ');
    throw new UserError('usage', `${flags} cannot be printed at once.`, 'Ask for one of them.');
  }
  const [first] = asked;
  const { output = '' } = options;
  const ending = extname(output).toLowerCase();
  const named = BY_ENDING[ending];
  if (first !== undefined) {
    if (ending === '' || named === undefined || named === first) return first;
    const hint = `Leave --${first} out, or name a file that ends otherwise.`;
    throw new UserError('usage', `--${first} does not belong into ${output}: its ending says another form.`, hint);
  }
  if (named === undefined)
    throw new UserError('usage', `Nothing is known of files like ${output}.`, endingsOf(formats));
  if (named === 'text' || named === 'json' || formats[named] !== undefined) return named;
  throw new UserError('usage', `${output} would be a page, which this command cannot make.`, endingsOf(formats));
}

function endingsOf({ html }: NonNullable<Presentation['formats']>): string {
  const endings = html === undefined ? '.json or .md' : '.json, .md or .html';
  return `Name a file that ends in ${endings}, or in .txt for what a terminal shows.`;
}

/** A name without an ending promises nothing. */
const BY_ENDING: Readonly<Record<string, Form>> = {
  '': 'text',
  '.txt': 'text',
  '.text': 'text',
  '.log': 'text',
  '.json': 'json',
  '.md': 'markdown',
  '.markdown': 'markdown',
  '.html': 'html',
  '.htm': 'html',
};
