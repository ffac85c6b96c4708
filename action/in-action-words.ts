import type { FailureCode, UserError } from '../src/core/failure.ts';
import { INPUTS } from './read-inputs.ts';

/** What was wrong and what to do, for whoever wrote the workflow. */
export interface ToldFailure {
  readonly message: string;
  readonly hint: string;
}

/**
 * A failure as somebody can mend it who has inputs and `permissions:` where the command line has options and the
 * environment: `--base main` becomes `base: main`, what a token lacks is granted by the workflow, and a hint that names a
 * command of the command line makes room for what there is to do here.
 */
export function inActionWords({ code, message, hint }: Pick<UserError, 'code' | 'message' | 'hint'>): ToldFailure {
  const said = COMMAND.test(hint) ? (IN_PLACE[code] ?? withoutCommands(hint)) : withInputs(hint);
  const next = INSTEAD[code] ?? `${said}${BESIDE[code] ?? ''}`;
  return { message: withInputs(message), hint: next.trim() };
}

/** A command of the command line, quoted or not: `parasol doctor`. */
const COMMAND = /\bparasol (?:doctor|[a-z]+ [a-z]+)\b/;

/** What a hint comes to that sends its reader to the command line. */
const IN_PLACE: Partial<Record<FailureCode, string>> = {
  not_an_umbrella: 'Add a sub-issue to it on GitHub, or give `umbrella` the number of an issue that has some.',
  forbidden: 'The message says what was asked for.',
};

/** Sentences, and parts between semicolons, that name one are left out. */
const withoutCommands = (hint: string): string =>
  hint
    .split(/(?<=\.)\s+(?=[A-Z])/)
    .map((sentence) =>
      withInputs(
        sentence
          .split('; ')
          .filter((part) => !COMMAND.test(part))
          .join('; '),
      ),
    )
    .filter((sentence) => sentence !== '')
    .map((sentence) => (/[.!?]$/.test(sentence) ? sentence : `${sentence}.`))
    .join(' ') || 'The message says what to mend.';

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
