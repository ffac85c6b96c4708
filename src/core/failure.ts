/**
 * Every failure a user can meet, in one table. The surfaces translate it: HTTP status, CLI exit code, MCP error,
 * check conclusion. Nothing else decides what a failure looks like outside.
 */
export const FAILURES = {
  usage: { httpStatus: 400, exitCode: 3, mcpCode: -32602, checkConclusion: 'neutral' },
  config_invalid: { httpStatus: 422, exitCode: 3, mcpCode: -32602, checkConclusion: 'action_required' },
  world_invalid: { httpStatus: 422, exitCode: 3, mcpCode: -32602, checkConclusion: 'neutral' },
  not_found: { httpStatus: 404, exitCode: 3, mcpCode: -32002, checkConclusion: 'neutral' },
  not_an_umbrella: { httpStatus: 422, exitCode: 3, mcpCode: -32602, checkConclusion: 'neutral' },
  unauthenticated: { httpStatus: 401, exitCode: 4, mcpCode: -32001, checkConclusion: 'neutral' },
  forbidden: { httpStatus: 403, exitCode: 4, mcpCode: -32001, checkConclusion: 'neutral' },
  rate_limited: { httpStatus: 429, exitCode: 4, mcpCode: -32003, checkConclusion: 'neutral' },
  github_unavailable: { httpStatus: 502, exitCode: 4, mcpCode: -32003, checkConclusion: 'neutral' },
  signature_invalid: { httpStatus: 401, exitCode: 4, mcpCode: -32001, checkConclusion: 'neutral' },
  claim_refused: { httpStatus: 409, exitCode: 3, mcpCode: -32005, checkConclusion: 'neutral' },
  store_locked: { httpStatus: 423, exitCode: 3, mcpCode: -32004, checkConclusion: 'neutral' },
  store_too_new: { httpStatus: 500, exitCode: 3, mcpCode: -32004, checkConclusion: 'neutral' },
  store_unavailable: { httpStatus: 503, exitCode: 4, mcpCode: -32003, checkConclusion: 'neutral' },
  payload_too_large: { httpStatus: 413, exitCode: 3, mcpCode: -32602, checkConclusion: 'neutral' },
  internal: { httpStatus: 500, exitCode: 4, mcpCode: -32603, checkConclusion: 'neutral' },
} as const;

export type FailureCode = keyof typeof FAILURES;

export const isFailureCode = (code: string): code is FailureCode => Object.hasOwn(FAILURES, code);

const PASSING: ReadonlySet<FailureCode> = new Set([
  'github_unavailable',
  'rate_limited',
  'unauthenticated',
  'internal',
]);

/** What GitHub refuses now it will refuse again; outages, limits and old tokens may pass. */
export const mayPass = (code: FailureCode): boolean => PASSING.has(code);

/**
 * A failure whose text is safe to show to anyone: it says what was wrong and where (`message`), and what to do (`hint`).
 * Whatever else is thrown is a bug or an outage and is shown only as "internal error".
 */
export class UserError extends Error {
  override readonly name = 'UserError';
  readonly code: FailureCode;
  readonly hint: string;

  constructor(code: FailureCode, message: string, hint: string, options?: { cause?: unknown }) {
    super(message, options);
    this.code = code;
    this.hint = hint;
  }
}
