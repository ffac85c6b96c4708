import { FAILURES, UserError } from '../../core/failure.ts';
import { visibleLine } from '../../core/markdown.ts';
import type { Colors } from './view.ts';

interface ShownFailure {
  readonly text: string;
  readonly exitCode: number;
}

/** What went wrong and what to do, in two lines. What is not a `UserError` is a bug: its text is shown only on request. */
export function renderFailure(error: unknown, { colors, isDebug }: { colors: Colors; isDebug: boolean }): ShownFailure {
  if (error instanceof UserError) {
    const text = `${colors.red('error:')} ${messageLines(error.message)}\n${colors.dim('  try:')} ${visibleLine(error.hint)}\n`;
    return { text: isDebug ? text + detailsOf(error.cause) : text, exitCode: FAILURES[error.code].exitCode };
  }
  const text = `${colors.red('error:')} internal error\n`;
  const advice = isDebug ? detailsOf(error) : '  PARASOL_DEBUG=1 shows the details\n';
  return { text: text + advice, exitCode: FAILURES.internal.exitCode };
}

/** Several problems stand one on a line. */
const messageLines = (message: string): string => message.split('\n').map(visibleLine).join('\n  ');

/** The same as one JSON object: `{ "error": { code, message, hint } }`. */
export function renderJsonFailure(error: unknown, { isDebug }: { readonly isDebug: boolean }): ShownFailure {
  const { code, message, hint } =
    error instanceof UserError
      ? error
      : { code: 'internal' as const, message: 'internal error', hint: 'PARASOL_DEBUG=1 shows the details' };
  const details = error instanceof UserError ? error.cause : error;
  const text = `${JSON.stringify({ error: { code, message, hint } })}\n`;
  return { text: isDebug ? detailsOf(details) + text : text, exitCode: FAILURES[code].exitCode };
}

function detailsOf(error: unknown): string {
  if (error === undefined) return '';
  return `${error instanceof Error ? (error.stack ?? error.message) : String(error)}\n`;
}
