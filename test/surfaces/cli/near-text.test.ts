import { describe, expect, test } from 'vitest';
import { nearText, shownTitle } from '../../../src/surfaces/cli/near-text.ts';

test('nearText is short and plain', () => {
  const near = { owner: 'octo', repo: 'harbor' };
  expect(nearText('review \u001b[31mocto/harbor#9', near)).toBe('review [31mocto/harbor#9');
  expect(nearText('review\u0007octo/harbor#9', near)).toBe('review #9');
});

describe('shownTitle', () => {
  test.each([
    ['[P1.M2] Serve tides', 'P1.M2', 'Serve tides'],
    ['P1.M2: Serve tides', 'P1.M2', 'Serve tides'],
    ['p1.m2 - Serve tides', 'P1.M2', 'Serve tides'],
    ['Serve tides (P1.M2)', 'P1.M2', 'Serve tides (P1.M2)'],
    ['P1.M2', 'P1.M2', 'P1.M2'],
    ['Serve tides', null, 'Serve tides'],
  ])('shows "%s" with the id %s as "%s"', (title, plannedId, shown) => {
    expect(shownTitle({ title, plannedId })).toBe(shown);
  });
});
