import pc from 'picocolors';
import { describe, expect, test } from 'vitest';
import { FAILURES, type FailureCode, UserError } from '../../../src/core/failure.ts';
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

  test.each(Object.keys(FAILURES) as FailureCode[])('takes the exit code of %s from the table', (code) => {
    expect(renderFailure(new UserError(code, 'x', 'y'), QUIET).exitCode).toBe(FAILURES[code].exitCode);
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
