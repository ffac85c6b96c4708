import pc from 'picocolors';
import { describe, expect, test } from 'vitest';
import { type FailureCode, UserError } from '../../../src/core/failure.ts';
import { renderFailure } from '../../../src/surfaces/cli/render-failure.ts';

const QUIET = { colors: pc.createColors(false), isDebug: false };

describe('renderFailure', () => {
  test('says what was wrong and what to do', () => {
    expect(
      renderFailure(new UserError('not_found', 'There is no octo/harbor#99.', 'Look at the number.'), QUIET),
    ).toEqual({
      text: 'error: There is no octo/harbor#99.\n  try: Look at the number.\n',
      exitCode: 3,
    });
  });

  /** As the README and `--help` tell them. */
  const exitCodes: Readonly<Record<FailureCode, number>> = {
    usage: 3,
    config_invalid: 3,
    world_invalid: 3,
    not_found: 3,
    not_an_umbrella: 3,
    payload_too_large: 3,
    claim_refused: 3,
    store_locked: 3,
    store_too_new: 3,
    unauthenticated: 4,
    forbidden: 4,
    rate_limited: 4,
    github_unavailable: 4,
    signature_invalid: 4,
    store_unavailable: 4,
    internal: 4,
  };
  test.each(Object.entries(exitCodes))('of %s exits with %i', (code, exitCode) => {
    expect(renderFailure(new UserError(code as FailureCode, 'x', 'y'), QUIET).exitCode).toBe(exitCode);
  });

  test('keeps the text of a bug to itself unless it is asked for', () => {
    const bug = new TypeError('token ghp_secret is undefined');
    expect(renderFailure(bug, QUIET)).toEqual({
      text: 'error: internal error\n  PARASOL_DEBUG=1 shows the details\n',
      exitCode: 4,
    });
    expect(renderFailure(bug, { ...QUIET, isDebug: true }).text).toContain('TypeError: token ghp_secret');
  });

  test('defuses text that came from a file or from GitHub', () => {
    const error = new UserError('world_invalid', 'a\u001b[2Jb', 'fix\nit');
    expect(renderFailure(error, QUIET).text).toBe('error: a [2Jb\n  try: fix it\n');
  });
});
