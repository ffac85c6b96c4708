import { debug, setFailed } from '@actions/core';
import { UserError } from '../src/core/failure.ts';
import { inActionWords } from './in-action-words.ts';
import { writeFailure } from './write-summary.ts';

/** No report could be made: why, and what to do about it, as the error of the step and as its summary. */
export async function tellFailure(error: unknown): Promise<void> {
  const { message, hint } = error instanceof UserError ? inActionWords(error) : inside(error);
  setFailed(`${message} ${hint}`);
  await writeFailure({ message, hint }).catch((cause: unknown) => debug(`the summary was not written: ${cause}`));
}

/** A fault of ours; the stack is for whoever asks for it. */
function inside(error: unknown) {
  debug(error instanceof Error ? `${error.stack}` : '');
  const hint = 'This is a fault of Parasol: run the job again with debug logging, and report what it logs.';
  return { message: `internal error: ${error}.`, hint };
}
