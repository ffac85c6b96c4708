import { getInput } from '@actions/core';
import * as z from 'zod';
import { UserError } from '../src/core/failure.ts';
import { nearestName } from '../src/core/nearest-name.ts';
import { isToken } from './first-question.ts';

/** An input that is not given is an empty text to a runner. */
const optional = z.string().transform((text) => (text === '' ? null : text));

const choice = <const Name extends string>(names: readonly [Name, ...Name[]]) => z.enum(names, { error: among(names) });

/** YAML 1.2, as the toolkit reads it. */
const yesOrNo = z
  .enum(['true', 'True', 'TRUE', 'false', 'False', 'FALSE'], {
    error: ({ input }) => `${shown(input)} is neither true nor false`,
  })
  .transform((text) => text.toLowerCase() === 'true');

const time = z.union([z.iso.datetime({ offset: true }), z.iso.date()], {
  error: ({ input }) => `${shown(input)} is no time such as 2026-05-04T09:30:00Z`,
});

/** Never shown, however wrong. */
const token = optional.refine((text) => text === null || isToken(text), {
  error: 'holds a space, a line break or another character that no token has',
});

/** The inputs of `action.yml`, by the same names; a test keeps names and defaults equal. */
export const INPUTS = {
  command: z.string().default('readiness'),
  scope: optional.default(null),
  umbrella: optional.default(null),
  base: optional.default(null),
  clone: choice(['auto', 'none']).default('auto'),
  comment: yesOrNo.default(false),
  'comment-on': optional.default(null),
  check: yesOrNo.default(false),
  'fail-on': choice(['never', 'no_go', 'unknown']).default('never'),
  'previous-report': optional.default(null),
  'report-dir': optional.default(null),
  now: time.nullable().default(null),
  'github-token': token.default(null),
} as const;

const schema = z.object(INPUTS);

export type ActionInputs = z.output<typeof schema>;

/** Of an Action with these commands. Throws `usage` that names each input that is wrong, and what it may be. */
export function readInputs(commands: readonly string[]): ActionInputs {
  const command = INPUTS.command.refine((name) => commands.includes(name), { error: among(commands) });
  const given = Object.keys(INPUTS).map((name) => [name, getInput(name) || undefined]);
  const checked = schema.extend({ command }).safeParse(Object.fromEntries(given));
  if (checked.success) return checked.data;
  const wrong = checked.error.issues.map(({ path, message }) => `\`${path.join('.')}\`: ${message}`);
  throw new UserError('usage', wrong.map(asSentence).join(' '), 'action.yml says what each input may be.');
}

const asSentence = (words: string): string => (words.endsWith('?') ? words : `${words}.`);

function among(names: readonly string[]) {
  return ({ input }: { readonly input?: unknown }): string => {
    const near = nearestName(String(input), names);
    const guess = near === null ? '' : `; did you mean \`${near}\`?`;
    return `${shown(input)} is none of ${names.join(', ')}${guess}`;
  };
}

const shown = (input: unknown): string => JSON.stringify(String(input).slice(0, 60));
