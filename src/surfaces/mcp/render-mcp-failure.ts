import { FAILURES, UserError } from '../../core/failure.ts';

interface McpFailure {
  readonly [key: string]: unknown;
  readonly isError: true;
  readonly content: { readonly type: 'text'; readonly text: string }[];
}

/** A tool result that a model can act on: `{ code, mcpCode, message, hint }` as JSON. Never a stack. */
export function renderMcpFailure(error: unknown, onBug?: (error: unknown) => void): McpFailure {
  if (!(error instanceof UserError)) onBug?.(error);
  const { code, message, hint } =
    error instanceof UserError
      ? error
      : { code: 'internal' as const, message: 'internal error', hint: 'Look at what the server printed on stderr.' };
  const { mcpCode } = FAILURES[code];
  return { isError: true, content: [{ type: 'text', text: JSON.stringify({ code, mcpCode, message, hint }) }] };
}
