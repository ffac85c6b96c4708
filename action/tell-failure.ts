import { debug, setFailed, setOutput } from '@actions/core';
import { UserError } from '../src/core/failure.ts';
import { visibleLine } from '../src/core/markdown.ts';
import { inActionWords } from './in-action-words.ts';
import { writeFailure } from './write-summary.ts';

/**
 * The step cannot go on: why, and what to do about it, as its error and in its summary; also in place of the headline, unless
 * a report has that already.
 */
export async function tellFailure(error: unknown, { isReportMade }: { readonly isReportMade: boolean }): Promise<void> {
  const { message, hint } = error instanceof UserError ? inActionWords(error) : inside(error);
  if (!isReportMade) setOutput('headline', visibleLine(message));
  setFailed(`${message} ${hint}`);
  await writeFailure({ message, hint }).catch((cause: unknown) => debug(`the summary was not written: ${cause}`));
}

/** A fault of ours; the stack is for whoever asks for it. */
function inside(error: unknown) {
  debug(error instanceof Error ? `${error.stack}` : '');
  const hint = 'This is a fault of Parasol: run the job again with debug logging, and report what it logs.';
  return { message: `internal error: ${error}.`, hint };
}
