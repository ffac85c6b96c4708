import { expect, test } from 'vitest';
import { UserError } from '../../../src/core/failure.ts';
import { hintAtClone } from '../../../src/surfaces/cli/hint-at-clone.ts';

const unreachable = new UserError('github_unavailable', 'GitHub could not be reached.', 'Try again.');
const hintOf = (problem: unknown) => (problem instanceof UserError ? problem.hint : null);

test('the way without GitHub is named where a clone is at hand, and only for a GitHub that does not answer', () => {
  const beside = { input: { clone: '/harbor', repository: 'octo/harbor' }, cwd: '/harbor' };
  expect([
    hintOf(hintAtClone(unreachable, beside)),
    hintOf(hintAtClone(unreachable, { ...beside, cwd: '/' })),
    hintOf(hintAtClone(unreachable, { ...beside, input: { repository: 'octo/harbor' } })),
    hintOf(hintAtClone(unreachable, { ...beside, input: { clone: '/harbor' } })),
    hintOf(hintAtClone(new UserError('usage', 'No.', 'Try another.'), beside)),
  ]).toEqual([
    'Try again. Without GitHub, from the clone at hand alone: --repo . (and no OWNER/REPO).',
    'Try again. Without GitHub, from the clone at hand alone: --repo /harbor (and no OWNER/REPO).',
    'Try again.',
    'Try again.',
    'Try another.',
  ]);
});
