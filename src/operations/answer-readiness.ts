/**
 * Answers `/parasol readiness [scope]`: on an umbrella its own scope when none is named, elsewhere the repository's default.
 * The report is one comment for each scope, edited in place; the command itself gets a thumbs up.
 */
import type { Command } from '../core/commands.ts';
import { UserError } from '../core/failure.ts';
import { neutralizeInline } from '../core/markdown.ts';
import { parseSelector } from '../core/readiness/parse-selector.ts';
import { type Ref, refKey } from '../core/task/identity.ts';
import type { AskedCommands, Said } from './command-answer.ts';
import { findMeantUmbrellas } from './find-affected-umbrellas.ts';
import type { OperationContext } from './operation.ts';
import { type ToldReadiness, umbrellaScope } from './tell-readiness.ts';

/** Writes the report of a scope under an issue or pull request, after what is under way there. */
export type TellAsked = (on: Ref, scope: string) => Promise<ToldReadiness>;

interface ReadinessCommand {
  readonly context: OperationContext;
  readonly asked: AskedCommands;
  readonly command: Command;
  readonly tellReadiness: TellAsked;
}

export async function runReadiness({ context, asked, command, tellReadiness }: ReadinessCommand): Promise<Said> {
  const written = command.args.join(' ');
  const problem = problemOfScope(written, asked.on);
  if (problem !== null) return { ok: false, text: problem };
  const scope = written === '' ? await defaultScope(context, asked) : written;
  try {
    const { outcome } = await tellReadiness(asked.on, scope);
    return outcome === 'turned_off' ? { ok: false, text: TURNED_OFF } : { ok: true, text: null };
  } catch (cause) {
    const text = cause instanceof UserError ? refusalOf(cause, scope) : null;
    if (text === null) throw cause;
    return { ok: false, text, cause };
  }
}

/** Only the words of whoever asked come back, and the forms that there are. */
function problemOfScope(scope: string, on: Ref): string | null {
  try {
    parseSelector(scope, on);
    return null;
  } catch (cause) {
    if (!(cause instanceof UserError)) throw cause;
    return `${neutralizeInline(cause.message, 200)} ${neutralizeInline(cause.hint, 400)}`;
  }
}

async function defaultScope(context: OperationContext, { on, subject }: AskedCommands): Promise<string> {
  const found = await findMeantUmbrellas(context, subject);
  for (const { cause } of found.failed) throw cause;
  return found.umbrellas.some((umbrella) => refKey(umbrella) === refKey(on)) ? umbrellaScope(on) : '';
}

function refusalOf({ code }: UserError, scope: string): string | null {
  if (code === 'forbidden') return ELSEWHERE;
  return code === 'not_found' ? `This repository has nothing that is called ${neutralizeInline(scope, 100)}.` : null;
}

const ELSEWHERE =
  'That cannot be read for everybody who reads this: a scope is one of this repository. Comment `/parasol readiness` where it is, or ask an owner to check what Parasol may do here.';

const TURNED_OFF =
  'The configuration turns readiness off. Set `readiness: { mode: observe }` in `.github/parasol.yml`, then ask again.';
