import type { FailureCode, UserError } from '../src/core/failure.ts';
import { INPUTS } from './read-inputs.ts';

/** What was wrong and what to do, for whoever wrote the workflow. */
export interface ToldFailure {
  readonly message: string;
  readonly hint: string;
}

/**
 * A failure as somebody can mend it who has inputs and `permissions:` where the command line has options and the
 * environment: `--base main` becomes `base: main`, and what a token lacks is granted by the workflow.
 */
export function inActionWords({ code, message, hint }: Pick<UserError, 'code' | 'message' | 'hint'>): ToldFailure {
  return { message: withInputs(message), hint: INSTEAD[code] ?? `${withInputs(hint)}${BESIDE[code] ?? ''}` };
}

const INSTEAD: Partial<Record<FailureCode, string>> = {
  unauthenticated:
    'Leave `github-token` out, so that the token of the job is taken, or give it one that is valid and not expired.',
};

const BESIDE: Partial<Record<FailureCode, string>> = {
  forbidden: ' A workflow grants permissions under `permissions:`; a token with others goes into `github-token`.',
};

/** Options of the command line that have the name of an input, with their value. */
const OPTION = new RegExp(
  `\`?--(${Object.keys(INPUTS).join('|')})(?![\\w-])(?:[ =](?![-(])([^\\s\`,;)]*[^\\s\`,.;:)]))?\`?`,
  'g',
);

const withInputs = (text: string): string =>
  text.replace(OPTION, (_, name: string, value?: string) => `\`${name}${value === undefined ? '' : `: ${value}`}\``);
