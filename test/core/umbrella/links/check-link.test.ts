import { describe, expect, test } from 'vitest';
import { checkLink } from '../../../../src/core/umbrella/links/check-link.ts';
import type { LinkEnd } from '../../../../src/core/umbrella/links/link-end.ts';
import { ref } from '../../build-facts.ts';
import { linkEnd } from './link-end.ts';

const umbrella = linkEnd(1);
const check = (child: LinkEnd, rest: Partial<Parameters<typeof checkLink>[0]> = {}) =>
  checkLink({ umbrella, child, moves: false, batches: [], ...rest });
const above = (count: number) => Array.from({ length: count }, (_, n) => ref(100 + n));

test('an issue without a parent fits', () => {
  expect(check(linkEnd(2))).toEqual({ kind: 'fits' });
});

test('a child of the umbrella, or of a batch of it, is there already, also for a move', () => {
  expect(check(linkEnd(2, { ancestors: [ref(1)] }))).toEqual({ kind: 'already' });
  const inBatch = linkEnd(2, { ancestors: [ref(9), ref(1)] });
  expect(check(inBatch, { batches: [ref(9)], moves: true })).toEqual({ kind: 'already' });
});

test('a move takes a child from its parent', () => {
  expect(check(linkEnd(2, { ancestors: [ref(7)] }), { moves: true })).toEqual({ kind: 'fits' });
});

describe('refuses, with what to do instead', () => {
  const cases: readonly (readonly [string, ReturnType<typeof check>, string, string])[] = [
    [
      'a second parent',
      check(linkEnd(2, { ancestors: [ref(7)] })),
      'octo/harbor#2 is a child of octo/harbor#7 already, and GitHub allows one parent',
      'parasol umbrella move octo/harbor#2 --to octo/harbor#1',
    ],
    [
      'a cycle',
      check(linkEnd(7), { umbrella: linkEnd(1, { ancestors: [ref(3), ref(7)] }) }),
      'octo/harbor#7 stands above octo/harbor#1; it would be its own ancestor',
      'Take octo/harbor#1 out of what is above it first: parasol umbrella unlink.',
    ],
    [
      'a ninth level',
      check(linkEnd(2), { umbrella: linkEnd(1, { ancestors: above(8) }) }),
      'octo/harbor#2 would be on level 9, and GitHub allows 8 levels',
      'Link it to an issue above octo/harbor#1.',
    ],
    [
      'a subtree that reaches a ninth level',
      check(linkEnd(2, { levelsBelow: 3 }), { umbrella: linkEnd(1, { ancestors: above(5) }) }),
      'octo/harbor#2 would be on level 6 with 3 more below it, and GitHub allows 8 levels',
      'Link it to an issue above octo/harbor#1.',
    ],
    [
      "another owner's issue",
      check(linkEnd(2, { ref: ref(2, 'coast/pier') })),
      'coast/pier#2 belongs to another owner than octo/harbor#1',
      'Transfer it to a repository of octo first.',
    ],
    [
      'a pull request',
      check(linkEnd(2, { kind: 'pull_request', nodeId: null })),
      'octo/harbor#2 is a pull request, which cannot be a child',
      'Name the issue that it belongs to.',
    ],
    [
      'a pull request as the umbrella',
      check(linkEnd(2), { umbrella: linkEnd(1, { kind: 'pull_request', nodeId: null }) }),
      'octo/harbor#1 is a pull request, which cannot be an umbrella',
      'Name the issue that it belongs to.',
    ],
    ['itself', check(linkEnd(1)), 'octo/harbor#1 cannot be its own child', 'Name another issue.'],
  ];

  test.each(cases)('%s', (_what, checked, reason, hint) => {
    expect(checked).toEqual({ kind: 'refused', refusal: { reason, hint } });
  });
});

test('eight levels are allowed', () => {
  expect(check(linkEnd(2, { levelsBelow: 2 }), { umbrella: linkEnd(1, { ancestors: above(5) }) })).toEqual({
    kind: 'fits',
  });
});
